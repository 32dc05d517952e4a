"""Letters to people: each of them once, said in their language, with a way to stop them.

Floor: door. It hears the hall, the workshops and the threshold; nobody below knows it.
Door: `notifications.services.run_due(now)` for the clock, the pages under `/letters/`; a new letter is one file
in `notifications/letters/`.
"""
