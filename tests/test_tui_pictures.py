"""Pictures of a lesson: drawn where they are wanted and can be, words everywhere, and never a way to do harm."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from textual.color import Color

from tui import pictures
from tui.half_blocks import Size, fitted, half_blocks, without_pictures
from tui.paths import Paths
from tui.picture_file import MOST_BYTES, PictureError, decode, measure, picture_path
from tui.preferences import read_preferences
from tui.preview_app import PreviewApp
from tui.previewing import PreviewServices, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Stage
    from textual.pilot import Pilot

    from tui.app import HansaApp

RED, GREEN, BLUE, WHITE = (200, 20, 20), (20, 180, 40), (30, 40, 220), (250, 250, 250)
GROUND = (0x15, 0x19, 0x1C)
SIZES = [(60, 20), (80, 24), (120, 40)]
WORDS = "[Picture: Three ships at a quay]"
LESSON = """\
---
title: Pictures
---

## The quay

Before the picture.

![Three ships at a quay](ships.png)

After the picture.
"""
LONG = LESSON + "".join(f"\nParagraph {number} of the text.\n" for number in range(40))
QUESTION = """\
---
title: Pictures
---

## The quay

<!-- q id=ships outcome=O1 -->
### What do you see?

![Three ships at a quay](ships.png)

- = ships
<!-- /q -->

