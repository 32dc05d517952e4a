"""Why words are not shown: a closed list, with the words that everybody reads. Criticism is not on it.

A new reason is a line here; a retired one keeps its line with `offered=False`, because decisions point to it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultations import reasons as hall

Words = str | Promise


@dataclass(frozen=True)
class Reason:
    """One reason: its code in rows and records, what the author and everybody reads, what a moderator asks."""

    code: str
    words: Words
    means: Words
    offered: bool = True


REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason(
            "personal_data",
            _("It holds personal data"),
            _(
                "A telephone number, an address, a number of a document, or the name of a private person in a bad light."
            ),
        ),
        Reason(
            "threat",
            _("It threatens somebody or calls for violence"),
            _("Somebody could fear for life, health or home. Anger is no threat."),
        ),
        Reason(
            "hate",
            _("It degrades people for what they are"),
            _("Because of caste, colour, faith, language, origin, sex, age, disability or whom they love."),
        ),
        Reason(
            "illegal",
            _("It is against the law in another way"),
            _("For example it gives away somebody's protected secret, or shows the abuse of a child."),
        ),
        Reason(
            "spam",
            _("It advertises or sells something"),
            _("Or leads to a page that does. A link to a source is no spam."),
        ),
        Reason(
            "repeated",
            _("The same person sent the same words before"),
            _("The first ones stand. Many people saying the same is no reason: each of them counts."),
        ),
        Reason(
            "off_topic",
            _("It has nothing to do with what is asked here"),
            _("An uncomfortable side of the subject belongs to the subject. In doubt it is shown."),
        ),
        Reason(
            "not_the_author",
            _("It speaks in somebody else's name"),
            _("Somebody pretends to be another person or an office, or passes off a text as their own."),
        ),
        Reason(
            "unreadable",
            _("Nobody can read it"),
            _("Signs without words. Bad spelling, dialect and any language can be read."),
        ),
    )
}

DANGER = Reason(
    "danger",
    _("Somebody's life is in danger"),
    _("Somebody wants to kill or harm themselves or others. A person is told at once."),
)
"""Not a reason against words: a reason to look after a person. Readers and moderators can give it."""

HOLDS: dict[str, Words] = {
    "check_danger": _("Somebody's life may be in danger; a person looks at once"),
    "check_links": _("It holds a link; a moderator looks first"),
    "check_personal_data": _("It may hold personal data; a moderator looks first"),
    "check_repeats": _("It resembles what was said before; a moderator looks first"),
    "check_again": _("A moderator asked a colleague to look at it too"),
}
"""Codes of what is only held. A screen holds under `check_` and its key."""

REVERSALS: dict[str, Words] = {
    "was_criticism": _("It criticises, and criticism is never a reason"),
    "reason_does_not_fit": _("The reason that was given does not fit these words"),
    "in_doubt_shown": _("It could be seen either way; in doubt words are shown"),
    "held_without_need": _("There was no need to hold it"),
}
"""Why the ombuds moderator has words shown."""
NEEDS_READING = "needs_reading"
STANDS: dict[str, Words] = {NEEDS_READING: _("A moderator must read it before it can be shown")}
"""Why it stands, besides the reasons of the closed list."""


def offered() -> list[Reason]:
    """What a moderator can choose from."""
    return [reason for reason in REASONS.values() if reason.offered]


def for_flags() -> list[Reason]:
    """What a reader can choose from."""
    return [DANGER, *offered()]


def for_review(verdict: str, about: str) -> dict[str, Words]:
    """What the ombuds moderator can choose from: a reason against the words, or why there is none."""
    if (verdict == "reversed") != (about == "published"):
        return REVERSALS
    listed: dict[str, Words] = {reason.code: reason.words for reason in offered()}
    return {**listed, **STANDS} if about == "held" else listed


def words_of(code: str) -> str:
    """A code in the reader's language."""
    return hall.words(code)


def announce() -> None:
    """Brings the words to the hall, which shows them beside words that are not shown."""
    for reason in (DANGER, *REASONS.values()):
        hall.say(reason.code, reason.words)
    for code, words in (HOLDS | REVERSALS | STANDS).items():
        hall.say(code, words)
