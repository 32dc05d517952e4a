"""Cases: opened, taken, decided, one by one or many at once. Moderation decides, the hall writes down what is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from consultations import services as hall
from consultations.models import Contribution
from consultations.permissions import can_moderate
from foundation import audit
from foundation.errors import BadInput, NotAllowed, PortalError, WrongState
from moderation import queries, reasons
from moderation.models import Alarm, Case, Decision, is_free
from moderation.permissions import can_decide
from moderation.screens import Context, Finding, look
from moderation.services import danger
from moderation.services.reviews import draw
from records.services import enter

LEASE = timedelta(minutes=30)
"""So long a case stays in one moderator's hands."""
A_ROUND = 200
MOST_AT_ONCE = 50
_SETTLED = gettext_lazy("The ombuds moderator has settled this; it stays as it is.")
State = Contribution.State
Verdict = Decision.Verdict
_DONE = {Verdict.PUBLISH: "published", Verdict.REJECT: "rejected", Verdict.HOLD: "held"}


def open_case(contribution: Contribution, *, now: datetime) -> Case | None:
    """Puts words on the desk of the agency that asked; screens that find something hold them until they are read.

    Safe to call twice: the first case stays. None for what no moderator must see (official words, imports, what is
    only counted, what was taken back).
    """
    with transaction.atomic():
        row = (
            Contribution.objects.select_for_update(of=("self",))
            .select_related("consultation__agency", "response")
            .get(pk=contribution.pk)
        )
        if not queries.must_be_seen(row):
            return None
        agency = row.consultation.agency
        case, new = Case.objects.get_or_create(
            contribution=row,
            defaults={
                "agency": agency,
                "opened_at": row.received_at,
                "due_at": row.received_at + timedelta(hours=agency.moderation_hours),
            },
        )
        if not new:
            return case
        marks = sorted({finding.screen for finding in findings(row)})
        if marks:
            case.held_by = f" {' '.join(marks)} "
            case.save(update_fields=["held_by"])
            hall.hold(row, reason=f"check_{marks[0]}", by=None, now=now)
        if danger.KEY in marks:
            danger.raise_alarm(row, source=Alarm.Source.SCREEN, by=None, now=now)
        audit.write("case.opened", by=None, thing=f"case:{case.pk}", held_by=marks)
    return case


def findings(contribution: Contribution) -> list[Finding]:
    """What the screens see in a contribution's words; looked for anew each time, and kept nowhere."""
    context = Context(
        language=contribution.language,
        earlier=queries.said_before(contribution),
        own_hosts=frozenset({urlsplit(settings.PUBLIC_URL).netloc.lower()}),
    )
    return look(contribution.text, context)


def claim(case: Case, *, by: Person, now: datetime) -> Case:
    """Takes a case for half an hour; taking one's own again renews the time. Exactly one of many gets it.

    Raises NotAllowed for who may not decide it, WrongState when somebody else has it or it is decided.
    """
    _may(case, by)
    with transaction.atomic():
        taken = Case.objects.filter(is_free(now) | _mine(by), pk=case.pk).update(
            state=Case.State.CLAIMED, claimed_by=by, claimed_until=now + LEASE, fence=F("fence") + 1
        )
        if not taken:
            raise WrongState(_said_why(case))
        audit.write("case.claimed", by=by.pk, thing=f"case:{case.pk}")
    case.refresh_from_db()
    return case


def release(case: Case, *, by: Person, now: datetime) -> Case:
    """Puts a case back for others. Raises WrongState when it is not in one's hands."""
    _may(case, by)
    with transaction.atomic():
        held = Case.objects.filter(_mine(by), pk=case.pk)
        if not held.update(state=Case.State.OPEN, claimed_by=None, claimed_until=None):
            raise WrongState(_("You do not have this case in your hands."))
        audit.write("case.released", by=by.pk, thing=f"case:{case.pk}")
    case.refresh_from_db()
    return case


