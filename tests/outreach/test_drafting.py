"""What happens in the hall becomes a draft for each account and language, once; nothing in it is invented."""

from datetime import timedelta

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from consultations.models import Consultation
from consultations.services import ask_withdrawal, confirm_withdrawal
from foundation import clock
from foundation.errors import NotAllowed
from outreach import services, words
from outreach.channels import channels
from outreach.models import ChannelAccount, Post
from outreach.words import sha256_of_version
from tests.factories.consultations import close, released_consultation, released_outcome, released_translation
from tests.outreach.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def water(agency, commit):
    with commit():
        row = released_consultation(title="Water at night", summary="When should water come to the taps?")
    return row


def account(agency, channel: str, *languages: str, **more) -> ChannelAccount:
    return ChannelAccount.objects.create(
        agency=agency, channel=channel, name=channel, languages=list(languages), connected_at=NOW, **more
    )


def test_a_released_consultation_is_drafted_once_whoever_asks(water, priya):
    post = Post.objects.get()
    assert (post.consultation, post.outcome, post.created_by) == (water, None, None)
    assert post.title == "Water at night"
    assert services.prepare(water, by=priya, now=NOW).pk == post.pk
    assert services.prepare_missed(NOW) == 0
    assert Post.objects.count() == 1


def test_the_draft_holds_approved_words_the_day_and_the_link_in_each_language_that_is_there(
    agency, priya, network
):
    account(agency, "scripted", "en", "hi", "ar")
    row = released_consultation(title="Water at night", summary="When should water come?")
    released_translation(row, "hi")
    post = services.prepare(row, by=priya, now=NOW)
    versions = {version.language: version for version in post.versions.filter(account__channel="scripted")}
    assert set(versions) == {"en", "hi"}
    english = versions["en"]
    assert english.text.startswith("Water at night\n\nWhen should water come?")
    assert str(row.closes_at.year) in english.text
    assert english.link == f"http://localhost:8000{row.page.url}"
    assert "नल का पानी" in versions["hi"].text
    assert versions["hi"].link != english.link


def test_the_draft_fits_its_network_and_titles_stand_where_they_belong(agency, priya):
    social = account(agency, "mastodon", "en", limit=150)
    letters = account(agency, "email", "en")
    row = released_consultation(title="Water at night", summary="When should water come? " * 12)
    post = services.prepare(row, by=priya, now=NOW)
    short, letter = post.versions.get(account=social), post.versions.get(account=letters)
    assert channels()["mastodon"].validate(words.parts_of(short), limit=150) == []
    assert short.text.startswith("Water at night\n\n")
    assert short.text.endswith("…")
    assert letter.title == "Water at night"
    assert not letter.text.startswith("Water at night")


def test_a_released_outcome_is_drafted_from_what_two_people_released(water, agency, network, commit):
    account(agency, "email", "en")
    with commit():
        outcome = released_outcome(close(water), said="Most of you need water after ten.")
    post = Post.objects.get(outcome=outcome)
    letter = post.versions.get(account__channel="email")
    assert "You said: Most of you need water after ten." in letter.text
    assert "From May the pumps run all night." in letter.text
    assert "<p>" not in letter.text


def test_the_clock_drafts_what_a_lost_announcement_left_behind(agency):
    row = released_consultation()
    assert not Post.objects.exists()
    now = row.registered_at
    assert services.run_due(now)["drafted"] == 1
    assert services.run_due(now)["drafted"] == 0
    assert Post.objects.get().consultation == row


def test_an_account_that_comes_later_is_worded_as_long_as_it_is_a_draft(water, agency, priya, paul, network):
    post = services.prepare(water, by=priya, now=NOW)
    account(agency, "scripted", "en")
    services.prepare(water, by=priya, now=NOW)
    assert post.versions.filter(account__channel="scripted").count() == 1
    services.submit_for_approval(post, by=priya, now=NOW)
    account(agency, "console", "en")
    services.prepare(water, by=priya, now=NOW)
    assert not post.versions.filter(account__channel="console").exists()


def test_words_that_an_officer_changed_are_not_written_over(water, priya):
    post = services.prepare(water, by=priya, now=NOW)
    version = post.versions.filter(language="en").first()
    services.edit(version, by=priya, title="Ours", text="Ours", now=NOW)
    services.prepare(water, by=priya, now=NOW)
    version.refresh_from_db()
    assert version.text == "Ours"


def test_every_agency_speaks_in_the_feed_without_anybody_connecting_it(water, agency):
    feed = ChannelAccount.objects.get(agency=agency, channel="feed")
    assert Post.objects.get().versions.filter(account=feed, language="en").exists()


def test_only_press_officers_ask_for_a_draft(water, esha, asha, greta):
    for who in (esha, asha, greta):
        with pytest.raises(NotAllowed):
            services.prepare(water, by=who, now=NOW)


