"""The picture by which a consultation is shared: words, two leaves and a stitch, 1200 by 630 pixels.

Devanagari and Arabic are joined by raqm, with the Noto fonts of the machine. A text for which a font or the joining
is missing is left out of the picture: never boxes, never letters that are not joined.
"""

import hashlib
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import regex
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
PAPER, INK, SOFT, TURMERIC, PEACOCK, SURFACE = (
    "#f9f6f2",
    "#261f19",
    "#5d554c",
    "#eab02f",
    "#02525b",
    "#fefdfc",
)
FACES = ("NotoSerif", "NotoSerifDevanagari", "NotoNaskhArabic", "NotoSerifBengali", "NotoSerifTamil")
SIMPLE = regex.compile(r"[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]")
NEUTRAL = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]")
SIZES = (78, 68, 58, 50)
MOST_LINES = 4
LOOK = 1
"""Counts up when the drawing changes, so that no picture of the old look is served."""

Font = ImageFont.FreeTypeFont
Run = tuple[str, str]


@dataclass(frozen=True)
class Words:
    """What stands on a card, and in which direction it is read."""

    site: str
    agency: str
    title: str
    standing: str
    right_to_left: bool = False

    @property
    def seal(self) -> str:
        """The name of its picture: changes with the words, with the look and with what can be drawn."""
        drawn = [can_draw(text) for text in (self.site, self.agency, self.title, self.standing)]
        return hashlib.sha256(repr((LOOK, drawn, astuple(self))).encode()).hexdigest()[:24]


def draw(words: Words) -> bytes:
    """The picture as PNG, at most 100 KB."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    _mark(picture, words.right_to_left)
    top = 92
    for text, size, colour, bold in ((words.site, 40, INK, True), (words.agency, 30, SOFT, False)):
        start = MARGIN + 132
        lines = _fit(text, size, bold, WIDTH - start - MARGIN, 1)
        top += _write(pen, lines, size, bold, colour, top, start, words.right_to_left)
    size, lines = _headline(words.title)
    _write(pen, lines, size, True, INK, 236, MARGIN, words.right_to_left)
    said = _fit(words.standing, 34, False, WIDTH - 2 * MARGIN, 1)
    _write(pen, said, 34, False, PEACOCK, HEIGHT - 112, MARGIN, words.right_to_left)
    for at, left in enumerate(range(0, WIDTH, 96)):
        pen.rectangle((left, HEIGHT - 20, left + 72, HEIGHT), fill=PEACOCK if at % 2 else TURMERIC)
    file = io.BytesIO()
    picture.quantize(96).save(file, "PNG", optimize=True)
    return file.getvalue()


def can_draw(text: str) -> bool:
    """Is there a font for every sign of it, and can it be joined as its script asks?"""
    joined = bool(features.check("raqm"))
    return all(_face_of(sign) and (joined or SIMPLE.fullmatch(sign)) for sign in text if _is_seen(sign))


def _mark(picture: Image.Image, right_to_left: bool) -> None:
    """Two leaves facing, drawn large and made small so that their edges are smooth."""
    scale = 8
    leaf = Image.new("RGBA", (52 * scale, 36 * scale), (0, 0, 0, 0))
    pen = ImageDraw.Draw(leaf)
    for colour, (x, y), radius, corner in ((TURMERIC, (17, 17), 15, -1), (PEACOCK, (36, 20), 14, 1)):
        pen.ellipse([scale * each for each in (x - radius, y - radius, x + radius, y + radius)], fill=colour)
        edge = sorted((x, x + corner * radius))
        pen.rectangle([scale * each for each in (edge[0], y, edge[1], y + radius)], fill=colour)
    small = leaf.resize((112, 78), Image.Resampling.LANCZOS)
    picture.paste(small, (WIDTH - MARGIN - 112 if right_to_left else MARGIN, 92), small)


def _headline(title: str) -> tuple[int, list[str]]:
    """The largest size at which a title fits."""
    room = WIDTH - 2 * MARGIN
    for size in SIZES:
        lines = _fit(title, size, True, room, 99)
        if len(lines) * size * 1.3 <= 4 * SIZES[-1] * 1.3 and len(lines) <= MOST_LINES:
            return size, lines
    return SIZES[-1], _fit(title, SIZES[-1], True, room, MOST_LINES)


def _fit(text: str, size: int, bold: bool, room: int, most: int) -> list[str]:
    """The text in lines no wider than the room; what is too much ends with dots. Nothing for what cannot be drawn."""
    if not text or not can_draw(text):
        return []
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [_cut(line, size, bold, room) for line in lines]


def _cut(line: str, size: int, bold: bool, room: int) -> str:
    letters = regex.findall(r"\X", line)
    while len(letters) > 1 and _width("".join(letters), size, bold) > room:
        letters = [*letters[:-2], "…"] if letters[-1] == "…" else [*letters[:-1], "…"]
    return "".join(letters)


def _write(
    pen: ImageDraw.ImageDraw,
    lines: Sequence[str],
    size: int,
    bold: bool,
    colour: str,
    top: int,
    start: int,
    right_to_left: bool,
) -> int:
    """Writes lines from the start edge, run by run; gives their height."""
    height = round(size * 1.3)
    for number, line in enumerate(lines):
        x: float = WIDTH - start if right_to_left else start
        base = top + number * height + size
        for face, text in _runs(line):
            font = _font(face, size, bold)
            wide = font.getlength(text)
            x -= wide if right_to_left else 0
            pen.text((x, base), text, font=font, fill=colour, anchor="ls")
            x += 0 if right_to_left else wide
    return height * len(lines)


def _width(text: str, size: int, bold: bool) -> float:
    return sum(_font(face, size, bold).getlength(run) for face, run in _runs(text))


def _runs(text: str) -> Iterator[Run]:
    """Pieces that one font draws, in the order of reading. Figures and points go with the letters before them."""
    face = next((_face_of(sign) for sign in text if not NEUTRAL.fullmatch(sign)), "") or FACES[0]
    named = []
    for sign in text:
        stays = NEUTRAL.fullmatch(sign) and _covers(face, sign)
        if _is_seen(sign) and not stays:
            face = _face_of(sign) or face
        named.append((face, sign))
    for face, run in groupby(named, key=lambda pair: pair[0]):
        yield face, "".join(sign for _face, sign in run)


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cf", "Cc", "Zs")


@cache
def _face_of(sign: str) -> str:
    """The first face that has this sign; empty when none has."""
    return next((face for face in FACES if _covers(face, sign)), "")


@cache
def _covers(face: str, sign: str) -> bool:
    if not _file(face, False) or not _file(face, True):
        return False
    font = _font(face, 40, False, ImageFont.Layout.BASIC)
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


@cache
def _file(face: str, bold: bool) -> str:
    """Where a face lies on this machine; empty when it is not there."""
    name = f"{face}-{'Bold' if bold else 'Regular'}.ttf"
    return next((str(path) for folder in settings.CARD_FONTS if (path := Path(folder) / name).is_file()), "")


@cache
def _font(face: str, size: int, bold: bool, layout: ImageFont.Layout | None = None) -> Font:
    return ImageFont.truetype(_file(face, bold), size, layout_engine=layout)
