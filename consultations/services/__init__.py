"""The hall's only door for writing."""

from consultations.receipts import code_of, hash_of
from consultations.services.agencies import ensure_languages, ensure_workflow, home_pages, open_agency
from consultations.services.answer import DraftAnswer, draft_outcome, release_outcome, reread
from consultations.services.archive import prepare_archive
from consultations.services.ask import register_page
from consultations.services.clock import close_due, open_due
from consultations.services.decide import hold, publish, reject, remove, restore
from consultations.services.drafts import forget_drafts
from consultations.services.say import (
    Saying,
    Submitted,
    Terms,
    join,
    say_officially,
    submit,
    withdraw_response,
)
from consultations.services.take_in import NOT_IN_SOURCE, BadRow, Incoming, TakenIn, problem_of, take_in
from consultations.services.vote import Cast, cast, count_voices, recount, roll_up
from consultations.services.vote_many import cast_many
from consultations.services.withdraw import ask_withdrawal, asked_reason, confirm_withdrawal

__all__ = [
    "NOT_IN_SOURCE",
    "BadRow",
    "Cast",
    "DraftAnswer",
    "Incoming",
    "Saying",
    "Submitted",
    "TakenIn",
    "Terms",
    "ask_withdrawal",
    "asked_reason",
    "cast",
    "cast_many",
    "close_due",
    "code_of",
    "confirm_withdrawal",
    "count_voices",
    "draft_outcome",
    "ensure_languages",
    "ensure_workflow",
    "forget_drafts",
    "hash_of",
    "hold",
    "home_pages",
    "join",
    "open_agency",
    "open_due",
    "prepare_archive",
    "problem_of",
    "publish",
    "recount",
    "register_page",
    "reject",
    "release_outcome",
    "remove",
    "reread",
    "restore",
    "roll_up",
    "say_officially",
    "submit",
    "take_in",
    "withdraw_response",
]
