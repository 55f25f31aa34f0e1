"""What can go wrong between a question and its answer."""

from __future__ import annotations


class AssistantError(Exception):
    """The question could not be worked on; the message says why and what to do."""


class UnusableQuestionsError(AssistantError):
    """A file of test questions is missing or cannot be used."""


class QuestionError(AssistantError):
    """The question is empty or far too long."""
