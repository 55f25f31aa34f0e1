"""Whatever bytes a file holds, it becomes a guide or a sentence, soon."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import UnreadableGuideError
from index.files import ENDINGS
from index.model import BlockKind
from index.read import read_guide
from index.sentences import sentences
from index.split import MOST_WORDS, split
from index.workshop import shared_workshop

LONG = 40_000
"""Letters of the same again, over which loops within loops would sit for hours."""
relaxed = settings(max_examples=60, suppress_health_check=list(HealthCheck))
_TAGS = (
    "<p> </p> <ul> <ol start=9> <li> </ul> <table> <tr> <td colspan=3> <td rowspan=2> <th> </table> <h1> <h2>"
    " </h2> <pre> </pre> <blockquote> </blockquote> <br> <div hidden> </div> <form> <dl> <dt> <dd> <main>"
    " <article> <!-- --> <script> </script> <svg> <template> &amp; &#0; &#xd800; words: 5 • \x00 \x1b[31m"
    " <header> </header> <title> </title> <body> <caption>"
)
_HTML = st.lists(st.sampled_from(_TAGS.split(" ")), max_size=60)


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """A busy machine makes no file hostile: what would sit for hours still does."""
    monkeypatch.setattr(shared_workshop(), "_seconds", 240.0)


def check(path):
    """The guide at a path has blocks, passages and sentences that stand where they say; or it is refused."""
    try:
        guide = read_guide(path)
    except UnreadableGuideError as error:
        told = str(error)
        guide = None
    if guide is None:
        assert told.startswith((str(path), "The front matter of"))
        assert told.endswith(".")
        assert "\n" not in told
        return None
    assert any(each.kind is not BlockKind.HEADING for each in guide.blocks)
    places = [(each.start, each.end) for each in guide.blocks]
    assert places == sorted(places)
    assert all(guide.text[start:end].strip() for start, end in places)
    assert not any(ord(letter) < 32 and letter != "\n" for letter in guide.text)
    for passage in split(guide):
        assert guide.text[passage.start : passage.end] == passage.text
        assert len(passage.text.split()) <= MOST_WORDS
    for sentence in sentences(guide):
        assert guide.text[sentence.start : sentence.end] == sentence.text
    return guide


def write(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def mutated(data: bytes, changes) -> bytes:
    """The data with some bytes put in, left out or put in place of others."""
    result = bytearray(data)
    for place, kind, value in changes:
        at = place % max(1, len(result))
        if kind == 0:
            result[at : at + 1] = value
        elif kind == 1:
            del result[at : at + 1 + 7 * len(value)]
        else:
            result[at:at] = value
    return bytes(result)


CHANGES = st.lists(
    st.tuples(st.integers(0, 2**20), st.integers(0, 2), st.binary(min_size=1, max_size=9)), max_size=12
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def samples(documents):
    """A good file of each format."""
    document = documents.new_docx("Sample")
    document.add_heading("Head", 1)
    document.add_paragraph("one", style="List Number")
    documents.add_table(document, [("a", "b"), ("1", "2")], bold_first=True)
    page = documents.lines("Head", size=20, top=780) + documents.lines(
        "First line of inter-", "national text."
    )
    return {
        ".docx": documents.saved(document),
        ".pdf": documents.pdf([page, page], "Sample"),
        ".html": b"<title>T</title><main><h1>H</h1><ul><li>a<li>b</ul><table><tr><th>x<tr><td>y</table><p>t: 5</main>",
        ".md": b"---\ntitle: T\n---\n\n# H\n\n- a\n  1. b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n> quoted. Twice.\n",
        ".txt": b"NAME\n\nBudget: 5\n\n- a\n- b\n\nA paragraph that ends. And one more.\n",
    }


@relaxed
@given(st.sampled_from(sorted(ENDINGS)), st.binary(max_size=400))
def test_random_bytes(folder, ending, data):
    check(write(folder, f"any{ending}", data))


@relaxed
@given(st.sampled_from([".docx", ".html", ".md", ".pdf", ".txt"]), CHANGES)
def test_good_files_with_bad_places(folder, samples, ending, changes):
    check(write(folder, f"changed{ending}", mutated(samples[ending], changes)))


@relaxed
@given(
    CHANGES,
    st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"]),
)
def test_documents_with_bad_parts(folder, samples, documents, changes, name):
    part = mutated(documents.part_of(samples[".docx"], name), changes)
    check(write(folder, "parts.docx", documents.with_part(samples[".docx"], name, part)))


@relaxed
@given(_HTML)
def test_tags_in_any_order(folder, tags):
    check(write(folder, "tags.html", " ".join(tags).encode("utf-8", "surrogatepass")))


@relaxed
@given(st.text(max_size=300))
def test_any_words_in_any_text_format(folder, words):
    for ending in (".md", ".txt", ".html"):
        check(write(folder, f"words{ending}", words.encode("utf-8", "replace")))


@relaxed
@given(
    st.lists(
        st.tuples(
            st.floats(-50, 700), st.floats(-50, 900), st.floats(0.1, 99), st.text("ab1.-•: ", max_size=12)
        ),
        max_size=25,
    )
)
def test_words_anywhere_on_a_page(folder, documents, words):
    page = [(left, base, documents.PLAIN, size, text) for left, base, size, text in words]
    check(write(folder, "placed.pdf", documents.pdf([page, page[::-1]])))


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*a ",
        "<",
        "`a",
        "> ",
        "- ",
        "|a",
        ".",
        ". ",
        "a",
        "\u0301\u0327",
        "!?",
        "e.g. ",
        "(",
        "“",
        "a: ",
        "&",
        "\n- a:",
    ],
)
def test_nothing_takes_long_because_it_is_said_again(folder, piece, ending):
    check(write(folder, f"again{ending}", ("Text. " + piece * (LONG // len(piece))).encode()))


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_list_of_many_items_takes_no_longer_than_its_length(folder, ending):
    guide = check(
        write(folder, f"items{ending}", ("The list is:\n\n" + "- an item of it\n" * 20_000).encode())
    )
    assert guide


def test_a_table_of_ten_thousand_columns_is_read(folder):
    for ending, data in {
        ".md": "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|b" * 10_000 + "|\n",
        ".html": "<table><tr>" + "<td>b" * 10_000 + "</table>",
        ".txt": "b\t" * 10_000,
    }.items():
        guide = check(write(folder, f"wide{ending}", data.encode()))
        assert guide
        assert len(split(guide)) > 10


@pytest.mark.parametrize(
    "front", ["[" * 60_000, "checked_on: 2026-99-99", "a: &a [*a]\ntopics: *a", "0x" + "f" * 9000]
)
def test_front_matter_made_to_break(folder, front):
    check(write(folder, "front.md", f"---\n{front}\n---\n\nText.\n".encode()))
