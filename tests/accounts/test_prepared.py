"""Prepared questions: the SQL is written once, the answer is asked each time."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db.models import Q, QuerySet

from accounts.models import Agency, Membership, Person
from foundation import clock
from foundation.models import Approval
from foundation.prepared import prepared

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def since(now: datetime, roles: list[str]) -> "QuerySet[Membership]":
    held = Membership.objects.filter(since__lte=now, role__in=roles)
    return held.select_related("person", "agency").order_by("-pk")


def test_it_gives_the_rows_that_django_would_give_with_what_hangs_on_them(
    agency, esha, anil, mohan, django_assert_num_queries
):
    ask = prepared(since)
    for now, roles in ((NOON, ["editor", "approver"]), (datetime(2020, 1, 1, tzinfo=UTC), ["editor", "approver"]),
                       (NOON, ["moderator", "analyst"]), (NOON, ["editor"]), (NOON, [])):  # fmt: skip
        assert ask(now, roles) == list(since(now, roles))
    with django_assert_num_queries(1):
        found = ask(NOON, ["editor", "approver"])
        assert [one.person.pk for one in found] == [anil.pk, esha.pk]
        assert {one.agency.name for one in found} == {agency.name}


def test_it_sees_what_was_changed_a_moment_ago(agency, esha):
    ask = prepared(lambda key: Agency.objects.filter(pk=key))
    assert [one.name for one in ask(agency.pk)] == [agency.name]
    Agency.objects.filter(pk=agency.pk).update(name="Water and Rivers")
    assert [one.name for one in ask(agency.pk)] == ["Water and Rivers"]


def test_each_kind_of_argument_reaches_the_database_as_it_does_otherwise(agency, esha):
    plain = {
        "texts": (lambda slug: Agency.objects.filter(slug=slug), [(agency.slug,), ("",), ("none",)]),
        "numbers": (lambda key: Person.objects.filter(pk=key), [(esha.pk,), (0,), (10**9,)]),
        "asked for": (
            lambda slug: Agency.objects.filter(slug=slug) if slug else Agency.objects.all(),
            [(agency.slug,), ("",), ("none",)],
        ),
        "small": (
            lambda hours: Agency.objects.filter(moderation_hours=hours),
            [(agency.moderation_hours,), (9,)],
        ),
        "nothing": (
            lambda key: Membership.objects.filter(Q(agency=key) if key else Q(agency__isnull=True)),
            [(agency.pk,), (None,)],
        ),
        "values": (lambda key: Person.objects.filter(pk=key).values_list("pk", "is_active"), [(esha.pk,)]),
        "names": (
            lambda key: Person.objects.filter(pk=key).values_list("username", flat=True)[:1],
            [(esha.pk,)],
        ),
    }
    for name, (build, asked) in plain.items():
        ask = prepared(build)
        for arguments in asked:
            assert ask(*arguments) == list(build(*arguments)), (name, arguments)


def test_what_hangs_beside_is_fetched_for_the_rows_of_this_time(
    agency, esha, anil, mohan, django_assert_num_queries
):
    ask = prepared(
        lambda keys: Person.objects.filter(pk__in=keys).prefetch_related("memberships").order_by("pk")
    )
    for keys, roles in (
        ([esha.pk, anil.pk], ["editor", "approver"]),
        ([mohan.pk, anil.pk], ["approver", "moderator"]),
    ):
        with django_assert_num_queries(2):
            assert [held.role for one in ask(keys) for held in one.memberships.all()] == roles


@pytest.mark.django_db
def test_what_would_stay_as_it_was_the_first_time_is_refused():
    of_the_day = prepared(lambda now: Approval.objects.filter(approved_at__date=clock.day(now)))
    with pytest.raises(TypeError, match="argument"):
        of_the_day(NOON)
    both = prepared(
        lambda now: Approval.objects.filter(approved_at__lt=now, approved_at__date=clock.day(now))
    )
    with pytest.raises(TypeError, match="makes something"):
        both(NOON)
    by_key = prepared(lambda key: Approval.objects.filter(thing=f"page:{key}"))
    with pytest.raises(TypeError):
        by_key("1")
    forgotten = prepared(lambda kind, thing: Approval.objects.filter(kind=kind))
    with pytest.raises(TypeError, match="does not reach"):
        forgotten("page", "1")
    odd = prepared(lambda thing: Approval.objects.filter(thing=thing))
    with pytest.raises(TypeError, match="cannot be put"):
        odd(1.5)
    assert odd(str(uuid4())) == []
