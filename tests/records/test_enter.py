"""A line holds codes, counts, roles, hashes and dates: nothing else gets in."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction

from accounts.roles import Role
from foundation.errors import BadInput
from foundation.models import Outbox
from records import kinds, services
from records.kinds import KINDS, ROLES, Is
from records.models import Record

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, 9, 7, 41, 123456, tzinfo=UTC)
SOME = {
    Is.ADDRESS: "https://social.example/@water/109",
    Is.CODE: "spam",
    Is.COUNT: 3,
    Is.COUNTS: {"spam": 2, "abuse": 1},
    Is.ROLE: "moderator",
    Is.HASH: "ab" * 32,
    Is.DATE: date(2026, 2, 1),
}
PERSONAL = [
    "Asha Rao",
    "asha@people.example",
    "@asha@social.example",
    "Rao",
    "The bus never comes.",
    "आशा",
    "",
    "a" * 81,
    "+91 98400 00000",
    "asha/rao",
    "https://asha:secret@social.example/",
    "https://social.example/?who=asha",
    "https://social.example/the%20bus",
    "javascript:alert(1)",
    None,
    4.5,
    True,
    -1,
    2**53,
    {"Asha Rao": 1},
    {"spam": "Asha"},
    {"spam": True},
    ["spam"],
    b"spam",
    datetime(2026, 1, 1, tzinfo=UTC),
    "AB" * 32,
    "09840000000",
]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_takes_all_its_fields_and_comes_out_as_a_line_with_the_minute(kind: kinds.Kind) -> None:
    facts: dict[str, Any] = {name: SOME[type_] for name, type_ in kind.fields.items()}
    with time_machine.travel(NOW, tick=False):
        services.enter(kind.key, agency="water", thing="7d8c2a0e-0000-4000-8000-000000000001", **facts)
    assert services.chain(NOW) == 1
    record = Record.objects.get()
    assert (record.kind, record.agency) == (kind.key, "water")
    assert record.at == NOW.replace(second=0, microsecond=0)
    assert set(record.body) == set(facts)


@pytest.mark.parametrize("value", PERSONAL, ids=repr)
def test_no_field_takes_words_names_handles_or_numbers_out_of_range(value: Any) -> None:
    for kind in KINDS.values():
        for name in kind.fields:
            facts = {other: SOME[kind.fields[other]] for other in kind.needs} | {name: value}
            with pytest.raises(BadInput) as refused:
                services.enter(kind.key, **facts)
            assert not (isinstance(value, str) and value and value in str(refused.value))
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("value", ["Asha Rao", "asha@people.example", "Water", "a b", None, 7])
def test_agency_and_thing_are_codes(value: Any) -> None:
    for place in ("agency", "thing"):
        with pytest.raises(BadInput):
            services.enter("agency_opened", **{place: value})


def test_unknown_kinds_unknown_fields_and_missing_fields_are_refused() -> None:
    for kind, facts in (
        ("rumour_heard", {}),
        ("agency_opened", {"name": "water"}),
        ("wording_approved", {"language": "en"}),
    ):
        with pytest.raises(BadInput):
            services.enter(kind, **facts)
    assert not Outbox.objects.exists()


def test_the_roles_that_a_line_can_name_are_the_roles_of_the_house() -> None:
    assert {str(role) for role in Role} == ROLES


def test_every_field_has_words_for_readers() -> None:
    assert {name for kind in KINDS.values() for name in kind.fields} == set(kinds.FIELD_WORDS)


def test_a_line_is_entered_with_the_act_or_not_at_all() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        services.enter("agency_opened", agency="water")
        raise RuntimeError("the act failed")
    assert services.chain(NOW) == 0
    assert services.head() == services.Head(seq=0, hash="0" * 64, at=None)


def test_the_same_value_salted_twice_is_two_hashes_and_a_kept_salt_proves_it() -> None:
    first, second = services.salted("asha@people.example"), services.salted("asha@people.example")
    assert first != second
    assert kinds.HASH.fullmatch(first)
    salt = services.fresh_salt()
    kept = services.salted("asha@people.example", salt=salt)
    assert kept == services.salted("asha@people.example", salt=salt)
    assert kept != services.salted("ben@people.example", salt=salt)
