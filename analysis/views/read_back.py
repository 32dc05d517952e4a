"""An author says whether a voice was read rightly: by its receipt, without signing in, until the outcome is out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from analysis import queries, read_backs
from analysis.forms import ReadBackForm
from analysis.models import Agreement, ReadBack, Theme
from consultations import queries as hall
from consultations.models import Outcome, Response
from consultations.services import code_of
from consultations.views import words
from consultations.views.reader import is_author, reader
from consultations.views.voice import discreet, fetch
from foundation import clock
from foundation.errors import NotFound, PortalError

NUMBERS = ("answered", "rightly", "corrected", "kept")


@dataclass(frozen=True)
class Reading:
    """A theme as which a voice is or was read, what its author said of that, and where it can be said."""

    theme: Theme
    said: ReadBack | None
    url: str = ""
    now: bool = True
    """Is it still read so?"""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_back(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One reading, and a form for yes or no; typed words come back when they cannot be taken."""
    response = fetch(code)
    now = clock.now()
    voice = f"{reverse('consultations:voice', args=[code])}#read-rightly"
    reading = next((each for each in readings(response) if each.theme.key == key), None)
    if reading is None:
        raise NotFound(_("Your words are not read so any more."))
    author = is_author(reader(request), response)
    form = ReadBackForm(
        request.POST if request.method == "POST" else None, initial=_typed(reading.said, author)
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        language = get_language() or response.language
        try:
            read_backs.say(response, theme=reading.theme, language=language, now=now, **form.said())
        except PortalError as error:
            form.add_error(None, str(error))
            status = error.status
        else:
            messages.success(request, _("Thank you. Your answer is kept."))
            return discreet(redirect(voice))
    elif not reading.url:
        return discreet(redirect(voice))
    said = queries.words_read(ReadBack(response=response, theme=reading.theme)) if author else ()
    context = {
        "form": form,
        "voice": voice,
        "theme": reading.theme,
        "said": said,
        "listed": hall.listed([response.consultation], get_language() or response.language, request)[0],
    }
    return discreet(render(request, "analysis/read_back.html", context, status=status))


def _typed(said: ReadBack | None, author: bool) -> dict[str, str]:
    """What was said before; the words for their author alone."""
    if said is None:
        return {}
    return {"rightly": "yes" if said.rightly else "no", "words": said.words if author else ""}


def readings(response: Response) -> list[Reading]:
    """How a voice is read, and how it was read when its author said something of it."""
    consultation, now = response.consultation, clock.now()
    run = queries.told_run(consultation) if consultation.is_closed(now) else None
    if run is None or response.state != Response.State.SUBMITTED:
        return []
    themes = queries.readings_of(response, run)
    said = {row.theme: row for row in response.read_backs.select_related("theme", "read_as").order_by("pk")}
    code = code_of(response) if read_backs.is_asked(response, now) else ""
    found = [
        Reading(theme, said.get(theme), reverse("analysis:read_back", args=[code, theme.key]) if code else "")
        for theme in themes
    ]
    return found + [Reading(theme, row, now=False) for theme, row in said.items() if theme not in themes]


def on_voice(request: HttpRequest, response: Response) -> dict[str, Any] | None:
    """For the place on the voice's page: each reading with what was said and done. Words are for their author alone."""
    found = readings(response)
    shown = [each for each in found if each.url or each.said]
    if not shown:
        return None
    return {
        "readings": shown,
        "open": any(each.url for each in shown),
        "author": is_author(reader(request), response),
    }


def on_outcome(request: HttpRequest, outcome: Outcome) -> dict[str, Any] | None:
    """For the place on the outcome's page: how many of those who answered were read rightly, as it was counted."""
    row = Agreement.objects.filter(outcome=outcome).first()
    if row is None:
        return None
    numbers = {
        name: number_format(getattr(row, name), use_l10n=True, force_grouping=True) for name in NUMBERS
    }
    return {**numbers, "settled": row.corrected or row.kept, "as_of": words.minute(row.as_of)}
