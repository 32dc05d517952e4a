"""Every write of the threshold: roles given and taken, accounts opened, codes asked for, people erased."""

from accounts.services.codes import ask_for_code, confirm_code, forget_old_codes
from accounts.services.erasure import close_sessions, erase_person
from accounts.services.people import open_account, open_desk_account
from accounts.services.roles import appoint, dismiss, group_for

__all__ = [
    "appoint",
    "ask_for_code",
    "close_sessions",
    "confirm_code",
    "dismiss",
    "erase_person",
    "forget_old_codes",
    "group_for",
    "open_account",
    "open_desk_account",
]
