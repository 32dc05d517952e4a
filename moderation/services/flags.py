"""Readers point at words. Flags bring them back to the desk and never hide them, however many there are."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.verification import limits
from consultations.models import Contribution
from foundation import audit
from foundation.errors import BadInput, NotAllowed, WrongState
from foundation.locks import serialise
from moderation import conf, queries, reasons
from moderation.models import Alarm, Case, Flag, Review
from moderation.permissions import can_be_flagged, can_flag
from moderation.services.danger import raise_alarm, sounds_dangerous
from moderation.services.reviews import open_review

LONGEST = 1000
FLAGS_OF_A_PERSON = limits.Limit(
    "flag_of_person",
    conf.flags_per_person_and_hour,
    gettext_lazy("You have flagged very much in the last hour. Please go on at %(time)s."),
)
State = Contribution.State


def flag(
    contribution: Contribution, *, by: Person, reason: str, words: str = "", language: str, now: datetime
) -> Flag:
    """One reader's flag, once for each thing.

    At the threshold the case goes back to the desk; the words stay where they are. Danger to life is told to whoever
    is on duty at once. Raises NotAllowed for one's own words and for members of the asking agency, BadInput for a
    reason that is not on the list, WrongState for a second flag or for words that are gone, TooMany in a rush.
    """
    if reason not in {known.code for known in reasons.for_flags()}:
        raise BadInput(_("Choose a reason from the list."))
    if len(words) > LONGEST:
        raise BadInput(_("Please say it in at most %(most)d letters.") % {"most": LONGEST})
    if not can_flag(by, contribution, now):
        if not can_be_flagged(contribution, now):
            raise WrongState(_("These words are not shown any more; there is nothing to flag."))
        raise NotAllowed(_("You cannot flag your own words, or words said to the agency that you work for."))
    limits.count(FLAGS_OF_A_PERSON, str(by.pk), now=now)
    with transaction.atomic():
        held = Contribution.objects.select_related("consultation__agency").get(pk=contribution.pk)
        # Flags of one thing come in one after another, so that none is missed at the threshold; its case is locked
        # before the words, as in a decision.
        serialise(f"moderation.flag:{held.pk}")
        case = Case.objects.select_for_update().filter(contribution=held).first()
        try:
            with transaction.atomic():
                made = Flag.objects.create(
                    contribution=held,
                    person=by,
                    reason=reason,
                    words=words.strip().replace("\x00", ""),
                    language=language,
                    at=now,
                )
        except IntegrityError:
            raise WrongState(_("You have flagged this already; a moderator sees it.")) from None
        audit.write("contribution.flagged", by=None, thing=f"contribution:{held.pk}", reason=reason)
        if reason == reasons.DANGER.code or sounds_dangerous(words, language):
            raise_alarm(held, source=Alarm.Source.READER, by=None, now=now)
        _look_again(held, case, now)
    return made


def threshold(looks: int) -> int:
    """So many flags bring words back that flags brought back so often before: each look doubles it."""
    return int(conf.flags_to_look_again() * 2 ** min(looks, 10))


def _look_again(contribution: Contribution, case: Case | None, now: datetime) -> None:
    """Back to the desk when enough readers flagged it since it was decided last; the words stay published."""
    if contribution.state != State.PUBLISHED:
        return
    agency = contribution.consultation.agency
    due = now + timedelta(hours=agency.moderation_hours)
    if queries.flags_since(contribution, case) < threshold(case.looks if case else 0):
        return
    if queries.is_settled(contribution.pk):
        open_review(contribution, source=Review.Source.FLAGS, now=now)
        return
    if case is None:
        case, _new = Case.objects.get_or_create(
            contribution=contribution, defaults={"agency": agency, "opened_at": now, "due_at": due}
        )
    elif case.state == Case.State.DECIDED:
        Case.objects.filter(pk=case.pk, state=Case.State.DECIDED).update(
            state=Case.State.OPEN, decided_at=None, opened_at=now, due_at=due
        )
    elif case.flagged_at is not None:
        return
    Case.objects.filter(pk=case.pk).update(flagged_at=now, looks=F("looks") + 1)
    audit.write("case.flagged", by=None, thing=f"case:{case.pk}")
