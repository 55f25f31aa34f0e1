"""Why a question cannot be shown; caught where questions are put together and told to the author."""

from __future__ import annotations


class QuestionFault(Exception):  # noqa: N818 - a fault of the author, not of the program
    """A question that cannot be read, in one sentence with the remedy."""

    def __init__(self, code: str, message: str, line: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.line = line
