"""Withdrawing a consultation: two people, a coded reason, and a public notice where the page stood."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from accounts.queries import has_role
from accounts.roles import Role
from consultations import signals
from consultations.models import Consultation
from foundation import approvals, audit
from foundation.announce import announce
from foundation.errors import BadInput, NotAllowed, WrongState
from foundation.models import Writer
from records.services import enter

KIND = "withdrawal"
REASONS = {
    "law_changed": gettext_lazy("The law changed, so there is nothing left to decide."),
    "asked_wrongly": gettext_lazy("The question was wrong and will be asked anew."),
    "decided_elsewhere": gettext_lazy("Another body has decided it."),
    "unsafe": gettext_lazy("Taking part here put people at risk."),
}


def ask_withdrawal(consultation: Consultation, *, reason: str, by: Person) -> None:
    """Asks a second person to withdraw a consultation, for one of the coded reasons.

    Raises BadInput for another reason, NotAllowed for anybody who neither edits nor approves for the agency.
    """
    if reason not in REASONS:
        raise BadInput(_("Choose one of the reasons."))
    if not has_role(by, consultation.agency_id, Role.EDITOR, Role.APPROVER):
        raise NotAllowed(_("Only editors and approvers of the agency may ask for this."))
    approvals.note_writer(KIND, _thing(consultation), person=by.pk, sha256=_sha256(reason))
    audit.write("withdrawal.asked", by=by.pk, thing=f"consultation:{consultation.pk}", reason=reason)


def asked_reason(consultation: Consultation) -> str:
    """The reason for which somebody has asked to withdraw it; empty when nobody has."""
    asked = _asked(consultation)
    return next((reason for reason in REASONS if asked and _sha256(reason) == asked.sha256), "")


def confirm_withdrawal(consultation: Consultation, *, by: Person, read: str, now: datetime) -> Consultation:
    """Withdraws it as the second person, who `read` this reason. What was said is kept; a public notice stays.

    Raises NotAllowed for the person who asked and for anybody who does not approve, WrongState when nobody asked
    and when it was asked for another reason than the one read.
    """
    if not has_role(by, consultation.agency_id, Role.APPROVER):
        raise NotAllowed(_("Only an approver of the agency may confirm this."))
    with transaction.atomic():
        row = Consultation.objects.select_for_update().select_related("agency").get(pk=consultation.pk)
        asked = _asked(row)
        if asked is None or row.withdrawn_at is not None:
            raise WrongState(_("Nobody has asked to withdraw this, or it is withdrawn already."))
        approvals.as_read(_sha256(read), asked.sha256)
        approvals.approve(
            KIND, _thing(row), sha256=asked.sha256, submitted_by=asked.person, approved_by=by.pk, now=now
        )
        row.withdrawn_at, row.withdrawn_reason = now, read
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        audit.write("consultation.withdrawn", by=by.pk, thing=f"consultation:{row.pk}", reason=read)
        enter("consultation_withdrawn", agency=row.agency.slug, thing=_thing(row), reason=read)
        announce(signals.consultation_withdrawn, consultation=row)
    return row


def _asked(consultation: Consultation) -> Writer | None:
    return Writer.objects.filter(kind=KIND, thing=_thing(consultation)).order_by("pk").last()


def _thing(consultation: Consultation) -> str:
    return str(consultation.translation_key)


def _sha256(reason: str) -> str:
    return approvals.canonical_sha256({"reason": reason})
