"""The examples and tables of the documentation say what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from course.check import check
from course.frontmatter import BankMatter, LessonMatter, ModuleMatter, QuizMatter, known_keys
from course.grade import grade
from course.marker import ATTRIBUTES, TYPES
from course.model import Choice
from course.parse import parse_lesson
from course.solve import right_responses
from index.collection import shipped_guides

if TYPE_CHECKING:
    from course.model import Item

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
AUTHORING = (DOCS / "authoring.md").read_text(encoding="utf-8")
GUIDES = {path.name.split(".")[0] for path in shipped_guides().glob("*.md")}


class Example(NamedTuple):
    line: int
    name: str
    """File that it is; empty for a piece of a lesson."""
    text: str


def examples() -> list[Example]:
    fence = re.compile(r"^```markdown *(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [
        Example(AUTHORING.count("\n", 0, found.start()) + 1, *found.groups())
        for found in fence.finditer(AUTHORING)
    ]


FILES = [example for example in examples() if example.name.endswith(".md")]
PIECES = [example for example in examples() if not example.name]


def named_by_line(example: Example) -> str:
    return f"line-{example.line}"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """The module that the page shows, with the files that its text links to."""
    folder = tmp_path / "03-partners"
    folder.mkdir()
    for example in FILES:
        folder.joinpath(example.name).parent.mkdir(exist_ok=True)
        folder.joinpath(example.name).write_text(example.text, encoding="utf-8")
    folder.joinpath("stairs.png").write_bytes(b"")
    return folder


def lesson_with(module: Path, example: Example) -> Path:
    path = module / "09-example.md"
    path.write_text(f"---\ntitle: Example\n---\n\n## Example\n\n{example.text}", encoding="utf-8")
    return path


def items_of(example: Example) -> tuple[Item, ...]:
    path = Path("09-example.md")
    text = f"---\ntitle: Example\n---\n\n## Example\n\n{example.text}"
    return parse_lesson(path, "partners", text).all_items


def kind_of(item: Item) -> str:
    if isinstance(item, Choice):
        return "truefalse" if item.true_false else "multiple" if item.multiple else "single"
    return {"ShortText": "text", "Numeric": "number"}.get(type(item).__name__, type(item).__name__.lower())


def test_the_page_has_examples_of_every_kind():
    assert {example.name for example in FILES} >= {"module.md", "quiz.md"}
    assert {kind_of(item) for example in PIECES for item in items_of(example)} == set(TYPES)
    assert AUTHORING.count("```markdown") == len(FILES) + len(PIECES)


def test_the_module_shown_has_no_fault(module: Path):
    assert check(module.parent, GUIDES) == ()


@pytest.mark.parametrize("example", PIECES, ids=named_by_line)
def test_a_piece_of_a_lesson_has_no_fault(example: Example, module: Path):
    assert check(lesson_with(module, example), GUIDES) == ()


@pytest.mark.parametrize("example", PIECES, ids=named_by_line)
def test_an_example_question_accepts_its_right_answers(example: Example):
    items = items_of(example)
    assert len(items) == example.text.count("<!-- q ")
    for item in items:
        responses = right_responses(item)
        assert responses
        assert all(grade(item, response).right for response in responses)


def test_the_page_names_every_code_of_the_checker():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "course").glob("*.py"))
    table = AUTHORING.partition("## The checker\n")[2]
    assert set(re.findall(r"`([A-Z]\d{3})`", table)) == set(re.findall(r'"([A-Z]\d{3})"', source))


def test_the_page_names_every_attribute_and_type():
    table = AUTHORING.partition("### Attributes\n")[2].partition("### Marks\n")[0]
    first_cells = "".join(row.split("|")[1] for row in table.splitlines() if row.startswith("| `"))
    assert set(re.findall(r"`([\w-]+)", first_cells)) == set(ATTRIBUTES)
    assert set(re.findall(r"\*\* \(`(\w+)`\)", AUTHORING)) == set(TYPES)


def test_the_page_names_every_key_of_the_front_matter():
    table = AUTHORING.partition("## Front matter\n")[2].partition("```")[0]
    told: dict[str, set[str]] = {}
    kind = ""
    for row in (line for line in table.splitlines() if line.startswith("|")):
        kind = row.split("|")[1].strip() or kind
        told.setdefault(kind, set()).update(re.findall(r"`(\w+)`", row.split("|")[2]))
    everywhere = told.pop("every file")
    kinds = {
        "`module.md`": ModuleMatter,
        "a lesson": LessonMatter,
        "a bank": BankMatter,
        "`quiz.md`": QuizMatter,
    }
    assert told.keys() - {"file", "---"} == kinds.keys()
    for name, matter in kinds.items():
        assert told[name] | everywhere == set(known_keys(matter)), name


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in DOCS.glob("*.md"))])
def test_links_between_the_pages_lead_somewhere(page: str):
    path = ROOT / page
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = {
        re.sub(r"[^\w -]", "", words.lower()).strip().replace(" ", "-")
        for words in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings
        elif "://" not in target and not target.endswith(".svg"):
            assert (path.parent / target).is_file()