> [!NOTE]
> Look again.
>
> - ![Three ships, smaller](ships.png)
"""

Cell = tuple[str, tuple[int, int, int], tuple[int, int, int]]


@pytest.fixture(autouse=True)
def _colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of any number of colours."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def harbour(stage: Stage) -> Stage:
    """The small course with a lesson that shows a picture of four colours, 8 by 4 pixels."""
    put(stage, LESSON)
    quarters().save(folder(stage) / "ships.png")
    return stage


def put(stage: Stage, text: str) -> None:
    folder(stage).joinpath("03-pictures.md").write_text(text, encoding="utf-8")


def folder(stage: Stage) -> Path:
    return stage.course_folder / "01-small"


def quarters(width: int = 8, height: int = 4, mode: str = "RGB") -> Image.Image:
    """Red and green above blue and white."""
    image = Image.new("RGB", (width, height))
    for at, colour in enumerate((RED, GREEN, BLUE, WHITE)):
        left, top = at % 2 * width // 2, at // 2 * height // 2
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image.convert(mode)


def reading(stage: Stage, **choices: object) -> HansaApp:
    app = stage.app("small/pictures")
    app.services.prefer(show_pictures=True, **choices)
    return app


def cells(app: HansaApp) -> list[list[Cell]]:
    """Each cell that draws pixels, row by row: the sign, its colour and its ground."""
    rows = []
    for strip in app.screen._compositor.render_strips(app.size):
        row: list[Cell] = []
        for segment in strip:
            style = segment.style
            if style is not None and style.color is not None and style.bgcolor is not None:
                pair = [each.get_truecolor() for each in (style.color, style.bgcolor)]
                row += [(sign, *map(tuple, pair)) for sign in segment.text if sign == "▀"]  # type: ignore[misc]
        if row:
            rows.append(row)
    return rows


async def drawn(stage: Stage, pilot: Pilot[Any]) -> list[list[Cell]]:
    app: HansaApp = pilot.app  # type: ignore[assignment]
    await stage.until(pilot, lambda: bool(cells(app)))
    return cells(app)


async def further_down(stage: Stage, pilot: Pilot[Any]) -> str:
    """Scroll two pages down, once the page has gone to the place where it begins."""
    await stage.until(pilot, lambda: getattr(pilot.app.screen, "_noted", None) is not None)
    await pilot.press("pagedown", "pagedown")
    return await stage.see(pilot, "Paragraph 9 ")


def prose(text: str) -> list[str]:
    """The lines of a page without the bar at the side."""
    return [line[:74].rstrip() for line in text.split("\n")[3:20]]


def line_of(text: str, words: str) -> int:
    return next(at for at, line in enumerate(text.split("\n")) if words in line)


# Geometry -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "columns", "rows", "expected"),
    [
        ((800, 450), 72, 14, (50, 28)),  # as high as it may be
        ((1600, 400), 72, 14, (72, 18)),  # as wide as it may be
        ((10, 6), 72, 14, (10, 6)),  # not enlarged
        ((5000, 10), 72, 14, (72, 1)),  # nothing vanishes
        ((10, 5000), 72, 14, (1, 28)),
        ((800, 450), 1, 14, (1, 1)),
    ],
)
def test_a_picture_keeps_its_proportions(size, columns, rows, expected):
    assert fitted(Size(*size), columns, rows) == expected


def test_two_pixels_are_one_cell():
    first, second, third = half_blocks(bytes([*RED, *GREEN] * 5), 2, Color(*BLUE))
    assert first == second
    assert third.plain == "▀▀"
    looks = [
        (span.start, span.end, span.style.foreground.rgb, span.style.background.rgb) for span in third.spans
    ]
    assert looks == [(0, 1, RED, BLUE), (1, 2, GREEN, BLUE)]


def test_what_is_selected_are_words():
    assert without_pictures("a\n▀▀\n ┃ • ▀▀▀\n▌ ▀\nb ▀") == "a\nb ▀"


# Files --------------------------------------------------------------------------------------------


def saved(path: Path, image: Image.Image, **how: object) -> Path:
    image.save(path, **how)
    return path


def near(image: Image.Image, at: tuple[int, int], colour: tuple[int, ...]) -> bool:
    return alike(image.getpixel(at), colour)


def alike(one: Any, other: tuple[int, ...]) -> bool:  # noqa: ANN401 - what Pillow gives for a pixel
    return all(abs(left - right) < 24 for left, right in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("name", "mode", "how"),
    [
        ("a.png", "RGB", {}),
        ("a.png", "RGBA", {}),
        ("a.png", "P", {}),
        ("a.jpg", "RGB", {"quality": 95}),
        ("a.jpg", "CMYK", {"quality": 95}),
        ("a.jpg", "RGB", {"progressive": True}),
        ("a.gif", "P", {}),
        ("a.webp", "RGB", {"lossless": True}),
        ("a.webp", "RGB", {"quality": 95}),
        ("a.webp", "RGBA", {"lossless": True}),
        ("misnamed.txt", "RGB", {"format": "PNG"}),
    ],
)
def test_each_kind_is_read(tmp_path: Path, name: str, mode: str, how: dict[str, Any]):
    path = saved(tmp_path / name, quarters(400, 200, mode), **how)
    assert measure(path) == (400, 200)
    image = decode(path)
    assert image.mode == "RGBA"
    assert image.size == (160, 80)
    corners = [(2, 2), (157, 2), (2, 77), (157, 77)]
    assert all(
        near(image, at, (*colour, 255)) for at, colour in zip(corners, (RED, GREEN, BLUE, WHITE), strict=True)
    )


def test_grey_of_16_bits_keeps_its_levels(tmp_path: Path):
    image = Image.new("I;16", (4, 4), 0x8000)
    assert decode(saved(tmp_path / "a.png", image)).getpixel((1, 1)) == (128, 128, 128, 255)


def test_black_and_white_is_read(tmp_path: Path):
    assert decode(saved(tmp_path / "a.png", Image.new("1", (4, 4), 1))).getpixel((1, 1)) == (255,) * 4


def test_of_a_moving_picture_the_first_frame_is_seen(tmp_path: Path):
    frames = [Image.new("P", (20, 20), number) for number in (0, 1)]
    for frame in frames:
        frame.putpalette([*RED, *GREEN])
    for name in ("a.gif", "a.webp"):
        path = saved(tmp_path / name, frames[0], save_all=True, append_images=frames[1:])
        assert near(decode(path), (10, 10), (*RED, 255))


def test_a_photograph_is_turned_as_the_camera_was_held(tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path / "a.jpg", quarters(80, 40), exif=exif, quality=95)
    assert measure(path) == (40, 80)
    image = decode(path)
    assert image.size == (40, 80)
    assert near(image, (37, 2), (*RED, 255))
    assert near(image, (37, 77), (*GREEN, 255))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100))


def webp_of(width: int, height: int) -> bytes:
    frame = b"VP8X" + struct.pack("<I", 10) + b"\0" * 4 + (width - 1).to_bytes(3, "little")
    frame += (height - 1).to_bytes(3, "little") + b"VP8L" + struct.pack("<I", 6) + b"\x2f" + b"\0" * 5
    return b"RIFF" + struct.pack("<I", len(frame) + 4) + b"WEBP" + frame


def jpeg_of_many_scans() -> bytes:
    stream = BytesIO()
    quarters(16, 16).save(stream, "JPEG", progressive=True)
    data = stream.getvalue()
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * 200 + data[-2:]


def picture_bytes(kind: str = "PNG", **how: object) -> bytes:
    stream = BytesIO()
    quarters(64, 48).save(stream, kind, **how)
    return stream.getvalue()


MISSING, DAMAGED = "The file of this picture is missing.", "The file of this picture is damaged."
HEAVY = "This picture is too large to be drawn: its file has more than 10 MB."
LARGE = "This picture is too large to be drawn: it has more than 13 million pixels."
LARGE_WEBP = LARGE.replace("13", "4")
KIND = "Pictures of this kind cannot be drawn; PNG, JPEG, GIF and WebP can."
OUTSIDE, WEB = (
    "The file of this picture is outside the folder of the lesson.",
    "Pictures on the web are not fetched.",
)
FILES = {
    "cut.png": (picture_bytes()[:-40], DAMAGED),
    "cut.jpg": (picture_bytes("JPEG")[:-200], DAMAGED),
    "head.png": (picture_bytes()[:20], DAMAGED),
    "empty.png": (b"", KIND),
    "bomb.png": (png_of(50_000, 50_000), LARGE),
    "large.png": (png_of(4000, 4000), LARGE),
    "flat.png": (png_of(0, 10), DAMAGED),
    "bomb.webp": (webp_of(16_000, 16_000), LARGE_WEBP),
    "odd.webp": (b"RIFF\0\0\0\0WEBPXXXX" + b"\0" * 40, DAMAGED),
    "short.webp": (b"RIFF\0\0\0\0WEBPVP8X", DAMAGED),
    "sound.wav": (b"RIFF\0\0\0\0WAVEfmt ", KIND),
    "heavy.png": (picture_bytes() + b"\0" * MOST_BYTES, HEAVY),
    "scans.jpg": (jpeg_of_many_scans(), DAMAGED),
    "lines.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', KIND),
    "page.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", KIND),
    "scan.tiff": (b"II*\0" + b"\0" * 40, KIND),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_drawn_has_a_reason(tmp_path: Path, name: str, recwarn):
    data, reason = FILES[name]
    tmp_path.joinpath(name).write_bytes(data)
    picture = pictures.Pictures().look_up([name], tmp_path / "lesson.md")[name]
    picture.decode()
    assert picture.fault == reason
    assert not recwarn.list


def test_nothing_is_decoded_to_find_out_that_it_is_too_large(tmp_path: Path, monkeypatch):
    def load(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", load)
    monkeypatch.setattr("PIL._webp.WebPAnimDecoder", load)
    for name in ("bomb.png", "large.png", "bomb.webp", "heavy.png"):
        tmp_path.joinpath(name).write_bytes(FILES[name][0])
        with pytest.raises(PictureError, match="too large"):
            measure(tmp_path / name)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("gone.png", MISSING),
        ("assets", MISSING),
        ("pipe.png", MISSING),
        ("a%00b.png", OUTSIDE),
        ("x" * 400 + ".png", MISSING),
        ("data:image/png;base64," + "A" * 5000, MISSING),
        ("../secret.png", OUTSIDE),
        ("/etc/passwd", OUTSIDE),
        ("link.png", OUTSIDE),
        ("assets/folder/secret.png", OUTSIDE),
        ("https://example.org/a.png", WEB),
        ("HTTP://example.org/a.png", WEB),
        ("guide:ferry", WEB),
    ],
)
def test_a_picture_is_a_file_in_the_folder_of_its_page(tmp_path: Path, source: str, reason: str):
    module = tmp_path / "module"
    module.joinpath("assets").mkdir(parents=True)
    quarters().save(tmp_path / "secret.png")
    module.joinpath("link.png").symlink_to(tmp_path / "secret.png")
    module.joinpath("assets", "folder").symlink_to(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(module / "pipe.png")
    with pytest.raises(PictureError) as told:
        picture_path(source, module / "lesson.md")
    assert str(told.value) == reason


def test_a_link_within_the_folder_is_followed(tmp_path: Path):
    quarters().save(tmp_path / "a b.png")
    tmp_path.joinpath("link.png").symlink_to(tmp_path / "a b.png")
    for source in ("link.png", "a%20b.png"):
        assert picture_path(source, tmp_path / "lesson.md") == (tmp_path / "a b.png").resolve()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_whatever_is_wrong_with_a_file_is_told_in_a_sentence(tmp_path: Path, kind: str):
    chance = random.Random(kind)  # noqa: S311 - not a secret
    good = picture_bytes(kind)
    path = tmp_path / "a"
    for _round in range(150):
        data = bytearray(good)
        for _change in range(chance.randint(1, 8)):
            data[chance.randrange(12, len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.randint(len(data) // 2, len(data))])
        try:
            measure(path)
            decode(path)
        except PictureError as error:
            assert str(error) in {DAMAGED, LARGE, LARGE_WEBP, KIND}  # noqa: PT017 - most files are drawn all the same


def test_the_last_pictures_are_kept(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(pictures, "KEPT", 2)
    known, page = pictures.Pictures(), tmp_path / "lesson.md"
    for name in "abc":
        quarters().save(tmp_path / f"{name}.png")
    first = known.look_up(["a.png"], page)["a.png"]
    assert known.look_up(["a.png", "b.png"], page)["a.png"] is first
    known.look_up(["b.png", "c.png"], page)
    assert known.look_up(["a.png"], page)["a.png"] is not first


def test_a_section_draws_so_many_pictures_and_no_more(tmp_path: Path):
    from course.parse import parse_lesson  # noqa: PLC0415 - needed only here

    assert pictures.MOST_DRAWN <= pictures.KEPT
    path = tmp_path / "01-a.md"
    many = "\n\n".join(f"![p](p{number}.png)" for number in range(100))
    path.write_text(f"---\ntitle: A\n---\n\n## One\n\n{many}\n", encoding="utf-8")
    sources = pictures.drawn_sources(parse_lesson(path, "m").sections[0].blocks)
    assert sources == [f"p{number}.png" for number in range(pictures.MOST_DRAWN)]


# The page -----------------------------------------------------------------------------------------


async def test_the_right_colours_stand_in_the_right_cells(harbour: Stage):
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        rows = await drawn(harbour, pilot)
        left, right = ("▀", RED, RED), ("▀", GREEN, GREEN)
        assert rows == [[left] * 4 + [right] * 4, [("▀", BLUE, BLUE)] * 4 + [("▀", WHITE, WHITE)] * 4]
        text = harbour.text(app)
        assert line_of(text, "Before the picture") + 2 == line_of(text, "▀")
        assert line_of(text, "▀") + 2 == line_of(text, WORDS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pixels", [(800, 400), (300, 900), (2000, 100)])
async def test_a_picture_fits_the_window_and_leaves_room_for_text(
    harbour: Stage, size: tuple[int, int], pixels: tuple[int, int]
):
    quarters(*pixels).save(folder(harbour) / "ships.png")
    app = reading(harbour)
    async with app.run_test(size=size) as pilot:
        rows = await drawn(harbour, pilot)
        width = len(rows[0])
        assert all(len(row) == width for row in rows)
        assert width <= 72
        assert len(rows) <= size[1] * 7 // 12
        assert width / (2 * len(rows)) == pytest.approx(pixels[0] / pixels[1], rel=0.3)
        assert alike(rows[0][0][1], RED)
        assert alike(rows[0][-1][1], GREEN)
        assert alike(rows[-1][0][1], BLUE)
        assert "Before the picture." in harbour.text(app)
        await pilot.press("end")
        text = await harbour.see(pilot, "After the picture.")
        assert line_of(text, "▀") < line_of(text, WORDS)
        assert len(cells(app)) > len(rows) // 2


async def test_the_ground_of_the_look_is_seen_through_what_is_transparent(harbour: Stage):
    image = Image.new("RGBA", (4, 3), (*RED, 0))
    image.putpixel((0, 0), (*RED, 255))
    image.save(folder(harbour) / "ships.png")
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        rows = await drawn(harbour, pilot)
        assert rows[0] == [("▀", RED, GROUND)] + [("▀", GROUND, GROUND)] * 3
        assert rows[1] == [("▀", GROUND, GROUND)] * 4
        await pilot.press("f4")
        light = (0xFA, 0xF9, 0xF6)
        await harbour.until(pilot, lambda: cells(app)[0][1:] == [("▀", light, light)] * 3)
        assert cells(app)[0][0] == ("▀", RED, light)


@pytest.mark.parametrize(
    ("environment", "choices"),
    [
        ({"NO_COLOR": "1"}, {}),
        ({}, {"theme": "terminal"}),
        ({"COLORTERM": "", "TERM": "xterm"}, {}),
        ({"COLORTERM": "", "TERM": "xterm-16color"}, {}),
        ({"TERM": "dumb"}, {}),
        ({}, {"show_pictures": False}),
    ],
)
async def test_words_alone_stand_where_pictures_cannot_be_or_are_not_wanted(
    harbour: Stage, monkeypatch, environment: dict[str, str], choices: dict[str, object]
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    app = harbour.app("small/pictures")
    app.services.prefer(**{"show_pictures": True, **choices})
    app = type(app)(app.services, app.start)
    async with app.run_test(size=(80, 24)) as pilot:
        text = await harbour.see(pilot, WORDS)
        await pilot.pause(0.05)
        assert "▀" not in harbour.text(app)
        assert line_of(text, WORDS) - line_of(text, "Before") == 2
        await pilot.press("f2")
        wanted = choices.get("show_pictures", True)
        await harbour.see(pilot, "on, but these colours cannot show them" if wanted else "Show pictures")


async def test_256_colours_are_enough(harbour: Stage, monkeypatch):
    monkeypatch.setenv("COLORTERM", "")
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.console.color_system == "256"
        assert len(await drawn(harbour, pilot)) == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ships.png", MISSING),
        ("cut.png", DAMAGED),
        ("bomb.png", LARGE),
        ("lines.svg", KIND),
        ("https://example.org/a.png", WEB),
        ("../../secret.png", OUTSIDE),
    ],
)
async def test_a_reason_stands_under_the_words(stage: Stage, name: str, reason: str):
    put(stage, LESSON.replace("ships.png", name))
    if name in FILES:
        folder(stage).joinpath(name).write_bytes(FILES[name][0])
    app = reading(stage)
    async with app.run_test(size=(80, 24)) as pilot:
        text = " ".join((await stage.see(pilot, reason[:40])).split())
        assert f"{WORDS} {reason} After the picture." in text
        assert "▀" not in text
        assert not app._notifications


async def test_the_switch_works_at_once_and_is_remembered(harbour: Stage):
    app = harbour.app("small/pictures")
    async with app.run_test(size=(80, 24)) as pilot:
        await harbour.see(pilot, WORDS)
        for wanted in (True, False):
            await pilot.press("f2")
            await harbour.see(pilot, "▸ Language")
            await harbour.click_words(pilot, "Show pictures")
            await harbour.until(pilot, lambda on=wanted: app.services.preferences.show_pictures is on)
            await pilot.press("escape")
            await harbour.see(pilot, WORDS)
            await harbour.until(pilot, lambda on=wanted: bool(cells(app)) is on)
    assert not read_preferences(harbour.home / "settings.toml")[0].show_pictures


async def test_a_typed_answer_stays_when_the_switch_is_turned(harbour: Stage):
    put(harbour, QUESTION)
    app = harbour.app("small/pictures")
    async with app.run_test(size=(80, 40)) as pilot:
        await harbour.see(pilot, WORDS)
        await pilot.press("tab", *"cogs", "f2")
        await harbour.see(pilot, "▸ Language")
        await harbour.click_words(pilot, "Show pictures")
        await pilot.press("escape")
        assert len(await drawn(harbour, pilot)) == 4
        assert "cogs" in harbour.text(app)


async def test_pictures_in_questions_notes_and_lists_are_drawn(harbour: Stage):
    put(harbour, QUESTION)
    app = reading(harbour)
    async with app.run_test(size=(80, 40)) as pilot:
        await harbour.until(pilot, lambda: len(cells(app)) == 4)
        text = harbour.text(app)
        assert line_of(text, "What do you see?") < line_of(text, "▀") < line_of(text, WORDS)
        assert line_of(text, "┃ • ▀▀▀▀▀▀▀▀") < line_of(text, "[Picture: Three ships, smaller]")


# The place of the reader --------------------------------------------------------------------------


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Holds pictures back until it is set."""
    go = Event()

    def late(path: Path) -> Image.Image:
        assert go.wait(60)
        return decode(path)

    monkeypatch.setattr(pictures, "decode", late)
    return go


