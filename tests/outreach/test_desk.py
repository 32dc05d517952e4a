"""The press officers' desk in the admin, by the hands of those who sit there and of those who must not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation import clock
from foundation.http import AuthExpired, Unknown
from outreach import services
from outreach.models import ChannelAccount, Delivery, KillSwitch, Post
from tests.outreach.conftest import NOW, only
from tests.people import signed_in

pytestmark = pytest.mark.django_db
DESK = "/admin/posts/"
STRANGERS = ["asha", "esha", "mohan", "lata", "kiran", "greta", "omana", "aud"]


def words(answer) -> str:
    return answer.content.decode()


def test_one_words_another_approves_and_the_author_is_refused_in_plain_words(
    agency, priya, paul, network, place
):
    hers, his = signed_in(priya), signed_in(paul)
    answer = hers.post(f"{DESK}new/", {"agency": agency.pk, "title": "The bridge"})
    post = Post.objects.get()
    assert answer.url == f"{DESK}{post.pk}/"
    version = post.versions.get(account=place)
    form = {}
    for each in post.versions.all():
        form[f"version-{each.pk}-left_out"] = "" if each == version else "on"
    form |= {
        f"version-{version.pk}-text": "The bridge stays open.",
        f"version-{version.pk}-title": "The bridge",
    }
    assert hers.post(f"{DESK}{post.pk}/", form).status_code == 302
    page = words(hers.get(f"{DESK}{post.pk}/"))
    assert "The bridge stays open." in page
    assert "22 of 200 (letters)" in page

    hers.post(f"{DESK}{post.pk}/submit/", {"go_at": ""})
    post.refresh_from_db()
    read = {"read": post.submitted_sha256}
    refused = hers.post(f"{DESK}{post.pk}/approve/", read, follow=True)
    assert "You sent this for approval yourself. Somebody else has to approve it." in words(refused)
    post.refresh_from_db()
    assert post.state == Post.State.WAITING
    his.post(f"{DESK}{post.pk}/approve/", read)
    post.refresh_from_db()
    assert post.state == Post.State.APPROVED
    assert services.send_due(clock.now()) == 1
    assert "https://scripted.example/r1" in words(his.get(f"{DESK}{post.pk}/"))


def test_words_over_the_limit_are_shown_with_the_figure_and_cannot_be_sent_for_approval(worded, priya, place):
    hers = signed_in(priya)
    version = worded.versions.get(account=place)
    services.edit(version, by=priya, title="", text="a" * 230, now=NOW)
    assert "Too long by 30 of 200 characters." in words(hers.get(f"{DESK}{worded.pk}/"))
    answer = hers.post(f"{DESK}{worded.pk}/submit/", follow=True)
    assert "Too long by 30 of 200 characters." in words(answer)
    worded.refresh_from_db()
    assert worded.state == Post.State.DRAFT


@pytest.mark.parametrize("verdict", ["there", "again"])
def test_an_unknown_one_waits_with_two_buttons(approved, network, paul, verdict):
    network.loses_answer(Unknown("No answer"))
    services.send_due(NOW)
    network.lookups = [AuthExpired("Who?")]
    services.sweep(NOW + timedelta(seconds=31))
    his = signed_in(paul)
    page = words(his.get(f"{DESK}{approved.pk}/"))
    assert "It is there" in page
    assert "Send again" in page
    assert "<strong>1</strong>" in words(his.get(DESK))
    his.post(f"{DESK}deliveries/{only(approved).pk}/settle/", {"verdict": verdict})
    states = {"there": Delivery.State.PUBLISHED, "again": Delivery.State.DUE}
    assert only(approved).state == states[verdict]


def test_a_token_is_entered_once_and_never_shown(agency, priya, network):
    hers = signed_in(priya)
    form = {
        "agency": agency.pk,
        "channel": "scripted",
        "name": "Water",
        "token": "canary-token",
        "languages": ["en"],
    }
    assert hers.post(f"{DESK}accounts/", form).status_code == 302
    account = ChannelAccount.objects.get(channel="scripted")
    assert "canary-token" not in words(hers.get(f"{DESK}accounts/"))
    twice = hers.post(f"{DESK}accounts/", form)
    assert "There is an account of this name already." in words(twice)
    assert "canary-token" not in words(twice)
    ChannelAccount.objects.update(state="reconnect")
    hers.post(f"{DESK}accounts/{account.pk}/reconnect/", {"token": "another"})
    account.refresh_from_db()
    assert account.state == "connected"
    hers.post(f"{DESK}accounts/{account.pk}/off/")
    account.refresh_from_db()
    assert account.state == "off"


def test_one_stops_and_two_start_at_the_desk(approved, network, place, priya, paul):
    hers, his = signed_in(priya), signed_in(paul)
    hers.post(f"{DESK}switch/", {"what": f"account:{place.pk}", "reason": "wrong figure"})
    stop = KillSwitch.objects.get()
    assert "wrong figure" in words(his.get(DESK))
    assert "Narrow this list" in words(his.get(DESK))
    assert services.send_due(NOW) == 0
    for browser, text in ((hers, "Ask to start it again"), (his, "Agree: start it again")):
        assert text in words(browser.get(f"{DESK}switch/"))
        browser.post(f"{DESK}switch/{stop.pk}/start/")
    assert services.send_due(NOW + timedelta(minutes=2)) == 1


def test_a_published_post_is_taken_back_and_the_rest_cancelled(approved, network, paul):
    services.send_due(NOW)
    his = signed_in(paul)
    his.post(f"{DESK}deliveries/{only(approved).pk}/withdraw/", {"reason": "mistake"})
    assert only(approved).state == Delivery.State.WITHDRAWN
    his.post(f"{DESK}{approved.pk}/cancel/")
    approved.refresh_from_db()
    assert approved.state == Post.State.CANCELLED
    assert his.get(f"{DESK}{approved.pk}/").status_code == 200


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_else_gets_to_the_desk(stranger, approved, place, dev, request):
    browser = signed_in(request.getfixturevalue(stranger))
    delivery = only(approved)
    stop = services.stop(by=dev, account=place, reason="drill", now=NOW)
    reads = ["", "new/", f"{approved.pk}/", "accounts/", "switch/"]
    acts = [
        *(f"{approved.pk}/{act}/" for act in ("submit", "take-back", "approve", "cancel")),
        f"deliveries/{delivery.pk}/settle/", f"deliveries/{delivery.pk}/withdraw/",
        f"accounts/{place.pk}/check/",
        f"accounts/{place.pk}/reconnect/", f"accounts/{place.pk}/off/", f"switch/{stop.pk}/start/",
    ]  # fmt: skip
    for address in reads:
        answer = browser.get(f"{DESK}{address}")
        assert answer.status_code in (302, 403, 404), address
        assert "The bridge" not in words(answer)
    for address in acts:
        assert browser.post(f"{DESK}{address}").status_code in (302, 403, 404), address
    approved.refresh_from_db()
    delivery.refresh_from_db()
    stop.refresh_from_db()
    assert (approved.state, delivery.state, stop.first_starter) == ("approved", "approved", None)


def test_the_list_of_posts_costs_the_same_however_long_it_is(approved, priya, agency):
    hers = signed_in(priya)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "The bridge" in words(hers.get(DESK))
        return len(asked)

    cost()
    few = cost()
    for number in range(12):
        services.draft(agency, by=priya, title=f"Post {number}", now=NOW)
    assert "Post 11" in words(hers.get(DESK))
    assert cost() == few
