"""Files and folders become guides; what cannot is told by name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableGuideError
from index.files import find_files, load_file, load_files
from index.model import BlockKind, Problem
from index.read import parse_file, read_guide, slug_of

FRONT = """---
title: KISS ME in short
slug: kiss
language: da
topics: [smes, interreg]
sources: KM-01
licence: CC-BY-4.0
checked_on: 2026-11-22
unknown: kept out
---

# Heading

Some text.
"""


def write(folder: Path, name: str, text: str):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_front_matter_tells_about_the_guide(tmp_path: Path):
    guide = read_guide(write(tmp_path, "a.md", FRONT))
    assert (guide.slug, guide.title, guide.language) == ("kiss", "KISS ME in short", "da")
    assert (guide.topics, guide.sources) == (("smes", "interreg"), ("KM-01",))
    assert (guide.licence, guide.checked_on) == ("CC-BY-4.0", "2026-11-22")
    assert guide.text == "Heading\n\nSome text."
    assert [block.line for block in guide.blocks] == [12, 14]
    assert guide.digest == hashlib.sha256(FRONT.encode()).hexdigest()


def test_what_front_matter_writes_with_escapes_is_clean(tmp_path: Path):
    path = tmp_path / "boats.md"
    path.write_text(
        '---\ntitle: "Bo\\x1b]0;pwned\\x07at \\ud800"\ntopics: ["\\x1b[31mred"]\n---\n\nA boat.\n',
        encoding="utf-8",
    )
    guide = read_guide(path)
    assert (guide.title, guide.topics) == ("Boat ?", ("red",))


def test_without_front_matter_the_file_tells(tmp_path: Path):
    guide = read_guide(write(tmp_path, "Living labs.md", "# Living labs\n\nA living lab is a place.\n"))
    assert (guide.slug, guide.title, guide.language) == ("living-labs", "Living labs", "en")


def test_a_text_keeps_its_every_letter(tmp_path: Path):
    text = "KISS ME\n\n  Budget:\u00a0 EUR 1.176.540,00   –  «så»\n\n\nEnd of it.\n"
    guide = read_guide(write(tmp_path, "kiss-me.txt", text))
    assert guide.text == text


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("kiss-me.txt", "kiss-me"),
        ("x.da.md", "x.da"),
        ("KISS ME (2).txt", "kiss-me-2"),
        ("Østersø.md", "østersø"),
        ("---.md", "guide"),
    ],
)
def test_a_slug_comes_from_the_file_name(name: str, slug: str):
    assert slug_of(name) == slug


def test_the_language_in_a_file_name_holds(tmp_path: Path):
    assert read_guide(write(tmp_path, "x.pl.txt", "TIBS")).language == "pl"


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path):
    guide = read_guide(write(tmp_path, "a.md", "---\n\nJust text.\n\n---\n\nMore.\n"))
    assert "Just text." in guide.text


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("title: [open", "is not valid YAML near line"),
        ("slug: 'no spaces here'", "gives a slug that cannot be used"),
        ("language: English", "gives a language that cannot be used"),
        ("topics: {a: 1}", "gives a topics"),
        ("title: !!python/object/apply:os.system [ls]", "is not valid YAML"),
    ],
)
def test_bad_front_matter_is_told(tmp_path: Path, front: str, message: str):
    path = write(tmp_path, "a.md", f"---\n{front}\n---\ntext\n")
    with pytest.raises(UnreadableGuideError, match=message):
        read_guide(path)


@pytest.mark.parametrize("text", ["# Only a heading\n", "<!-- nothing -->", "---\ntitle: x\n---\n"])
def test_a_guide_without_text_is_refused(tmp_path: Path, text: str):
    with pytest.raises(UnreadableGuideError, match="holds no text"):
        read_guide(write(tmp_path, "a.md", text))


def test_another_kind_of_file_is_refused_when_named(tmp_path: Path):
    with pytest.raises(UnreadableGuideError, match="none of Markdown, text, HTML, PDF and DOCX; save it as"):
        read_guide(write(tmp_path, "a.odt", "x"))


def test_a_folder_is_walked_in_order_without_hidden_and_other_files(tmp_path: Path):
    names = ["b.md", "a.txt", "sub/c.markdown", ".hidden.md", ".git/d.md", "e.odt", "F.TXT", "g.pdf"]
    for name in names:
        write(tmp_path, name, "Some text.")
    found = [item.path.relative_to(tmp_path).as_posix() for item in load_files([tmp_path])]
    assert found == ["F.TXT", "a.txt", "b.md", "g.pdf", "sub/c.markdown"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_followed_only_within_the_folder(tmp_path: Path):
    outside = write(tmp_path, "outside/secret.md", "Secret.")
    inside = write(tmp_path, "in/a.md", "Text.")
    (tmp_path / "in" / "out.md").symlink_to(outside)
    (tmp_path / "in" / "same.md").symlink_to(inside)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "dead.md").symlink_to(tmp_path / "nowhere.md")
    found = list(load_files([tmp_path / "in"]))
    assert [item.path.name for item in found] == ["a.md"]


def test_a_bad_file_stops_no_other(tmp_path: Path):
    write(tmp_path, "a.md", "Text.")
    (tmp_path / "b.txt").write_bytes(b"")
    write(tmp_path, "c.md", "Text.")
    found = list(load_files([tmp_path, tmp_path / "none.md"]))
    problems = [item for item in found if isinstance(item, Problem)]
    assert len(found) == 4
    assert [problem.path.rsplit(os.sep)[-1] for problem in problems] == ["b.txt", "none.md"]


@pytest.mark.parametrize(
    ("name", "slug", "title"),
    [("port/index.html", "port", "port"), ("port/README.md", "port", "port"), ("port/a.html", "a", "a")],
)
def test_a_file_whose_name_says_nothing_is_named_after_its_folder(
    tmp_path: Path, name: str, slug: str, title: str
):
    guide = read_guide(write(tmp_path, name, "<p>Text of it." if name.endswith("html") else "Text of it."))
    assert (guide.slug, guide.title) == (slug, title)


def test_each_format_is_read_by_its_ending(tmp_path: Path, documents):
    document = documents.new_docx("A document")
    document.add_paragraph("The ferry ran for 54 months and carried salt to the town.")
    words = "The ferry ran for 54 months and carried salt."
    (tmp_path / "a.DOCX").write_bytes(documents.saved(document))
    (tmp_path / "b.pdf").write_bytes(documents.pdf([[], documents.lines(words)]))
    (tmp_path / "c.htm").write_text(f"<html lang=de><title>Page</title><p>{words}", encoding="utf-8")
    guides = [read_guide(path) for path in sorted(tmp_path.iterdir())]
    assert [guide.title for guide in guides] == ["A document", "b", "Page"]
    assert [guide.language for guide in guides] == ["en"] * 3
    assert [guide.blocks[0].page for guide in guides] == [None, 2, None]
    assert guides[1].digest == hashlib.sha256((tmp_path / "b.pdf").read_bytes()).hexdigest()


def test_what_a_page_says_of_its_language_holds_where_words_do_not_tell(tmp_path: Path):
    guide = read_guide(write(tmp_path, "a.html", "<html lang=pl-PL><p>KISS ME, TIBS, GoSmart"))
    assert guide.language == "pl"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.pdf", "a.pdf is no PDF that can be opened"),
        ("a.docx", "a.docx is no DOCX that can be opened"),
        ("a.html", "a.html holds no text"),
    ],
)
def test_a_bad_document_is_told_by_name(tmp_path: Path, name: str, message: str):
    with pytest.raises(UnreadableGuideError, match=message):
        read_guide(write(tmp_path, name, "<!-- nothing -->"))


def test_a_gigabyte_of_text_is_refused_without_reading_it(tmp_path: Path):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(1024**3)
    with pytest.raises(UnreadableGuideError, match="larger than 20 MB"):
        load_file(path)


def test_documents_may_be_larger_than_text(tmp_path: Path):
    for name, size in (("a.pdf", 51), ("b.docx", 51), ("c.html", 21)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size * 1024 * 1024)
        with pytest.raises(UnreadableGuideError, match=f"larger than {size - 1} MB"):
            load_file(tmp_path / name)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_ordinary_file_is_not_opened(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableGuideError, match="is no ordinary file"):
        load_file(tmp_path / "pipe.txt")


def test_a_large_folder_is_counted_without_opening_its_files(tmp_path: Path, monkeypatch):
    for number in range(3000):
        (tmp_path / f"{number}.txt").touch()

    def opened(*_) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr("pathlib.Path.open", opened)
    assert sum(1 for _ in find_files([tmp_path, tmp_path])) == 3000


def test_a_file_that_goes_before_it_is_read_is_told(tmp_path: Path):
    file = load_file(write(tmp_path, "a.md", "Text."))
    file.path.unlink()
    with pytest.raises(UnreadableGuideError, match="is not there"):
        parse_file(file)


def test_a_name_that_no_system_has_is_told():
    with pytest.raises(UnreadableGuideError, match="cannot be read"):
        load_file(Path("a\0.md"))


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + "/a.md"])
def test_a_path_that_cannot_be_looked_at_is_told(name: str):
    (problem,) = load_files([Path(name + ".md")])
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.message


def test_a_file_named_twice_is_read_once(tmp_path: Path):
    path = write(tmp_path, "a.md", "Text.")
    assert len(list(load_files([path, tmp_path, path]))) == 1


@given(st.binary(max_size=300), st.sampled_from(["x.md", "x.txt"]))
def test_any_bytes_make_a_guide_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    try:
        guide = read_guide(path)
    except UnreadableGuideError as error:
        message = str(error)
    else:
        message = "."
        assert any(block.kind is not BlockKind.HEADING for block in guide.blocks)
    assert message.endswith(".")
    assert "\n" not in message
