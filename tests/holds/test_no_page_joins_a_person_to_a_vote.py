"""Nobody of the staff can look up who supported what: every page that they can reach is walked through.

A voter whose name, handle, addresses, pseudonym and keys stand nowhere else has supported an idea. Each role begins
at /admin/ and at the public pages and follows every link and form of search, each kind of address a few times.
The addresses of our own rooms are opened by every role in `test_every_url`, which looks for the voter as well.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.holds.canaries import Voter, voter
from tests.holds.living import Living, count
from tests.holds.names import names
from tests.people import OFFICIALS, signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_engine,
    pytest.mark.xdist_group("every page of the staff"),
]
OF_A_KIND = {"root": 2}
"""So many addresses of one kind are looked at, else one; the rest differ by their number alone.

What was voted on is looked at by everybody, whatever else is of its kind (`objects`).
"""
EVERYWHERE = ("esha", "root")
"""Who follows public pages to other public pages; the others open what was supported, and follow the desk."""
ORDER = {"ordering", "order", "p", "page", "after", "q"}
"""What is asked of a list beyond what it shows: the same rows in another order, or others of their kind."""
FEWEST = {"esha": 60, "anil": 60, "lata": 60, "pavan": 60, "root": 100}
"""Pages of the admin that have words for these, so that nobody is walked through closed doors alone."""
LINK = re.compile(r"""(?:href|action|src|data-[a-z-]*url[a-z-]*)=["']([^"'#]+)["'#]""")
STEPS = (
    "/admin/logout/",
    "/static/",
    "/media/",
    "/admin/password_reset/",
    "/account/erase",
    "/account/sign-out",
    "/failwhale/",
)
PUBLIC = (
    "/en/", "/en/consultations/", "/en/ideas/", "/en/outcomes/", "/en/moderation/", "/en/record/", "/en/posts/",
    "/records/records.ndjson", "/outreach/feed.atom", "/api/v1/consultations",
    "/en/search/?q=tap",
)  # fmt: skip
HIDDEN = (
    "/admin/reports/", "/admin/reports/site-history/", "/admin/reports/locked/", "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/", "/admin/reports/aging-pages/", "/admin/users/", "/admin/groups/",
    "/admin/pages/search/", "/admin/images/", "/admin/documents/", "/admin/redirects/", "/admin/locales/",
    "/admin/sites/", "/admin/collections/", "/admin/workflows/list/", "/admin/snippets/", "/admin/settings/",
    "/admin/roles/", "/admin/agencies/", "/admin/moderation/", "/admin/analysis/", "/admin/posts/", "/admin/letters/",
)  # fmt: skip
ACCOUNTS = re.compile(r"^/admin/(users|groups)/")
"""Where whoever mends the machine sees who has an account: there, and there alone, a name may stand."""


@pytest.fixture
def known(here: Living) -> Voter:
    """A voter, counted."""
    made = voter(here.idea)
    count()
    return made


@pytest.mark.parametrize("who", [*OFFICIALS, "root"])
def test_no_page_of_the_staff_shows_who_voted(here: Living, known: Voter, who: str):
    browser = signed_in(here.people[who])
    read, found = 0, []
    begin = ["/admin/", *HIDDEN, *objects(here), *PUBLIC, *(doors() if who == "root" else [])]
    for address, text in walk(browser, begin, OF_A_KIND.get(who, 1), everywhere=who in EVERYWHERE):
        read += address.startswith("/admin/") and bool(text)
        if ACCOUNTS.match(address):
            found += [f"{address} joins an account to a vote" for sign in votes(here, known) if sign in text]
        else:
            found += [f"{address} shows {sign}" for sign in known.signs if sign in text.casefold()]
    assert not found, f"{who}:\n" + "\n".join(found)
    assert read >= FEWEST.get(who, 3), f"{who} read {read} pages of the admin only: the walk proves nothing"


def test_the_vote_is_there_and_only_its_number_is_shown(here: Living, known: Voter, client: Client):
    """Else the walk would prove nothing."""
    here.idea.refresh_from_db()
    assert here.idea.support_count == 2
    shown = re.sub(r"<[^>]*>", " ", client.get(f"/en/ideas/{here.idea.key}/").content.decode())
    assert "Support 2 " in " ".join(shown.split())


def votes(here: Living, known: Voter) -> tuple[str, ...]:
    """What would join an account to a vote."""
    return (known.participant.pseudonym, str(known.participant.pk), str(here.idea.key), "A tap at the market")


def doors() -> list[str]:
    """Every address of the admin that needs no more than its name; some are reached by a script alone."""
    found = []
    for name in set(names()) - {"?"}:
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return sorted(
        one for one in found if one.startswith("/admin/") and not any(step in one for step in STEPS)
    )


def objects(here: Living) -> list[str]:
    """Pages of what was supported, with what Wagtail offers on each page of an editor."""
    pages = [here.open.page_id, here.outcome.page_id, here.waiting.pk]
    ways = (
        "edit",
        "history",
        "usage",
        "workflow_history",
        "convert_alias",
        "copy",
        "delete",
        "privacy",
        "unpublish",
    )
    asked = here.open.translation_key
    return [
        *[f"/admin/pages/{page}/{way}/" for page in pages for way in ways],
        f"/admin/moderation/{here.case.pk}/",
        f"/admin/analysis/run/{here.run.key}/",
        f"/admin/posts/{here.post.pk}/",
        f"/en/ideas/{here.idea.key}/",
        f"/api/v1/consultations/{asked}",
        f"/api/v1/consultations/{asked}/contributions",
        f"/api/v1/consultations/{asked}/contributions.csv",
        f"/en/consultations/{asked}/answers/",
    ]


def walk(browser: Client, begin: list[str], of_a_kind: int, *, everywhere: bool) -> Iterator[tuple[str, str]]:
    """Every page that can be reached, with its text; no kind of address more often than said."""
    browser.raise_request_exception = False
    waiting, seen, kinds = deque(begin), set(begin), Counter[str]()
    while waiting:
        address = waiting.popleft()
        answer = browser.get(address)
        assert answer.status_code != 500, f"{address} broke"
        text = text_of(answer)
        yield address, text
        if answer.status_code in (301, 302):
            text = f'href="{answer["Location"]}"'
        for link in _links(address, text):
            if not (everywhere or link.startswith("/admin/")):
                continue
            kind = _kind(link)
            if link not in seen and kind and kinds[kind] < of_a_kind:
                kinds[kind] += 1
                seen.add(link)
                waiting.append(link)


def text_of(answer: Any) -> str:
    """What was answered, to its end."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def _links(address: str, text: str) -> Iterator[str]:
    for found in LINK.findall(text):
        parts = urlsplit(urljoin(f"http://testserver{address}", found.replace("&amp;", "&")))
        ours = parts.netloc in ("testserver", "localhost", "localhost:8000") and parts.scheme.startswith(
            "http"
        )
        if ours and not any(step in parts.path for step in STEPS):
            yield parts.path + (f"?{_query(parts.query)}" if parts.query else "")


def _query(query: str) -> str:
    return urlencode([(name, value) for name, value in parse_qsl(query) if name != "next"])


def _kind(link: str) -> str:
    """What sort of page this is: its view and the names of what is asked."""
    parts = urlsplit(link)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ""
    asked = "&".join(sorted({name for name, _value in parse_qsl(parts.query)} - ORDER))
    public = "" if parts.path.startswith("/admin/") else parts.path.split("/")[1]
    return f"{match.view_name or match.route} {public} {asked}"
