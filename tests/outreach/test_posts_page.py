"""What we posted, and where: everything that went out, its approval by role, what came back, what was taken back."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Membership
from foundation.errors import BadInput
from outreach import services, told
from outreach.channels.base import Receipt
from outreach.models import ChannelAccount, Delivery, Heard, Reader
from tests.factories.consultations import open_response, released_consultation
from tests.outreach.conftest import NOW, approve, only, record_lines, word

pytestmark = pytest.mark.django_db


def page(path: str = "/en/posts/") -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def rows(**how):
    return told.told(told.told_versions(**how))


@pytest.fixture
def sent(approved, network):
    assert services.send_due(NOW) == 1
    return only(approved)


def test_a_post_stands_there_with_words_channel_address_time_and_roles(sent, priya, paul):
    said = page()
    for words in (
        "The bridge stays open.",
        "https://scripted.example/r1",
        "Scripted",
        "2 March 2026",
        "Sent for approval by: Press officer. Approved by: Press officer",
        "No reply was heard.",
    ):
        assert words in said, words
    for name in ("Priya", "Paul", priya.username, paul.username):
        assert name not in said


def test_what_waits_or_was_refused_is_not_there(worded, priya, paul, network):
    assert "The bridge stays open." not in page()
    approve(worded, priya, paul)
    assert "The bridge stays open." not in page()


def test_the_role_is_the_one_that_was_held_when_it_was_approved(sent, paul, agency):
    later = NOW + timedelta(days=1)
    Membership.objects.filter(person=paul).update(until=later)
    assert rows()[0].approved_as == "press_officer"
    Membership.objects.filter(person=paul).update(until=NOW - timedelta(hours=1))
    assert rows()[0].approved_as == ""
    assert "Approved by a second person on 2 March 2026." in page()


def test_what_was_taken_back_says_why_and_leads_nowhere(sent, paul):
    with pytest.raises(BadInput, match="Say why"):
        services.withdraw(sent, by=paul, reason="because", now=NOW)
    services.withdraw(sent, by=paul, reason="mistake", now=NOW)
    said = page()
    assert "Taken back on 2 March 2026. Why: It held a mistake." in said
    assert "https://scripted.example/r1" not in said
    assert "The bridge stays open." in said
    assert record_lines("post_withdrawn")[0]["body"]["reason"] == "mistake"


def test_replies_are_counted_without_who_said_what(sent, asha):
    asked = released_consultation()
    for number in (1, 2):
        came = open_response(asked, asha, texts={0: f"Nonsense {number}"}, form=f"heard:{number}")
        Heard.objects.create(
            delivery=sent, account=sent.account, contribution=came.response.contributions.get(),
            external_id=f"{number}", remote_id=f"{number}", said_at=NOW, seen_at=NOW, checked_at=NOW,
        )  # fmt: skip
    said = page()
    assert "2 replies were heard." in said
    assert "Nonsense" not in said


def test_one_agency_and_one_channel(sent, agency, other_agency, priya, paul, network):
    assert "The bridge stays open." in page(f"/en/posts/of/{agency.slug}/")
    assert "The bridge stays open." not in page(f"/en/posts/of/{other_agency.slug}/")
    assert "The bridge stays open." in page(f"/en/posts/?agency={agency.slug}&channel=scripted")
    feed = ChannelAccount.objects.get(agency=agency, channel="feed")
    approve(word(agency, priya, feed, text="In the feed alone."), priya, paul)
    services.send_due(NOW + timedelta(minutes=2))
    assert "In the feed alone." not in page()
    assert "In the feed alone." in page("/en/posts/?channel=feed")
    assert "The bridge stays open." not in page("/en/posts/?channel=feed")
    assert Client().get("/en/posts/of/nobody/").status_code == 404


def test_a_newsletter_stands_there_once_and_no_reader_does(agency, priya, paul, settings):
    list_ = ChannelAccount.objects.create(
        agency=agency, channel="email", name="News", languages=["en"], connected_at=NOW
    )
    for number in range(3):
        Reader.objects.create(
            agency=agency, address=f"reader{number}@mail.example", address_key=str(number), language="en",
            asked_at=NOW, confirmed_at=NOW,
        )  # fmt: skip
    post = approve(word(agency, priya, list_, text="Dear reader, it stays open."), priya, paul)
    assert services.send_due(NOW) == 3
    assert Delivery.objects.filter(version__post=post).count() == 3
    said = page()
    assert said.count("Dear reader, it stays open.") == 1
    assert "@mail.example" not in said
    assert rows()[0].approved_as == "press_officer"


def test_the_line_in_the_register_says_where_it_stands(sent):
    assert record_lines("post_sent")[0]["body"]["address"] == "https://scripted.example/r1"


def test_an_address_that_could_hold_words_stays_out_of_the_register(approved, network):
    network.publish = lambda part, attempt: Receipt(remote_id="r9", url="https://scripted.example/r?who=asha")
    assert services.send_due(NOW) == 1
    assert "address" not in record_lines("post_sent")[0]["body"]


def test_the_list_costs_the_same_however_long_it_is(
    sent, agency, priya, paul, place, django_assert_max_num_queries
):
    def cost() -> int:
        with django_assert_max_num_queries(40) as asked:
            page()
        return len(asked)

    cost()
    few = cost()
    for number in range(8):
        approve(word(agency, priya, place, text=f"Number {number}"), priya, paul)
    services.send_due(NOW + timedelta(minutes=1))
    assert "Number 7" in page()
    assert cost() == few