@pytest.mark.parametrize("size", SIZES)
async def test_a_late_picture_moves_nothing(harbour: Stage, held: Event, size: tuple[int, int]):
    put(harbour, LONG)
    quarters(800, 450).save(folder(harbour) / "ships.png")
    app = reading(harbour)
    async with app.run_test(size=size) as pilot:
        text = await harbour.see(pilot, "Before the picture.")
        assert "▀" not in text
        height = app.screen.column.virtual_size.height  # type: ignore[attr-defined]
        held.set()
        rows = await drawn(harbour, pilot)
        await pilot.pause()
        assert harbour.text(app).replace("▀", "").split() == text.split()
        assert app.screen.column.virtual_size.height == height  # type: ignore[attr-defined]
        assert len(rows) == {20: 11, 24: 14, 40: 20}[size[1]]


async def test_the_reader_comes_back_to_the_same_line(harbour: Stage, held: Event):
    put(harbour, LONG)
    quarters(800, 450).save(folder(harbour) / "ships.png")
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        there = await further_down(harbour, pilot)
        await pilot.press("n")
        await harbour.see(pilot, "You have reached the end")
        await pilot.press("p")
        await harbour.see(pilot, "Paragraph 9 ")
        assert prose(harbour.text(app)) == prose(there)
        held.set()
        await harbour.until(pilot, lambda: app.screen.gallery.manner is not None)  # type: ignore[attr-defined]
        await harbour.until(pilot, lambda: not any(p.waits for p in app.screen.gallery.pictures.values()))  # type: ignore[attr-defined]
        await pilot.pause()
        assert prose(harbour.text(app)) == prose(there)
        await pilot.press("home")
        assert len(await drawn(harbour, pilot)) == 14


