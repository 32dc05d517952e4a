"""Were you read rightly? To each author whose words are read as a theme, before the answer is released."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from analysis.queries import being_asked, told_run, voices_to_ask
from consultations import queries
from consultations.models import Consultation, Participant
from consultations.views import words
from foundation import clock
from notifications.letters import letters
from notifications.letters.base import Due, Words, goes, here, says
from notifications.letters.outcome import receipts_of, ways, without_letter
from notifications.models import Letter

PLACE = "#read-rightly"
"""Where the voice's page asks."""


class ReadBack:
    """One a consultation to each participant who has not said it yet, while the outcome is drafted and not released."""

    key: ClassVar[str] = "read_back"
    group: ClassVar[str] = "outcomes"
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        if letter.person_id is None:
            return None
        mine = Participant.objects.filter(pk=letter.facts.get("participant"), person_id=letter.person_id)
        asked = being_asked(now).filter(participants__in=mine).select_related("agency").first()
        run = told_run(asked) if asked is not None else None
        if asked is None or run is None:
            return None
        receipts = receipts_of(list(voices_to_ask(run).filter(participant__in=mine).order_by("pk")))
        if not receipts:
            return None
        listed = queries.listed([asked], letter.language)[0]
        return Words(
            subject=_("Did we read you rightly? %(title)s") % {"title": listed.title},
            parts=[
                says(
                    _(
                        "You took part in “%(title)s”. Your words were read, and %(agency)s writes its answer now."
                    )
                    % {"title": listed.title, "agency": listed.agency}
                ),
                says(
                    _(
                        "See how we read your words, and tell us whether this is what you meant. You can do so "
                        "until the answer is released."
                    )
                ),
                goes(_("See how your words were read"), here("consultations:voice", receipts[0]) + PLACE),
                says(_due_on(asked, now)),
                *ways(receipts[1:]),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        for consultation in being_asked(now).order_by("pk"):
            yield from owed(consultation)


def owed(consultation: Consultation) -> Iterable[Due]:
    """A letter for each participant who is read as a theme that a person named, has none yet, and has not said
    already on the voice's own page whether that is right."""
    run = told_run(consultation)
    if run is None:
        return
    thing = f"consultation:{consultation.pk}"
    read = voices_to_ask(run).filter(participant=OuterRef("pk"))
    found = Participant.objects.filter(Exists(read), consultation=consultation, person__isnull=False)
    for participant in without_letter(found, ReadBack.key, thing).order_by("pk").iterator(chunk_size=500):
        yield Due(
            thing=thing,
            person=participant.person_id or 0,
            language=participant.language,
            facts={"participant": participant.pk},
        )


def _due_on(consultation: Consultation, now: datetime) -> str:
    day = {"day": words.day(consultation.answer_due_on)}
    if clock.day(now) > consultation.answer_due_on:
        return _("The answer was due by %(day)s.") % day
    return _("The answer is due by %(day)s.") % day


letters.register(ReadBack())
