"""The learner's workbook: a folder of readable Markdown files, one for each form that was begun.

    # A23 Network map

    Last changed on 2026-11-22.

    ## Contact

    a former colleague

The learner owns the files and may change them with any program. They are read with tolerance, and a text that
belongs to no field is kept.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from .controls import neutralised
from .errors import CourseError, NotFound, WorkbookError
from .forms import forms_in, is_form_id, key_of
from .header import read_header, without_header
from .outline import outline
from .source import read_source, stays_inside, tidy
from .titles import title_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from .forms import Form
    from .model import Course, LessonHead, Module

MAX_BYTES = 1_000_000
LONGEST_VALUE = 20_000
"""Characters that one field may hold."""

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_NEEDS_SIGN = re.compile(r"^(\s*)(\\*#)")
_HAS_SIGN = re.compile(r"^(\s*)\\(\\*#)")
_CHANGED = re.compile(r"Last changed on \d{4}-\d{2}-\d{2}\.")


class State(StrEnum):
    """How far a sheet is filled in."""

    EMPTY = "empty"
    BEGUN = "begun"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a learner wrote into one form."""

    form_id: str
    title: str
    values: Mapping[str, str] = field(default_factory=dict)
    """Text of each field by its name, in order; also of fields that the form does not have."""
    note: str = ""
    """What stands in the file above the first field."""
    source: bytes | None = None
    """The file as it was read; None when there is none yet."""

    def fitted(self, form: Form) -> Sheet:
        """The fields of the form in its order, then what else the learner keeps in the file."""
        own = {key_of(name): text for name, text in self.values.items()}
        values = {each.name: own.pop(key_of(each.name), "") for each in form.fields}
        values |= {name: text for name, text in self.values.items() if key_of(name) in own}
        return replace(self, title=form.title, values=values)

    def filled_in(self, name: str, text: str) -> Sheet:
        """With another text in one field."""
        return replace(self, values={**self.values, name: value_of(text)})

    @property
    def empty_fields(self) -> tuple[str, ...]:
        """Names of the fields in which nothing stands."""
        return tuple(name for name, text in self.values.items() if not text)

    @property
    def state(self) -> State:
        """How far it is; a sheet without fields is empty."""
        empty = len(self.empty_fields)
        if empty == len(self.values):
            return State.EMPTY
        return State.BEGUN if empty else State.FILLED


@dataclass(frozen=True, slots=True)
class Task:
    """A form of a course, and where it stands."""

    form: Form
    module: Module
    lesson: LessonHead
    section_id: str
    """The section of the lesson in which the form stands."""


def tasks_of(course: Course) -> tuple[Task, ...]:
    """Every form of a course in order; of those with the same code the first."""
    found: dict[str, Task] = {}
    for module in course:
        for head in module.lessons:
            for task in _tasks(module, head):
                found.setdefault(task.form.code.upper(), task)
    return tuple(found.values())


def _tasks(module: Module, head: LessonHead) -> Iterator[Task]:
    try:
        text = read_source(head.path)
    except CourseError:  # told when the course is listed or the lesson is opened
        return
    forms = forms_in(text)
    if not forms:
        return
    header = read_header(text, head.path)
    sections = outline(without_header(text, header), title_in(header))
    for line, form in forms:
        above = [place for place, section in enumerate(sections) if section.line <= line]
        place = above[-1] if above else 0
        section_id = head.section_ids[place] if place < len(head.section_ids) else head.id
        yield Task(form, module, head, section_id)


def find_task(course: Course, name: str) -> Task:
    """The form with a code or id, such as `A23`; raises `NotFound`."""
    wanted = name.strip().removesuffix(".md").upper()
    for task in tasks_of(course):
        if wanted in {task.form.code.upper(), task.form.id.upper()}:
            return task
    raise NotFound(f"There is no form {name!r}; `hansa workbook list` shows them.")


def value_of(text: str) -> str:
    """A text as it is kept: no control characters, no blanks at the ends of lines, no blank lines around it."""
    sound = tidy(text.replace("\ufeff", "").encode("utf-8", "replace").decode("utf-8"))[:LONGEST_VALUE]
    return "\n".join(line.rstrip() for line in sound.split("\n")).strip("\n")


def as_markdown(sheet: Sheet, changed: date) -> str:
    """The file of a sheet."""
    parts = [f"# {_one_line(sheet.title)}", f"Last changed on {changed.isoformat()}."]
    parts += [signed(value_of(sheet.note))] if sheet.note else []
    for name, text in sheet.values.items():
        parts += [f"## {_one_line(name)}", *([signed(value_of(text))] if text else [])]
    return "\n\n".join(parts) + "\n"


