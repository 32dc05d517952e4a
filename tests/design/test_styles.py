"""The style sheet: true to its sources, light, with contrast that holds in both modes."""

import gzip
import math
import re

import pytest

from design import build_css

TOKENS = (build_css.CSS / "tokens.css").read_text(encoding="utf-8")
HEX = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
OKLCH = re.compile(r"--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);")
ROLE = re.compile(r"--([\w-]+): (?:var\(--([\w-]+)\)|(#[0-9a-f]{6}));")

TEXT = [
    ("ink", "paper", 15.1, 15.1),
    ("ink", "surface", 16.0, 13.7),
    ("ink-soft", "paper", 6.8, 9.4),
    ("ink-soft", "sunken", 6.3, 7.4),
    ("ink-soft", "official-tint", 6.1, 7.1),
    ("ink-soft", "citizen-tint", 6.4, 7.0),
    ("ink", "citizen-tint", 13.0, 11.0),
    ("citizen-ink", "citizen-tint", 8.0, 9.5),
    ("link", "paper", 8.3, 9.9),
    ("link", "official-tint", 7.5, 7.6),
    ("action-ink", "action", 8.8, 9.6),
    ("on-citizen", "citizen", 8.3, 8.3),
    ("on-official", "official-fill", 7.0, 7.0),
    ("urgent", "surface", 8.3, 7.2),
    ("urgent", "urgent-tint", 7.2, 6.7),
    ("done", "surface", 7.7, 9.7),
    ("done", "done-tint", 6.7, 8.4),
]
SHAPES = [
    ("edge", "surface", 4.3, 4.9),
    ("edge", "paper", 4.1, 5.4),
    ("citizen-edge", "paper", 5.7, 11.0),
    ("focus", "paper", 7.9, 11.0),
]


def _ramps() -> dict[str, str]:
    return dict(HEX.findall(TOKENS[: TOKENS.index("@supports")]))


def _roles(mode: str) -> dict[str, str]:
    """Colour of each role, as the light rules set it and the dark ones change it."""
    ramps = _ramps()
    light, dark = _blocks()
    rules = light if mode == "light" else light + dark
    return {name: ramps.get(ramp, found) for name, ramp, found in ROLE.findall(rules)}


def _blocks() -> tuple[str, str]:
    light = TOKENS[TOKENS.index("color-scheme: light;") : TOKENS.index("/* space: 4 px root */")]
    dark = TOKENS[TOKENS.index("color-scheme: dark;") : TOKENS.index("} }\n:root[data-theme")]
    return light, dark


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _contrast(one: str, other: str) -> float:
    light = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (_linear(one), _linear(other))]
    return (max(light) + 0.05) / (min(light) + 0.05)


def _from_oklch(lightness: float, chroma: float, hue: float) -> list[int]:
    """8-bit sRGB after Björn Ottosson, "A perceptual color space for image processing" (2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    shown = [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in linear]
    return [round(255 * min(1, max(0, part))) for part in shown]


def test_the_linked_sheet_is_its_sources_joined() -> None:
    assert build_css.JOINED.read_text(encoding="utf-8") == build_css.joined()


def test_every_source_is_joined() -> None:
    written = {path for path in build_css.CSS.rglob("*.css") if path != build_css.JOINED}
    assert written == set(build_css.sources())


def test_the_sheet_is_light_enough_for_a_slow_line() -> None:
    assert len(gzip.compress(build_css.joined().encode(), 9)) <= 15_000


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "light", "dark"), TEXT + SHAPES)
def test_each_pair_keeps_the_contrast_that_was_promised(
    front: str, ground: str, light: float, dark: float, mode: str
) -> None:
    roles = _roles(mode)
    promised = light if mode == "light" else dark
    assert _contrast(roles[front], roles[ground]) >= promised - 0.1


def test_both_dark_rules_are_the_same() -> None:
    chosen = TOKENS[TOKENS.rindex("color-scheme: dark;") :]
    assert chosen.startswith(_blocks()[1])


def test_both_notations_of_a_ramp_are_the_same_colour() -> None:
    ramps = _ramps()
    found = OKLCH.findall(TOKENS)
    assert {name for name, *_rest in found} == set(ramps)
    for name, *numbers in found:
        wanted = [int(ramps[name][at : at + 2], 16) for at in (1, 3, 5)]
        shown = _from_oklch(*(float(number) for number in numbers))
        assert max(abs(one - two) for one, two in zip(wanted, shown, strict=True)) <= 2, name


def test_components_name_roles_not_ramps() -> None:
    allowed = {"--mulberry-800", "--mulberry-50", "--turmeric-400", "--turmeric-500"}
    used: set[str] = set()
    for path in (build_css.CSS / "components").glob("*.css"):
        used |= set(re.findall(r"--(?:peacock|turmeric|mulberry|leaf|stone|night)-\d+", path.read_text()))
    assert used <= allowed


def test_sides_are_logical_so_that_the_page_can_turn_round() -> None:
    physical = re.compile(
        r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right)\s*:"
    )
    assert not physical.findall(build_css.joined())