def test_the_preview_shows_the_true_count_the_limit_and_the_problems(water, agency, priya):
    social = account(agency, "mastodon", "en", limit=60)
    post = services.prepare(water, by=priya, now=NOW)
    version = post.versions.get(account=social)
    text = "a" * 30
    services.edit(
        version, by=priya, title="", text=text, link="http://agency.example.org/" + "b" * 80, now=NOW
    )
    (shown,) = [shown for shown in services.preview(post) if shown.version.account == social]
    assert shown.counts == (30 + 2 + 23,)
    assert (shown.limit, shown.stops) == (60, False)
    services.edit(version, by=priya, title="", text="a" * 36, link=version.link, now=NOW)
    (shown,) = [shown for shown in services.preview(post) if shown.version.account == social]
    assert shown.stops is False or shown.counts[0] > 60


def test_nobody_is_invited_to_what_is_closed_already(agency, commit):
    with commit():
        row = released_consultation(opens=timedelta(days=-9), closes=timedelta(days=-1))
    assert services.prepare_missed(row.registered_at) == 0
    assert not Post.objects.exists()


def moved(row, *, opens: int, closes: int, due: int = 60):
    """The same consultation, as many days from now."""
    now = clock.now()
    dates = {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}
    Consultation.objects.filter(pk=row.pk).update(**dates, answer_due_on=clock.day(now + timedelta(days=due)))
    row.refresh_from_db()
    return row


def text_of(post) -> str:
    return post.versions.get(account__channel="feed", language="en").text


def day(moment) -> str:
    return date_format(localtime(moment) if hasattr(moment, "hour") else moment, "DATE_FORMAT")


@pytest.mark.parametrize(
    ("opens", "closes", "due", "words"),
    [
        (3, 20, 60, "You can answer from {opens} until {closes}."),
        (-3, 20, 60, "You can answer until {closes}."),
        (-20, 2, 60, "It closes soon: you can answer until {closes}."),
        (-20, -2, 60, "It closed on {closes}. The answer is promised by {due}."),
        (-90, -60, -9, "It closed on {closes}. The answer was promised by {due} and is late."),
    ],
)
def test_the_draft_says_what_is_true_at_its_moment(agency, priya, opens, closes, due, words):
    row = moved(released_consultation(), opens=opens, closes=closes, due=due)
    facts = {"opens": day(row.opens_at), "closes": day(row.closes_at), "due": day(row.answer_due_on)}
    text = text_of(services.prepare(row, by=priya, now=clock.now()))
    assert text.endswith(words.format(**facts))
    assert ("can answer" in text) == (closes > 0)


def test_a_draft_that_nobody_touched_keeps_up_with_time(agency, priya, paul):
    row = moved(released_consultation(), opens=3, closes=20)
    post = services.prepare(row, by=None, now=clock.now())
    assert "can answer from" in text_of(post)
    for opens, closes, said in [
        (-1, 19, "can answer until"),
        (-18, 2, "closes soon"),
        (-20, -1, "It closed on"),
    ]:
        moved(row, opens=opens, closes=closes)
        assert services.run_due(clock.now())["reworded"] == 1
        assert services.run_due(clock.now())["reworded"] == 0
        assert said in text_of(post)
    released_outcome(row)
    assert services.run_due(clock.now())["reworded"] == 1
    assert text_of(post).endswith("and the answer is there.")
    version = post.versions.get(account__channel="feed", language="en")
    assert version.sha256 == sha256_of_version(version)


def test_a_draft_of_what_was_withdrawn_invites_nobody(agency, esha, anil):
    row = released_consultation()
    post = services.prepare(row, by=None, now=clock.now())
    ask_withdrawal(row, reason="law_changed", by=esha)
    confirm_withdrawal(row, by=anil, read="law_changed", now=clock.now())
    services.run_due(clock.now())
    assert "can answer" not in text_of(post) and "withdrawn" in text_of(post)


def test_what_an_officer_worded_or_sent_for_approval_is_not_overtaken(agency, priya):
    worded, sent = released_consultation(), released_consultation()
    of_worded = services.prepare(worded, by=priya, now=clock.now())
    version = of_worded.versions.get(account__channel="feed", language="en")
    services.edit(version, by=priya, title="Ours", text="Ours", now=clock.now())
    of_sent = services.prepare(sent, by=priya, now=clock.now())
    services.submit_for_approval(of_sent, by=priya, now=clock.now())
    before = text_of(of_sent)
    for row in (worded, sent):
        moved(row, opens=-20, closes=-1)
    assert services.run_due(clock.now())["reworded"] == 0
    assert services.prepare(worded, by=priya, now=clock.now()) == of_worded
    assert (text_of(of_worded), text_of(of_sent)) == ("Ours", before)
