"""Each account says when it worked last, what is wrong and what to do; its officers hear once when it falls ill."""

from datetime import timedelta
from itertools import pairwise

import pytest

from foundation.errors import NotAllowed, OutsideError
from foundation.http import AuthExpired, RateLimited
from notifications.letters import letters
from notifications.models import Letter
from outreach import conf, services
from outreach.advice import advice
from outreach.channels.base import Standing
from outreach.models import ChannelAccount
from outreach.services import health
from tests.outreach.conftest import NOW, only
from tests.people import signed_in

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def says(network, answer):
    """From now on the network answers so when it is asked who we are."""

    def check(account):
        network.checks = getattr(network, "checks", 0) + 1
        if isinstance(answer, Exception):
            raise answer
        return answer

    network.check = check


def fresh(account):
    account.refresh_from_db()
    return account


@pytest.fixture
def told(monkeypatch):
    """The accounts of which it was announced that they fell ill."""
    heard = []
    monkeypatch.setattr(health, "announce", lambda signal, **facts: heard.append(facts["account"].pk))
    return heard


def test_an_account_that_works_is_asked_again_after_hours(network, place):
    says(network, Standing(name="water@town", url="https://town.example/water", limit=300))
    assert services.check_due(NOW) == 1
    assert services.check_due(NOW + HOUR) == 0
    assert (fresh(place).health_at, place.remote_name, place.limit) == (NOW, "water@town", 300)
    assert services.check_due(NOW + conf.CHECKED_EVERY) == 1
    assert network.checks == 2


def test_a_server_in_trouble_is_asked_less_and_less_often_and_told_of_once(network, place, told):
    says(network, OutsideError("No answer"))
    at, asked = NOW, []
    for _minute in range(24 * 60):
        before = getattr(network, "checks", 0)
        services.check_due(at)
        if network.checks > before:
            asked.append(at)
        at += timedelta(minutes=1)
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert gaps == sorted(gaps)
    assert gaps[0] == conf.CHECKED_AGAIN
    assert gaps[-1] == conf.CHECKED_EVERY
    assert told == [place.pk]
    assert fresh(place).ill_since - NOW >= conf.ILL_AFTER
    assert "No answer" in place.last_error
    assert "can be reached" in advice(place, at)


def test_one_bad_minute_is_no_illness(network, place, told):
    says(network, OutsideError("No answer"))
    services.check_due(NOW)
    assert (fresh(place).failures, place.ill_since) == (1, None)
    assert "by itself" in advice(place, NOW)
    says(network, Standing(name="water"))
    services.check_due(NOW + conf.CHECKED_AGAIN)
    assert (fresh(place).failures, place.last_error, told) == (0, "", [])


def test_a_token_that_is_refused_is_an_illness_at_once_and_a_new_one_ends_it(network, place, told, priya):
    says(network, AuthExpired("They do not know us"))
    services.check_due(NOW)
    assert (fresh(place).state, place.ill_since) == ("reconnect", NOW)
    assert "Make a new token" in advice(place, NOW)
    services.check_due(NOW + DAY)
    assert told == [place.pk]
    says(network, Standing(name="water"))
    services.reconnect(place, by=priya, token="new", now=NOW + 2 * DAY)
    assert (fresh(place).state, place.ill_since, place.token_at) == ("connected", None, NOW + 2 * DAY)
    assert advice(place, NOW + 2 * DAY) == ""


def test_a_post_that_fails_for_its_token_makes_the_account_ill_as_well(approved, network, place, told):
    network.fails(AuthExpired("They do not know us"))
    assert services.send_due(NOW) == 0
    assert (fresh(place).state, told) == ("reconnect", [place.pk])
    assert only(approved).state == "due"


def test_officers_hear_days_before_a_token_ends(network, place, told):
    says(network, Standing(name="water", expires=NOW + 30 * DAY))
    services.check_due(NOW)
    assert (fresh(place).ill_since, place.token_expires_at) == (None, NOW + 30 * DAY)
    services.check_due(NOW + 24 * DAY)
    services.check_due(NOW + 25 * DAY)
    assert (fresh(place).state, told) == ("connected", [place.pk])
    assert "ends on" in advice(place, NOW + 25 * DAY)


def test_a_network_that_asks_us_to_wait_is_not_asked(network, place):
    says(network, RateLimited(NOW + HOUR))
    services.check_due(NOW)
    assert fresh(place).paused_until == NOW + HOUR
    services.check_due(NOW + HOUR / 2)
    assert network.checks == 1
    assert "asked us to wait" in advice(place, NOW)


def test_a_channel_that_breaks_is_written_down_and_stops_no_other(network, place, agency):
    other = ChannelAccount.objects.create(agency=agency, channel="console", name="Log", connected_at=NOW)
    says(network, ZeroDivisionError("oops"))
    assert services.check_due(NOW) == 1
    assert fresh(place).failures == 1
    assert fresh(other).health_at == NOW


def test_an_account_that_is_off_is_left_alone(network, place, priya):
    services.switch_off(place, by=priya, now=NOW)
    says(network, Standing(name="water"))
    assert services.check_due(NOW) == 0
    health.broke(place, "late answer", now=NOW, for_good=True)
    assert (fresh(place).state, place.last_error) == ("off", "")


@pytest.mark.parametrize("stranger", ["esha", "mohan", "greta", "root", "asha"])
def test_strangers_ask_no_network(stranger, network, place, request):
    with pytest.raises(NotAllowed):
        services.check_now(place, by=request.getfixturevalue(stranger), now=NOW)


def test_an_officer_checks_at_the_desk_and_reads_what_to_do(network, place, priya):
    hers = signed_in(priya)
    says(network, AuthExpired("They do not know us"))
    answer = hers.post(f"/admin/posts/accounts/{place.pk}/check/", follow=True).content.decode()
    for words in ("It does not work.", "They do not know us", "Make a new token", "Does not work since"):
        assert words in answer
    says(network, Standing(name="water"))
    answer = hers.post(f"/admin/posts/accounts/{place.pk}/check/", follow=True).content.decode()
    assert "It works." in answer
    assert "Worked last" in answer
    assert "They do not know us" not in answer


def test_press_officers_get_one_letter_about_an_illness_and_none_when_it_is_over(
    network, place, priya, paul, anil, greta, django_capture_on_commit_callbacks
):
    says(network, AuthExpired("They do not know us"))
    with django_capture_on_commit_callbacks(execute=True):
        services.check_due(NOW)
    owed = list(letters["account_ill"].missing(NOW))
    assert {due.person for due in owed} == {priya.pk, paul.pk}
    assert Letter.objects.filter(occasion="account_ill").count() == 2
    letter = Letter.objects.filter(occasion="account_ill", person=priya).get()
    words = letters["account_ill"].write(letter, NOW)
    assert "Water" in words.subject
    assert any("Make a new token" in part.text for part in words.parts)
    letter.person_id = greta.pk
    assert letters["account_ill"].write(letter, NOW) is None
    letter.person_id = priya.pk
    says(network, Standing(name="water"))
    services.reconnect(place, by=priya, token="new", now=NOW)
    assert letters["account_ill"].write(letter, NOW) is None
