"""What is asked of the assistant and what it replies."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from .verdict import Verdict  # noqa: TC001 - pydantic reads it


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Citation(_Value):
    """A quoted stretch of a guide: `text[start:end] == quote`."""

    n: int = Field(ge=1)
    """Number in the answer, from 1."""
    guide: str
    """Slug of the guide."""
    title: str
    path: str
    heading: str
    """Heading path, parts joined by ` › `."""
    page: int | None = None
    """Page, for guides that have pages."""
    line: int
    """Line in the source file."""
    start: int
    end: int
    quote: str
    score: float


class Sentence(_Value):
    """One sentence of an answer and the citations that prove it."""

    text: str
    citations: tuple[int, ...]

    @property
    def spoken(self) -> str:
        """The text with the numbers of its citations behind it."""
        return " ".join((self.text, *(f"[{number}]" for number in self.citations)))


class Considered(_Value):
    """A passage the assistant looked at, for the inspector."""

    guide: str
    heading: str
    line: int
    fused: float
    dense: float | None
    dense_z: float | None
    keyword: float
    used: bool
    reason: str
    """Why it was or was not used, in words."""


class Cut(_Value):
    """A sentence of a chat model that was left out."""

    text: str
    reason: str
    """What is wrong with it, in words."""


class ChatTrace(_Value):
    """What a chat model had to do with an answer."""

    model: str
    sent_characters: int
    """Length of what it was sent at once."""
    requests: int
    """How often it was asked; twice if its first reply had not the form."""
    checked: int
    """Sentences that it wrote."""
    kept: int
    """Those that what they cite proves."""
    cut: tuple[Cut, ...] = ()
    """The others."""
    first_token_ms: float | None = None
    """From the request to the first fragment of the reply."""


class Trace(_Value):
    """How an answer came about."""

    considered: tuple[Considered, ...] = ()
    features: dict[str, float] = Field(default_factory=dict)
    """What the answerability gate saw, by name."""
    probability: float = 0.0
    """The gate's estimate that the guides hold the answer, 0 to 1."""
    threshold: float = 0.0
    missing: tuple[str, ...] = ()
    """Names, numbers and words of the question that no passage holds."""
    cut: tuple[str, ...] = ()
    """Sentences left out by the citation check."""
    keywords_only: bool = False
    """True when no embedding model was at hand."""
    chat: ChatTrace | None = None
    """Set when a chat model was asked."""


class Option(_Value):
    """One of several guides that a question may mean."""

    guide: str
    """Slug of the guide."""
    name: str
    """What people call it; given as the next question, it completes the one that was asked back."""


class Elapsed(_Value):
    """Milliseconds spent."""

    retrieve: float
    answer: float
    total: float


class Answer(_Value):
    """The reply to a question, with its proof or an honest refusal."""

    question: str
    language: str
    verdict: Verdict
    answer: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    model: str | None = None
    elapsed_ms: Elapsed
    trace: Trace = Field(default_factory=Trace, exclude=True)
    """Not part of the printed JSON."""
    taken_as: str = ""
    """What a question that leans on the talk before it was taken to mean; empty for one that stands alone."""
    options: tuple[Option, ...] = ()
    """The guides that fit a question which is asked back."""
    note: str = Field(default="", exclude=True)
    """Why a chat model's answer is not or not wholly there; empty without one."""

    @property
    def meant(self) -> str:
        """The question as it stands alone."""
        return self.taken_as or self.question

    @model_serializer(mode="wrap")
    def _without_what_is_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The usual keys, and of the others those that carry something."""
        printed: dict[str, Any] = handler(self)
        return {key: value for key, value in printed.items() if value or key not in {"taken_as", "options"}}
