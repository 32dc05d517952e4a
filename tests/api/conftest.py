"""A consultation with what people said in it, shown and not shown; and a client that reads JSON."""

import pytest
from django.test import Client

from tests.factories.voices import asked_in_every_way, shown_and_hidden


@pytest.fixture
def ask(db):
    """`ask("consultations", limit=3)`: the answer as JSON, with its status."""

    def asked(path, **parameters):
        answer = Client().get(f"/api/v1/{path}", parameters)
        return answer.status_code, answer.json()

    return asked


@pytest.fixture
def row(db):
    """Open, with a question for each way to be shown, and ideas."""
    return asked_in_every_way("Water at night")


@pytest.fixture
def said(row):
    """What can be read now by its key, and what cannot; each text says which it is."""
    return shown_and_hidden(row)
