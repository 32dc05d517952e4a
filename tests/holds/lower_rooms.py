"""What the lower rooms do by themselves: asked, said, decided, supported, answered; and every public address.

`test_without_upper_rooms` runs it in a process of its own, where an upper room is missing.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from consultations import services
from consultations.models import Consultation, Contribution
from foundation import clock
from records.services import chain
from tests.factories.consultations import (
    close,
    free_text,
    ideas,
    open_response,
    published_comment,
    published_idea,
    released_consultation,
    released_outcome,
    theme,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LOWER = ("accounts:", "consultations:", "records:", "record_files:", "healthz")
ANSWERS = (200, 302, 403, 405)
WORDS = "The tank on the roof never fills."


@pytest.fixture
def asked() -> Consultation:
    """Open for answers and ideas."""
    return released_consultation(questions=[free_text("Why?"), ideas("What else?")])


def test_the_rooms_are_missing():
    assert settings.MISSING
    assert not [room for room in settings.MISSING if apps.is_installed(room)]


def test_the_migrations_of_the_rest_need_no_missing_room():
    """Each one that is needed is found, and every relation leads to a model that is there."""
    loader = MigrationLoader(None)
    assert not {app for app, _name in loader.graph.nodes} & settings.MISSING
    assert loader.project_state().apps.get_models()


def test_ask_say_decide_support_answer(asked: Consultation, client: Client):
    came = open_response(asked, person("asha"), texts={0: WORDS}, may_quote=True)
    voice = came.response.contributions.get()
    idea = published_idea(asked, person("ben"))
    published_comment(idea, person("asha"))
    refused = services.reject(
        open_response(asked, person("chitra"), texts={1: "Buy here"}).response.contributions.get(),
        reason="spam", by=person("mohan").pk, now=clock.now(),
    )  # fmt: skip
    assert refused.state == Contribution.State.REJECTED
    services.cast(idea, person=person("asha"), value=1, now=clock.now())
    services.roll_up(clock.now())
    services.count_voices(clock.now())
    assert client.get(asked.page.get_url()).status_code == 200
    close(asked)
    services.close_due(clock.now())
    outcome = released_outcome(asked, themes=[theme(voices=[voice], quotes=[voice])])
    assert WORDS in client.get(outcome.page.get_url()).content.decode()
    shown = client.get(reverse("consultations:voice", args=[came.receipt])).content.decode()
    assert "the second pump runs from ten to five" in shown
    assert chain(clock.now()) > 0
    idea.refresh_from_db()
    assert idea.support_count == 1


def test_every_public_address_of_the_rest_answers(asked: Consultation):
    came = open_response(asked, person("asha"))
    key, number = asked.translation_key, asked.phases.get().pk
    fits = {"UUID": key, "UUIDStr": key, "Int": number, "Slug": asked.agency.slug, "String": came.receipt}
    visitor, citizen = signed_in(None), signed_in(person("ben"))
    member = signed_in(person("esha", agency=asked.agency))
    asked_for, there = 0, 0
    for name, pattern in addresses():
        kinds = {key: type(kind).__name__ for key, kind in pattern.pattern.converters.items()}
        places = {key: fits[kind.removesuffix("Converter")] for key, kind in kinds.items()}
        if name == "picture":
            places = {"folder": "images", "path": "none.jpg"}
        readers = deque([citizen, *([member] if name.startswith("consultations:") else [])])
        while readers:
            reader = readers.popleft()
            answer = reader.get(reverse(name, kwargs=places))
            if answer.streaming:
                b"".join(answer.streaming_content)
            if reader is citizen and answer.status_code in (302, 403):
                readers.append(visitor)  # a page for those who are not signed in
            asked_for += 1
            there += name.startswith(LOWER) and answer.status_code in ANSWERS
            assert answer.status_code in (*ANSWERS, 404), f"{name}: {answer.status_code}"
    assert asked_for > 60
    assert there > 40, "of the lower rooms only what somebody else owns is not found"


def addresses(patterns: Sequence[Any] | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address outside the admin, and not Wagtail's own."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern) not in ("admin/", "documents/"):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from addresses(pattern.url_patterns, inner)
        elif pattern.name and not pattern.name.startswith("wagtail"):
            yield f"{space}{pattern.name}", pattern


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/{page}/edit/", "/admin/pages/{page}/history/"])
def test_the_desk_opens(asked: Consultation, address: str):
    browser = signed_in(person("esha", agency=asked.agency))
    assert browser.get(address.format(page=asked.page_id)).status_code == 200
