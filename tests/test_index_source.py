"""Bytes of a file become clean text, or a sentence that says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableGuideError
from index.source import LARGEST_FILE, clean, decode, read_bytes

HERE = Path("guide.txt")


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\x0btwo\x0cthree\x85four\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bcreset", "reset"),
        ("a\x1bPqsixel\x1b\\b", "ab"),
        ("bell\x07 back\x08space", "bell backspace"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("zero\u200bwidth\ufeff soft\u00adhyphen", "zerowidth softhyphen"),
        ("tag\U000e0041ged", "tagged"),
        ("Krako\u0301w", "Kraków"),
        ("tab\tstop", "tab stop"),
        ("54\u00a0months – 85 %", "54\u00a0months – 85 %"),
    ],
)
def test_control_sequences_are_taken_out_and_words_kept(dirty: str, tidy: str):
    assert clean(dirty) == tidy


@given(st.text())
def test_clean_text_holds_nothing_that_a_terminal_obeys(text: str):
    tidy = clean(text)
    assert not any(ord(letter) < 32 and letter != "\n" for letter in tidy)
    assert not any(0x7F <= ord(letter) < 0xA0 for letter in tidy)
    assert clean(tidy) == tidy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_read(encoding: str):
    assert decode("Rzeszów".encode(encoding), HERE) == "Rzeszów"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("Værdi".encode("cp1252"), "guide.txt is not UTF-8 text; save it as UTF-8 and add it again."),
        (b"\xff\xfex", "guide.txt is not UTF-8 text; save it as UTF-8 and add it again."),
        (b"PK\x03\x04\x00", "guide.txt is not a text file; save it as Markdown or text and add it again."),
    ],
)
def test_other_bytes_are_refused_with_the_remedy(data: bytes, message: str):
    with pytest.raises(UnreadableGuideError) as caught:
        decode(data, HERE)
    assert str(caught.value) == message


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(UnreadableGuideError, match="is not there; check the path"):
        read_bytes(tmp_path / "none.txt")


def test_an_empty_file_is_told(tmp_path: Path):
    path = tmp_path / "empty.txt"
    path.write_text(" \n")
    with pytest.raises(UnreadableGuideError, match="is empty"):
        read_bytes(path)


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(UnreadableGuideError, match="cannot be read"):
        read_bytes(tmp_path)


def test_a_file_above_the_limit_is_refused_and_the_limit_said(tmp_path: Path):
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(UnreadableGuideError, match="larger than 20 MB; split it"):
        read_bytes(path)


def test_marks_heaped_on_a_letter_are_thinned_out():
    assert len(clean("a" + "\u0301\u0327" * 20_000)) < 40
    assert clean("Ẹ\u0301 " + "…" * 50) == "Ẹ\u0301 " + "…" * 50
