"""The words of a case with what the screens found in them, and with signs shown that cannot be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from moderation.screens import Finding

_HIDDEN = regex.compile(r"[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what it seems to be; `note` is empty where nothing was found."""

    text: str
    note: str = ""


def pieces(text: str, findings: Sequence[Finding]) -> list[Piece]:
    """The whole text in stretches, in order; overlapping findings share a stretch."""
    spans = [finding for finding in findings if finding.end > finding.start]
    edges = sorted({0, len(text), *(f.start for f in spans), *(min(f.end, len(text)) for f in spans)})
    found = []
    for start, end in pairwise(edges):
        notes = dict.fromkeys(str(f.note) for f in spans if f.start <= start and f.end >= end)
        found.append(Piece(seen(text[start:end]), "; ".join(notes)))
    return found


def seen(text: str) -> str:
    """A text in which signs that hide or turn words round are written out."""
    return _HIDDEN.sub(lambda sign: f"⟦U+{ord(sign.group()):04X}⟧", text)
