"""Moderation: what is not shown, by a closed list of public reasons, decided by people.

Floor: workshop. Automatic checks (`moderation.screens`, one file each) can hold words until a person has read
them, and never refuse any. Criticism is never a reason.
Whoever is refused can appeal to somebody outside the agency; flags hide nothing; danger to life reaches a person.
Door: `moderation.services` (cases, flags, alarms, reviews, run_due), `moderation.reasons`, `moderation.signals`.
"""
