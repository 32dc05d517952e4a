"""Small counts in public tables: where a person could be found behind a number, the number is not said."""

from collections.abc import Mapping

LEAST = 5
FEW, HIDDEN = "few", "hidden"
Seen = int | str
"""A count, FEW for 1 to 4, or HIDDEN for one by which another could be worked out."""


def veiled(counts: Mapping[str, int], *, summed: bool = True) -> dict[str, Seen]:
    """The counts as everybody may see them, in the same order.

    Where their sum is public too (`summed`) and one alone is small, the next smallest is hidden with it: else the
    small one would be what is missing from the sum.
    """
    found: dict[str, Seen] = {key: FEW if 0 < n < LEAST else n for key, n in counts.items()}
    small = [key for key, seen in found.items() if seen == FEW]
    others = sorted((n, key) for key, n in counts.items() if n >= LEAST)
    if summed and len(small) == 1 and others:
        found[others[0][1]] = HIDDEN
    return found