@pytest.mark.parametrize("fails", [False, True])
async def test_the_line_that_is_read_stays_whatever_happens_above(harbour: Stage, held: Event, fails: bool):  # noqa: FBT001
    """A picture that turns out to be damaged gives its rows back; so do all when they are switched off."""
    put(harbour, LONG)
    path = folder(harbour) / "ships.png"
    quarters(800, 450).save(path)
    if fails:
        path.write_bytes(path.read_bytes()[:-200])
    else:
        held.set()
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        there = await further_down(harbour, pilot)
        before = app.screen.column.virtual_size.height  # type: ignore[attr-defined]
        if fails:
            held.set()
        else:
            await pilot.press("f2")
            await harbour.see(pilot, "▸ Language")
            await harbour.click_words(pilot, "Show pictures")
            await pilot.press("escape")
        await harbour.until(
            pilot,
            lambda: hasattr(app.screen, "column") and app.screen.column.virtual_size.height < before - 10,
        )
        await pilot.pause()
        assert prose(harbour.text(app)) == prose(there)


async def test_a_window_that_grows_shows_a_larger_picture(harbour: Stage):
    quarters(1600, 900).save(folder(harbour) / "ships.png")
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        assert len(await drawn(harbour, pilot)) == 14
        await pilot.resize_terminal(80, 40)
        await harbour.until(pilot, lambda: len(cells(app)) == 20)


