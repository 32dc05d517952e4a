"""A letter goes to each who can approve a post, once for each time that it is sent for approval."""

import pytest

from foundation import clock
from notifications.letters import letters
from notifications.models import Letter
from notifications.services import find_missing
from outreach import services
from outreach.models import ChannelAccount
from tests.people import make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(priya):
    agency, now = make_agency(), clock.now()
    ChannelAccount.objects.create(
        agency=agency, channel="console", name="Log", languages=["en"], connected_at=now
    )
    post = services.draft(agency, by=priya, title="The bridge", now=now)
    worded(post, priya, "It stays open.")
    return post


def worded(post, by, text):
    for version in post.versions.all():
        services.edit(version, by=by, title="The bridge", text=text, now=clock.now())


def sent_to():
    return sorted(Letter.objects.filter(occasion="post_waits").values_list("person__username", flat=True))


def test_it_goes_to_whoever_may_approve_and_did_not_write(
    post, priya, paul, anil, esha, dev, greta, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.submit_for_approval(post, by=priya, now=clock.now())
    assert sent_to() == ["anil", "paul"]
    letter = Letter.objects.get(person=paul)
    words = letters["post_waits"].write(letter, clock.now())
    assert words.subject == "A post waits for you: The bridge"
    assert any(f"/admin/posts/{post.pk}/" in part.url for part in words.parts)
    assert "It stays open." not in str(words)


def test_a_lost_nudge_is_found_and_no_letter_comes_twice(post, priya, paul):
    services.submit_for_approval(post, by=priya, now=clock.now())
    assert find_missing(clock.now(), "post_waits") == 1
    assert find_missing(clock.now(), "post_waits") == 0
    services.take_back(post, by=priya, now=clock.now())
    services.submit_for_approval(post, by=priya, now=clock.now())
    assert len(sent_to()) == 1


def test_other_words_are_another_approval_and_whoever_mended_them_is_not_asked(post, priya, paul, anil):
    services.submit_for_approval(post, by=priya, now=clock.now())
    find_missing(clock.now(), "post_waits")
    worded(post, paul, "It stays open, for now.")
    services.submit_for_approval(post, by=priya, now=clock.now())
    find_missing(clock.now(), "post_waits")
    assert sent_to() == ["anil", "anil", "paul"]


def test_what_no_longer_waits_is_not_said(post, priya, paul, anil):
    services.submit_for_approval(post, by=priya, now=clock.now())
    find_missing(clock.now(), "post_waits")
    letter = Letter.objects.get(person=anil)
    post.refresh_from_db()
    services.approve(post, by=paul, read=post.submitted_sha256, now=clock.now())
    assert letters["post_waits"].write(letter, clock.now()) is None
