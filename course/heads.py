"""A module as the heads of its files tell it: its front matter, and title, sections and question ids of each lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .contents import LessonHead, Module
from .errors import CourseError, FileUnreadable, ModuleUnreadable
from .file_names import bare_name, lesson_paths, order_number
from .header import Header, read_header, without_header
from .outline import outline
from .problems import Place, Problem, told
from .slugs import slug
from .source import read_source, refuse_escape, stays_inside

if TYPE_CHECKING:
    from pathlib import Path


_MOST_PERCENT = 100


def load_module(folder: Path) -> Module:
    """One module with the heads of its lessons."""
    path = folder / "module.md"
    if not path.is_file() or not stays_inside(path, folder):
        raise ModuleUnreadable("This module has no module.md; write one with a title.", Place(path, 1))
    header = read_header(read_source(path), path)
    own_id = _name(header, "id", folder.name)
    lessons, problems = _lesson_heads(folder, own_id)
    quiz = folder / "quiz.md"
    has_quiz = quiz.is_file() and stays_inside(quiz, folder)
    return Module(
        id=own_id,
        title=_title(header, path),
        number=order_number(folder.name),
        path=folder,
        lessons=lessons,
        summary=_words(header, "summary"),
        level=_words(header, "level"),
        minutes=_whole(header, "minutes") or sum(head.minutes for head in lessons),
        requires=_list(header, "requires"),
        outcomes=_outcomes(header),
        brings_back=_list(header, "brings_back"),
        version=_words(header, "version"),
        pass_percent=_pass_percent(header, quiz if has_quiz else None),
        quiz_path=quiz if has_quiz else None,
        problems=problems,
    )


def _lesson_heads(folder: Path, module_id: str) -> tuple[tuple[LessonHead, ...], tuple[Problem, ...]]:
    heads: dict[str, LessonHead] = {}
    problems: list[Problem] = []
    for path in lesson_paths(folder):
        try:
            refuse_escape(path, folder)
            head = _lesson_head(path, module_id)
        except CourseError as error:
            problems.append(told(error, path))
            continue
        if head.id in heads:
            message = f"Two lessons have the id `{head.id}`; give one an id of its own in its front matter."
            problems.append(Problem(Place(path, 1), "C102", message))
            continue
        heads[head.id] = head
    return tuple(heads.values()), tuple(problems)


def _lesson_head(path: Path, module_id: str) -> LessonHead:
    text = read_source(path)
    header = read_header(text, path)
    title = _title(header, path)
    own_id = f"{module_id}/{_name(header, 'id', path.stem)}"
    sections = outline(without_header(text, header), title)
    return LessonHead(
        id=own_id,
        title=title,
        path=path,
        minutes=_whole(header, "minutes"),
        optional=header.values.get("optional") is True,
        section_ids=tuple(f"{own_id}#{section.slug}" for section in sections),
        section_titles=tuple(section.title for section in sections),
        item_ids=tuple(tuple(f"{own_id}#{item}" for item in section.item_slugs) for section in sections),
    )


# Front matter, read lightly; `frontmatter` checks it in full when a file is opened ----------------


def _title(header: Header, path: Path) -> str:
    title = _words(header, "title")
    if not title:
        raise FileUnreadable(
            "This file needs a title in its front matter; write `title: …` between the --- lines.",
            Place(path, header.line("title")),
        )
    return title


def _name(header: Header, key: str, file_name: str) -> str:
    given = header.values.get(key)
    return slug(str(given)) if isinstance(given, str | int) and str(given) else bare_name(file_name)


def _words(header: Header, key: str) -> str:
    value = header.values.get(key, "")
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _whole(header: Header, key: str, default: int = 0) -> int:
    value = header.values.get(key, default)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default


def _list(header: Header, key: str) -> tuple[str, ...]:
    value = header.values.get(key, ())
    return tuple(str(part) for part in (value if isinstance(value, list) else [value] if value else ()))


def _outcomes(header: Header) -> dict[str, str]:
    value = header.values.get("outcomes")
    return {str(key): str(words) for key, words in value.items()} if isinstance(value, dict) else {}


def _pass_percent(header: Header, quiz: Path | None) -> int:
    """The quiz's own pass mark, else the module's, else 70."""
    usual = _percent(header, 70)
    if quiz is None:
        return usual
    try:
        return _percent(read_header(read_source(quiz), quiz), usual)
    except CourseError:
        return usual


def _percent(header: Header, default: int) -> int:
    """The pass mark; one above 100, which the checker tells of, is left out as everywhere."""
    given = _whole(header, "pass", default)
    return given if given <= _MOST_PERCENT else default
