"""Every write of the threshold: roles given and taken, accounts opened, codes asked for, people erased."""

from accounts.services.codes import ask_for_code, confirm_code, forget_old_codes
from accounts.services.erasure import erase_person
from accounts.services.factors import add_app, forget_factors
from accounts.services.people import open_account, open_desk_account
from accounts.services.roles import appoint, dismiss, group_for
from accounts.services.sessions import close_sessions
from accounts.services.texts import send_texts
from accounts.verification.limits import forget_old_tallies

__all__ = [
    "add_app",
    "appoint",
    "ask_for_code",
    "close_sessions",
    "confirm_code",
    "dismiss",
    "erase_person",
    "forget_factors",
    "forget_old_codes",
    "forget_old_tallies",
    "group_for",
    "open_account",
    "open_desk_account",
    "send_texts",
]