def from_markdown(form_id: str, text: str) -> Sheet:
    """The sheet in a file; headings of any level name fields, and the first is the title when nothing stands above."""
    title = ""
    note: list[str] = []
    values: dict[str, list[str]] = {}
    lines = note
    for line in tidy(text).split("\n"):
        heading = _HEADING.fullmatch(line.rstrip(" \t"))
        if heading and heading[1] == "#" and not title and not values:
            title = heading[2]
        elif heading and heading[2]:
            name = next((own for own in values if key_of(own) == key_of(heading[2])), heading[2])
            lines = values.setdefault(name, [])
        elif not (lines is note and _CHANGED.fullmatch(line.strip())):
            lines.append(_HAS_SIGN.sub(r"\1\2", line))
    kept = {name: value_of("\n".join(own)) for name, own in values.items()}
    return Sheet(form_id, title, kept, value_of("\n".join(note)))


def signed(text: str) -> str:
    """The text with a backslash before what Markdown would read as a heading."""
    return "\n".join(_NEEDS_SIGN.sub(r"\1\\\2", line) for line in text.split("\n"))


def _one_line(text: str) -> str:
    return " ".join(neutralised(text).split())


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one learner; the folder is made when the first is saved."""

    folder: Path

    def path(self, form_id: str) -> Path:
        """The file of a form, always inside the folder."""
        if not is_form_id(form_id):
            raise WorkbookError(f"{form_id!r} cannot name a file of the workbook; choose one from its list.")
        return self.folder / f"{form_id}.md"

    def read(self, form_id: str) -> Sheet:
        """What was written into a form so far; nothing when it was not begun."""
        data = self._bytes(form_id)
        if data is None:
            return Sheet(form_id, "")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            path = self.path(form_id)
            raise WorkbookError(f"{path} is not in UTF-8; save it in UTF-8, or move it away.") from error
        return replace(from_markdown(form_id, text), source=data)

    def sheet(self, form: Form) -> Sheet:
        """The sheet of a form with all of its fields."""
        return self.read(form.id).fitted(form)

    def save(self, sheet: Sheet, changed: date) -> tuple[Sheet, Path | None]:
        """Replace the file of a sheet at once; gives the sheet as saved.

        When another program changed the file since the sheet was read, that version is kept beside it, and its
        path is given as well.
        """
        path = self.path(sheet.form_id)
        data = as_markdown(sheet, changed).encode("utf-8")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            found = self._bytes(sheet.form_id)
            kept = self._put_aside(path, found) if found not in {None, sheet.source, data} else None
            self._replace(path, data)
        except OSError as error:
            reason = error.strerror or error
            raise WorkbookError(
                f"{path} cannot be written ({reason}); free or allow it and go on."
            ) from error
        return replace(sheet, source=data), kept

    def erase(self, form_id: str | None = None) -> int:
        """Delete the file of one form, or of all, with the versions kept beside them; gives how many."""
        names = self.names() if form_id is None else (form_id,)
        files = [path for name in names for path in (self.path(name), *self._kept(name)) if path.is_file()]
        try:
            for path in files:
                path.unlink()
        except OSError as error:
            raise WorkbookError(f"{error.filename} cannot be deleted; allow it and try again.") from error
        return len(files)

    def names(self) -> tuple[str, ...]:
        """The forms that have a file, in the order of their names."""
        if not self.folder.is_dir():
            return ()
        found = (path.stem for path in self.folder.glob("*.md") if path.is_file() and is_form_id(path.stem))
        return tuple(sorted(found))

    def _kept(self, form_id: str) -> list[Path]:
        return sorted(self.folder.glob(f"{form_id}.kept-*.md"))

    def _bytes(self, form_id: str) -> bytes | None:
        path = self.path(form_id)
        if not path.exists() and not path.is_symlink():
            return None
        if not stays_inside(path, self.folder):
            raise WorkbookError(f"{path} is a link that leaves the workbook; put the file itself there.")
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            reason = error.strerror or error
            raise WorkbookError(f"{path} cannot be read ({reason}); allow it or move it away.") from error
        if len(data) > MAX_BYTES:
            raise WorkbookError(f"{path} is larger than 1 MB; shorten it, or move it away.")
        return data

    def _put_aside(self, path: Path, data: bytes) -> Path:
        number = len(self._kept(path.stem)) + 1
        while (aside := path.with_name(f"{path.stem}.kept-{number}.md")).exists():
            number += 1
        self._replace(aside, data)
        return aside

    def _replace(self, path: Path, data: bytes) -> None:
        """Write beside the file and rename: whoever kills the program finds the old file or the new one."""
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=self.folder)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
