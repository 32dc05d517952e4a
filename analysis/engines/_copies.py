"""One text, many senders: near-copies are found, so that a campaign weighs as one text and counts as its senders."""

import zlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

SHINGLE = 3
ALIKE = 0.8
"""Share of word triples that two texts have in common (Jaccard) to be one campaign."""
SHORTEST = 8
"""Texts of fewer subject words are copies only when they are the same: "fix the roads" is no campaign."""
BANDS, ROWS = 16, 4
_HALF = np.uint64(32)


def originals(texts: Sequence[tuple[str, ...]]) -> list[int]:
    """For each text (its terms, in order) the index of the first text that it is a near-copy of, or its own.

    MinHash with 16 bands of 4 (Broder 1997; two texts at 0.8 meet with a probability of 0.9998), each meeting then
    checked exactly. Give texts in an order of their own, not in that of their coming, for the same result always.
    """
    first: list[int] = list(range(len(texts)))
    same: dict[tuple[str, ...], int] = {}
    for at, text in enumerate(texts):
        first[at] = same.setdefault(text, at)
    long = [at for at in sorted(set(first)) if len(texts[at]) >= SHORTEST]
    shingles = {at: _shingles(texts[at]) for at in long}
    leader: dict[int, int] = {}
    leaders: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for at in long:
        marks = _marks(shingles[at])
        bands = [(band, marks[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS)]
        met = sorted({other for band in bands for other in leaders[band]})
        leader[at] = next((other for other in met if _alike(shingles[at], shingles[other])), at)
        if leader[at] == at:
            for band in bands:
                leaders[band].append(at)
    return [leader.get(original, original) for original in first]


def _shingles(text: tuple[str, ...]) -> frozenset[int]:
    return frozenset(
        zlib.crc32(" ".join(text[at : at + SHINGLE]).encode()) for at in range(len(text) - SHINGLE + 1)
    )


def _marks(shingles: frozenset[int]) -> np.ndarray:
    found = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    return np.min((found[:, None] * _FACTORS + _TERMS) >> _HALF, axis=0)


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


_dice = np.random.default_rng(20260105)
# Multiply and shift (Dietzfelbinger 1996): the product runs over 64 bits on purpose, its upper half is the hash.
_FACTORS = _dice.integers(0, 2**63, size=BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_TERMS = _dice.integers(0, 2**63, size=BANDS * ROWS, dtype=np.uint64)
