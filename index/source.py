"""The bytes of a guide's file, made into clean text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from .errors import UnreadableGuideError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; a file above this is refused."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
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


def read_bytes(path: Path) -> bytes:
    """The content of a file, if it is not too large.

    Raises:
        UnreadableGuideError: The file is missing, unreadable, empty or too large.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            megabytes = LARGEST_FILE // (1024 * 1024)
            raise UnreadableGuideError(f"{path} is larger than {megabytes} MB; split it and add the parts.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableGuideError(f"{path} is not there; check the path.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableGuideError(f"{path} cannot be read ({reason}); check its permissions.") from error
    if not data.strip():
        raise UnreadableGuideError(f"{path} is empty; write something into it or leave it out.")
    return data


def decode(data: bytes, path: Path) -> str:
    """Text of the bytes: UTF-8, or UTF-16 where a byte order mark says so.

    Raises:
        UnreadableGuideError: The bytes are no text, or in another encoding.
    """
    encoding, skip = "utf-8", 0
    for bom, name in _BOMS:
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
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    text = _INVISIBLE.sub("", text.replace("\t", " "))
    return unicodedata.normalize("NFC", text)
