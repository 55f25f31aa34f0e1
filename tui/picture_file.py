"""Picture files of a course, which may come from anybody: found in their folder, measured and decoded within limits."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from stat import S_ISREG
from typing import TYPE_CHECKING
from urllib.parse import unquote

from course.links import is_file, stray_file

from .half_blocks import Size
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MOST_BYTES = 10_000_000
"""Larger files are not read."""
MOST_PIXELS = {"PNG": 13_000_000, "JPEG": 13_000_000, "GIF": 13_000_000, "WEBP": 4_000_000}
"""Pictures of more are not decoded: for a moment one takes up to 8 bytes a pixel, in WebP 16."""
MOST_SCANS = 100
"""A JPEG may refine its picture in several scans; more than this only cost time."""
BOX = 160
"""Pixels at each side of the square into which a decoded picture is reduced: what the largest windows show of it."""

_BEGINS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WEBP"}
_SCAN = b"\xff\xda"
_ORIENTATION = 0x0112
"""Tag of EXIF that tells how a camera was held."""
_WHOLE = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
"""Modes that can be reduced as they are, unless one of their colours stands for nothing."""
_UPRIGHT, _LYING = 1, frozenset({5, 6, 7, 8})


class PictureError(Exception):
    """A picture cannot be drawn; the message is a sentence that tells why."""


def picture_path(source: str, page: Path) -> Path:
    """The file of a picture that a page names; its links are followed, and it is in the folder of the page.

    Raises:
        PictureError: if the picture is on the web, elsewhere or nowhere.
    """
    if not is_file(source):
        raise PictureError(_("Pictures on the web are not fetched."))
    if stray_file(source, page):
        raise PictureError(_("The file of this picture is outside the folder of the lesson."))
    try:
        path = (page.parent / unquote(source.partition("#")[0])).resolve()
        is_there = S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise PictureError(_("The file of this picture is missing."))
    return path


def measure(path: Path) -> Size:
    """The size of a picture as it is seen, from the head of its file.

    Raises:
        PictureError: if it cannot be drawn, as far as the head tells.
    """
    with _opened(path) as image:
        width, height = image.size
        return Size(height, width) if _orientation(image) in _LYING else Size(width, height)


def decode(path: Path) -> Image:
    """A picture in RGBA, upright, reduced into the square of `BOX`; of a moving one the first frame.

    Raises:
        PictureError: if it cannot be drawn.
    """
    from PIL import Image  # noqa: PLC0415 - 0.03 s, needed only where pictures are drawn

    with _opened(path) as image:
        turns = {
            2: Image.Transpose.FLIP_LEFT_RIGHT,
            3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE,
            6: Image.Transpose.ROTATE_270,
            7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_90,
        }
        turn = turns.get(_orientation(image))
        image.draft("RGB", (BOX, BOX))
        image.load()
        reduced = _with_levels(image)
        reduced.thumbnail((BOX, BOX), Image.Resampling.HAMMING)
        if reduced.mode == "CMYK":
            reduced = reduced.convert("RGB")
        reduced = reduced.convert("RGBA")
        return reduced if turn is None else reduced.transpose(turn)


def _with_levels(image: Image) -> Image:
    """The same in a mode that can be reduced: without palette, and with 8 bits a channel."""
    if image.mode.startswith("I"):
        # 16 bits of grey; half a level at most is lost.
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode in _WHOLE and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


@contextmanager
def _opened(path: Path) -> Iterator[ImageFile]:
    """A picture of which the head was read and found to be within the limits."""
    from PIL import Image  # noqa: PLC0415 - 0.03 s, needed only where pictures are drawn

    data = _read(path)
    kind = _kind(data)
    try:
        if kind == "WEBP":
            # Its decoder makes room for all pixels when it is opened.
            _refuse_large(_webp_size(data), kind)
            from PIL import WebPImagePlugin  # noqa: F401, PLC0415 - else every format there is would be loaded
        with Image.open(BytesIO(data), formats=[kind]) as image:
            _refuse_large(Size(*image.size), kind)
            yield image
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(kind) from None
    except Exception:  # noqa: BLE001 - decoders promise no error of their own for what is damaged or made to harm
        raise _damaged() from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise PictureError(_("The file of this picture cannot be read.")) from None
    if len(data) > MOST_BYTES:
        words = _("This picture is too large to be drawn: its file has more than {count} MB.")
        raise PictureError(words.format(count=MOST_BYTES // 1_000_000))
    return data


def _kind(data: bytes) -> str:
    kind = next((kind for begins, kind in _BEGINS.items() if data.startswith(begins)), "")
    if not kind or (kind == "WEBP" and data[8:12] != b"WEBP"):
        raise PictureError(_("Pictures of this kind cannot be drawn; PNG, JPEG, GIF and WebP can."))
    if kind == "JPEG" and data.count(_SCAN) > MOST_SCANS:
        raise _damaged()
    return kind


def _webp_size(data: bytes) -> Size:
    """Size of the canvas, from the head of the first chunk (RFC 9649)."""

    def number(start: int, end: int) -> int:
        return int.from_bytes(data[start:end], "little")

    match data[12:16]:
        case b"VP8X":
            return Size(number(24, 27) + 1, number(27, 30) + 1)
        case b"VP8L":
            bits = number(21, 25)
            return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        case b"VP8 ":
            return Size(number(26, 28) & 0x3FFF, number(28, 30) & 0x3FFF)
    raise _damaged()


def _orientation(image: ImageFile) -> int:
    """How a photograph is to be turned, from 1 to 8, as in EXIF; in other formats it stands after the picture."""
    if image.format not in {"JPEG", "MPO"}:
        return _UPRIGHT
    try:
        return int(image.getexif().get(_ORIENTATION, _UPRIGHT))
    except Exception:  # noqa: BLE001 - a damaged remark of a camera is no reason to draw nothing
        return _UPRIGHT


def _refuse_large(size: Size, kind: str) -> None:
    if not all(size):
        raise _damaged()
    if size.width * size.height > MOST_PIXELS[kind]:
        raise _too_many_pixels(kind)


def _too_many_pixels(kind: str) -> PictureError:
    words = _("This picture is too large to be drawn: it has more than {count} million pixels.")
    return PictureError(words.format(count=MOST_PIXELS[kind] // 1_000_000))


def _damaged() -> PictureError:
    return PictureError(_("The file of this picture is damaged."))
