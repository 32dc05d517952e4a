"""Moderation: what is not shown, by a closed list of public reasons, decided by people.

Floor: workshop. Automatic checks (`moderation.screens`, one file each) can hold words until a person has read
them, and never refuse any. Criticism is never a reason.
Door: `moderation.services` (open_case, claim, release, decide, reopen, run_due), `moderation.reasons`.
"""