# Words, links and copies --------------------------------------------------------------------------


async def test_a_click_on_the_picture_offers_its_file_and_so_does_the_list(harbour: Stage):
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(harbour, pilot)
        await harbour.click_words(pilot, "▀")
        await harbour.see(pilot, "Open it with the program for such files")
        await pilot.press("escape")
        await drawn(harbour, pilot)
        await pilot.press("l")
        await harbour.see(pilot, "a file of this lesson: ships.png")
        await pilot.press("enter")
        await harbour.see(pilot, "Open it with the program for such files")


async def test_copies_searches_and_selections_hold_words(harbour: Stage):
    app = reading(harbour)
    async with app.run_test(size=(80, 24)) as pilot:
        await drawn(harbour, pilot)
        await pilot.press("m", "down", "y")
        await harbour.until(pilot, lambda: "Three ships at a quay" in app.clipboard)
        assert "▀" not in app.clipboard
        await pilot.press("escape")
        app.screen.text_select_all()
        selected = app.screen.get_selected_text()
        assert selected is not None
        assert "▀" not in selected
        assert selected.index("Before the picture.") < selected.index("Three ships") < selected.index("After")
        app.screen.clear_selection()
        await pilot.press("slash", *"ships", "enter")
        await harbour.see(pilot, "match 1 of 1")
        await drawn(harbour, pilot)


