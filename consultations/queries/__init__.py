"""Reads across the hall, in the reader's language and at a given moment."""

from consultations.queries.books import ROWS, Book, books, row_of
from consultations.queries.lists import Kind, Narrow, counted, kinds
from consultations.queries.outcomes import (
    ListedOutcome,
    Promise,
    answer_words,
    listed_outcomes,
    outcome_of,
    promises_of,
    released_outcomes,
)
from consultations.queries.promptness import Promptness, promptness
from consultations.queries.subjects import (
    Listed,
    answered_consultations,
    closed_consultations,
    counts,
    listed,
    open_consultations,
    overdue_consultations,
    pages_of,
    phase_titles,
    spec_for,
    specs_for,
    upcoming_consultations,
)
from consultations.queries.voices import (
    active_response,
    tally_of,
    visible_answers,
    visible_contributions,
    voice,
    voices_of,
)

__all__ = [
    "ROWS",
    "Book",
    "Kind",
    "Listed",
    "ListedOutcome",
    "Narrow",
    "Promise",
    "Promptness",
    "active_response",
    "answer_words",
    "answered_consultations",
    "books",
    "closed_consultations",
    "counted",
    "counts",
    "kinds",
    "listed",
    "listed_outcomes",
    "open_consultations",
    "outcome_of",
    "overdue_consultations",
    "pages_of",
    "phase_titles",
    "promises_of",
    "promptness",
    "released_outcomes",
    "row_of",
    "spec_for",
    "specs_for",
    "tally_of",
    "upcoming_consultations",
    "visible_answers",
    "visible_contributions",
    "voice",
    "voices_of",
]
