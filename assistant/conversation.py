"""A talk with the guides as it is kept: questions with their answers, and what the asker thought of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from .model import Answer


class Reason(StrEnum):
    """What is wrong with an answer."""

    WRONG = "wrong"
    """It says what the guides do not say, or not what they say."""
    INCOMPLETE = "incomplete"
    """Something that the guides hold is missing."""
    OFF_TOPIC = "off_topic"
    """It answers another question."""
    UNFOUNDED = "unfounded"
    """The guides do not hold the answer, and it should have been refused."""
    REFUSED = "refused"
    """The guides do hold the answer, and it was refused."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A thumb up or down."""

    good: bool
    reason: Reason | None = None
    """What is wrong; None with a thumb up."""
    expected: tuple[str, ...] = ()
    """What a right answer holds, where the asker knows it."""
    is_case: bool = False
    """Whether it is kept as a question to test the assistant with."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer."""

    id: int
    asked_at: datetime
    answer: Answer
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class ConversationHead:
    """What a list of conversations shows of each one."""

    id: int
    began: datetime
    title: str
    """The question it began with."""
    questions: int
    """How many were asked."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions asked one after the other, oldest first."""

    id: int
    began: datetime
    exchanges: tuple[Exchange, ...]

    @property
    def title(self) -> str:
        """The question it began with."""
        return self.exchanges[0].answer.question if self.exchanges else ""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers, as a follow-up needs them."""
        return tuple(exchange.answer for exchange in self.exchanges)


def evaluation_case(exchange: Exchange) -> dict[str, object]:
    """A question as `hansa evaluate answers` reads it: what was meant, what must be said, and of which guides."""
    answer, feedback = exchange.answer, exchange.feedback
    sources = answer.citations or answer.nearest
    return {
        "id": f"talk-{exchange.id}",
        "lang": answer.language,
        "question": answer.meant,
        "answer_facts": list(feedback.expected if feedback else ()),
        "answerable": not (feedback and feedback.reason is Reason.UNFOUNDED),
        "guides": list(dict.fromkeys(citation.guide for citation in sources)),
    }
