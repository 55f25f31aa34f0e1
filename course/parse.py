"""Files into lessons, quizzes and banks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from .banks import bank_path
from .cases import between, cases_of
from .drawing import picked
from .file_names import bare_name, is_translation
from .frontmatter import BankMatter, LessonMatter, ModuleMatter, QuizMatter, checked
from .header import read_header, without_header
from .markdown import Comment, Document, read_markdown
from .marker import read_marker
from .model import (
    Bank,
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
from .tokens import MAX_BRACKETS, MAX_TEXT
from .translations import aligned
from .walk import blocks_in, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from .header import Header
    from .model import Block, Item, Pool


def parse_lesson(path: Path, module_id: str, text: str | None = None, lesson_id: str = "") -> Lesson:
    """The lesson in a file (or in `text`, as if it stood there); a translation takes the id of its source."""
    source = read_source(path) if text is None else tidy(text)
    header = read_header(source, path)
    matter, problems = checked(header, LessonMatter, path)
    own_id = lesson_id or f"{module_id}/{slug(matter.id) if matter.id else bare_name(_stem(path))}"
    body = without_header(source, header)
    title = " ".join(matter.title.split())
    sections, reserve, found = sections_of(body, title, own_id, path, _bank_of(path, module_id))
    return Lesson(
        id=own_id,
        title=title,
        sections=sections,
        path=path,
        minutes=matter.minutes,
        outcomes=matter.outcomes,
        sources=matter.sources,
        optional=matter.optional,
        problems=_sorted((*problems, *found)),
        reserve=reserve,
    )


def sections_of(
    body: str, title: str, owner: str, path: Path, bank: Callable[[str], Sequence[Item]] | None = None
) -> tuple[tuple[Section, ...], tuple[Item, ...], tuple[Problem, ...]]:
    """The sections of a text, the questions that they keep in reserve, and what is wrong with them."""
    outlined = aligned(outline(body, title), path)
    anchors = {section.line: section.slug for section in outlined if section.slug != START}
    document = read_markdown(body, anchors)
    cases = {slug: case for slug, (_, case) in cases_of(document.blocks, outlined, owner).items()}
    questions = Questions(owner, path, document.sources, cases=cases, bank=bank)
    sections = tuple(_sections(document, outlined, questions, title))
    sections, reserve = _kept_back(sections, questions.pools.finish())
    return sections, reserve, (*questions.problems, *_unshown(document, path))


def parse_quiz(path: Path, module_id: str, text: str | None = None) -> Quiz:
    """The quiz in a file (or in `text`): its questions, and what stands before the first of them."""
    source = read_source(path) if text is None else tidy(text)
    header = read_header(source, path)
    matter, problems = checked(header, QuizMatter, path)
    body = without_header(source, header)
    quiz_id = f"{module_id}/quiz"
    found = _collected(body, matter.title, quiz_id, path, _bank_of(path, module_id))
    problems = (*problems, *found.problems)
    if not found.items:
        message = "This quiz has no question that can be shown."
        problems = (*problems, Problem(Place(path, 1), "Q042", message))
    return Quiz(
        id=quiz_id,
        title=matter.title,
        items=found.items,
        path=path,
        mode=matter.mode,
        pass_percent=70 if matter.pass_percent is None else matter.pass_percent,
        minutes=matter.minutes,
        shuffle=matter.shuffle,
        introduction=found.introduction,
        problems=_sorted((*problems, *_overdrawn(matter, found, path, header))),
        tries=matter.tries,
        draw=matter.draw,
        pools=found.pools,
    )


def parse_bank(path: Path, module_id: str, name: str, text: str | None = None) -> Bank:
    """The questions in a file (or in `text`) that others draw from under its name, such as `bank/partners`."""
    source = read_source(path) if text is None else tidy(text)
    header = read_header(source, path)
    matter, problems = checked(header, BankMatter, path)
    own_id = f"{module_id}/{name}"
    found = _collected(without_header(source, header), matter.title, own_id, path, None)
    problems = (*problems, *found.problems)
    if not found.items:
        problems = (
            *problems,
            Problem(Place(path, 1), "Q042", "This bank has no question that can be drawn."),
        )
    if found.pools:
        message = "A bank holds questions only; draw or pool them where they are asked."
        problems = (*problems, Problem(Place(path, found.pools[0].line), "Q032", message))
    return Bank(own_id, matter.title, found.items, path, _sorted(problems))


def _bank_of(path: Path, module_id: str) -> Callable[[str], Sequence[Item]]:
    """Finds the questions of a bank beside a file; each bank is read once, however often it is drawn from."""

    @cache
    def items(name: str) -> Sequence[Item]:
        return parse_bank(bank_path(path, name), module_id, name).items

    return items


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
    """The blocks from one line up to another; they stand in the order of their lines."""
    return list(between(document.blocks, start, end))


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


@dataclass(frozen=True, slots=True)
class _Collected:
    """What a file of questions holds."""

    introduction: tuple[Block, ...]
    items: tuple[Item, ...]
    pools: tuple[Pool, ...]
    problems: tuple[Problem, ...]


def _collected(
    body: str, title: str, owner: str, path: Path, bank: Callable[[str], Sequence[Item]] | None
) -> _Collected:
    """The questions of a quiz or a bank; those under a `##` with prose share it as their case."""
    outlined = aligned(outline(body, title), path)
    document = read_markdown(body)
    by_slug = cases_of(document.blocks, [part for part in outlined if part.slug != START], owner)
    cases = {slug: case for slug, (_, case) in by_slug.items()}
    questions = Questions(owner, path, document.sources, cases=cases, bank=bank)
    blocks: list[Block] = []
    starts = [0, *(section.line for section in outlined if section.slug != START)]
    slugs = ["", *(section.slug for section in outlined if section.slug != START)]
    for own_slug, start, end in zip(slugs, starts, [*starts[1:], None], strict=True):
        questions.case = cases.get(own_slug)
        inside = questions.gather(_without_title(_between(document, start, end), title))
        blocks += inside if questions.case is None else _after_case(inside)
    pools = questions.pools.finish()
    introduction, items, strays = _quiz_parts(blocks, document)
    found = [*questions.problems, *_unshown(document, path)]
    if strays:
        message = "This text stands between the questions and is not shown; move it above the first one."
        found.append(Problem(Place(path, strays[0]), "W107", message, Severity.WARNING))
    return _Collected(introduction, items, pools, tuple(found))


def _after_case(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a section from its first question on."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Practice)), len(blocks))
    return blocks[first:]


def _kept_back(
    sections: tuple[Section, ...], pools: tuple[Pool, ...]
) -> tuple[tuple[Section, ...], tuple[Item, ...]]:
    """The sections with what their pools pick and the first of each variant; and the questions left out."""
    items = [item for section in sections for item in section.items]
    shown = {item.frame.id for item in picked(items, pools, None)}
    kept = tuple(
        replace(
            section,
            blocks=tuple(
                block
                for block in section.blocks
                if not isinstance(block, Practice) or block.item.frame.id in shown
            ),
        )
        for section in sections
    )
    return kept, tuple(item for item in items if item.frame.id not in shown)


def _overdrawn(matter: QuizMatter, found: _Collected, path: Path, header: Header) -> Iterator[Problem]:
    count = len(picked(found.items, found.pools, None))
    if matter.draw > count:
        message = f"draw: {matter.draw} asks for more than the {count} questions there are; lower it."
        yield Problem(Place(path, header.line("draw")), "Q033", message)


def _quiz_parts(
    blocks: Sequence[Block], document: Document
) -> tuple[tuple[Block, ...], tuple[Item, ...], list[int]]:
    """What stands above the first question, the questions, and lines of text that stands between them."""
    above: list[Block] = []
    items: list[Item] = []
    strays: list[int] = []
    for block in blocks:
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
    for line in document.unread:
        message = (
            f"This text is shown as written: it is longer than {MAX_TEXT:,} characters, or the file has more than "
            f"{MAX_BRACKETS:,} brackets; part it by blank lines."
        )
        yield Problem(Place(path, line), "M002", message)
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
