"""What one wants: which letters, how often, in which language; from one's own page and from a letter."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from consultations.services import reject
from foundation.errors import BadInput, NotFound
from notifications import queries, services
from notifications.leaving import token_for, wishes_url
from notifications.models import Preference
from tests.factories.consultations import open_idea, published_comment, published_idea, released_translation
from tests.people import signed_in


def address(person):
    return reverse("notifications:wishes", args=[token_for(person.pk)])


def choose(person, **changed):
    wanted = {"groups": ["outcomes", "decisions", "replies"], "pace": "at_once", "language": ""} | changed
    return Client(enforce_csrf_checks=True).post(address(person), wanted)


def test_whoever_never_chose_gets_everything_at_once(asha):
    page = Client().get(address(asha))
    words = page.content.decode()
    assert words.count(" checked") == 4
    assert not page.cookies
    assert "csrfmiddlewaretoken" not in words
    assert "no-store" in page["Cache-Control"]
    assert 'name="way"' not in words
    assert not Preference.objects.exists()


def test_what_one_chooses_is_kept_and_shown_again(asha):
    page = choose(asha, groups=["outcomes"], pace="weekly", language="hi").content.decode()
    assert "We have noted it" in page
    kept = queries.wishes_of(asha.pk)
    assert (kept.letters_wanted, kept.unwanted, kept.pace, kept.language) == (
        True, ["decisions", "replies"], "weekly", "hi",
    )  # fmt: skip
    shown = Client().get(address(asha)).content.decode()
    assert shown.count(" checked") == 2
    assert '<option value="hi" selected>' in shown


def test_without_any_group_nothing_that_can_be_stopped_comes(asha):
    choose(asha, groups=[])
    assert not queries.wants_letters(asha.pk)
    services.want_letters(asha.pk, wanted=True, now=queries.wishes_of(asha.pk).changed_at)
    assert queries.wishes_of(asha.pk).unwanted == []


def test_ones_own_page_and_the_letters_lead_to_it(asha, ben, consultation, now):
    signed = signed_in(asha)
    assert address(asha) in signed.get(reverse("accounts:home")).content.decode()
    assert signed.get(reverse("notifications:my_wishes"))["Location"] == address(asha)
    assert "/sign-in/" in Client().get(reverse("notifications:my_wishes"))["Location"]
    reject(open_idea(consultation, asha), reason="spam", by=None, now=now)
    services.run_due(now)
    (letter,) = [letter for letter in mail.outbox if "not published" in letter.subject]
    assert wishes_url(asha.pk) in letter.body
    assert wishes_url(asha.pk) in letter.alternatives[0][0]


@pytest.mark.parametrize(
    "wrong",
    [{"groups": ["codes"]}, {"pace": "hourly"}, {"language": "xx"}, {"pace": "\x00"}, {"groups": ["' --"]}],
)
def test_what_cannot_be_chosen_is_refused_and_nothing_is_kept(asha, now, wrong):
    page = choose(asha, **wrong)
    assert page.status_code == 200
    assert "We have noted it" not in page.content.decode()
    assert not Preference.objects.exists()


def test_the_service_refuses_it_too(asha, now):
    for wrong in ({"unwanted": ["receipts"]}, {"pace": "x"}, {"language": "xx"}, {"way": "pigeon"}):
        with pytest.raises(BadInput):
            services.choose(asha.pk, **({"unwanted": [], "pace": "daily", "language": ""} | wrong), now=now)
    with pytest.raises(NotFound):
        services.choose(0, unwanted=[], pace="daily", language="", now=now)


@pytest.mark.parametrize("token", ["1", "x.y", "%00", "a" * 3000])
def test_a_made_up_address_is_not_found(asha, token):
    for method in ("get", "post"):
        assert getattr(Client(), method)(f"/en/letters/wishes/{token}/").status_code == 404


def test_a_group_that_is_not_wanted_does_not_come_and_the_others_do(consultation, asha, now):
    choose(asha, groups=["outcomes", "replies"])
    reject(open_idea(consultation, asha), reason="spam", by=None, now=now)
    ended = services.run_due(now)
    assert [letter.subject for letter in mail.outbox] == ["We have your words: Water at night"]
    assert ended["cancelled"] == 1


def test_letters_come_in_the_language_that_one_chose(consultation, asha, now):
    released_translation(consultation, "hi")
    choose(asha, language="hi")
    open_idea(consultation, asha)
    services.run_due(now)
    (letter,) = mail.outbox
    assert letter.extra_headers["Content-Language"] == "hi"
    assert "रात में पानी" in letter.subject


def test_a_reply_is_told_to_whom_it_answers_while_it_can_be_read(consultation, asha, ben, now):
    idea = published_idea(consultation, asha, "A tap at the market")
    published_comment(idea, ben, "Near the <gate>, please")
    published_comment(idea, asha, "I agree with myself")
    services.run_due(now)
    (letter,) = [letter for letter in mail.outbox if "reply" in letter.subject]
    assert letter.subject == "A reply to your idea: Water at night"
    assert "> Near the <gate>, please" in letter.body
    assert "Near the &lt;gate&gt;, please" in letter.alternatives[0][0]
    assert ben.username not in letter.body


def test_a_reply_that_is_gone_before_it_was_told_is_not_told(consultation, asha, ben, now):
    idea = published_idea(consultation, asha)
    reply = published_comment(idea, ben, "Near the gate")
    services.find_missing(now)
    type(reply).objects.filter(pk=reply.pk).update(state="removed", reason="threat")
    services.send_due(now)
    assert not [letter for letter in mail.outbox if "reply" in letter.subject]
