"""What the hall shows in places of the ground and the threshold, and on the opening page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language

from consultations import queries
from consultations.models import Response
from consultations.services import code_of
from consultations.views.reader import reader
from consultations.views.voice import kind_of
from foundation import clock, slots

VOICES_AT_HOME = 30


def my_voices(request: HttpRequest, *_arguments: Any) -> dict[str, Any] | None:
    """All that the reader said, newest first, with the way to each voice's own page."""
    person = reader(request)
    if person is None:
        return None
    said = list(queries.voices_of(person)[:VOICES_AT_HOME])
    rows = {response.consultation_id: response.consultation for response in said}
    worded = {
        item.consultation.pk: item for item in queries.listed(rows.values(), get_language() or "en", request)
    }
    voices = []
    for response in said:
        code = code_of(response)
        back = response.state == Response.State.WITHDRAWN
        voices.append(
            {
                "title": worded[response.consultation_id].title,
                "lang": worded[response.consultation_id].language,
                "url": reverse("consultations:voice", args=[code]) if code else "",
                "when": localtime(response.submitted_at),
                "kind": kind_of(list(response.contributions.all())),
                "state": response.get_state_display() if back else "",
                "state_kind": "rest",
            }
        )
    begun = [
        {"title": item.title, "lang": item.language, "url": reverse("consultations:respond", args=place)}
        for place, item in _begun(person, request)
    ]
    return {"voices": voices, "begun": begun}


def _begun(person: Any, request: HttpRequest) -> list[tuple[list[Any], queries.Listed]]:
    """The open forms that somebody began, each with the place of its form."""
    now = clock.now()
    phases = [
        draft.phase
        for draft in person.drafts.select_related("phase__consultation").order_by("-saved_at")
        if draft.phase.is_open(now) and draft.phase.consultation.is_open(now)
    ]
    listed = queries.listed([phase.consultation for phase in phases], get_language() or "en", request)
    return [
        ([phase.consultation.translation_key, phase.pk], item)
        for phase, item in zip(phases, listed, strict=True)
    ]


slots.put("masthead.doors", template="consultations/_door_say.html", order=10)
slots.put("masthead.doors", template="consultations/_door_outcomes.html", order=30)
slots.put("foot.take_part", template="consultations/_foot_take_part.html", order=10, same=True)
slots.put("foot.our_side", template="consultations/_foot_our_side.html", order=10, same=True)
slots.put("error.ways", template="consultations/_error_ways.html", order=10)
slots.put("account.home", template="consultations/_voices.html", order=10, context=my_voices)
