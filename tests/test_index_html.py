"""Pages of HTML are read for their main content."""

from __future__ import annotations

import pytest

from index.html import parse_html
from index.model import BlockKind
from index.parsed import RefusedError

PAGE = """<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Ferry guide | The port</title>
<style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav><header><h1>The port</h1> Banner</header>
<main><header><h1>Ferry guide</h1></header>
<p>The <b>fer</b>ry ran for
   54&nbsp;months.<br>It cost 10 euro.</p><script>alert(1)</script><!-- said to nobody -->
<p>The partners are:</p>
<ul><li>one<ul><li>inner</li></ul></li><li><p>two</p><p>more of two</p></li></ul>
<ol start="3"><li>three<li>four</ol>
<h2>Money</h2>
<table><caption>Programmes</caption>
<thead><tr><th>Programme<th>Budget</thead><tr><td>Eureka<td rowspan=2>5 million<tr><td>Eurostars</table>
<table><tr><td>Duration:<td>54 months<tr><td>Lead<td>Denmark</table>
<blockquote><p>Quoted words.</p></blockquote><pre>
code  line
  two
</pre>
<p hidden>unseen</p><div style="display: none">unseen</div><p aria-hidden="true">unseen</p>
<p>Start: 2019<br>End: 2022</p>
<form><label>Search</label><input><button>Go</button></form>
<dl><dt>Cog</dt><dd>A ship of the Hansa.</dd></dl>
loose text<div>a block</div></main>
<aside>Advertisement</aside><footer>Imprint</footer></body></html>"""


@pytest.fixture(scope="module")
def page():
    return parse_html(PAGE.encode())


def told(parsed, kind=None):
    return [parsed.text[each.start : each.end] for each in parsed.blocks if kind in {None, each.kind}]


def of(body: str):
    return parse_html(f"<!DOCTYPE html><title>T</title><body>{body}".encode())


def test_only_the_content_is_left(page):
    for words in ("Home", "Banner", "alert", "unseen", "Search", "Go", "Advertisement", "Imprint", "nobody"):
        assert words not in page.text


def test_the_title_is_without_the_name_of_the_site(page):
    assert (page.title, page.language) == ("Ferry guide", "da")


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<title>Named</title><p>x", "Named"),
        ("<h1>Headed</h1><p>x", "Headed"),
        ("<title>Named</title><h1>Headed</h1><p>x", "Named"),
        ("<p>x", ""),
    ],
)
def test_a_title_is_that_of_the_page_else_its_heading(source, title):
    assert parse_html(source.encode()).title == title


def test_words_are_joined_as_a_browser_would(page):
    assert "The ferry ran for 54 months. It cost 10 euro." in page.text


def test_lists_keep_their_marks_and_depth(page):
    assert told(page, BlockKind.LIST_ITEM) == ["- one", "- inner", "- two", "3. three", "4. four"]
    item = next(each for each in page.blocks if each.kind is BlockKind.LIST_ITEM)
    assert item.headings == ("The partners are",)


def test_rows_of_tables_read_alone(page):
    assert told(page, BlockKind.TABLE_ROW) == [
        "Programme: Eureka; Budget: 5 million",
        "Programme: Eurostars; Budget: 5 million",
        "Duration: 54 months",
        "Lead: Denmark",
    ]


def test_quotes_code_labels_and_terms_are_known(page):
    assert told(page, BlockKind.QUOTE) == ["Quoted words."]
    assert told(page, BlockKind.CODE) == ["code  line\n  two"]
    assert told(page, BlockKind.LABEL) == ["Start: 2019", "End: 2022", "Cog: A ship of the Hansa."]


def test_headings_stand_over_what_follows(page):
    last = page.blocks[-1]
    assert (page.text[last.start : last.end], last.headings) == ("a block", ("Money",))


def test_lines_count_in_the_text(page):
    lines = page.text.split("\n")
    for each in page.blocks:
        assert lines[each.line - 1].strip() in page.text[each.start : each.end]


def test_a_table_that_only_places_things_is_read_through():
    parsed = of(
        "<table><tr><td><h2>Left</h2><p>One.</p></td><td><table><tr><td>a<td>b</table></td></tr></table>"
    )
    assert told(parsed) == ["Left", "One.", "a: b"]


def test_a_form_around_the_whole_page_is_no_form():
    assert told(of("<form><h1>Head</h1><p>Text of it.</p></form>")) == ["Head", "Text of it."]


def test_a_very_wide_table_is_shown_in_parts():
    head = "".join(f"<th>c{number}" for number in range(10_000))
    cells = "".join(f"<td>{number}" for number in range(10_000))
    rows = told(of(f"<table><tr>{head}<tr>{cells}</table>"))
    assert len(rows) == 250
    assert rows[1].startswith("c0: 0; c40: 40; c41: 41")
    assert rows[-1].endswith("c9999: 9999")


def test_text_from_right_to_left_keeps_its_order():
    assert told(of("<p dir=rtl>שלום \u202eעולם\u202c</p>")) == ["שלום עולם"]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='iso-8859-1'>", "cp1252"),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1257'>", "cp1257"),
        ("<?xml version='1.0' encoding='iso-8859-2'?>", "iso8859-2"),
        ("", "utf-8"),
        ("", "utf-16"),
        ("", "utf-8-sig"),
        ("<meta charset=utf-8>", "utf-16"),
    ],
)
def test_a_page_tells_its_encoding(head, encoding):
    words = "š ž" if encoding == "cp1257" else "ä š" if encoding != "iso8859-2" else "ł š"
    assert told(parse_html(f"{head}<p>{words}".encode(encoding))) == [words]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("<p>Værdi".encode("cp1252"), "is not UTF-8; save it as UTF-8"),
        (
            "<meta charset=shift_jis><p>\u00e6".encode("cp1252") + b"\xff\xff",
            "not the shift_jis that it names",
        ),
        (b"PK\x03\x04\x00\x00", "is no page of HTML"),
        (b"\xff\xfe\x00", "is not UTF-8"),
    ],
)
def test_other_encodings_are_refused(data, message):
    with pytest.raises(RefusedError, match=message):
        parse_html(data)


def test_entities_of_xml_are_not_looked_up():
    source = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><p>a &f; b</p></html>'
    assert "root" not in parse_html(source.encode()).text
