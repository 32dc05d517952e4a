"""One mailbox is one row, however it is spelt; what cannot be written to is said plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import ContactPoint
from accounts.services import open_account
from accounts.services.people import find_contact_point
from accounts.verification.base import methods
from foundation.errors import BadInput
from tests.people import NOW

email = methods["email"]
FIFTEEN = [
    "asha.rao@gmail.com",
    "asharao@gmail.com",
    "AshaRao@Gmail.com",
    "ASHA.RAO@GMAIL.COM",
    "a.s.h.a.r.a.o@gmail.com",
    "asha.rao+news@gmail.com",
    "asharao+a+b@gmail.com",
    "asha.rao@googlemail.com",
    "AshaRao+x@GoogleMail.com",
    "  asha.rao@gmail.com  ",
    "asha.rao@gmail.com.",
    "\u202aasha.rao\u200b@gmail.com\u202c",
    "ａｓｈａ.ｒａｏ@gmail.com",
    "asha.rao＠gmail.com",
    "asha.rao@ｇｍａｉｌ.com",
]


@pytest.mark.django_db
def test_one_mailbox_in_fifteen_spellings_is_one_row():
    assert len(set(FIFTEEN)) == 15
    assert len({open_account(spelling, now=NOW).pk for spelling in FIFTEEN}) == 1
    assert ContactPoint.objects.count() == 1


@pytest.mark.django_db
def test_mailboxes_that_differ_stay_apart():
    apart = ["asha.rao@people.example", "asharao@people.example", "asharao@gmail.com", "asha@gmail.com"]
    assert len({open_account(spelling, now=NOW).pk for spelling in apart}) == 4


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("asha@münchen.example", "asha@xn--mnchen-3ya.example"),
        ("asha@MÜNCHEN.example", "asha@xn--mnchen-3ya.example"),
        ("asha@xn--mnchen-3ya.example", "asha@xn--mnchen-3ya.example"),
        ("asha@उदाहरण.example", "asha@xn--p1b6ci4b4b3a.example"),
        ("Asha+tag@People.Example", "asha@people.example"),
    ],
)
def test_domains_of_every_script_have_one_spelling(typed, plain):
    assert email.canonical(typed) == plain


@pytest.mark.parametrize(
    "typed",
    ["", "asha", "asha@", "asha rao@people.example", "@people.example", "asha@people", "a b@c@", '"asha"@people.example',
     "asha@people..example", "asha@-.example", "x" * 260 + "@people.example", "आशा@people.example",
     "asha@people.example\r\nBcc: ben", "asha@" + "a" * 300 + ".example"],
)  # fmt: skip
def test_what_cannot_be_written_to_is_refused_in_plain_words(typed):
    with pytest.raises(BadInput) as refusal:
        email.deliverable(typed)
    assert "e-mail address" in str(refusal.value) or "this address" in str(refusal.value)


@given(st.emails())
def test_the_plainest_spelling_of_the_plainest_spelling_is_itself(typed):
    try:
        plain = email.canonical(typed)
    except BadInput:
        return
    assert email.canonical(plain) == plain
    assert email.canonical(typed.upper()) == plain


@pytest.mark.django_db
def test_a_new_secret_key_loses_nobody_while_the_former_one_is_named(asha, settings):
    key = asha.contact_points.get().address_key
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " + "y" * 40
    assert find_contact_point("asha@people.example").person == asha
    assert asha.contact_points.get().address_key != key
    settings.SECRET_KEY_FALLBACKS = []
    assert find_contact_point("asha@people.example").person == asha


def test_every_method_declares_its_key_and_is_steady():
    assert "email" in methods
    for key, method in methods.items():
        assert method.key == key
        with pytest.raises(BadInput):
            method.deliverable("")
