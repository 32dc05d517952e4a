"""The answer, to each who took part: what was said to the very themes as which their own words were read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from consultations import queries
from consultations.models import Contribution, Outcome, OutcomeAnswer, Participant, Response
from consultations.queries.outcomes import page_of
from consultations.services import code_of
from notifications import conf
from notifications.letters import letters
from notifications.letters.base import Due, Part, Words, code, full, goes, head, here, link, quote, says
from notifications.models import Letter
from records.services import head as register_head

MOST_VOICES = 5


class TheirOutcome:
    """One to each participant whose words still stand when the outcome is released."""

    key: ClassVar[str] = "outcome"
    group: ClassVar[str] = "outcomes"
    may_be_left: ClassVar[bool] = True
    kept: ClassVar[bool] = True

    def write(self, letter: Letter, now: datetime) -> Words | None:
        if letter.person_id is None:
            return None
        outcome = queries.released_outcomes().filter(pk=letter.facts.get("outcome")).first()
        mine = Participant.objects.filter(person_id=letter.person_id)
        participant = mine.filter(pk=letter.facts.get("participant")).first()
        if outcome is None or participant is None:
            return None
        page = page_of(outcome, letter.language)
        said = list(
            Response.objects.filter(participant=participant, state=Response.State.SUBMITTED).order_by("pk")
        )
        if not said or not page.live:
            return None
        listed = queries.listed([outcome.consultation], letter.language)[0]
        return Words(
            subject=_("Your answer has come: %(title)s") % {"title": listed.title},
            parts=[
                says(
                    _("You took part in “%(title)s”. %(agency)s has decided, and answers you.")
                    % {"title": listed.title, "agency": listed.agency}
                ),
                *_answers(outcome, said, letter.language),
                goes(_("Read the whole outcome"), full(page.get_url() or "")),
                *ways(receipts_of(said)),
                *_check(),
            ],
        )

    def missing(self, now: datetime) -> Iterable[Due]:
        released = queries.released_outcomes().filter(released_at__gte=now - conf.OUTCOMES_LOOK_BACK)
        for outcome in released:
            yield from owed(outcome)


def owed(outcome: Outcome) -> Iterable[Due]:
    """A letter for each participant who has none about this outcome."""
    thing = f"outcome:{outcome.pk}"
    still_said = Response.objects.filter(participant=OuterRef("pk"), state=Response.State.SUBMITTED)
    said = Participant.objects.filter(
        Exists(still_said), consultation=outcome.consultation_id, person__isnull=False
    )
    for participant in without_letter(said, TheirOutcome.key, thing).order_by("pk").iterator(chunk_size=500):
        yield Due(
            thing=thing,
            person=participant.person_id or 0,
            language=participant.language,
            facts={"outcome": outcome.pk, "participant": participant.pk},
        )


def without_letter(participants: QuerySet[Participant], occasion: str, thing: str) -> QuerySet[Participant]:
    """Those to whose person no letter about this was put down.

    Asked in one look, not for each participant: PostgreSQL knows nothing yet of many letters that are new.
    """
    written = Letter.objects.filter(occasion=occasion, thing=thing, person__isnull=False)
    return participants.exclude(person__in=written.values("person"))


def _answers(outcome: Outcome, said: list[Response], language: str) -> list[Part]:
    read_as = OutcomeAnswer.objects.filter(
        outcome=outcome,
        voices__contribution__response__in=said,
        voices__contribution__state__in=Contribution.State.standing(),
    ).distinct()
    parts: list[Part] = []
    for answer in read_as.order_by("position", "pk"):
        words, shown = queries.answer_words(answer, language, outcome.consultation.language)
        parts += [head(words.get("label", ""), shown), quote(words.get("answer", ""), shown)]
    if parts:
        return [says(_("This is how your words were read, and the answer to them:")), *parts]
    book = queries.row_of(said[0], outcome)
    if book is None:
        return [says(_("Your words came in after the answer was released. They are kept with the others."))]
    return [
        says(
            _("Your words were not read as a theme. In the books they stand under: %(row)s.")
            % {"row": book.label}
        )
    ]


def receipts_of(said: Sequence[Response]) -> list[str]:
    """The receipts of one person's voices, as many as one letter names."""
    return [receipt for response in said[:MOST_VOICES] if (receipt := code_of(response))]


def ways(receipts: Iterable[str]) -> list[Part]:
    """A link to the page of each voice."""
    return [
        link(
            _("The whole way of your voice, receipt %(code)s:") % {"code": receipt},
            here("consultations:voice", receipt),
        )
        for receipt in receipts
    ]


def _check() -> list[Part]:
    """How to prove later that the register was not written anew since this letter."""
    newest = register_head()
    return [
        head(_("Check us")),
        says(
            _(
                "Each act of the government on this site leaves a line in a public register. This is its newest "
                "line today. Keep this letter: with it anybody can prove that nothing before it was changed."
            )
        ),
        code(f"python3 verify.py records.ndjson --head {newest}"),
        link(_("The register, to download:"), here("record_files:ndjson")),
        link(_("The program, to read and run:"), here("record_files:verify")),
    ]


letters.register(TheirOutcome())
