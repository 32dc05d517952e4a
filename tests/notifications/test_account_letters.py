"""Letters about an official's own account: a role was given, a second factor was changed."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import transaction

from accounts.roles import Role
from accounts.services import appoint, dismiss, forget_factors
from accounts.services.factors import add_app, code_of, fresh_secret, remove_factor, renew_codes
from notifications import services
from notifications.letters.factor_changed import SAID
from notifications.models import Letter
from tests.people import address


def with_app(person, now):
    secret = fresh_secret()
    return add_app(person, secret=secret, typed=code_of(secret, now), now=now)


def test_whoever_is_appointed_reads_which_role_who_takes_it_back_and_what_it_needs(
    agency, ben, esha, pavan, now, commit
):
    with commit():
        appoint(ben, agency=agency, role=Role.CLERK, by=pavan, now=now)
        appoint(ben, agency=agency, role=Role.CLERK, by=pavan, now=now)
    (letter,) = mail.outbox
    assert letter.to == [address("ben")] and letter.subject == f"You have a role: Clerk, {agency.name}"
    for words in (
        "can take them back",
        "second factor",
        "/account/sign-in/desk/",
        "cannot take part as a citizen",
    ):
        assert words in letter.body
    assert "Pavan" not in letter.body
    assert services.find_missing(now, "appointed") == 0


def test_a_lost_nudge_is_found_and_a_role_taken_back_meanwhile_is_not_told(agency, ben, asha, now):
    appoint(ben, agency=None, role=Role.AUDITOR, by=None, now=now)
    role = appoint(asha, agency=agency, role=Role.CLERK, by=None, now=now)
    assert services.find_missing(now, "appointed") == 2
    dismiss(role, by=None, now=now)
    services.send_due(now)
    (letter,) = mail.outbox
    assert letter.subject == "You have a role at the centre: Auditor"
    assert "citizen" not in letter.body


def test_each_change_of_a_second_factor_is_told_once_to_its_owner(esha, now, commit):
    with commit():
        added = with_app(esha, now)
    with commit():
        renew_codes(esha, now=now)
    another = Authenticator.objects.create(user=esha, type="webauthn", data={"name": "Key"})
    with commit():
        remove_factor(esha, added.pk, keep="", now=now)
    with commit():
        forget_factors(esha, by=None, now=now)
        assert forget_factors(esha, by=None, now=now) == 0
    assert {tuple(letter.to) for letter in mail.outbox} == {(address("esha"),)}
    told = [
        "An authenticator app was added",
        "New recovery codes",
        "app of your account was removed",
        "by the operator",
    ]
    for words, letter in zip(told, mail.outbox, strict=True):
        assert (
            words in letter.body and "If it was not" in letter.body and "/second-factor/mine/" in letter.body
        )
    assert not Authenticator.objects.filter(pk=another.pk).exists()


def test_the_letter_stands_or_falls_with_the_change(esha, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        with_app(esha, now)
        assert Letter.objects.filter(occasion="factor_changed").exists()
        raise RuntimeError
    assert not Letter.objects.exists() and not Authenticator.objects.exists()


def test_there_are_words_for_every_change():
    changes = {f"{what} {kind}" for what in ("added", "removed") for kind in ("totp", "webauthn")}
    assert set(SAID) == changes | {"forgotten ", "renewed recovery_codes"}
