"""The letters of a page of HTML, by the encoding that it names."""

from __future__ import annotations

import codecs
import re

from .parsed import RefusedError
from .source import BOMS

_HEAD = 4096
_CHARSET = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252", "utf-16": "utf-8", "utf-7": "utf-8"}
"""What browsers read for a name; a page whose name can be read as ASCII is not UTF-16."""
_OTHER_LETTERS = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode"})


def decode_page(data: bytes) -> str:
    """Text of a page: by its byte order mark, else in the encoding that it names, else as UTF-8.

    Raises:
        RefusedError: None of these fits.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], name, name)
    if b"\x00" in data[:_HEAD]:
        raise RefusedError("is no page of HTML; save it as HTML and add it again.")
    return _decoded(data, _named(data), "utf-8")


def _named(data: bytes) -> str:
    match = _XML.match(data) or _CHARSET.search(data[:_HEAD])
    try:
        name = codecs.lookup(match[1].decode()).name if match else "utf-8"
    except LookupError:
        return "utf-8"
    return "utf-8" if name in _OTHER_LETTERS else _WIDER.get(name, name)


def _decoded(data: bytes, name: str, fallback: str) -> str:
    for encoding in dict.fromkeys((name, fallback)):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    told = "" if name == "utf-8" else f" and not the {name} that it names"
    raise RefusedError(f"is not UTF-8{told}; save it as UTF-8 and add it again.")
