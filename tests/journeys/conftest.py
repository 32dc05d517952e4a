"""The servers that a journey needs, for all journeys of one run."""

from collections.abc import Iterator

import pytest

from tests.servers.browser import Window, browser
from tests.servers.fixtures import here
from tests.servers.mail import PostOffice, mail_server
from tests.servers.site import Site, site
from tests.servers.snac import Snac, snac_pair


@pytest.fixture(scope="session")
def post() -> Iterator[PostOffice]:
    """A mail server that keeps every letter."""
    with here(mail_server) as running:
        yield running


@pytest.fixture(scope="session")
def window() -> Iterator[Window]:
    """A running Chromium."""
    with here(browser) as running:
        yield running


@pytest.fixture(scope="session")
def fediverse() -> Iterator[tuple[Snac, Snac]]:
    """Two towns: the agency's account in the first, the citizen's in the second."""
    with here(snac_pair) as running:
        yield running


@pytest.fixture(scope="module")
def house(post: PostOffice, fediverse: tuple[Snac, Snac]) -> Iterator[Site]:
    """The product as real processes, with a clock that looks every two seconds."""
    allow = [snac.host for snac in fediverse]
    with site(
        mail_url=post.url, allow=allow, env={"DUE_EVERY": "2", "OWNER_NAME": "Nadipur Region"}
    ) as running:
        yield running
