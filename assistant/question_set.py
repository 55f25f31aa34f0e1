"""A test set of questions, read from a file with one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from .errors import QuestionError, UnusableQuestionsError
from .question import read_question

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = '{"id": "1", "lang": "en", "question": "…", "answer_facts": ["…"], "answerable": true}'

SPELLING = r"[^|]*[^|\s][^|]*"
"""One spelling of a fact: not blank, as a blank one would be found anywhere."""
LARGEST = 20_000_000
"""Bytes of a file."""


class TestQuestion(BaseModel):
    """A question with what its answer must hold, or the remark that the guides do not hold it."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)
    __test__ = False

    id: str = Field(min_length=1)
    lang: str = Field(pattern="^[a-z]{2,3}$")
    """Language of the question."""
    question: str
    answer_facts: list[Annotated[str, Field(pattern=rf"^{SPELLING}(\|{SPELLING})*$")]]
    """Stretches of text that the answer must hold; `|` parts spellings of which one is enough."""
    answerable: StrictBool
    kind: str = ""
    """Any name; of the kind `underspecified`, a question is to be asked back."""


def load_questions(path: Path) -> tuple[TestQuestion, ...]:
    """The questions of a file.

    Raises:
        UnusableQuestionsError: It is missing, empty, too large or not UTF-8, or a line of it cannot be used.
    """
    found: list[TestQuestion] = []
    places: dict[str, int] = {}
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        question = _question(line, f"{path}, line {number},")
        first = places.setdefault(question.id, number)
        if first != number:
            raise UnusableQuestionsError(
                f"{path}, line {number}, has the same id as line {first}; give each its own."
            )
        found.append(question)
    if not found:
        raise UnusableQuestionsError(f"{path} is empty; write one line like {EXAMPLE} for each question.")
    return tuple(found)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise UnusableQuestionsError(f"{path} is larger than {LARGEST // 1_000_000} MB; split it.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UnusableQuestionsError(f"{path} is not there; check the spelling.") from None
    except UnicodeDecodeError:
        raise UnusableQuestionsError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise UnusableQuestionsError(
            f"{path} cannot be read ({error.strerror}); name a file that can."
        ) from error


def _question(line: str, place: str) -> TestQuestion:
    try:
        question = TestQuestion.model_validate_json(line)
        read_question(question.question, language=question.lang)
    except ValidationError as error:
        raise UnusableQuestionsError(f"{place} {_fault(error)}; write it like {EXAMPLE}.") from None
    except QuestionError as error:
        raise UnusableQuestionsError(f"{place} cannot be asked: {error}") from None
    return question


def _fault(error: ValidationError) -> str:
    first = error.errors()[0]
    if not first["loc"]:
        return "is no JSON object"
    name = first["loc"][0]
    return f"lacks {name}" if first["type"] == "missing" else f"has no usable {name}"
