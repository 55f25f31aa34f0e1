from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from course.controls import neutralised
from course.markdown import Comment, Document, read_markdown
from course.model import (
    Callout,
    CalloutKind,
    Code,
    Footnote,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Raw,
    Rule,
    Span,
    Table,
    plain,
)
from course.tokens import MAX_NESTING
from course.walk import blocks_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

SPEC = Path(__file__).resolve().parents[2] / "shared" / "data" / "commonmark" / "spec.txt"


def only(text: str) -> object:
    (block,) = read_markdown(text).blocks
    return block


def words_of(document: Document) -> str:
    """Everything a reader can see, in one string."""
    shown: list[str] = []
    blocks = [block for block in document.blocks if not isinstance(block, Comment)]
    for block in blocks_in((*blocks, *document.footnotes.values())):
        match block:
            case Paragraph() | Heading():
                shown.append(plain(block.text))
                shown += [span.link for span in block.text if span.link]
            case Code():
                shown.append(f"{block.text} {block.language}")
            case Raw():
                shown.append(block.text)
            case Table():
                shown += [plain(cell) for row in (block.header, *block.rows) for cell in row]
            case Image():
                shown += [block.alt, block.title]
    return "\n".join(shown)


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("**b**", [Span("b", strong=True)]),
        ("*e*", [Span("e", emphasis=True)]),
        ("~~s~~", [Span("s", strike=True)]),
        ("***x***", [Span("x", strong=True, emphasis=True)]),
        ("`c`", [Span("c", code=True)]),
        ("a  \nb", [Span("a"), Span("", line_break=True), Span("b")]),
        ("a\\\nb", [Span("a"), Span("", line_break=True), Span("b")]),
        ("a<br>b", [Span("a"), Span("", line_break=True), Span("b")]),
        ("a\nb", [Span("a b")]),
        ("[l](lesson:m/l#s)", [Span("l", link="lesson:m/l#s")]),
        ("[l](term:åben)", [Span("l", link="term:åben")]),
        ("[*l*](#a-b)", [Span("l", emphasis=True, link="#a-b")]),
        ("<https://a.eu>", [Span("https://a.eu", link="https://a.eu")]),
        ("www.a.eu", [Span("www.a.eu", link="http://www.a.eu")]),
        ("x ![alt *t*](a/b.png) y", [Span("x "), Span("alt t", image="a/b.png"), Span(" y")]),
        ("[![alt](a.png)](b.md)", [Span("alt", image="a.png", link="b.md")]),
        ("a <!-- note --> b", [Span("a  b")]),
        ("a <kbd>x</kbd>", [Span("a <kbd>x</kbd>")]),
        ("&eacute; &amp; \\*", [Span("é & *")]),
        ("[x](javascript:alert)", [Span("[x](javascript:alert)")]),
    ],
)
def test_running_text(source: str, spans: list[Span]):
    assert only(source) == Paragraph(tuple(spans), 1)


@pytest.mark.parametrize("kind", list(CalloutKind))
def test_alerts(kind: CalloutKind):
    block = only(f"> [!{kind.upper()}]\n> Words.\n>\n> - more")
    assert isinstance(block, Callout)
    assert block.kind is kind
    assert [type(inner) for inner in block.blocks] == [Paragraph, ListBlock]
    assert [inner.line for inner in block.blocks] == [2, 4]


def test_alert_of_an_unknown_kind_is_a_quote_with_its_words():
    block = only("> [!HUH]\n> Words.")
    assert isinstance(block, Quote)
    assert block.blocks == (Paragraph((Span("[!HUH] Words."),), 1),)


def test_checklist_and_nested_lists():
    block = only("- [x] done\n- [ ] open\n  1. inner\n  2. more\n- plain")
    assert isinstance(block, ListBlock)
    assert block.is_checklist
    assert [item.ticked for item in block.items] == [True, False, None]
    inner = block.items[1].blocks[1]
    assert isinstance(inner, ListBlock)
    assert (inner.ordered, inner.start, len(inner.items), inner.line) == (True, 1, 2, 3)


def test_numbered_list_keeps_its_start():
    block = only("7. a\n8. b")
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start) == (True, 7)


def test_table():
    block = only("| a | *b* | c | d |\n|:--|--:|:-:|---|\n| 1 | 2 | 3 | 4 |\n| 5 |")
    assert isinstance(block, Table)
    assert block.align == ("left", "right", "center", "")
    assert block.header[1] == (Span("b", emphasis=True),)
    assert [[plain(cell) for cell in row] for row in block.rows] == [["1", "2", "3", "4"], ["5", "", "", ""]]


