"""The workshop's only door for writing."""

from outreach.services.accounts import connect, reconnect, reseal_tokens, switch_off
from outreach.services.approve import (
    Many,
    approve,
    cancel,
    cancel_many,
    check_choice,
    submit_for_approval,
    take_back,
)
from outreach.services.edit import edit, preview
from outreach.services.health import check_due, check_now
from outreach.services.listen import hear, listen
from outreach.services.prepare import draft, ensure_feed, prepare, prepare_missed
from outreach.services.readers import confirm, forget_reader, leave, reader_of, send_confirmations, subscribe
from outreach.services.run import run_due, send_and_settle
from outreach.services.send import send_due, send_one
from outreach.services.settle import settle_letters, settle_unknown, sweep, withdraw
from outreach.services.switches import start, stop, under_way, why_stopped

__all__ = [
    "Many",
    "approve",
    "cancel",
    "cancel_many",
    "check_choice",
    "check_due",
    "check_now",
    "confirm",
    "connect",
    "draft",
    "edit",
    "ensure_feed",
    "forget_reader",
    "hear",
    "leave",
    "listen",
    "prepare",
    "prepare_missed",
    "preview",
    "reader_of",
    "reconnect",
    "reseal_tokens",
    "run_due",
    "send_and_settle",
    "send_confirmations",
    "send_due",
    "send_one",
    "settle_letters",
    "settle_unknown",
    "start",
    "stop",
    "submit_for_approval",
    "subscribe",
    "sweep",
    "switch_off",
    "take_back",
    "under_way",
    "why_stopped",
    "withdraw",
]
