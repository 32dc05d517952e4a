"""Authors say whether they were read rightly; an analyst reads them otherwise, or says why not; the yeses are counted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from analysis import queries
from analysis.models import Agreement, Coding, ReadBack, Theme
from consultations.models import Consultation, Outcome, Response
from consultations.permissions import can_analyse
from consultations.services import reread
from foundation import audit
from foundation.errors import BadInput, NotAllowed, NotFound, WrongState

LONGEST = 2000
Verdict = ReadBack.Verdict


def is_asked(response: Response, now: datetime) -> bool:
    """Can the author of this voice say now whether it was read rightly? From the close until the release."""
    asked = response.consultation
    submitted = response.state == Response.State.SUBMITTED
    return submitted and asked.is_closed(now) and asked.answered_at is None and asked.withdrawn_at is None


@transaction.atomic
def say(
    response: Response, *, theme: Theme, rightly: bool, words: str, language: str, now: datetime
) -> ReadBack:
    """Takes the author's yes, or no with what they meant; one for each reading, the newest counts.

    Whoever holds the receipt may. A no that was settled waits anew when it is said anew. Raises WrongState once
    the outcome is released, NotFound when the voice is not read so (any more), BadInput for a no without words.
    """
    _held(response.consultation_id)
    response = Response.objects.select_related("consultation").get(pk=response.pk)
    if not is_asked(response, now):
        raise WrongState(
            _("The answer is released, or the voice was taken back. This cannot be changed any more.")
        )
    run = queries.told_run(response.consultation)
    if run is None or theme not in queries.readings_of(response, run):
        raise NotFound(_("Your words are not read so any more."))
    words = "" if rightly else words.strip()
    if not rightly and not 0 < len(words) <= LONGEST:
        raise BadInput(_("Say in your own words what you meant."))
    row, _new = ReadBack.objects.update_or_create(
        response=response,
        theme=theme,
        defaults={
            "rightly": rightly,
            "words": words,
            "language": language,
            "said_at": now,
            "verdict": "",
            "read_as": None,
            "answer": "",
            "by": None,
            "settled_at": None,
        },
    )
    audit.write("voice.read_back", by=None, thing=f"read_back:{row.pk}", rightly=rightly)
    return row


@transaction.atomic
def correct(read_back: ReadBack, *, to: Theme | None, by: Person, now: datetime) -> None:
    """Reads the words as another theme of the run, or as none, also in drafts of the outcome.

    Raises NotAllowed for others than analysts of the agency, WrongState when it does not wait any more or the
    outcome is released, BadInput for the same theme again.
    """
    row = _waiting(read_back, by)
    consultation = row.response.consultation
    if consultation.answered_at is not None:
        raise WrongState(_("The outcome is released and stays as it is. Tell the author why."))
    if to is not None and (to == row.theme or to not in queries.themes_of(row.theme.run)):
        raise BadInput(_("Choose another theme of this run."))
    if to is not None and not to.named_by_person:
        raise BadInput(_("Give that theme its name first: the author reads it."))
    read = list(queries.words_read(row).values_list("pk", flat=True))
    Coding.objects.filter(theme=row.theme, contribution__in=read).delete()
    if to is not None:
        Coding.objects.bulk_create(
            [Coding(theme=to, contribution_id=pk, corrected=True) for pk in read], ignore_conflicts=True
        )
    key = to.key if to is not None else None
    reread(consultation, voices=read, away=[row.theme.key], to=key, by=by)
    row.read_as = to
    _settle(row, Verdict.CORRECTED, by, now)


@transaction.atomic
def keep(read_back: ReadBack, *, answer: str, by: Person, now: datetime) -> None:
    """Leaves the reading as it is and tells the author why. Raises as `correct`, and BadInput without a reason."""
    row = _waiting(read_back, by)
    if not 0 < len(answer.strip()) <= LONGEST:
        raise BadInput(_("Say why the reading stays. Its author reads it."))
    row.answer = answer.strip()
    _settle(row, Verdict.KEPT, by, now)


def count_due(now: datetime) -> int:
    """Counts, once for each outcome that is out, who says that they were read rightly; gives how many were counted."""
    due = Outcome.objects.filter(
        released_at__isnull=False,
        agreement__isnull=True,
        consultation__responses__read_backs__isnull=False,
    )
    counted = 0
    for outcome in due.distinct():
        counted += _count(outcome, now)
    return counted


@transaction.atomic
def _count(outcome: Outcome, now: datetime) -> bool:
    """A voice that said no to one of its readings was not read rightly, whatever was done about it."""
    _held(outcome.consultation_id)
    rows = ReadBack.objects.filter(response__consultation=outcome.consultation_id)
    noes = rows.filter(rightly=False)
    answered = rows.values("response").distinct().count()
    _row, new = Agreement.objects.get_or_create(
        outcome=outcome,
        defaults={
            "answered": answered,
            "rightly": answered - noes.values("response").distinct().count(),
            "corrected": noes.filter(verdict=Verdict.CORRECTED).count(),
            "kept": noes.filter(verdict=Verdict.KEPT).count(),
            "as_of": now,
        },
    )
    return new


def _waiting(read_back: ReadBack, by: Person) -> ReadBack:
    consultation = _held(read_back.response.consultation_id)
    if not can_analyse(by, consultation.agency_id):
        raise NotAllowed(_("Only analysts of the agency do this."))
    row = queries.read_backs_for(by).filter(pk=read_back.pk).first()
    if row is None:
        raise WrongState(_("This was settled meanwhile, or its author changed it."))
    return row


def _settle(row: ReadBack, verdict: str, by: Person, now: datetime) -> None:
    row.verdict, row.by, row.settled_at = verdict, by.pk, now
    row.save(update_fields=["verdict", "read_as", "answer", "by", "settled_at"])
    audit.write("read_back.settled", by=by.pk, thing=f"read_back:{row.pk}", verdict=str(verdict))


def _held(consultation: int) -> Consultation:
    """Held until the transaction ends: nothing is said while the outcome is released or counted."""
    return Consultation.objects.select_for_update(no_key=True).get(pk=consultation)
