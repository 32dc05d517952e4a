"""A real fediverse server and a real mail server, a channel that does what a test tells it, and posts to send."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Agency, Person
from foundation.models import Outbox
from outreach import services
from outreach.channels.base import Account, Attempt
from outreach.models import ChannelAccount, Delivery, Post
from records.models import WAITING
from tests.factories import kept_rows
from tests.outreach.scripted import Scripted
from tests.servers.fixtures import here
from tests.servers.fixtures import post as post
from tests.servers.fixtures import snac as snac
from tests.servers.mail import PostOffice
from tests.servers.snac import Snac, snac_server

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def elsewhere() -> Iterator[Snac]:
    """Another fediverse server, where `stranger` lives."""
    with here(lambda: snac_server(users=["stranger"])) as server:
        yield server


@pytest.fixture
def post_office(post: PostOffice, settings) -> PostOffice:
    """A mail server to which the portal's mail goes."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    settings.EMAIL_TIMEOUT = 5
    return post


@pytest.fixture(autouse=True)
def no_switch(settings, tmp_path):
    """Each test has a switch file of its own, and none lies there."""
    settings.KILL_SWITCH_FILE = str(tmp_path / "stop-sending")
    return tmp_path / "stop-sending"


@pytest.fixture
def at_snac(snac: Snac, settings) -> Account:
    """The agency's account on the real server."""
    settings.HTTP_ALLOW_PRIVATE = [snac.host]
    return Account(key="mastodon", base_url=snac.base_url, token=snac.users["agency"].token)


@pytest.fixture
def trying() -> Callable[..., Attempt]:
    """`trying(account, "key")`: an attempt that begins now."""

    def attempt(account: Account, key: str = "4fd3d6bc-3a21-4a5e-9c1d-1f5f6a1b2c3d", **more) -> Attempt:
        now = datetime.now(UTC)
        facts = {"since": now - timedelta(seconds=1), "now": now} | more
        return Attempt(account=account, idempotency_key=key, record_key=f"row-{key[:8]}", **facts)

    return attempt


@pytest.fixture
def network() -> Iterator[Scripted]:
    """A network that answers as the test says; it is a channel called `scripted` while the test runs."""
    scripted = Scripted()
    with scripted.at_work():
        yield scripted


@pytest.fixture
def place(agency: Agency, network: Scripted) -> ChannelAccount:
    """The agency's account on the scripted network."""
    return ChannelAccount.objects.create(
        agency=agency, channel="scripted", name="Water", languages=["en"], connected_at=NOW
    )


@pytest.fixture
def worded(agency: Agency, priya: Person, place: ChannelAccount) -> Post:
    """A post that Priya worded for the scripted network alone."""
    return Post.objects.get(pk=kept_rows.again("worded", lambda: word(agency, priya, place).pk))


@pytest.fixture
def approved(worded: Post, priya: Person, paul: Person) -> Post:
    """The same, sent for approval by Priya and approved by Paul."""
    return approve(worded, priya, paul)


def word(agency: Agency, by: Person, *places: ChannelAccount, text: str = "The bridge stays open.") -> Post:
    """A post with the same words for these accounts; the others are left out."""
    post = services.draft(agency, by=by, title="The bridge", now=NOW)
    for version in post.versions.select_related("account"):
        services.edit(
            version, by=by, title="The bridge", text=text, left_out=version.account not in places, now=NOW
        )
    return post


def approve(post: Post, writer: Person, second: Person, *, now: datetime = NOW) -> Post:
    """Sent by one, approved by another."""
    services.submit_for_approval(post, by=writer, now=now)
    return agree(post, by=second, now=now)


def agree(post: Post, *, by: Person, now: datetime) -> Post:
    """A second person's yes to what waits now."""
    read = Post.objects.get(pk=post.pk).submitted_sha256
    return services.approve(post, by=by, read=read, now=now)


def only(post: Post) -> Delivery:
    """The one delivery of a post, fresh."""
    return Delivery.objects.get(version__post=post)


def record_lines(kind: str) -> list[dict]:
    """Lines of a kind that wait to be chained into the register."""
    return [line.payload for line in Outbox.objects.filter(kind=WAITING) if line.payload["kind"] == kind]