def decide(case: Case, *, by: Person, verdict: str, reason: str = "", now: datetime) -> Decision:
    """Shows the words, does not show them for a public reason, or leaves them to a colleague; once, by one person.

    A free case is taken with it. Raises NotAllowed for anybody but a moderator of the agency (and for one's own
    words), BadInput for a verdict or reason that is not on the list, WrongState when somebody else has the case, it
    is decided, the words were taken back meanwhile, or the ombuds moderator has settled it. Chance puts some
    rejections before the ombuds moderator.
    """
    _may(case, by)
    verdict, reason = _checked(verdict, reason)
    if queries.is_settled(case.contribution_id):
        raise WrongState(_SETTLED)
    final = verdict != Verdict.HOLD
    with transaction.atomic():
        row = Case.objects.filter(is_free(now) | _mine(by), pk=case.pk)
        values = {
            "state": Case.State.DECIDED if final else Case.State.OPEN,
            "decided_at": now if final else None,
            "claimed_by": None,
            "claimed_until": None,
        }
        if not row.update(**values, fence=F("fence") + 1):
            raise WrongState(_said_why(case))
        contribution = Contribution.objects.select_related("consultation__agency").get(
            pk=case.contribution_id
        )
        _tell_the_hall(contribution, verdict, reason, by, now)
        decision = Decision.objects.create(case=case, verdict=verdict, reason=reason, by=by.pk, at=now)
        audit.write("case.decided", by=by.pk, thing=f"case:{case.pk}", verdict=verdict, reason=reason)
        facts: dict[str, object] = {_DONE[Verdict(verdict)]: 1}
        if verdict == Verdict.REJECT:
            facts["reasons"] = {reason: 1}
            draw(case, now=now)
        enter(
            "contributions_decided",
            agency=contribution.consultation.agency.slug,
            thing=str(contribution.consultation.translation_key),
            **facts,
        )
    case.refresh_from_db()
    return decision


@dataclass(frozen=True)
class Bulk:
    """What came of many decisions: the cases that were decided, and those that were left, each with why."""

    decided: list[Case] = field(default_factory=list)
    left: list[tuple[Case, str]] = field(default_factory=list)


def decide_many(cases: Iterable[Case], *, by: Person, verdict: str, reason: str = "", now: datetime) -> Bulk:
    """Decides cases of one kind in one way, each by itself: what a colleague has or decided meanwhile is left.

    What may be a danger to life is left too: somebody decides it alone. Raises BadInput for no case, for more than
    50, for several kinds of words at once, and for a verdict or reason that is not on the list.
    """
    chosen = list(cases)
    check_choice(chosen, verdict, reason)
    alarmed = set(
        Alarm.objects.unanswered()
        .filter(contribution__in=[case.contribution_id for case in chosen])
        .values_list("contribution_id", flat=True)
    )
    found = Bulk()
    for case in chosen:
        if case.contribution_id in alarmed:
            found.left.append((case, _("Somebody's life may be in danger: decide this one by itself.")))
            continue
        try:
            decide(case, by=by, verdict=verdict, reason=reason, now=now)
        except PortalError as error:
            found.left.append((case, str(error)))
        else:
            found.decided.append(case)
    return found


def check_choice(cases: Sequence[Case], verdict: str, reason: str) -> None:
    """Can these be decided at once? Raises BadInput."""
    if verdict == Verdict.HOLD:
        raise BadInput(_("Many at once are shown or not shown."))
    _checked(verdict, reason)
    if not cases or len(cases) > MOST_AT_ONCE:
        raise BadInput(_("Choose between one case and %(most)d.") % {"most": MOST_AT_ONCE})
    if len({case.contribution.kind for case in cases}) > 1:
        raise BadInput(_("Choose cases of one kind: only ideas, or only comments."))