async def test_the_preview_draws_and_follows_a_changed_picture(harbour: Stage):
    services = PreviewServices(Paths(harbour.home))
    services.prefer(show_pictures=True)
    page = read_file(folder(harbour) / "03-pictures.md", frozenset())
    assert page.module is not None
    app = PreviewApp(services, page, page.module, frozenset())
    async with app.run_test(size=(120, 40)) as pilot:
        assert (await drawn(harbour, pilot))[0][0] == ("▀", RED, RED)
        Image.new("RGB", (6, 6), BLUE).save(folder(harbour) / "ships.png")
        await pilot.press("r")
        await harbour.until(pilot, lambda: cells(app) == [[("▀", BLUE, BLUE)] * 6] * 3)
    services.close()


# What it costs ------------------------------------------------------------------------------------

READ = """\
import asyncio, sys
from tui.app import HansaApp
from tui.paths import Paths
from tui.services import Services
from tui.start import Start
from course.catalog import load_course
from pathlib import Path

async def main():
    services = Services(Paths(Path(sys.argv[1])))
    services.course = load_course(Path(sys.argv[2]))
    app = HansaApp(services, Start())
    async with app.run_test(size=(80, 24)) as pilot:
        print("PIL" in sys.modules)
        app.open_place("small/pictures")
        for _ in range(2000):
            await pilot.pause(0.005)
            if getattr(app.screen, "page", None) is not None:
                break
        await pilot.pause(0.2)
        print("PIL" in sys.modules)
    services.close()

asyncio.run(main())
"""


@pytest.mark.parametrize(("wanted", "loaded"), [("false", ["False"] * 2), ("true", ["False", "True"])])
def test_the_decoders_are_loaded_only_to_draw(harbour: Stage, wanted: str, loaded: list[str]):
    harbour.home.mkdir()
    settings = harbour.home / "settings.toml"
    settings.write_text(f"[interface]\nshow_pictures = {wanted}\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", READ, str(harbour.home), str(harbour.course_folder)],
        capture_output=True,
        text=True,
        timeout=200,
        check=True,
    )
    assert run.stdout.split() == loaded
