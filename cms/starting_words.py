"""The first words of the pages that every site owes its readers. Officials write them on; two people release them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Standing:
    """A page: its address, its title, and what stands on it at first."""

    slug: str
    title: Words
    introduction: Words
    paragraphs: Sequence[Words]


STANDING = (
    Standing(
        "accessibility",
        _("Accessibility"),
        _(
            "Everybody can take part: with any device, on a slow line, with or without sight, hearing or a mouse."
        ),
        (
            _("This site aims at WCAG 2.2, level AA. Each page works with a keyboard, and without scripts."),
            _("If something keeps you from taking part, call us. We write down your answer for you."),
        ),
    ),
    Standing(
        "privacy",
        _("Privacy"),
        _("What we know about you, who can see it, and how to have it erased."),
        (
            _("You speak under a name that is drawn anew for each consultation."),
            _("Nobody at the agency can look up who said or supported what."),
            _("We keep your e-mail address to send you codes, receipts and answers."),
            _("Reading this site sets no cookie, and no other company hears of it."),
            _("You can erase your account at any time. Your words and your address go; the counts stay."),
        ),
    ),
)
