"""One conversation with the guides: asks with what was said before, and keeps every answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.conversation import Conversation, Exchange, Feedback
from assistant.errors import HistoryError

from .language import _
from .leaving import breakable

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant import Answer, Assistant
    from assistant.model import Sentence

    from .services import Services


@dataclass(frozen=True, slots=True)
class Said:
    """An answer and how it was kept."""

    exchange: Exchange
    """The answer; its number is 0 where it could not be kept."""
    warning: str = ""
    """Why it could not be kept, and what to do."""


class Talk:
    """The conversation that goes on; one question at a time is asked of it."""

    def __init__(self, services: Services, conversation: Conversation | None = None) -> None:
        self._services = services
        self._kept = conversation
        self.answers: tuple[Answer, ...] = conversation.answers if conversation else ()
        """What was answered so far, oldest first."""

    @property
    def number(self) -> int | None:
        """Under which it is kept; None before its first answer is."""
        return self._kept.id if self._kept else None

    def ask(
        self,
        question: str,
        assistant: Assistant,
        language: str | None = None,
        tell: Callable[[Sentence], None] | None = None,
    ) -> Said:
        """The answer to the next question; one that cannot be kept is given all the same.

        With a chat model, `tell` is called with each of its sentences once it is proved.

        Raises:
            AssistantError: if the question cannot be worked on.
            GuideIndexError: if the index cannot be read.
        """
        with breakable():
            answer = assistant.ask(question, language, self.answers, tell)
        said = self._keep(answer)
        self.answers = (*self.answers, answer)
        return said

    def _keep(self, answer: Answer) -> Said:
        at = self._services.clock()
        try:
            self._kept = self._services.history.keep(answer, at, self._kept)
        except HistoryError as error:
            words = _("This answer is not kept: {reason}").format(reason=error)
            return Said(Exchange(0, at, answer), words)
        return Said(replace(self._kept.exchanges[-1], answer=answer))

    def rate(self, exchange: Exchange, feedback: Feedback | None) -> Exchange:
        """The exchange with what the asker thinks of it, as it is kept.

        Raises:
            HistoryError: if that cannot be kept.
        """
        if not exchange.id:
            raise HistoryError(_("This answer is not kept, so nothing can be noted about it."))
        self._services.history.rate(exchange.id, feedback)
        return replace(exchange, feedback=feedback)
