"""Zip archives, looked over before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from .parsed import RefusedError
from .source import MEGABYTE

MOST_UNPACKED = 300 * MEGABYTE
"""Bytes that an archive may unpack to."""
_MOST_PARTS = 10_000
_MOST_RATIO = 150
_RATIO_FROM = 8 * MEGABYTE
"""Unpacked bytes of a part from which its ratio counts; small parts pack well."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = "is no DOCX that can be opened, it seems to be damaged; save it anew and add it again."
_HEAD = 64 * 1024


def checked_archive(data: bytes) -> io.BytesIO:
    """The bytes of an archive that unpacks to a size that can be borne, and whose XML declares nothing.

    Raises:
        RefusedError: It is no archive, or one that is made to fill the memory.
    """
    if data.startswith(_OLD_OFFICE):
        raise RefusedError(
            "is protected by a password or was written by an old Word; save it as DOCX without one and add it again."
        )
    stream = io.BytesIO(data)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_sizes(archive.infolist())
            for part in archive.infolist():
                _check_part(archive, part)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError, zlib.error):
        raise RefusedError(_DAMAGED) from None
    stream.seek(0)
    return stream


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """By what the archive says; no part can unpack to more than that."""
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _RATIO_FROM and part.file_size > _MOST_RATIO * max(1, part.compress_size)
        for part in parts
    )
    if swollen or unpacked > MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise RefusedError(
            f"unpacks to {unpacked // MEGABYTE:,} MB, more than a guide may; split it or take out its pictures."
        )


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse XML that declares a document type: no word processor writes one, and entities hide in it."""
    if part.flag_bits & 1:
        raise RefusedError("is protected by a password; save it without one and add it again.")
    if not part.filename.lower().endswith((".xml", ".rels")):
        return
    with archive.open(part) as opened:
        head = opened.read(_HEAD).replace(b"\x00", b"").lower()
    if b"<!doctype" in head or b"<!entity" in head:
        raise RefusedError("declares XML entities, which no guide needs; save it anew and add it again.")
