"""Small decisions about words and figures: how a number, a face and a direction of writing are shown."""

import unicodedata
from typing import Any

from django.utils import formats, translation

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def number(value: Any) -> str:
    """A whole number grouped as the reader's language groups it: 41208 is shown as 41,208."""
    if value is None or value == "":
        return ""
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def initials(name: Any) -> str:
    """The letters for the face beside a comment: of the first two words of a name, or two of its only word.

    "Ravi Menon, City Water Board" gives RM, "Imran, ward 9" IM. A letter keeps its vowel signs; in scripts
    without capitals one letter stands alone.
    """
    parts = str(name).split(",")[0].split()
    if len(parts) > 1:
        return "".join(_letters(part)[0] for part in parts[:2])
    found = _letters(parts[0]) if parts else []
    return "".join(found[: 2 if found and found[0].upper() != found[0].lower() else 1]).upper()


def direction(code: str) -> str:
    """`rtl` or `ltr`, also for languages of people's words that the site itself does not speak."""
    try:
        bidi = translation.get_language_info(code)["bidi"]
    except KeyError:
        bidi = code.split("-")[0].lower() in RIGHT_TO_LEFT
    return "rtl" if bidi else "ltr"


def _letters(word: str) -> list[str]:
    """The letters of a word, each with the signs that belong to it."""
    found: list[str] = []
    for sign in word:
        if found and unicodedata.category(sign).startswith("M"):
            found[-1] += sign
        else:
            found.append(sign.upper() if not found else sign)
    return found