def test_code_rule_image_and_heading():
    blocks = read_markdown(
        '```python x\na\n\n```\n\n    indented\n\n---\n\n![alt](a.png "T")\n\n#### H `c`'
    ).blocks
    assert blocks == (
        Code("a\n\n", "python", 1),
        Code("indented\n", "", 6),
        Rule(8),
        Image("alt", "a.png", "T", 10),
        Heading((Span("H "), Span("c", code=True)), 4, "h-c", 12),
    )


def test_headings_get_slugs_as_on_a_forge():
    headings = read_markdown("### A, b & c!\n### A b\n### A b\n### Ærø 2\n### !!!\n### [L](x) *e*[^1]").blocks
    assert [block.slug for block in headings if isinstance(block, Heading)] == [
        "a-b--c",
        "a-b",
        "a-b-1",
        "ærø-2",
        "section",
        "l-e",
    ]


def test_footnotes_are_numbered_by_call():
    document = read_markdown(
        "b[^b] a[^a] b[^b]\n\n[^a]: Note A[^c]\n[^b]: Note *B*\n\n    Second.\n[^c]: Note C"
    )
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert [span.footnote for span in block.text if span.footnote] == [1, 2, 1]
    assert {number: plain_of(note) for number, note in document.footnotes.items()} == {
        1: ["Note B", "Second."],
        2: ["Note A"],
        3: ["Note C"],
    }
    assert document.footnotes[1].line == 4


def plain_of(note: Footnote) -> list[str]:
    return [plain(block.text) for block in note.blocks if isinstance(block, Paragraph)]


def test_inline_footnote():
    document = read_markdown("a ^[inner *words*]")
    assert plain_of(document.footnotes[1]) == ["inner words"]


def test_footnote_that_nothing_calls_is_not_lost():
    document = read_markdown("text\n\n[^x]: Left over.")
    assert document.blocks[1] == Paragraph((Span("Left over."),), 3)


def test_two_texts_for_one_footnote_are_both_kept():
    document = read_markdown("a[^x]\n\n[^x]: One.\n\n[^x]: Two.")
    assert "One." in words_of(document)
    assert "Two." in words_of(document)


def test_comments_fall_away_and_markup_stays():
    document = read_markdown("<!-- note -->\n\n<div>\n<!-- in --> text\n</div>\n\n- a\n\n  <!-- q id=x -->\n")
    assert [type(block) for block in document.blocks] == [Comment, Raw, Comment, Raw, ListBlock]
    assert document.blocks[0] == Comment("note", 1)
    assert document.blocks[3] == Raw("text\n</div>", 4)
    assert document.inner_comments == (Comment("q id=x", 9),)


def test_comment_that_is_never_closed_hides_nothing():
    assert only("<!-- oops\n\nwords") == Raw("<!-- oops\n\nwords", 1)


def test_raw_markup_in_text_is_told_with_its_line():
    assert read_markdown("a\n\nb <b>c</b> <br>").markup == ((3, "<b>"), (3, "</b>"))


@pytest.mark.parametrize("depth", [10, 100, 400])
@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "*", "["])
def test_deep_nesting_neither_crashes_nor_loses_words(mark: str, depth: int):
    assert "words" in words_of(read_markdown(mark * depth + "words"))


@pytest.mark.parametrize(
    "source",
    [
        "a\x1b[31mb",
        "a&#27;b",
        "`a\x07`",
        "    a\x9b31m",
        "[a](<x&#27;y>)",
        "![a&#x9b;](b\x08.png)",
        "<div>\x1b</div>",
        "# \x1b",
    ],
)
def test_control_characters_never_get_through(source: str):
    shown = repr(read_markdown(source).blocks)
    assert not re.search(r"\\x[01][0-9a-f]|\\x[89][0-9a-f]|\\x7f", shown)


def test_lines_are_those_of_the_file():
    text = "\n\n\npara\n\n- a\n- b\n\n  > q\n\n> [!TIP]\n> t\n\n| a |\n|---|\n"
    document = read_markdown(text)
    assert [block.line for block in document.blocks] == [4, 6, 11, 14]


@settings(max_examples=150)
@given(st.text(st.sampled_from("ab 1.)-*_~`[]()<>!#|>:^\\&;/=+\n\t\"'q"), max_size=120))
def test_any_text_is_read(text: str):
    document = read_markdown(text)
    assert all(block.line >= 1 for block in document.blocks)


def spec_examples() -> list[tuple[int, str]]:
    if not SPEC.exists():
        return []
    parts = SPEC.read_text(encoding="utf-8").split("`" * 32 + " example\n")[1:]
    return [(number, part.split("\n.\n")[0].replace("→", "\t")) for number, part in enumerate(parts, 1)]


