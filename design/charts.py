"""Turns counts into the bars of a chart and the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from design.words import number

KINDS = {1: ("yes",), 2: ("yes", "no"), 3: ("yes", "mid", "no")}


@dataclass(frozen=True)
class Part:
    """A piece of one bar; places and widths are percentages as an SVG attribute wants them."""

    kind: str
    start: str
    width: str


def bars(rows: Sequence[tuple[Any, ...]], key: Sequence[str]) -> list[dict[str, Any]]:
    """One bar for each row (label, count …), with one to three counts, in the order of the key.

    With one count the longest bar is full; with two or three each bar is full and shows shares.
    """
    kinds = KINDS[len(key)]
    longest = max((row[1] for row in rows), default=0) if len(key) == 1 else 0
    return [_bar(row, kinds, longest, key) for row in rows]


def table(
    rows: Sequence[tuple[Any, ...]], key: Sequence[str], group: str
) -> tuple[list[Any], list[list[Any]]]:
    """The same numbers as heads and cells of a table."""
    heads = [{"label": group}, *({"label": words, "number": True} for words in key)]
    cells = [[row[0], *(number(count) for count in row[1:])] for row in rows]
    return heads, cells


def key_words(key: Sequence[str]) -> list[dict[str, str]]:
    """The key of the colours, each with its words."""
    return [{"kind": kind, "label": words} for kind, words in zip(KINDS[len(key)], key, strict=True)]


def _bar(row: tuple[Any, ...], kinds: tuple[str, ...], longest: int, key: Sequence[str]) -> dict[str, Any]:
    label, *counts = row
    whole = longest or sum(counts)
    parts, at = [], 0.0
    for kind, count in zip(kinds, counts, strict=True):
        share = 100 * count / whole if whole else 0.0
        if share:
            parts.append(Part(kind, _percent(at), _percent(share)))
        at += share
    return {"label": label, "value": _value(counts, whole, key), "parts": parts}


def _percent(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def _value(counts: Sequence[int], whole: int, key: Sequence[str]) -> str:
    """What stands beside the bar: the count, or the share of the first kind in words."""
    if len(counts) == 1:
        return number(counts[0])
    share = round(100 * counts[0] / whole) if whole else 0
    return _("%(share)s%% %(kind)s") % {"share": number(share), "kind": str(key[0]).lower()}
