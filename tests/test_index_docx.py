"""DOCX files become text with headings, lists, tables and footnotes."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from index.archive import MOST_UNPACKED
from index.docx import parse_docx
from index.model import BlockKind
from index.parsed import RefusedError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def told(parsed, kind=None):
    return [parsed.text[each.start : each.end] for each in parsed.blocks if kind in {None, each.kind}]


def of(documents, document):
    return parse_docx(documents.saved(document))


@pytest.fixture(scope="module")
def report(documents):
    document = documents.new_docx()
    document.add_heading("Guide to ferries", 0)
    document.add_paragraph("An introduction.")
    document.add_heading("Money", 1)
    document.add_paragraph("The partners are:")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("inner", style="List Bullet 2")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")
    documents.add_table(
        document,
        [("Name", "Budget", "Years"), ("Eureka", "5", "3"), ("Eurostars", "6", "2")],
        bold_first=True,
    )
    documents.add_table(document, [("Duration", "54 months"), ("Lead:", "Denmark")])
    document.add_paragraph("Quoted words.", style="Quote")
    document.add_heading("Dates", 2)
    lines = document.add_paragraph("Start: 2019")
    lines.add_run().add_break()
    lines.add_run("End: 2022")
    return of(documents, document)


def test_the_title_is_the_paragraph_of_that_style(report):
    assert report.title == "Guide to ferries"


def test_headings_are_told_by_their_style(report):
    assert told(report, BlockKind.HEADING) == ["Guide to ferries", "Money", "Dates"]
    assert report.blocks[-1].headings == ("Money", "Dates")


def test_lists_keep_their_marks_numbers_and_depth(report):
    assert told(report, BlockKind.LIST_ITEM) == ["- one", "- inner", "1. first", "2. second"]
    assert [each.level for each in report.blocks if each.kind is BlockKind.LIST_ITEM] == [1, 2, 1, 1]
    item = next(each for each in report.blocks if each.kind is BlockKind.LIST_ITEM)
    assert item.headings == ("Money", "The partners are")


def test_rows_of_tables_read_alone(report):
    assert told(report, BlockKind.TABLE_ROW) == [
        "Name: Eureka; Budget: 5; Years: 3",
        "Name: Eurostars; Budget: 6; Years: 2",
        "Duration: 54 months",
        "Lead: Denmark",
    ]


def test_quotes_and_labels_are_known(report):
    assert told(report, BlockKind.QUOTE) == ["Quoted words."]
    assert told(report, BlockKind.LABEL) == ["Start: 2019", "End: 2022"]


def test_the_title_of_the_file_comes_first(documents):
    document = documents.new_docx("A guide to clusters")
    document.add_heading("Else", 0)
    document.add_paragraph("Text.")
    assert of(documents, document).title == "A guide to clusters"
    document.core_properties.title = "Word Document"
    assert of(documents, document).title == "Else"


def test_deleted_words_are_gone_and_inserted_ones_stay(documents):
    document = documents.new_docx()
    paragraph = document.add_paragraph("The fee is ")
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>ten</w:delText><w:t>ten</w:t></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>twelve euro.</w:t></w:r></w:ins>"))
    assert told(of(documents, document)) == ["The fee is twelve euro."]


def test_what_stands_in_content_controls_is_read(documents):
    document = documents.new_docx()
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Inside.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(0, parse_xml(control))
    assert told(of(documents, document)) == ["Inside."]


def test_merged_cells_are_said_again_below_and_once_across(documents):
    document = documents.new_docx()
    rows = [("Who", "What", "When"), ("A", "x", "1"), ("B", "y", "2")]
    table = documents.add_table(document, rows, bold_first=True)
    table.cell(2, 0).paragraphs[0].clear()
    table.cell(1, 0).merge(table.cell(2, 0))
    assert told(of(documents, document)) == ["Who: A; What: x; When: 1", "Who: A; What: y; When: 2"]


def test_a_table_of_one_cell_is_a_frame(documents):
    document = documents.new_docx()
    document.add_table(1, 1).cell(0, 0).text = "In a frame."
    assert told(of(documents, document)) == ["In a frame."]


def test_a_footnote_follows_the_paragraph_that_refers_to_it(documents):
    document = documents.new_docx()
    document.add_paragraph("The fund pays half.").add_run()._r.append(
        parse_xml(f'<w:footnoteReference {W} w:id="2"/>')
    )
    document.add_paragraph("The end.")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Up to 500 euro.</w:t></w:r></w:p></w:footnote>'
    data = documents.with_part(
        documents.saved(document), "word/footnotes.xml", f"<w:footnotes {W}>{note}</w:footnotes>".encode()
    )
    links = documents.part_of(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/footnotes"/></Relationships>',
    )
    data = documents.with_part(data, "word/_rels/document.xml.rels", links)
    assert told(parse_docx(data)) == ["The fund pays half.", "Up to 500 euro.", "The end."]


def test_ten_thousand_columns_are_shown_in_parts(documents):
    document = documents.new_docx()
    cells = "".join(f"<w:tc><w:p><w:r><w:t>c{place}</w:t></w:r></w:p></w:tc>" for place in range(10_000))
    document.element.body.insert(0, parse_xml(f"<w:tbl {W}><w:tr>{cells}</w:tr></w:tbl>"))
    rows = told(of(documents, document))
    assert len(rows) == 250
    assert rows[-1].endswith("c9999")


def test_a_bomb_is_refused_before_it_is_unpacked(documents):
    data = documents.with_part(documents.saved(documents.new_docx()), "word/media/a.bin", bytes(20_000_000))
    with pytest.raises(RefusedError, match=r"unpacks to \d+ MB, more than a guide may"):
        parse_docx(data)


def test_many_parts_that_are_each_small_are_a_bomb_too(documents):
    stream = io.BytesIO(documents.saved(documents.new_docx()))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(MOST_UNPACKED // 8_000_000 + 1):
            archive.writestr(f"word/media/{number}.bin", bytes(8_000_000))
    with pytest.raises(RefusedError, match="more than a guide may"):
        parse_docx(stream.getvalue())


def test_entities_are_refused(documents):
    data = documents.saved(documents.new_docx())
    part = documents.part_of(data, "word/document.xml").replace(
        b"<w:document", b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document', 1
    )
    with pytest.raises(RefusedError, match="declares XML entities"):
        parse_docx(documents.with_part(data, "word/document.xml", part))


def test_a_document_with_a_password_or_of_an_old_word_is_refused():
    with pytest.raises(RefusedError, match="is protected by a password or was written by an old Word"):
        parse_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"text", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_docx_is_refused(data):
    with pytest.raises(RefusedError, match="seems to be damaged; save it anew"):
        parse_docx(data)


def test_a_new_document_is_empty(documents):
    assert parse_docx(documents.saved(docx.Document())).empty