def test_the_specification_is_there():
    if SPEC.exists():
        assert len(spec_examples()) > 600
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{SPEC} is missing")
    pytest.skip(f"{SPEC} is missing")


@pytest.mark.parametrize(("number", "source"), spec_examples())
def test_every_commonmark_example_says_what_its_html_says(number: int, source: str):
    assert bare(plain_text(read_markdown(source))) == bare(html_text(source)), number


class _Unhurried(MarkdownIt):
    """The parser with all its own rules, which passes nothing over."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - a hook of the parser
        return url


def read_unhurried(text: str) -> Document:
    """A text as it is read by a parser that knows no plain text nor prose, and that seeks addresses everywhere."""

    def tokens(source: str) -> tuple[Sequence[Token], list[dict[str, object]]]:
        environment: dict[str, dict[str, dict[int, dict[str, object]]]] = {}
        parser = (
            _Unhurried("gfm-like2", {"maxNesting": MAX_NESTING}).use(footnote_plugin).disable("footnote_tail")
        )
        return parser.parse(source, environment), [*environment.get("footnotes", {}).get("list", {}).values()]

    with patch("course.markdown.read_tokens", tokens):
        return read_markdown(text)


@pytest.mark.parametrize(("number", "source"), spec_examples())
def test_every_commonmark_example_is_read_as_by_the_parser_alone(number: int, source: str):
    assert read_markdown(source) == read_unhurried(source), number


def plain_text(document: Document) -> str:
    """The words of a document in reading order, without looks, targets and the names of code languages."""
    shown: list[str] = []
    blocks = [block for block in document.blocks if not isinstance(block, Comment)]
    for block in blocks_in((*blocks, *document.footnotes.values())):
        match block:
            case Paragraph() | Heading():
                shown.append(plain(block.text))
            case Code() | Raw():
                shown.append(block.text)
            case Table():
                shown += [plain(cell) for row in (block.header, *block.rows) for cell in row]
            case Image():
                shown.append(block.alt)
    return "\n".join(shown)


class _Words(HTMLParser):
    """The text of HTML, as a browser shows it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@cache
def renderer() -> MarkdownIt:
    """The parser's own renderer, with raw markup shown as written and pictures as their alternative text."""
    parser = MarkdownIt("gfm-like2", {"maxNesting": MAX_NESTING}).use(footnote_plugin)

    def markup(_self: object, tokens: Sequence[Token], at: int, *_: object) -> str:
        content = tokens[at].content
        if tokens[at].type == "html_inline":
            silent = content.startswith("<!--") or content.lower() in {"<br>", "<br/>", "<br />"}
            return "" if silent else escape(content)
        return escape(re.sub(r"<!--.*?-->", "", content, flags=re.DOTALL))

    def picture(_self: object, tokens: Sequence[Token], at: int, *_: object) -> str:
        return escape(renderer().renderer.renderInlineAsText(tokens[at].children, parser.options, {}))

    parser.add_render_rule("html_block", markup)
    parser.add_render_rule("html_inline", markup)
    parser.add_render_rule("image", picture)
    for silent in ("footnote_ref", "footnote_anchor"):
        parser.add_render_rule(silent, lambda *_: "")
    return parser


def html_text(source: str) -> str:
    """The text of the HTML that the parser's own renderer makes of a source."""
    html = re.sub(r'<p class="markdown-alert-title".*?</p>', "", renderer().render(source), flags=re.DOTALL)
    words = _Words()
    words.feed(html)
    words.close()
    return neutralised("".join(words.words))


