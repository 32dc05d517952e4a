"""A token is given once, sealed at rest, and shows nowhere."""

import io
import logging

import pytest
from django.core import serializers
from django.core.management import call_command

from foundation.errors import BadInput, NotAllowed, OutsideError, WrongState
from foundation.http import AuthExpired
from outreach import services, tokens
from outreach.models import ChannelAccount
from outreach.services import calls
from tests.outreach.conftest import NOW

pytestmark = pytest.mark.django_db
TOKEN = "canary-token-5f2c"


def connect(agency, by, **more):
    how = {"channel": "scripted", "name": "Water", "token": TOKEN, "languages": ["en"], "now": NOW} | more
    return services.connect(agency, by=by, **how)


def test_a_token_is_sealed_in_the_row_and_opened_only_for_a_call(agency, priya, network):
    account = connect(agency, priya)
    account.refresh_from_db()
    assert TOKEN not in serializers.serialize("json", [account])
    assert calls.account_of(account).token == TOKEN
    assert TOKEN not in repr(calls.account_of(account))


def test_a_token_shows_in_no_log_and_no_error(agency, priya, network, caplog):
    network.check = lambda account: (_ for _ in ()).throw(AuthExpired("They do not know us"))
    with caplog.at_level(logging.DEBUG), pytest.raises(AuthExpired) as error:
        connect(agency, priya)
    assert TOKEN not in caplog.text + str(error.value)
    assert not ChannelAccount.objects.filter(channel="scripted").exists()


def test_keys_are_changed_one_after_the_other_and_no_token_is_lost(agency, priya, network, settings):
    settings.TOKEN_KEYS = ["old"]
    account = connect(agency, priya)
    settings.TOKEN_KEYS = ["new", "old"]
    assert tokens.unseal(account.sealed_token) == TOKEN
    out = io.StringIO()
    call_command("reseal_tokens", stdout=out)
    assert out.getvalue().startswith("1 tokens")
    settings.TOKEN_KEYS = ["new"]
    account.refresh_from_db()
    assert tokens.unseal(account.sealed_token) == TOKEN


def test_without_keys_of_its_own_it_follows_the_secret_key_and_its_fallbacks(settings):
    settings.TOKEN_KEYS, settings.SECRET_KEY = [], "one" * 20
    sealed = tokens.seal(TOKEN)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "two" * 20, ["one" * 20]
    assert tokens.unseal(sealed) == TOKEN
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(AuthExpired):
        tokens.unseal(sealed)


def test_a_key_that_is_lost_asks_to_connect_again_and_sends_nothing(approved, network, place, settings):
    ChannelAccount.objects.filter(pk=place.pk).update(sealed_token=tokens.seal(TOKEN))
    settings.TOKEN_KEYS = ["another"]
    assert services.send_due(NOW) == 0
    place.refresh_from_db()
    assert place.state == "reconnect"
    assert network.attempts == []


def test_a_new_token_wipes_nothing_and_a_wrong_one_changes_nothing(agency, priya, network):
    account = connect(agency, priya)
    network.check = lambda given: (_ for _ in ()).throw(AuthExpired("No"))
    with pytest.raises(AuthExpired):
        services.reconnect(account, by=priya, token="wrong", now=NOW)
    account.refresh_from_db()
    assert tokens.unseal(account.sealed_token) == TOKEN


def test_switching_off_throws_the_token_away(agency, priya, network):
    account = services.switch_off(connect(agency, priya), by=priya, now=NOW)
    assert (account.state, account.sealed_token) == ("off", "")


@pytest.mark.parametrize("stranger", ["asha", "esha", "anil", "greta", "root"])
def test_strangers_connect_nothing(stranger, agency, priya, network, request):
    who = request.getfixturevalue(stranger)
    with pytest.raises(NotAllowed):
        connect(agency, who)
    account = connect(agency, priya)
    with pytest.raises(NotAllowed):
        services.reconnect(account, by=who, token="x", now=NOW)
    with pytest.raises(NotAllowed):
        services.switch_off(account, by=who, now=NOW)


def test_what_cannot_be_connected_is_said_plainly(agency, priya, network):
    with pytest.raises(BadInput, match="no such channel"):
        connect(agency, priya, channel="nowhere")
    with pytest.raises(BadInput, match="address"):
        connect(agency, priya, channel="mastodon")
    with pytest.raises(BadInput, match="token"):
        connect(agency, priya, channel="mastodon", base_url="https://social.example", token="")
    with pytest.raises(BadInput, match="speak"):
        connect(agency, priya, languages=["tlh"])
    connect(agency, priya)
    with pytest.raises(WrongState):
        connect(agency, priya)


def test_a_private_address_cannot_be_connected(agency, priya, settings):
    settings.HTTP_ALLOW_PRIVATE = []
    with pytest.raises(OutsideError):
        connect(agency, priya, channel="mastodon", base_url="http://127.0.0.1:6379")


def test_a_dump_of_the_database_holds_no_token(agency, priya, network):
    connect(agency, priya)
    out = io.StringIO()
    serializers.serialize("json", ChannelAccount.objects.all(), stream=out)
    assert TOKEN not in out.getvalue()
