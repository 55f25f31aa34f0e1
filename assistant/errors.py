"""What can go wrong between a question and its answer.

AssistantError
├── QuestionError     the question is empty or far too long
└── HistoryError      earlier conversations cannot be read or kept
    └── UnknownConversationError   no conversation has that number
"""

from __future__ import annotations

from enum import StrEnum

from .wording import say


class AssistantError(Exception):
    """The question could not be worked on; the message says why and what to do."""


class UnusableQuestionsError(AssistantError):
    """A file of test questions is missing or cannot be used."""


class QuestionError(AssistantError):
    """The question is empty or far too long."""


class HistoryError(AssistantError):
    """The file of earlier conversations cannot be read or written."""


class UnknownConversationError(HistoryError):
    """No conversation has that number."""


class ChatTrouble(StrEnum):
    """What can go wrong with a chat model; each has a sentence in the asker's language."""

    UNREACHABLE = "unreachable"
    KEY = "key"
    UNKNOWN = "unknown"
    CONTEXT = "context"
    RATE = "rate"
    SLOW = "slow"
    MALFORMED = "malformed"
    SERVER = "server"
    MISSING = "missing"


class ChatError(AssistantError):
    """A chat model did not answer."""

    def __init__(self, trouble: ChatTrouble, model: str, place: str) -> None:
        self.trouble = trouble
        """What went wrong."""
        self.model = model
        """Name of the model."""
        self.place = place
        """Its address or provider."""
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """What happened and what to do, in one sentence."""
        return say(f"chat_{self.trouble}", language, model=self.model, place=self.place)
