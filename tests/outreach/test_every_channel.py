"""The contract of a channel, asked of every file in `outreach/channels/`: a newcomer is tested the day it arrives."""

import ast
import pathlib
from datetime import date

import pytest
from django.test import override_settings

import outreach.channels
from foundation.errors import OutsideError
from outreach.channels import channels
from outreach.channels.base import Account, Caps, Message, Part, Problem, Receipt, ReplyPage, Verified

HOME = pathlib.Path(outreach.channels.__file__).parent
FILES = sorted(path for path in HOME.glob("*.py") if path.stem not in ("__init__", "base"))
CHANNELS = list(channels().values())
WORDS = Message(
    title="What became of it",
    text="312 people answered. The bridge stays open to cycles.\n---\nNext: the lights.",
    link="http://localhost:8000/en/outcomes/bridge/",
)
EMPTY = Message(title="", text="  ")
everyone = pytest.mark.parametrize("channel", CHANNELS, ids=[channel.key for channel in CHANNELS])


def test_a_channel_is_found_because_its_file_is_there():
    named = {path.stem for path in FILES if not path.stem.startswith("_")}
    assert {"console", "email", "feed", "mastodon", "refused"} <= named
    assert set(channels()) == named


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_channel_knows_no_models_and_sleeps_never(path):
    imported = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{name.name}" for name in node.names} | {str(node.module)}
    forbidden = ("outreach.models", "outreach.services", "outreach.queries", "django.db", "httpx", "requests",
                 "urllib.request", "time", "consultations", "accounts", "records")  # fmt: skip
    found = {name for name in imported if any(name == no or name.startswith(f"{no}.") for no in forbidden)}
    assert found == set()


@everyone
def test_it_says_who_it_is_what_it_can_do_and_how_we_know(channel):
    assert channel.key == channel.key.lower()
    assert str(channel.label)
    assert isinstance(channel.caps, Caps)
    assert str(channel.caps.counts)
    assert channel.caps.limit is None or channel.caps.limit > 0
    verified = channel.caps.verified
    assert verified.how in (Verified.REAL, Verified.STAND_IN, Verified.OURS)
    assert verified.by
    assert isinstance(verified.on, date)
    if verified.how is not Verified.OURS:
        assert verified.source.startswith("https://")


@everyone
def test_composing_is_pure_and_keeps_the_link_where_the_channel_has_links(channel):
    parts = channel.compose(WORDS, "hi")
    assert parts == channel.compose(WORDS, "hi")
    assert all(isinstance(part, Part) and part.language == "hi" for part in parts)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert {part.of for part in parts} == {len(parts)}
    assert len(parts) == (2 if channel.caps.threads else 1)
    assert "312 people answered" in parts[0].text
    assert any(WORDS.link in (part.link, part.text) or WORDS.link in part.text for part in parts)


@everyone
def test_good_words_have_no_problem_and_empty_ones_stop(channel):
    assert [problem for problem in channel.validate(channel.compose(WORDS, "en")) if problem.stops] == []
    problems = channel.validate(channel.compose(EMPTY, "en"))
    assert any(
        isinstance(problem, Problem) and problem.stops and str(problem.message) for problem in problems
    )


@everyone
def test_words_over_the_limit_stop_with_the_figure_and_at_the_limit_pass(channel):
    most = 20
    for number, stops in ((most, False), (most + 3, True)):
        part = Part(text="a" * number, language="en", title="Title")
        problems = [problem for problem in channel.validate([part], limit=most) if problem.stops]
        assert bool(problems) is stops
    assert "3" in str(problems[0].message)


@everyone
def test_what_it_cannot_do_it_refuses_and_never_pretends(channel, trying):
    account = Account(key=channel.key)
    if not channel.caps.can_find:
        with pytest.raises(OutsideError):
            channel.find(Part(text="a", language="en"), trying(account))
    if not channel.caps.can_delete:
        with pytest.raises(OutsideError):
            channel.delete(Receipt(remote_id="1"), account)
    if not channel.caps.can_listen:
        assert channel.replies(account, "then", [Receipt(remote_id="1")]) == ReplyPage(cursor="then")


@everyone
@override_settings(HTTP_ALLOW_PRIVATE=[])
def test_a_private_address_is_never_asked(channel, trying):
    if not channel.caps.needs_address:
        return
    account = Account(key=channel.key, base_url="http://127.0.0.1:9", token="secret")
    with pytest.raises(OutsideError):
        channel.publish(Part(text="a", language="en"), trying(account))


@everyone
def test_a_token_never_shows_in_what_is_printed_of_an_attempt(channel, trying):
    account = Account(key=channel.key, token="canary-token")
    attempt = trying(account, recipient="canary@people.example", leave_url="https://x.test/canary")
    assert "canary" not in repr(account) + repr(attempt)
