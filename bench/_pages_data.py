"""What `pages` reads: an open consultation, an agency, ten thousand ideas, one of them with many comments.

Runs inside the product's settings; prints the addresses, a session of a citizen and the queries of each page as JSON.
"""

import csv
import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from consultations.models import Contribution  # noqa: E402
from tests.factories.consultations import released_consultation  # noqa: E402
from tests.people import person  # noqa: E402

WORDS = "a bench tree lamp tap bus path bridge school market river pump shade clean safe quiet early night water road"


def main(folder: Path, ideas: int, comments: int) -> None:
    """Makes it all and prints what there is."""
    _write(folder, ideas, comments)
    call_command("import_consul", str(folder), agency="Nadipur Water Board", title="Ideas", language="en", verbosity=0,
                 stdout=sys.stderr, stderr=sys.stderr)  # fmt: skip
    asked = released_consultation()
    for number in range(12):
        released_consultation(title=f"Water at night {number}")
    talked = Contribution.objects.get(external_id="proposal:1")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    key, phase = asked.translation_key, asked.phases.get().pk
    pages = {
        "home": "/en/",
        "list": "/en/consultations/",
        "detail": asked.page.get_url(),
        "agency": asked.page.get_parent().get_url(),
        "ideas": "/en/ideas/",
        "idea": f"/en/ideas/{talked.key}/",
        "form": f"/en/consultations/{key}/answer/{phase}/",
    }
    cookie = f"{settings.SESSION_COOKIE_NAME}={_session()}"
    queries = _queries(pages, cookie)
    json.dump({"pages": pages, "cookie": cookie, "queries": queries}, sys.stdout)


def _session() -> str:
    asha = person("asha")
    store = SessionStore()
    store[SESSION_KEY] = str(asha.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = asha.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _queries(pages: dict[str, str], cookie: str) -> dict[str, int]:
    """How many each page asks; an address that leads on (a form to its first question) becomes where it leads."""
    found = {}
    for name, path in pages.items():
        browser = Client(headers={"host": "localhost"} | ({"cookie": cookie} if name == "form" else {}))
        pages[name] = path = browser.get(path, follow=True).request["PATH_INFO"]
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200, path
        found[name] = len(asked)
    return found


def _write(folder: Path, ideas: int, comments: int) -> None:
    """An export of another system, as `import_consul` reads it."""
    words = WORDS.split()
    with (folder / "proposals.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "title", "date", "summary", "text", "num_supports"])
        for number in range(1, ideas + 1):
            said = " ".join(words[(number * step) % len(words)] for step in range(1, 12))
            rows.writerow(
                [number, f"Idea {number}: {said[:40]}", "2026-01-05", said, f"{said}. {said}.", number % 500]
            )
    with (folder / "comments.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "parent_id", "proposal_id", "date", "time", "text", "votes_up", "votes_down"])
        for number in range(1, comments + 1):
            rows.writerow(
                [number, "", 1, "2026-01-06", "10:00:00", f"Comment {number} in {words[number % 20]}", 1, 0]
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