def reopen(case: Case, *, by: Person, now: datetime) -> Case:
    """Opens a decided case once more, because something was overlooked; the earlier decision stays on record.

    Raises WrongState when it is not decided, or the ombuds moderator has settled it.
    """
    _may(case, by)
    if queries.is_settled(case.contribution_id):
        raise WrongState(_SETTLED)
    with transaction.atomic():
        decided = Case.objects.filter(pk=case.pk, state=Case.State.DECIDED)
        due = now + timedelta(hours=case.agency.moderation_hours)
        if not decided.update(state=Case.State.OPEN, decided_at=None, opened_at=now, due_at=due):
            raise WrongState(_("This case is not decided; there is nothing to open again."))
        audit.write("case.reopened", by=by.pk, thing=f"case:{case.pk}")
    case.refresh_from_db()
    return case


def drop(contribution: Contribution) -> bool:
    """Takes a case off the desk whose words were taken back or removed; says whether there was one."""
    gone = [State.WITHDRAWN, State.REMOVED]
    return bool(
        Case.objects.waiting()
        .filter(contribution=contribution.pk, contribution__state__in=gone)
        .update(state=Case.State.GONE, claimed_by=None, claimed_until=None)
    )


@dataclass(frozen=True)
class Round:
    """What the clock found: cases and alarms for words whose nudge was lost, and cases whose words are gone."""

    opened: int
    dropped: int
    alarms: int = 0


def run_due(now: datetime) -> Round:
    """Opens cases that are missing and drops those that are pointless; the next round takes the rest."""
    opened = sum(
        1 for contribution in queries.find_missing(now)[:A_ROUND] if open_case(contribution, now=now)
    )
    gone = Case.objects.waiting().filter(contribution__state__in=[State.WITHDRAWN, State.REMOVED])
    dropped = sum(1 for case in gone.select_related("contribution")[:A_ROUND] if drop(case.contribution))
    return Round(opened, dropped, danger.screen_due(now))


def _may(case: Case, by: Person) -> None:
    if not can_moderate(by, case.agency_id):
        raise NotAllowed(_("Only moderators of the agency that asks decide here."))
    if not can_decide(by, case):
        raise NotAllowed(_("These are your own words: a colleague decides."))


def _mine(by: Person) -> Q:
    return Q(state=Case.State.CLAIMED, claimed_by=by)


def _checked(verdict: str, reason: str) -> tuple[str, str]:
    if verdict not in Verdict.values:
        raise BadInput(_("Choose what happens: show it, do not show it, or hold it."))
    if verdict == Verdict.PUBLISH:
        return verdict, ""
    if verdict == Verdict.HOLD:
        return verdict, "check_again"
    known = reasons.REASONS.get(reason)
    if known is None or not known.offered:
        raise BadInput(_("Choose a reason from the list: nothing is refused without one."))
    return verdict, reason


def _tell_the_hall(contribution: Contribution, verdict: str, reason: str, by: Person, now: datetime) -> None:
    if verdict == Verdict.PUBLISH:
        hall.publish(contribution, by=by.pk, now=now)
    elif verdict == Verdict.REJECT:
        hall.reject(contribution, reason=reason, by=by.pk, now=now)
    else:
        hall.hold(contribution, reason=reason, by=by.pk, now=now)


def _said_why(case: Case) -> str:
    row = Case.objects.select_related("claimed_by").get(pk=case.pk)
    if row.state == Case.State.DECIDED:
        last = row.decisions.last()
        return _("%(who)s decided this meanwhile.") % {"who": _name(last.by if last else None)}
    if row.state == Case.State.GONE:
        return _("The words were taken back meanwhile; there is nothing to decide.")
    return _("%(who)s has this case in their hands.") % {"who": _name(row.claimed_by_id)}


def _name(person: int | None) -> str:
    found = Person.objects.filter(pk=person).first() if person else None
    return (found.get_full_name() or found.username) if found else _("A colleague")
