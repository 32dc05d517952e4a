"""The newsletter's list: asked for, confirmed with a button, left with one click, and forgotten."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from accounts.services import erase_person
from foundation import clock
from foundation.errors import BadInput, NotAllowed, WrongState
from outreach import services
from outreach.models import ChannelAccount, Delivery, Reader
from outreach.services.readers import CONFIRM
from tests.outreach.conftest import NOW, approve, record_lines, word
from tests.people import address, signed_in

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def letters(agency) -> ChannelAccount:
    return ChannelAccount.objects.create(
        agency=agency, channel="email", name="water", languages=["en"], connected_at=NOW
    )


def reader(agency, mailbox: str) -> Reader:
    services.subscribe(agency, address=mailbox, language="en", now=NOW)
    row = Reader.objects.get(agency=agency, address=mailbox)
    return services.confirm(row.code, now=NOW)


def states() -> dict[str, int]:
    found = Delivery.objects.exclude(recipient_key="").values_list("state", flat=True)
    return {state: list(found).count(state) for state in found}


def test_somebody_asks_confirms_by_a_button_gets_a_letter_and_leaves_with_one_click(
    agency, letters, priya, paul, post_office
):
    browser = Client(enforce_csrf_checks=True)
    assert "/en/posts/letters/water/" in browser.get("/en/posts/").content.decode()
    assert browser.get("/en/posts/letters/water/").status_code == 200
    answer = browser.post("/en/posts/letters/water/", {"address": "Asha@People.Example"})
    assert "Look into your mailbox" in answer.content.decode()
    services.send_confirmations(clock.now())
    (asked,) = post_office.to("asha@people.example")
    link = re.search(r"http://localhost:8000(/outreach/confirm/\S+)", asked.text).group(1)
    assert browser.get(link).status_code == 200
    assert not Reader.objects.filter(confirmed_at__isnull=False).exists(), "a scanner's look confirms nothing"
    assert browser.post(link).status_code == 200

    now = clock.now()
    approve(word(agency, priya, letters), priya, paul, now=now)
    assert services.send_due(now) == 1
    letter = post_office.to("asha@people.example")[1]
    leave = re.search(r"<http://localhost:8000(/outreach/leave/[^>]+)>", letter.message["List-Unsubscribe"])
    one_click = browser.post(leave.group(1), {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    assert not Reader.objects.exists()
    assert browser.post(leave.group(1)).status_code == browser.get(leave.group(1)).status_code == 200
    assert not browser.cookies


def test_each_reader_gets_one_letter_and_the_register_one_line(agency, letters, priya, paul, post_office):
    for name in ("a", "b", "c"):
        reader(agency, f"{name}@people.example")
    post = approve(word(agency, priya, letters), priya, paul)
    assert services.send_due(NOW) == 3
    assert services.send_due(NOW) == 0
    assert [letter.recipients for letter in post_office.letters] == [
        (f"{name}@people.example",) for name in ("a", "b", "c")
    ]
    assert len({letter.message["Message-ID"] for letter in post_office.letters}) == 3
    assert len(record_lines("post_sent")) == 1
    assert Delivery.objects.filter(version__post=post).count() == 3


def test_later_and_never_are_told_apart_and_hold_up_nobody(agency, letters, priya, paul, post_office):
    for name in ("grey", "gone", "good"):
        reader(agency, f"{name}@people.example")
    post_office.answer("grey@people.example", "451 4.7.1 come again", times=1)
    post_office.answer("gone@people.example", "550 5.1.1 no such user")
    approve(word(agency, priya, letters), priya, paul)
    assert services.send_due(NOW) == 1
    assert states() == {State.PUBLISHED: 1, State.DUE: 1, State.REFUSED: 1}
    assert services.send_due(NOW + timedelta(minutes=14)) == 0
    assert services.send_due(NOW + timedelta(minutes=16)) == 1
    assert states() == {State.PUBLISHED: 2, State.REFUSED: 1}


def test_who_leaves_before_it_goes_out_gets_nothing(agency, letters, priya, paul, post_office):
    leaving = reader(agency, "a@people.example")
    approve(word(agency, priya, letters), priya, paul)
    services.leave(leaving.code)
    assert services.send_due(NOW) == 0
    assert states() == {State.CANCELLED: 1}
    assert post_office.letters == []


def test_only_who_confirmed_and_reads_the_language_gets_it(agency, letters, priya, paul, post_office):
    services.subscribe(agency, address="silent@people.example", language="en", now=NOW)
    services.subscribe(agency, address="hindi@people.example", language="hi", now=NOW)
    services.confirm(Reader.objects.get(language="hi").code, now=NOW)
    approve(word(agency, priya, letters), priya, paul)
    assert services.send_due(NOW) == 0
    assert post_office.letters == []


def test_one_mailbox_is_one_reader_however_it_is_spelt_and_nobody_is_told_who_is_on_the_list(agency):
    pages = []
    for spelt in ("asha@people.example", "ASHA+news@People.Example"):
        page = Client().post("/en/posts/letters/water/", {"address": spelt}).content.decode()
        pages.append(page)
    assert pages[0] == pages[1]
    assert Reader.objects.count() == 1


def test_an_address_that_cannot_be_one_is_said_plainly_and_kept_in_the_form(agency):
    answer = Client().post("/en/posts/letters/water/", {"address": "asha at people"})
    assert answer.status_code == 422
    assert "asha at people" in answer.content.decode()
    assert not Reader.objects.exists()


def test_a_mailbox_that_never_answers_is_forgotten_and_gets_one_letter_only(agency, post_office):
    services.subscribe(agency, address="a@people.example", language="en", now=NOW)
    for day in range(9):
        services.subscribe(agency, address="a@people.example", language="en", now=NOW)
        services.send_confirmations(NOW + timedelta(days=day))
        if not Reader.objects.exists():
            break
    assert day == 8
    assert len(post_office.letters) == 1


def test_a_confirmation_waits_while_the_mail_server_is_away(agency, settings, post_office):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    services.subscribe(agency, address="a@people.example", language="en", now=NOW)
    assert services.send_confirmations(NOW) == 0
    settings.EMAIL_PORT = port
    assert services.send_confirmations(NOW + timedelta(minutes=16)) == 1
    assert CONFIRM.startswith("outreach.")


def test_an_erased_person_leaves_every_list_and_no_address_stays_behind(
    agency, letters, asha, priya, paul, post_office, pavan
):
    reader(agency, address("asha"))
    approve(word(agency, priya, letters), priya, paul)
    services.send_due(NOW)
    erase_person(asha, by=asha, now=clock.now())
    assert not Reader.objects.exists()
    kept = [str(row.__dict__) for row in Delivery.objects.all()]
    assert address("asha") not in "".join(kept)
    assert Delivery.objects.get().state == State.PUBLISHED


@pytest.fixture
def nobody_knows(agency, letters, priya, paul, post_office):
    """A post whose letters to three readers may have arrived or not."""
    for name in ("a", "b", "c"):
        reader(agency, f"{name}@people.example")
    post = approve(word(agency, priya, letters), priya, paul)
    Delivery.objects.filter(version__post=post).exclude(recipient_key="").update(
        state=State.UNKNOWN, last_error="cut off", lease_until=None
    )
    assert states() == {State.UNKNOWN: 3}
    return post


def test_letters_of_which_nobody_knows_are_settled_in_one_act_and_told_once(
    nobody_knows, priya, mohan, post_office
):
    with pytest.raises(NotAllowed):
        services.settle_letters(nobody_knows, by=mohan, verdict="there", now=NOW)
    with pytest.raises(BadInput):
        services.settle_letters(nobody_knows, by=priya, verdict="perhaps", now=NOW)
    page = signed_in(priya).get(f"/admin/posts/{nobody_knows.pk}/").content.decode()
    assert "Of 3 letters nobody knows whether they arrived" in page
    assert "@people.example" not in page
    signed_in(priya).post(f"/admin/posts/{nobody_knows.pk}/letters/settle/", {"verdict": "there"})
    assert states() == {State.PUBLISHED: 3}
    assert len(record_lines("post_sent")) == 1
    with pytest.raises(WrongState):
        services.settle_letters(nobody_knows, by=priya, verdict="again", now=NOW)
    services.send_due(NOW + timedelta(days=1))
    assert post_office.letters == []


def test_or_all_of_them_are_sent_again_each_to_its_reader(nobody_knows, priya, post_office):
    assert services.settle_letters(nobody_knows, by=priya, verdict="again", now=NOW) == 3
    assert states() == {State.DUE: 3}
    services.send_due(NOW + timedelta(minutes=1))
    assert states() == {State.PUBLISHED: 3}
    assert sorted(letter.recipients[0][0] for letter in post_office.letters) == ["a", "b", "c"]
