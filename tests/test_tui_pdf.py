from __future__ import annotations

from unicodedata import name

import pypdfium2
import pytest

from tui.paragraphs import Look, Paragraph, UnshownLetters, markdown_of
from tui.pdf import HEIGHT, MARGIN, WIDTH, pdf_of

ALPHABETS = {
    "Danish": "æøåÆØÅ",
    "German": "äöüßÄÖÜẞ",
    "Polish": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "Spanish": "áéíñóúü¿¡ÁÉÍÑÓÚÜ",
    "Czech": "čďěňřšťůýžČĎĚŇŘŠŤŮÝŽ",
    "Hungarian": "őűŐŰ",
    "Romanian": "ăâîșțĂÂÎȘȚ",
    "Baltic": "āčēģīķļņšūžąėįųõ",
    "Maltese": "ċġħżĊĠĦŻ",
    "Greek": "αβγδεζηθλξπσςφψωάέήίόύώΑΒΓΔΩ",
    "Bulgarian": "абвгджзийклмнопрстуфхцчшщъьюяЖЩЮЯ",
    "signs": "–—‘’“”„…€№™←↑→↓−≈≤≥✓■•·×",
}


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize("look", [Look.TEXT, Look.TITLE])
def test_every_letter_can_be_read_out_again(language: str, look: Look):
    (text,) = pages_of(pdf_of([Paragraph(ALPHABETS[language], look)]))
    assert "".join(text.split()) == ALPHABETS[language]


def test_letters_that_are_put_together_are_shown():
    assert pages_of(pdf_of([Paragraph("Zu\u0308rich")])) == ["Zürich"]


@pytest.mark.parametrize("letters", ["你", "אב", "ع", "😀"])
def test_letters_of_other_scripts_are_refused(letters: str):
    with pytest.raises(UnshownLetters) as refused:
        pdf_of([Paragraph(f"Jo {letters} Æ")])
    assert refused.value.letters == letters, [name(letter) for letter in refused.value.letters]


def test_text_stays_within_the_margins_and_goes_on_over_the_page():
    words = " ".join(["cooperation", "x" * 200, "well-known"] * 4)
    data = pdf_of([Paragraph(f"{number} {words}", Look.ITEM) for number in range(30)])
    document = pypdfium2.PdfDocument(data)
    assert len(document) > 1
    for page in document:
        for place in page.get_objects():
            left, bottom, right, top = place.get_bounds()
            assert left >= MARGIN - 1
            assert right <= WIDTH - MARGIN + 1
            assert bottom >= MARGIN - 6
            assert top <= HEIGHT - MARGIN
    document.close()
    read = "".join("".join(pages_of(data)).split())
    for number in range(30):
        assert f"•{number}cooperation" in read
    assert read.count("x" * 200) == 120


def test_breaks_are_kept_and_control_characters_are_not():
    (text,) = pages_of(pdf_of([Paragraph("one\n\ntwo\x1b[31m\x07"), Paragraph("")]))
    assert text.split() == ["one", "two"]


def test_a_page_can_be_begun():
    pages = pages_of(pdf_of([Paragraph("first"), Paragraph("second", new_page=True), Paragraph("third")]))
    assert [page.split() for page in pages] == [["first"], ["second", "third"]]


def test_markdown_keeps_entries_together():
    looks = [Look.TITLE, Look.TEXT, Look.ITEM, Look.ITEM, Look.HEADING, Look.SUBHEADING, Look.NOTE]
    written = markdown_of([Paragraph(str(place), look) for place, look in enumerate(looks)])
    assert written == "# 0\n\n1\n\n- 2\n- 3\n\n## 4\n\n### 5\n\n6\n"
