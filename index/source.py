"""The bytes of a guide's file, made into clean text."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .errors import UnreadableGuideError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
"""Bytes; a text or page of HTML above this is refused."""

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
"""Byte order marks with the encodings that they tell of."""
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_ESCAPES = re.compile(
    "(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"  # strings: titles, links
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # control sequences: colours, cursor
    "|\x1b[ -/]*[0-~]?"  # the rest
)
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_UNCLEAN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u0300-\u0377\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What there is to clean; most texts have none of it, and are looked through in a tenth of the time."""
_MARKS = re.compile(r"[^\x00-\u02ff\w\s][^\x00-\u02ff\w\s]{31,}")
"""A run of 32 and more; told so, it is found in half the time."""
_MOST_MARKS = 30
"""Combining marks on one letter; more take minutes to put in order."""


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what the disk complains of into a sentence with a remedy."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableGuideError(f"{path} is not there; check the path.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableGuideError(f"{path} cannot be read ({reason}); check its permissions.") from error


def check_size(path: Path, limit: int) -> None:
    """Refuse a file above a limit, and what is no file, without opening it."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableGuideError(f"{path} is no ordinary file; name one that is.")
    if status.st_size > limit:
        raise UnreadableGuideError(
            f"{path} is larger than {limit // MEGABYTE} MB; split it and add the parts."
        )


def read_bytes(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """The content of a file, if it is not too large.

    Raises:
        UnreadableGuideError: The file is missing, unreadable, empty or too large.
    """
    with told_plainly(path):
        check_size(path, limit)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)[:limit]
    if not data.strip():
        raise UnreadableGuideError(f"{path} is empty; write something into it or leave it out.")
    return data


def decode(data: bytes, path: Path) -> str:
    """Text of the bytes: UTF-8, or UTF-16 where a byte order mark says so.

    Raises:
        UnreadableGuideError: The bytes are no text, or in another encoding.
    """
    encoding, skip = "utf-8", 0
    for bom, name in BOMS:
        if data.startswith(bom):
            encoding, skip = name, len(bom)
            break
    if encoding == "utf-8" and b"\x00" in data:
        raise UnreadableGuideError(
            f"{path} is not a text file; save it as Markdown or text and add it again."
        )
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableGuideError(f"{path} is not UTF-8 text; save it as UTF-8 and add it again.") from error


def clean(text: str) -> str:
    """The text in NFC, with line feeds at line ends and nothing a terminal would obey or hide."""
    if not _UNCLEAN.search(text) and not _MARKS.search(text):
        return unicodedata.normalize("NFC", text)
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    text = _INVISIBLE.sub("", text.replace("\t", " "))
    return unicodedata.normalize("NFC", _MARKS.sub(_fewer_marks, text))


def _fewer_marks(match: re.Match[str]) -> str:
    kept, run = [], 0
    for letter in match.group():
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
