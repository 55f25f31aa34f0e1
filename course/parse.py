"""Files into lessons and quizzes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .file_names import bare_name, is_translation
from .frontmatter import LessonMatter, ModuleMatter, QuizMatter, checked
from .header import read_header, without_header
from .markdown import Comment, Document, read_markdown
from .marker import read_marker
from .model import (
    Callout,
    Heading,
    Lesson,
    Place,
    Practice,
    Problem,
    Quiz,
    Raw,
    Rule,
    Section,
    Severity,
    plain,
)
from .outline import START, Outlined, outline
from .questions import Questions
from .slugs import slug
from .source import read_source, tidy
from .walk import blocks_in, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from .model import Block, Item


def parse_lesson(path: Path, module_id: str, text: str | None = None, lesson_id: str = "") -> Lesson:
    """The lesson in a file (or in `text`, as if it stood there); a translation takes the id of its source."""
    source = read_source(path) if text is None else tidy(text)
    header = read_header(source, path)
    matter, problems = checked(header, LessonMatter, path)
    own_id = lesson_id or f"{module_id}/{slug(matter.id) if matter.id else bare_name(_stem(path))}"
    body = without_header(source, header)
    title = " ".join(matter.title.split())
    outlined = outline(body, title)
    anchors = {section.line: section.slug for section in outlined if section.slug != START}
    document = read_markdown(body, anchors)
    questions = Questions(own_id, path, document.sources)
    sections = tuple(_sections(document, outlined, questions, title))
    return Lesson(
        id=own_id,
        title=title,
        sections=sections,
        path=path,
        minutes=matter.minutes,
        outcomes=matter.outcomes,
        sources=matter.sources,
        optional=matter.optional,
        problems=_sorted((*problems, *questions.problems, *_unshown(document, path))),
    )


def parse_quiz(path: Path, module_id: str, text: str | None = None) -> Quiz:
    """The quiz in a file (or in `text`): its questions, and what stands before the first of them."""
    source = read_source(path) if text is None else tidy(text)
    header = read_header(source, path)
    matter, problems = checked(header, QuizMatter, path)
    document = read_markdown(without_header(source, header))
    questions = Questions(f"{module_id}/quiz", path, document.sources)
    introduction, items, strays = _quiz_parts(document, questions, matter.title)
    found = [*problems, *questions.problems, *_unshown(document, path)]
    if strays:
        message = "This text stands between the questions and is not shown; move it above the first one."
        found.append(Problem(Place(path, strays[0]), "Q041", message, Severity.WARNING))
    if not items:
        found.append(Problem(Place(path, 1), "Q042", "This quiz has no question that can be shown."))
    return Quiz(
        id=f"{module_id}/quiz",
        title=matter.title,
        items=items,
        path=path,
        mode=matter.mode,
        pass_percent=70 if matter.pass_percent is None else matter.pass_percent,
        minutes=matter.minutes,
        shuffle=matter.shuffle,
        introduction=introduction,
        problems=_sorted(found),
    )


def parse_introduction(path: Path) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The text of `module.md`, and what is wrong with the file."""
    source = read_source(path)
    header = read_header(source, path)
    _, problems = checked(header, ModuleMatter, path)
    document = read_markdown(without_header(source, header))
    blocks = [block for block in document.blocks if not isinstance(block, Comment)]
    markers = [block for block in document.blocks if isinstance(block, Comment) and read_marker(block)]
    found = [*problems, *_unshown(document, path)]
    if markers:
        message = "A question cannot stand in module.md; move it to a lesson or to quiz.md."
        found.append(Problem(Place(path, markers[0].line), "Q043", message))
    return _with_notes(blocks, document), _sorted(found)


