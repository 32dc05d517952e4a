"""Many at once: one code lets one in, tries are counted, one mailbox is one person, one role is one row."""

import threading
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import TRIES, ContactPoint, Membership, Person, SignInCode
from accounts.roles import Role
from accounts.services import appoint, ask_for_code, codes, confirm_code, open_account
from foundation.errors import BadInput, PortalError, WrongState
from tests.accounts.letters import another
from tests.people import NOW

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def ask(browser="this browser", to="asha@people.example"):
    ask_for_code(to, browser=browser, network="", language="en", now=NOW)


def test_of_many_who_give_one_code_back_at_once_one_gets_in(letters, together):
    ask()
    code = letters[0]["code"]
    results = together(MANY, lambda _number: confirm_code(code, browser="this browser", now=NOW))
    assert len([found for found in results if isinstance(found, Person)]) == 1
    assert all(isinstance(found, Person | PortalError) for found in results), results
    assert Person.objects.count() == ContactPoint.objects.count() == 1


def test_of_five_right_codes_that_were_all_looked_at_before_any_was_used_one_gets_in(
    letters, together, monkeypatch
):
    ask()
    all_have_looked = threading.Barrier(TRIES)

    def same_after_everybody(one, other):
        all_have_looked.wait(timeout=30)
        return one == other

    monkeypatch.setattr(codes, "same", same_after_everybody)
    code = letters[0]["code"]
    results = together(TRIES, lambda _number: confirm_code(code, browser="this browser", now=NOW))
    assert len([found for found in results if isinstance(found, Person)]) == 1, results
    assert len([found for found in results if isinstance(found, WrongState)]) == TRIES - 1, results


def test_of_many_posts_with_one_code_at_once_one_makes_a_session(letters, together):
    asking = Client()
    asking.post(reverse("accounts:sign_in"), {"address": "asha@people.example"})
    cookies, code = asking.cookies.output(header="", sep=";"), letters[0]["code"]

    def confirm(_number):
        browser = Client(headers={"cookie": cookies})
        browser.cookies = asking.cookies.copy()
        return browser.post(reverse("accounts:confirm"), {"code": code}).status_code

    results = together(MANY, confirm)
    assert sorted(results) == [200] * (MANY - 1) + [302]
    signed_in = [row for row in Session.objects.all() if "_auth_user_id" in row.get_decoded()]
    assert len(signed_in) == 1


def test_many_wrong_tries_at_once_are_no_more_than_five(letters, together):
    ask()
    wrong = another(letters[0]["code"])
    looked_at = []

    def guess(_number):
        with suppress(PortalError):
            confirm_code(wrong, browser="this browser", now=NOW)
        return SignInCode.objects.get().tries_left

    looked_at = together(MANY, guess)
    assert all(isinstance(left, int) for left in looked_at), looked_at
    assert SignInCode.objects.get().tries_left == 0
    with pytest.raises(PortalError) as refusal:
        confirm_code(letters[0]["code"], browser="this browser", now=NOW)
    assert not isinstance(refusal.value, BadInput)


def test_of_many_codes_asked_for_at_once_one_stays(letters, together, settings):
    settings.CODES_PER_ADDRESS_AND_HOUR = 100
    results = together(8, lambda number: ask(browser=f"browser {number}"))
    assert results == [None] * 8
    assert SignInCode.objects.count() == 1


def test_one_mailbox_spelt_in_many_ways_at_once_is_one_person(together):
    results = together(MANY, lambda number: open_account(f"asha+{number}@people.example", now=NOW))
    assert all(isinstance(found, Person) for found in results), results
    assert len({found.pk for found in results}) == 1
    assert Person.objects.count() == 1


def test_one_role_given_many_times_at_once_is_one_row(together, ben, agency):
    def give(_number):
        return appoint(Person.objects.get(pk=ben.pk), agency=agency, role=Role.EDITOR, by=None, now=NOW).pk

    results = together(MANY, give)
    assert len(set(results)) == 1, results
    assert Membership.objects.count() == 1
