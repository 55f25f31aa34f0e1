"""Where banks of questions stand: ordinary files inside the folder of their module."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .faults import QuestionFault
from .file_names import language_of, translation_of
from .source import is_file, stays_inside

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[\w-]+(?:/[\w-]+)*")


def bank_path(beside: Path, name: str) -> Path:
    """The file of a bank such as `bank/partners`, named from the folder of the file that draws.

    A translation draws from the translation of the bank where there is one.

    Raises:
        QuestionFault: when the name leads out of the folder, or nowhere.
    """
    folder = beside.parent
    path = folder / f"{name}.md"
    if not _NAME.fullmatch(name) or not stays_inside(path, folder):
        message = (
            f"from={name[:80]} leads out of the module; name a file in its folder, such as bank/partners."
        )
        raise QuestionFault("Q031", message, 1)
    if not is_file(path):
        raise QuestionFault(
            "Q031", f"from={name[:80]} names no file; there is no {name[:80]}.md in this folder.", 1
        )
    return translation_of(path, language_of(beside)) or path
