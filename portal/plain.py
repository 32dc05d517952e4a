"""What went wrong, in plain words: one page for each status from 400 to 503, in the look of the house."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Told:
    """What happened, and what to do now."""

    title: Promise
    message: Promise


WORDS = {
    400: Told(
        _("We could not read that"),
        _("Something was missing or garbled on the way. Please go back and try again."),
    ),
    403: Told(_("You may not do this"), _("Your account does not have the role that this page needs.")),
    404: Told(
        _("This page is not here"),
        _(
            "There is no page at this address. It may have moved, or the address lost a letter on the way. "
            "We never delete a consultation: it can be found by its words."
        ),
    ),
    405: Told(
        _("This address is not a page to open"),
        _("It only takes what a form sends. Please go back and use the button on the page."),
    ),
    413: Told(
        _("That is too much at once"),
        _(
            "What you sent is larger than we can take. Go back: your words are still there. Shorten them, or send "
            "a smaller file."
        ),
    ),
    429: Told(
        _("Please wait a while"),
        _(
            "A great deal came from where you are in a short time. Nothing is lost. Please try again in some minutes."
        ),
    ),
    500: Told(
        _("Something broke on our side"),
        _("It is written down, and we look at it. Please go back and try again in a minute."),
    ),
    502: Told(
        _("A service we rely on did not answer"),
        _("This part of the site does not work just now. The rest does."),
    ),
    503: Told(
        _("We are away for a moment"),
        _("Please try again in a few minutes. Dates do not move because of it without our saying so."),
    ),
}


def plain(request: HttpRequest, status: int, told: Told | None = None) -> HttpResponse:
    """The page for a status; `told` where there are better words than the usual ones."""
    told = told or WORDS[status]
    context = {"status": status, "title": told.title, "message": told.message}
    return render(request, "errors/plain.html", context, status=status)
