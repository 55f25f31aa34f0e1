"""Pictures of lessons: where and how they are drawn now, and those that were decoded, the last ones kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from textual.color import Color
from textual.content import Content

from course.model import Image, Practice
from course.walk import blocks_in

from .half_blocks import Size, fitted, half_blocks, rows_of
from .picture_file import PictureError, decode, measure, picture_path
from .styled import said, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from PIL.Image import Image as Pixels

    from course.model import Block

    from .app import HansaApp

KEPT = 64
"""Pictures that are kept decoded, 0.1 MB each at most."""
MOST_DRAWN = 24
"""Pictures of one section that are drawn; those that follow stay words."""
_COLOURFUL = frozenset({"truecolor", "256"})
_LEAST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Manner:
    """How pictures are drawn."""

    ground: Color
    """What is seen through what is transparent."""
    rows: int
    """Most rows of cells that one takes."""


def can_draw(app: HansaApp) -> bool:
    """Whether the terminal, the look and `NO_COLOR` leave at least 256 colours."""
    return app.console.color_system in _COLOURFUL and not app.no_color and not app.native_ansi_color


def manner_of(app: HansaApp) -> Manner | None:
    """How the application draws pictures now; None where it draws none.

    A picture takes seven twelfths of the window at most, so that text is seen with it: 14 rows of 24.
    """
    if not app.services.preferences.show_pictures or not can_draw(app):
        return None
    ground = Color.parse(app.current_theme.background or "#000000")
    return Manner(ground, max(_LEAST_ROWS, app.size.height * 7 // 12))


class Picture:
    """A picture of a lesson, as far as it was read."""

    _one_at_a_time = Lock()

    def __init__(self, path: Path | None, size: Size = Size(0, 0), fault: str = "") -> None:  # noqa: B008 - a constant
        self.path = path
        """Its file; None where there is none."""
        self.size = size
        """As the head of the file tells it."""
        self.fault = fault
        """Why it is not drawn, in a sentence; empty where it is."""
        self._pixels: Pixels | None = None
        self._drawn: tuple[Size, Color, list[Content]] | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still to be decoded."""
        return self._pixels is None and not self.fault

    def decode(self) -> None:
        """Decode it, or learn why that is not possible; takes up to a second, and is done for one at a time."""
        with self._one_at_a_time:
            if self.path is None or not self.waits:
                return
            try:
                self._pixels = decode(self.path)
            except PictureError as error:
                self.fault = str(error)

    def lines(self, width: int, manner: Manner) -> list[Content]:
        """Its rows, empty ones until it is decoded; none where it cannot be drawn."""
        if self.fault:
            return []
        size = fitted(self.size, max(1, width), manner.rows)
        if self._pixels is None:
            return [Content("")] * rows_of(size)
        if self._drawn is None or self._drawn[:2] != (size, manner.ground):
            self._drawn = (size, manner.ground, _draw(self._pixels, size, manner.ground))
        return self._drawn[2]


def _draw(pixels: Pixels, size: Size, ground: Color) -> list[Content]:
    from PIL import Image  # noqa: PLC0415 - loaded by now

    paper = Image.new("RGBA", size, (*ground.rgb, 255))
    over = Image.alpha_composite(paper, pixels.resize(size, Image.Resampling.HAMMING))
    return half_blocks(over.convert("RGB").tobytes(), size.width, ground)


class Pictures:
    """The pictures that were looked up last, by file and the time it was changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[tuple[Path, int, int], Picture] = {}

    def look_up(self, sources: Iterable[str], page: Path) -> dict[str, Picture]:
        """The pictures that a page names, measured but not decoded yet; reads files."""
        with self._lock:
            return {source: self._looked_up(source, page) for source in sources}

    def _looked_up(self, source: str, page: Path) -> Picture:
        try:
            path = picture_path(source, page)
            stat = path.stat()
        except (PictureError, OSError) as error:
            return Picture(None, fault=str(error))
        key = (path, stat.st_mtime_ns, stat.st_size)
        picture = self._known.pop(key, None) or _measured(path)
        self._known[key] = picture
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return picture


def _measured(path: Path) -> Picture:
    try:
        return Picture(path, measure(path))
    except PictureError as error:
        return Picture(path, fault=str(error))


@dataclass(slots=True)
class Gallery:
    """The pictures of a page; its prose draws them."""

    manner: Manner | None = None
    """How they are drawn; None where they are not."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By the source that the page names."""

    def around(self, source: str, width: int) -> tuple[list[Content], list[Content]]:
        """What stands above the words of a picture and what below: its rows, or why there are none."""
        picture = self.pictures.get(source)
        if self.manner is None or picture is None:
            return [], []
        fault = wrap(said(picture.fault, "$muted"), width) if picture.fault else []
        return picture.lines(width, self.manner), fault


def drawn_sources(blocks: Iterable[Block]) -> list[str]:
    """Sources of the pictures that are drawn among some blocks, in reading order, each once."""
    found = dict.fromkeys(_sources(blocks))
    return list(found)[:MOST_DRAWN]


def _sources(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks_in(blocks):
        if isinstance(block, Image):
            yield block.source
        elif isinstance(block, Practice):
            frame = block.item.frame
            yield from _sources((*(frame.case.blocks if frame.case else ()), *frame.body))
