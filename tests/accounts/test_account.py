"""One's own page, signing out, and leaving for good."""

import pytest
from django.contrib.sessions.models import Session

from accounts.models import ContactPoint, Person, SignInCode
from accounts.services import appoint, ask_for_code, erase_person
from accounts.signals import person_erased
from foundation.errors import NotAllowed, WrongState
from tests.people import NOW, PASSWORD, Role, address, signed_in

pytestmark = pytest.mark.django_db

HOME, ERASE, SIGN_OUT = "/en/account/", "/en/account/erase/", "/en/account/sign-out/"


@pytest.fixture
def hears():
    """Who heard that a person is erased, with what was still there to be asked."""
    heard = []

    def keep(sender, person, now, **_more):
        heard.append((person.pk, now, list(person.contact_points.values_list("address", flat=True))))

    person_erased.connect(keep, weak=False)
    yield heard
    person_erased.disconnect(keep)


def test_ones_own_page_is_for_who_is_signed_in(client, asha, esha):
    for path in (HOME, ERASE):
        assert client.get(path).url == f"/en/account/sign-in/?next={path}"
    page = signed_in(asha).get(HOME).content.decode()
    assert "asha@people.example" in page
    assert "esha@" not in page
    assert "desk" not in page
    official = signed_in(esha).get(HOME).content.decode()
    assert "Editor for Nadipur Water Board" in official
    assert 'href="/admin/"' in official


def test_signing_out_is_a_post_and_ends_this_session_alone(asha):
    here, there = signed_in(asha), signed_in(asha)
    assert here.get(SIGN_OUT).status_code == 405
    assert here.get(HOME).status_code == 200
    assert here.post(SIGN_OUT).status_code == 302
    assert here.get(HOME).status_code == 302
    assert there.get(HOME).status_code == 200


def test_signing_out_everywhere_ends_all_of_ones_own_sessions(asha, ben):
    here, there, his = signed_in(asha), signed_in(asha), signed_in(ben)
    here.post(SIGN_OUT, {"everywhere": "1"})
    assert there.get(HOME).status_code == 302
    assert his.get(HOME).status_code == 200


def test_erasing_asks_again_on_its_own_page_and_needs_the_tick(asha):
    browser = signed_in(asha)
    assert browser.get(ERASE, {"sure": "on"}).status_code == 200
    page = browser.post(ERASE, {})
    assert page.status_code == 200
    assert "tick the box" in page.content.decode()
    asha.refresh_from_db()
    assert asha.erased_at is None


def test_a_citizen_erases_herself_and_nothing_of_her_is_left(asha, ben, hears):
    asha.first_name, asha.language = "Asha", "hi"
    asha.save()
    ask_for_code("asha+x@people.example", browser="b", network="", language="en", now=NOW)
    browser, other = signed_in(asha), signed_in(asha)
    before = asha.username
    answer = browser.post(ERASE, {"sure": "on"})
    assert "erased" in browser.get(answer.url).content.decode()
    assert hears[0][0] == asha.pk
    assert hears[0][2] == [address("asha")]
    asha.refresh_from_db()
    assert (asha.first_name, asha.last_name, asha.email, asha.language) == ("", "", "", "")
    assert asha.username != before
    assert not asha.has_usable_password()
    assert not asha.is_active
    assert asha.erased_at is not None
    assert not SignInCode.objects.exists()
    assert list(ContactPoint.objects.values_list("address", flat=True)) == [address("ben")]
    assert not Session.objects.exists()
    for old in (browser, other):
        assert old.get(HOME).status_code == 302


def test_an_erased_officials_roles_stay_with_their_end_and_the_desk_is_closed(anil, pavan, agency):
    appoint(anil, agency=agency, role=Role.EDITOR, by=None, now=NOW)
    erase_person(anil, by=pavan, now=NOW)
    assert anil.memberships.count() == 2
    assert not anil.memberships.filter(until__isnull=True).exists()
    assert not anil.groups.exists()
    assert not signed_in(None).login(username="anil", password=PASSWORD)
    assert "Anil" not in str(Person.objects.filter(pk=anil.pk).values())


def test_only_oneself_or_a_platform_administrator_erases(asha, ben, pavan, anil, omana, root):
    for somebody in (ben, anil, omana, root):
        with pytest.raises(NotAllowed):
            erase_person(asha, by=somebody, now=NOW)
    asha.refresh_from_db()
    assert asha.erased_at is None
    erase_person(asha, by=pavan, now=NOW)
    erase_person(ben, by=ben, now=NOW)
    assert asha.erased_at == ben.erased_at == NOW


def test_nobody_is_erased_twice(asha):
    erase_person(asha, by=asha, now=NOW)
    with pytest.raises(WrongState):
        erase_person(asha, by=None, now=NOW)


def test_a_room_that_cannot_clean_stops_the_whole(asha):
    def cannot(sender, **_more):
        raise RuntimeError("this room cannot clean")

    person_erased.connect(cannot, weak=False)
    try:
        with pytest.raises(RuntimeError):
            erase_person(asha, by=asha, now=NOW)
    finally:
        person_erased.disconnect(cannot)
    asha.refresh_from_db()
    assert asha.erased_at is None
    assert asha.is_active
    assert asha.contact_points.exists()
