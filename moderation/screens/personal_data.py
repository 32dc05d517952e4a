"""Data that identify somebody: e-mail, telephone, Aadhaar, PAN and card numbers. Checksums tell them from sums of money.

Sources: Verhoeff (1969), the checksum of Aadhaar numbers; Luhn (ISO/IEC 7812-1), that of payment cards;
PAN as the Income Tax Department writes it: five letters (the fourth a kind of holder), four digits, a letter.
"""

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moderation.screens._plain import HIDDEN, plain
from moderation.screens.base import Context, Finding, Screen, screens

_GAP = rf"[ \t.()\-{HIDDEN}]{{0,3}}"
_NUMBER = re.compile(rf"(?<![\w])\+?{_GAP}\d(?:{_GAP}\d){{7,22}}(?!\w)")
_GROUP = re.compile(r"\d+")
_EMAIL = re.compile(r"[\w.+\-]{1,64}\s?@\s?(?:[\w\-]{1,63}\.){1,6}\w{2,24}")
_EMAIL_SAID = re.compile(
    r"\b[\w.+\-]{1,64}\s?[\[({]\s?at\s?[\])}]\s?[\w\-]{1,63}\s?(?:\.|[\[({]\s?dot\s?[\])}])\s?\w{2,24}",
    re.IGNORECASE,
)
_PAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}[ABCFGHJLPT][A-Z]\s?\d{4}\s?[A-Z](?![A-Za-z0-9])", re.IGNORECASE)

_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_P = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def verhoeff(digits: str) -> bool:
    """Does the last digit fit the others, after Verhoeff?"""
    check = 0
    for at, digit in enumerate(reversed(digits)):
        check = int(_D[check][int(_P[at % 8][int(digit)])])
    return check == 0


def luhn(digits: str) -> bool:
    """Does the last digit fit the others, after Luhn?"""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if at % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _is_card(digits: str, written: str) -> bool:
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and luhn(digits)


def _is_aadhaar(digits: str, written: str) -> bool:
    return len(digits) == 12 and digits[0] not in "01" and verhoeff(digits)


def _is_phone(digits: str, written: str) -> bool:
    """With + and 8 to 15 digits; ten from 6 to 9 (also behind 0 or 91); a landline behind its 0."""
    if written.lstrip().startswith("+"):
        return 8 <= len(digits) <= 15
    if len(digits) == 10 and digits[0] in "6789":
        return True
    if len(digits) == 11 and digits[0] == "0":
        return True
    return len(digits) == 12 and digits.startswith("91") and digits[2] in "6789"


_NUMBERS: tuple[tuple[Callable[[str, str], bool], str | Promise], ...] = (
    (_is_card, _("A number like that of a payment card")),
    (_is_aadhaar, _("A number like an Aadhaar number")),
    (_is_phone, _("A telephone number")),
)


class PersonalData(Screen):
    """Finds what should not stand in public, in digits of every script and with gaps between them."""

    key = "personal_data"
    label = _("Personal data")

    def look(self, text: str, context: Context) -> list[Finding]:
        flat = plain(text)
        found = [self._found(match, _("An e-mail address")) for match in _EMAIL.finditer(flat)]
        found += [self._found(match, _("An e-mail address")) for match in _EMAIL_SAID.finditer(flat)]
        found += [self._found(match, _("A number like a PAN")) for match in _PAN.finditer(flat)]
        for match in _NUMBER.finditer(flat):
            found += self._numbers(flat, match.start(), match.end())
        return found

    def _numbers(self, flat: str, start: int, end: int) -> list[Finding]:
        """Numbers in a stretch of digits and gaps: as long as possible, from the left; two may stand side by side."""
        groups = list(_GROUP.finditer(flat, start, end))
        found, first = [], 0
        while first < len(groups):
            begin = start if first == 0 else groups[first].start()
            for last in range(len(groups), first, -1):
                stop = groups[last - 1].end()
                digits = "".join(group.group() for group in groups[first:last])
                note = next((note for fits, note in _NUMBERS if fits(digits, flat[begin:stop])), None)
                if note is not None:
                    found.append(Finding(self.key, note, begin, stop))
                    first = last
                    break
            else:
                first += 1
        return found

    def _found(self, match: re.Match[str], note: str | Promise) -> Finding:
        return Finding(self.key, note, match.start(), match.end())


screens.register(PersonalData())
