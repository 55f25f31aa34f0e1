"""What can go wrong between a question and its answer.

AssistantError
├── QuestionError     the question is empty or far too long
└── HistoryError      earlier conversations cannot be read or kept
    └── UnknownConversationError   no conversation has that number
"""

from __future__ import annotations


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
