"""What letters hear from below. Each is a nudge: what is missed here is found by the clock."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from accounts.models import Membership, Person
from accounts.signals import code_issued, factor_changed, person_appointed, person_erased
from consultations.models import Contribution, Response
from consultations.signals import (
    contribution_published,
    contribution_rejected,
    contribution_withdrawn,
    outcome_published,
    response_submitted,
)
from foundation import clock
from moderation.signals import alarm_raised, review_decided, review_opened
from notifications import services, tasks
from notifications.letters import (
    appeal_decided,
    appeal_waits,
    appointed,
    approval_decided,
    approval_waits,
    danger,
    decision,
    receipt,
    reply,
)
from notifications.letters import (
    factor_changed as factor_letter,
)


@receiver(code_issued, dispatch_uid="notifications.sign_in_code")
def on_code_issued(
    address: str, code: str, language: str, minutes: int, method: str = "email", **_facts: Any
) -> None:
    if method != "email":
        return
    key = services.put_code(address=address, code=code, language=language, minutes=minutes, now=clock.now())
    tasks.poke(tasks.send, [key])


@receiver(person_appointed, dispatch_uid="notifications.appointed")
def on_person_appointed(membership: Membership, **_facts: Any) -> None:
    tasks.poke(tasks.send, services.put("appointed", [appointed.due(membership)], now=clock.now()))


@receiver(factor_changed, dispatch_uid="notifications.factor_changed")
def on_factor_changed(person: Person, what: str, kind: str, key: int, now: datetime, **_facts: Any) -> None:
    """In the same transaction as the change: the letter is put down with it, and sent after it."""
    keys = services.put("factor_changed", [factor_letter.due(person, what, kind, key)], now=now)
    transaction.on_commit(partial(tasks.poke, tasks.send, keys), robust=True)


@receiver(response_submitted, dispatch_uid="notifications.receipt")
def on_response_submitted(response: Response, **_facts: Any) -> None:
    if response.participant.person_id is not None:
        tasks.poke(tasks.send, services.put("receipt", [receipt.due(response)], now=clock.now()))


@receiver(contribution_published, dispatch_uid="notifications.published")
@receiver(contribution_rejected, dispatch_uid="notifications.rejected")
@receiver(contribution_withdrawn, dispatch_uid="notifications.removed")
def on_decided(contribution: Contribution, **_facts: Any) -> None:
    owed = decision.due(contribution)
    if owed is not None:
        tasks.poke(tasks.send, services.put("decision", [owed], now=clock.now()))


@receiver(contribution_published, dispatch_uid="notifications.reply")
def on_replied(contribution: Contribution, **_facts: Any) -> None:
    owed = reply.due(contribution, clock.now())
    if owed is not None:
        tasks.poke(tasks.send, services.put("reply", [owed], now=clock.now()))


@receiver(alarm_raised, dispatch_uid="notifications.danger")
def on_alarm_raised(alarm: Any, **_facts: Any) -> None:
    tasks.poke(tasks.send, services.put("danger", danger.owed(alarm), now=clock.now()))


@receiver(review_opened, dispatch_uid="notifications.appeal_waits")
def on_review_opened(review: Any, **_facts: Any) -> None:
    tasks.poke(tasks.send, services.put("appeal_waits", appeal_waits.owed(review), now=clock.now()))


@receiver(review_decided, dispatch_uid="notifications.appeal_decided")
def on_review_decided(review: Any, **_facts: Any) -> None:
    tasks.poke(tasks.send, services.put("appeal_decided", appeal_decided.owed(review), now=clock.now()))


@receiver(outcome_published, dispatch_uid="notifications.outcome")
def on_outcome_published(**_facts: Any) -> None:
    tasks.poke(tasks.find, "outcome")


@receiver(task_submitted, dispatch_uid="notifications.approval_waits")
def on_task_submitted(instance: TaskState, **_facts: Any) -> None:
    """Wagtail says it within its transaction: the letters are put down with it, and sent after it."""
    keys = services.put("approval_waits", approval_waits.owed(instance), now=clock.now())
    transaction.on_commit(partial(tasks.poke, tasks.send, keys), robust=True)


@receiver(workflow_approved, dispatch_uid="notifications.approved")
@receiver(workflow_rejected, dispatch_uid="notifications.sent_back")
def on_workflow_ended(instance: WorkflowState, **_facts: Any) -> None:
    keys = services.put("approval_decided", approval_decided.owed(instance), now=clock.now())
    transaction.on_commit(partial(tasks.poke, tasks.send, keys), robust=True)


@receiver(person_erased, dispatch_uid="notifications.forget")
def on_person_erased(person: Person, **_facts: Any) -> None:
    """In the same transaction as the erasure."""
    services.forget_person(person)
