"""Work that saves: begun the moment it is asked for, and not given up when its page or the application closes."""

from __future__ import annotations

import asyncio
from contextvars import copy_context
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.worker import Worker


class _Runner(Protocol):
    """A page or the application, of which only this is asked."""

    @property
    def run_worker(self) -> Callable[..., Worker[Any]]: ...


N = TypeVar("N", bound=_Runner)
P = ParamSpec("P")


def saves(
    group: str, *, exclusive: bool = False
) -> Callable[[Callable[Concatenate[N, P], None]], Callable[Concatenate[N, P], Worker[Any]]]:
    """Make of a method that saves one that does so in a thread, at once and in any case.

    A thread worker of Textual is begun a moment later, and is given up before it began when the application is left in
    that moment. Here the thread has the work already; the worker of the group only waits for it.
    """

    def decorate(method: Callable[Concatenate[N, P], None]) -> Callable[Concatenate[N, P], Worker[Any]]:
        @wraps(method)
        def save(self: N, /, *args: P.args, **kwargs: P.kwargs) -> Worker[Any]:
            work = partial(copy_context().run, partial(method, self, *args, **kwargs))
            begun = asyncio.get_running_loop().run_in_executor(None, work)

            async def wait() -> None:
                await asyncio.shield(begun)

            return self.run_worker(wait, group=group, exclusive=exclusive, exit_on_error=False)

        return save

    return decorate
