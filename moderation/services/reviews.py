"""The ombuds moderator's desk: appeals in the author's own words, and a few rejections that chance picks."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Person
from consultations import services as hall
from consultations.models import Contribution
from foundation import audit
from foundation.announce import announce
from foundation.errors import BadInput, NotAllowed, WrongState
from moderation import conf, queries, reasons, signals
from moderation.models import Alarm, Case, Draw, Review
from moderation.permissions import can_review, can_type_in
from moderation.services.danger import raise_alarm, sounds_dangerous
from records.services import enter

LONGEST = 3000
State = Contribution.State


def appeal(
    contribution: Contribution, *, words: str, language: str, now: datetime, typed_by: Person | None = None
) -> Review:
    """The author's own words against a decision, once; they go to the ombuds moderator, not to the agency.

    The caller has seen that it is the author; or it came as a letter with the receipt on it, and a clerk of the
    agency types it in (`typed_by`), under the same rules. Raises BadInput for empty or overlong words, WrongState
    where nothing can be appealed or it was done before, NotAllowed for who is no clerk of the agency.
    """
    words = words.strip().replace("\x00", "")
    if not words:
        raise BadInput(_("Say in your own words why it should be looked at again."))
    if len(words) > LONGEST:
        raise BadInput(_("Please say it in at most %(most)d letters.") % {"most": LONGEST})
    with transaction.atomic():
        held = Contribution.objects.select_for_update(of=("self",)).select_related("consultation__agency")
        row = held.get(pk=contribution.pk)
        if typed_by is not None and not can_type_in(typed_by, row):
            raise NotAllowed(_("Only clerks of the agency type in appeals, and not their own."))
        if queries.appeal_against(row) is not None:
            raise WrongState(_already(typed_by))
        if not queries.can_be_appealed(row, now):
            raise WrongState(_("There is nothing to appeal against now."))
        made, new = open_review(
            row, source=Review.Source.APPEAL, words=words, language=language, now=now, typed_by=typed_by
        )
        if not new:
            raise WrongState(_already(typed_by))
        announce(signals.review_opened, review=made)
        if sounds_dangerous(words, language):
            raise_alarm(row, source=Alarm.Source.SCREEN, by=None, now=now)
    return made


def _already(typed_by: Person | None) -> str:
    if typed_by is not None:
        return _("There is an appeal against this already. The answer comes to the voice's own page.")
    return _("You have appealed already. The answer comes to you here.")


def open_review(
    contribution: Contribution,
    *,
    source: str,
    now: datetime,
    words: str = "",
    language: str = "",
    typed_by: Person | None = None,
) -> tuple[Review, bool]:
    """Puts something on the ombuds moderator's desk; what lies there already stays. Says whether it is new."""
    key = {"contribution": contribution, "source": source, "about": contribution.state}
    try:
        with transaction.atomic():
            made = Review.objects.create(
                **key,
                agency_id=contribution.consultation.agency_id,
                about_reason=contribution.reason,
                words=words,
                language=language or contribution.language,
                on_paper=typed_by is not None,
                opened_at=now,
                due_at=now + timedelta(days=conf.appeal_days()),
            )
    except IntegrityError:
        return Review.objects.get(**key), False
    by = typed_by.pk if typed_by else None
    audit.write("review.opened", by=by, thing=f"review:{made.pk}", source=source, on_paper=made.on_paper)
    return made, True


def draw(case: Case, *, now: datetime) -> Review | None:
    """Puts a rejection before the ombuds moderator when chance picks it, in the decision's own transaction."""
    if not is_drawn(case.pk, salt=_salt(), percent=conf.reviewed_unasked_percent()):
        return None
    row = Contribution.objects.select_related("consultation").get(pk=case.contribution_id)
    review, _new = open_review(row, source=Review.Source.SAMPLE, now=now)
    return review


def is_drawn(case: int, *, salt: str, percent: int) -> bool:
    """Is this case among so many of a hundred? The same answer for the same salt, and not to be guessed without it."""
    digest = hashlib.sha256(f"{salt}:{case}".encode()).digest()
    return int.from_bytes(digest[:8]) < percent * 2**64 // 100


def review(row: Review, *, by: Person, verdict: str, reason: str, answer: str = "", now: datetime) -> Review:
    """Lets a decision stand or reverses it, with a reason; once. A reversal is final for the agency.

    Raises NotAllowed for anybody but the ombuds moderator outside the agency, BadInput for a verdict or reason that
    is not on the list (and for an appeal without words to its author), WrongState when it is decided or the words
    stand otherwise by now.
    """
    if not can_review(by, row):
        raise NotAllowed(
            _("The ombuds moderator decides here, outside the agency and not on their own words.")
        )
    answer = answer.strip().replace("\x00", "")
    _check(row, verdict, reason, answer)
    with transaction.atomic():
        held = Review.objects.filter(pk=row.pk, decided_at__isnull=True)
        if not held.update(verdict=verdict, reason=reason, answer=answer, by=by.pk, decided_at=now):
            raise WrongState(_("This is decided already."))
        if verdict == Review.Verdict.REVERSED:
            _close_case(row, now)
        contribution = Contribution.objects.select_for_update(of=("self",)).select_related(
            "consultation__agency"
        )
        words = contribution.get(pk=row.contribution_id)
        if words.state != row.about:
            raise WrongState(_("The words stand otherwise by now; there is nothing left to decide."))
        if verdict == Review.Verdict.REVERSED:
            _reverse(words, by, reason, now)
        audit.write("review.decided", by=by.pk, thing=f"review:{row.pk}", verdict=verdict, reason=reason)
        enter(
            "decision_reviewed",
            agency=words.consultation.agency.slug,
            thing=str(words.consultation.translation_key),
            asked=row.source,
            reason=reason,
            **{verdict: 1},
        )
        announce(signals.review_decided, review=row)
    row.refresh_from_db()
    return row


def _check(row: Review, verdict: str, reason: str, answer: str) -> None:
    if verdict not in Review.Verdict.values:
        raise BadInput(_("Choose whether the decision stands or is reversed."))
    if reason not in reasons.for_review(verdict, row.about):
        raise BadInput(_("Choose a reason from the list that fits the verdict."))
    if len(answer) > LONGEST:
        raise BadInput(_("Please say it in at most %(most)d letters.") % {"most": LONGEST})
    if row.source == Review.Source.APPEAL and not answer:
        raise BadInput(_("Write some words to the author: they wrote to you."))


def _close_case(row: Review, now: datetime) -> None:
    """The case is settled, in whosever hands it is; its row is locked before the words, as in a decision."""
    Case.objects.filter(contribution=row.contribution_id).update(
        state=Case.State.DECIDED, decided_at=now, claimed_by=None, claimed_until=None, fence=F("fence") + 1
    )


def _reverse(words: Contribution, by: Person, reason: str, now: datetime) -> None:
    """What was not shown is shown; what was shown, and flagged once more, is not."""
    if words.state == State.PUBLISHED:
        hall.reject(words, reason=reason, by=by.pk, now=now)
    elif words.state == State.REMOVED:
        hall.restore(words, by=by.pk, now=now)
    else:
        hall.publish(words, by=by.pk, now=now)


def _salt() -> str:
    found, _new = Draw.objects.get_or_create(pk=1, defaults={"salt": secrets.token_hex(32)})
    return found.salt
