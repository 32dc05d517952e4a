"""Wagtail's own letters about workflows are not sent: ours take their place.

Wagtail sends them while the request and its transaction wait for the mail server, without a row that says what
became of them, and to every superuser. Its settings can only choose the readers (Wagtail 8.0, wagtail/admin/mail.py).
"""

from typing import Any

from wagtail.admin import signal_handlers

NOTIFIERS = (
    signal_handlers.task_submission_email_notifier,
    signal_handlers.workflow_submission_email_notifier,
    signal_handlers.workflow_approval_email_notifier,
    signal_handlers.workflow_rejection_email_notifier,
)


def silence() -> None:
    """Tells each of Wagtail's notifiers that there is nothing to tell."""
    for notifier in NOTIFIERS:
        notifier.can_handle = _never


def _never(instance: Any, **_facts: Any) -> bool:
    return False
