"""The servers that a journey needs, for all journeys of one run."""

from collections.abc import Iterator

import pytest

from tests.servers.browser import browser
from tests.servers.fixtures import served
from tests.servers.mail import PostOffice, mail_server
from tests.servers.site import Site, site
from tests.servers.snac import Snac, snac_pair

post = served(mail_server, scope="session", name="post")
"""A mail server that keeps every letter."""
window = served(browser, scope="session", name="window")
"""A running Chromium."""
fediverse = served(snac_pair, scope="session", name="fediverse")
"""Two towns: the agency's account in the first, the citizen's in the second."""


@pytest.fixture(scope="module")
def house(post: PostOffice, fediverse: tuple[Snac, Snac]) -> Iterator[Site]:
    """The product as real processes, with a clock that looks every three seconds."""
    allow = [snac.host for snac in fediverse]
    with site(
        mail_url=post.url, allow=allow, env={"DUE_EVERY": "3", "OWNER_NAME": "Nadipur Region"}
    ) as running:
        yield running