def _sections(
    document: Document, outlined: Sequence[Outlined], questions: Questions, title: str
) -> Iterator[Section]:
    """The blocks dealt out to the sections by line."""
    starts = [section for section in outlined if section.slug != START]
    first = next((section for section in outlined if section.slug == START), None)
    end = starts[0].line if starts else None
    blocks = questions.gather(_without_title(_between(document, 0, end), title))
    if first or blocks:
        yield _section(questions, START, title, _with_notes(blocks, document), 1)
    for number, section in enumerate(starts):
        end = starts[number + 1].line if number + 1 < len(starts) else None
        inside = _between(document, section.line, end)
        if inside and isinstance(inside[0], Heading) and inside[0].line == section.line:
            inside = inside[1:]
        blocks = _with_notes(questions.gather(inside), document)
        yield _section(questions, section.slug, section.title, blocks, section.line)


def _section(
    questions: Questions, own_slug: str, title: str, blocks: tuple[Block, ...], line: int
) -> Section:
    return Section(f"{questions.owner}#{own_slug}", title, blocks, line)


def _between(document: Document, start: int, end: int | None) -> list[Block | Comment]:
    return [block for block in document.blocks if start <= block.line and (end is None or block.line < end)]


def _without_title(blocks: list[Block | Comment], title: str) -> list[Block | Comment]:
    """Without a first heading that only repeats the title."""
    for at, block in enumerate(blocks):
        if not isinstance(block, Comment):
            if isinstance(block, Heading) and plain(block.text).strip() == title:
                return [*blocks[:at], *blocks[at + 1 :]]
            break
    return blocks


def _with_notes(blocks: Sequence[Block], document: Document) -> tuple[Block, ...]:
    """The blocks with the footnotes that they call at their foot, those called by footnotes too."""
    noted: dict[int, Block] = {}
    waiting = list(blocks)
    while waiting:
        calls = [span.footnote for text, _ in texts_of(waiting) for span in text if span.footnote is not None]
        fresh = [number for number in calls if number not in noted and number in document.footnotes]
        noted.update((number, document.footnotes[number]) for number in fresh)
        waiting = [document.footnotes[number] for number in dict.fromkeys(fresh)]
    return (*blocks, *(noted[number] for number in sorted(noted)))


def _quiz_parts(
    document: Document, questions: Questions, title: str
) -> tuple[tuple[Block, ...], tuple[Item, ...], list[int]]:
    """What stands above the first question, the questions, and lines of text that stands between them."""
    above: list[Block] = []
    items: list[Item] = []
    strays: list[int] = []
    for block in questions.gather(_without_title(list(document.blocks), title)):
        if isinstance(block, Practice):
            items.append(_noted(block.item, document))
        elif not items:
            above.append(block)
        elif not isinstance(block, Callout | Heading | Rule):
            strays.append(block.line)
    return _with_notes(above, document), tuple(items), strays


def _noted(item: Item, document: Document) -> Item:
    """A question of a quiz carries the footnotes that it calls at the end of its explanation."""
    called = _with_notes((Practice(item, item.frame.place.line),), document)[1:]
    if not called:
        return item
    return replace(item, frame=replace(item.frame, explanation=(*item.frame.explanation, *called)))


def _unshown(document: Document, path: Path) -> Iterator[Problem]:
    """Markup that a reader sees as written, and questions where none is looked for."""
    raw = [
        (block.line, block.text.split("\n")[0])
        for block in blocks_in(_shown(document))
        if isinstance(block, Raw)
    ]
    for line, text in (*raw, *document.markup):
        message = f"`{text[:40]}` is raw markup and is shown as written; use Markdown instead."
        yield Problem(Place(path, line), "M001", message)
    for comment in document.inner_comments:
        if read_marker(comment) is not None:
            message = (
                "A question cannot stand inside a list or quote; move its comment to the start of a line."
            )
            yield Problem(Place(path, comment.line), "Q044", message)


def _shown(document: Document) -> Iterator[Block]:
    yield from (block for block in document.blocks if not isinstance(block, Comment))
    yield from document.footnotes.values()


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(
        sorted(problems, key=lambda problem: (problem.place.line, problem.place.column, problem.code))
    )


def _stem(path: Path) -> str:
    """The name of a file without its ending, nor the language of a translation."""
    return path.stem.rsplit(".", 1)[0] if is_translation(path) else path.stem
