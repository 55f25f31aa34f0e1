"""Making the guides ready: in words, and so that leaving the application does not wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from .language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant import Assistant
    from index.model import Progress

    from .services import Services


class PreparationStopped(Exception):  # noqa: N818 - it is no error
    """The application closes, or the work is no longer wanted; what was done so far is kept."""


def ready_assistant(services: Services, tell: Callable[[Progress], None] | None = None) -> Assistant:
    """The assistant, the guides made ready first; call it in a thread worker.

    Raises:
        PreparationStopped: if the worker is cancelled meanwhile.
    """
    worker = get_current_worker()

    def watch(progress: Progress) -> None:
        if worker.is_cancelled:
            raise PreparationStopped
        if tell is not None:
            tell(progress)

    return services.assistant(watch)


def preparing_words(progress: Progress) -> str:
    """A share of the passages, which take nearly all of the time; the short steps have none."""
    if progress.words != "embedding passages" or not progress.total:
        return _("Preparing the guides …")
    percent = 100 * progress.done // progress.total
    return _("Preparing the guides, only this once: {percent} %").format(percent=percent)