def bare(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


CASES = {
    "tasks": "- [ ] open\n- [x] done\n- [X] DONE\n- [] none\n- [ ]none\n- [y] no\n- [ ]\n1. [ ] one\n   - [x] inner",
    "task in a quote": "> - [ ] open\n> - [x] `done`",
    "task with blocks": "- [x] done\n\n  more\n\n  ```\n  code\n  ```",
    "alerts": "> [!NOTE]\n> a\n\n> [!tip]\n> b\n\n> [!Important]\n> c\n\n> [!WARNING]\n> d\n\n> [!CAUTION]\n> e",
    "alert titles": "> [!NOTE] words\n> a\n\n> [!NOTE]\n\n> [!NOTE]\n>\n> b\n\n> [!NONE]\n> c\n\n>[!TIP]\n>d",
    "alert in a list": "- > [!TIP]\n  > words\n- > > [!TIP]\n  > > deep",
    "alert with blocks": "> [!TIP]\n> # head\n>\n> - a\n>   - [x] b\n>\n> | a |\n> |---|\n> | b |",
    "table": "| a | b |\n|---|:-:|\n| `1|2` | \\| |\n| x |\n| 1 | 2 | 3 |",
    "table without edges": "a | b\n--|--\n1 | 2\n\nno | table\n--\n",
    "table with looks": "| **a** | [b](c) | ![d](e) | <b>f</b> |\n|-|-|-|-|\n| https://a.eu | ~~s~~ | a<br>b | &amp; |",
    "table in a list": "- | a |\n  |---|\n  | b |",
    "table broken off": "| a | b |\n|---|\n| c | d |",
    "strike": "~a~ ~~b~~ ~~~c~~~ ~d~~ a~b~c",
    "links": "www.a.eu http://b.eu/x?y=z. me@c.eu <d@e.eu> (https://f.eu/(g)) a.b",
    "xss link": "[a](javascript:alert(1)) [b](vbscript:x) [c](data:text/html,x) [d](JaVaScRiPt:x) <javascript:x>",
    "xss entity": "[a](&#x6A;avascript:alert) [b](java&#10;script:x) &lt;script&gt;alert(1)&lt;/script&gt;",
    "xss html": "<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b\n\n<iframe src='x'></iframe>",
    "xss image": '![a](javascript:alert(1)) ![b" onerror="x](y)',
    "xss title": "[a](b '\"><script>x</script>')\n\n[c]: d '\"onmouseover=x'\n\n[c]",
    "xss code": "```<script>\nalert(1)\n```\n\n`<script>`",
    "xss comment": "<!-- <script>alert(1)</script> --> a <!-- b --> c",
    "xss reference": "[a][b]\n\n[b]: javascript:alert(1)",
    "entities": "&copy; &nbsp;x &#0; &#xFFFD; &unknown; &amp;lt;",
    "breaks": "a  \nb\\\nc<br>d<br/>e",
    "lists": "* a\n+ b\n- c\n1) d\n2. e\n\n   - f\n\n     g",
    "setext": "A\n=\nB\n-\nC\n***\n",
    "prose": "Øre\nslut\n    more\n\nA word,\n> quoted\nlazily\n\nOne | two\n--|--\n\nElse | two\n|-\n",
    "prose in lists": "- One\n  two\nthree\n- Four\n  - five\n\n    six\n\n1. Seven\neight\n===\n",
    "plain text": "# a - b\n\nSay $5 + 3% = x! {y} #z ^w 'v' \"u\" (t) s:// r: q.e. p.\n\nLOCALHOST\n\nx.EU y@z.eu\n",
}


@pytest.mark.parametrize("name", CASES)
def test_tasks_alerts_tables_and_attacks_say_what_their_html_says(name: str):
    source = CASES[name]
    assert bare(plain_text(read_markdown(source))) == bare(html_text(source))
    assert read_markdown(source) == read_unhurried(source)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("xss")])
def test_no_link_of_an_attack_leads_to_a_script(name: str):
    shown = repr([block for block in read_markdown(CASES[name]).blocks if not isinstance(block, Raw)])
    targets = re.findall(r"(?:link|image|source)='([^']*)'", shown)
    assert not [
        target
        for target in targets
        if re.match(r"\s*(javascript|vbscript|data|file):", target, re.IGNORECASE)
    ]


PIECES = st.sampled_from(
    [
        *"ab1 .)-*_~`[]()<>!#|>:^\\&;/=+\n\t\"'@",
        *("\n\n", "- [ ] ", "- [x] ", "> [!NOTE]\n> ", "> ", "1. ", "## ", "| a | b |\n|---|---|\n", "```\n"),
        *(
            "[^1]",
            "[^1]: ",
            "^[n]",
            "<!-- ",
            " -->",
            "<b>",
            "</b>",
            "<br>",
            "<div>\n",
            "&amp;",
            "&#27;",
            "\\\n",
        ),
        *(
            "www.a.eu",
            "https://b.eu",
            "me@c.eu",
            "![",
            "](",
            "é",
            "→",
            "😀",
            "\x00",
            "\u2028",
            "    ",
            "[a]: b\n",
        ),
    ]
)


@settings(max_examples=int(os.environ.get("HANSA_EXAMPLES", "300")))
@given(st.lists(PIECES, max_size=40).map("".join))
def test_random_documents_lose_no_text(text: str):
    ours, theirs = bare(plain_text(read_markdown(text))), bare(html_text(text))
    if "[^1]:" in text:
        assert not Counter(theirs) - Counter(ours)
    else:
        assert ours == theirs
    assert read_markdown(text) == read_unhurried(text)
