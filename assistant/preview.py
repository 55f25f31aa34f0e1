"""What a chat model would be sent for a question, without sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .assistant import Assistant
from .errors import ChatError, ChatTrouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.search import GuideIndex

    from .prompt import Prompt


class _Keeper:
    """Stands in for a chat model, keeps what it is sent and says nothing."""

    name = "nobody"

    def __init__(self) -> None:
        self.prompt: Prompt | None = None

    def warm(self) -> None:
        """There is nothing to load."""

    def reply(self, prompt: Prompt, *, structured: bool) -> Iterator[str]:  # noqa: ARG002 - as a model takes it
        """Keep the prompt."""
        self.prompt = prompt
        raise self.error(ChatTrouble.UNREACHABLE)

    def give_up(self) -> None:
        """There is no wait."""

    def error(self, trouble: ChatTrouble) -> ChatError:
        """An error that nobody sees."""
        return ChatError(trouble, self.name, "")


def preview(question: str, index: GuideIndex, language: str | None = None) -> Prompt | None:
    """Exactly what a chat model would be sent; None if it would not be asked, as the guides do not answer.

    Raises:
        QuestionError: if the question is empty or too long.
    """
    keeper = _Keeper()
    Assistant(index, keeper).ask(question, language)
    return keeper.prompt
