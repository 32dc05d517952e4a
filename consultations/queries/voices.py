"""What was said: what everybody may read, and the one voice that a receipt opens."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Person
from consultations.instruments import QuestionSpec, Tally, instruments
from consultations.models import Consultation, Contribution, Phase, Question, Response, Visibility
from consultations.receipts import hash_of
from foundation.prepared import prepared


def visible_contributions(
    consultation: Consultation | int, now: datetime, kind: str = ""
) -> "QuerySet[Contribution]":
    """What everybody may read of this consultation at this moment, newest first."""
    found = Contribution.objects.visible(now).filter(consultation=consultation)
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("participant", "response", "question").order_by("-published_at", "-pk")


def visible_answers(consultation: Consultation | int, now: datetime) -> "QuerySet[Contribution]":
    """Single answers in people's own words that everybody may read: as far as question and author allow."""
    answers = visible_contributions(consultation, now, Contribution.Kind.ANSWER)
    return answers.filter(question__isnull=False).exclude(text="")


def tally_of(question: Question, spec: QuestionSpec) -> Tally:
    """Everybody's answers to a question, counted; nothing for one that is confidential."""
    if question.visibility == Visibility.CONFIDENTIAL:
        return Tally(answered=0)
    answers = Contribution.objects.standing().filter(question=question, official=False, seeded=False)
    return instruments[question.instrument].tally(spec, answers)


def voice(receipt: str) -> Response | None:
    """The response whose receipt this is, however the code was typed."""
    found = Response.objects.filter(receipt_hash=hash_of(receipt))
    return found.select_related("consultation__agency", "participant").first()


def voices_of(person: Person) -> "QuerySet[Response]":
    """All that somebody said, newest first."""
    mine = Response.objects.filter(participant__person=person)
    return (
        mine.select_related("consultation").prefetch_related("contributions").order_by("-submitted_at", "-pk")
    )


def active_response(person: Person, phase: Phase) -> Response | None:
    """What somebody answered in this phase and did not take back."""
    return next(iter(_active(person.pk, phase.consultation_id, f"phase:{phase.pk}")), None)


@prepared
def _active(person: int, consultation: int, form: str) -> "QuerySet[Response]":
    mine = Response.objects.filter(participant__person=person, consultation=consultation, form=form)
    return mine.exclude(state=Response.State.WITHDRAWN).order_by("pk")[:1]
