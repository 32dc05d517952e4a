"""A real fediverse server (snac2: Mastodon API and ActivityPub) on a free loopback port.

    with snac_server(users=["agency", "citizen"]) as snac:
        snac.base_url                                  # http://localhost:PORT
        snac.users["agency"].token                     # from the authorize form, as a person gets it
        reply = snac.post("citizen", "Why?", reply_to=status_id)
        snac.statuses("agency"); snac.notifications("agency"); snac.delete("citizen", reply["id"])

A status is there at once for its author; for others, a reply and its notification come by snac2's own queue, up to
ten seconds later (`snac.until_told`). A reply that is taken back disappears only where the writer lives on another
server and is followed:

    with snac_pair() as (town, village):               # `agency` in town, `citizen` in the village
        seen = village.fetch("citizen", post_url)      # the citizen opens the agency's post at home
        reply = village.post("citizen", "Why?", reply_to=seen)
        village.delete("citizen", reply["id"])         # gone in town a few seconds later
"""

import hashlib
import json
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from scripts.snac import program
from tests.servers.process import Missing, Server, folder, free_port, listens, wait_until

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
SCOPES = "read write"


@dataclass(frozen=True)
class Account:
    """One account on the server."""

    name: str
    url: str
    password: str = field(repr=False)
    token: str = field(repr=False)


class Snac:
    """A running server and what its people do there."""

    def __init__(self, base_url: str, program: Path, home: Path, server: Server) -> None:
        self.base_url, self.program, self.home, self.server = base_url, program, home, server
        self.users: dict[str, Account] = {}

    @property
    def host(self) -> str:
        """`host:port`, as HTTP_ALLOW_PRIVATE wants it."""
        return self.base_url.removeprefix("http://")

    def post(self, name: str, text: str, *, reply_to: str = "", visibility: str = "public") -> dict[str, Any]:
        """A person writes a public message, perhaps in reply; returns the status."""
        words = {"status": text, "visibility": visibility}
        return self.api(name, "POST", "statuses", words | ({"in_reply_to_id": reply_to} if reply_to else {}))

    def edit(self, name: str, status: str, text: str) -> dict[str, Any]:
        """A person changes a message."""
        return self.api(name, "PUT", f"statuses/{status}", {"status": text})

    def delete(self, name: str, status: str) -> None:
        """A person takes a message back."""
        self.api(name, "DELETE", f"statuses/{status}")

    def statuses(self, name: str) -> list[dict[str, Any]]:
        """What an account has posted, newest first."""
        me = self.api(name, "GET", "accounts/verify_credentials")
        return self.api(name, "GET", f"accounts/{me['id']}/statuses?limit=40")

    def status(self, name: str, status: str) -> dict[str, Any] | None:
        """One status as this account sees it; None when it is gone."""
        try:
            return self.api(name, "GET", f"statuses/{status}")
        except httpx.HTTPStatusError as error:
            if error.response.status_code in (404, 410):
                return None
            raise

    def replies(self, name: str, status: str) -> list[dict[str, Any]]:
        """The answers below a status."""
        return self.api(name, "GET", f"statuses/{status}/context")["descendants"]

    def notifications(self, name: str) -> list[dict[str, Any]]:
        """What an account is told of, newest first."""
        return self.api(name, "GET", "notifications")

    def fetch(self, name: str, url: str, *, seconds: float = 30) -> str:
        """Brings a post of another server into this account's view; returns its id here."""
        said = _tell(self.program, "insert", str(self.home), name, url)
        if '"id"' not in said:
            raise RuntimeError(f"snac2 found nothing at {url}: {said[:500]}")
        # snac2's id of a status is ten digits of time and the MD5 of its address; only the latter is looked at.
        here = "0" * 10 + hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
        wait_until(lambda: self.status(name, here), seconds=seconds, every=0.2, what=f"{name} sees {url}")
        return here

    def follow(self, name: str, other: str, *, seconds: float = 30) -> None:
        """An account follows the actor at an address, and waits until that is accepted."""
        _tell(self.program, "follow", str(self.home), name, other)
        followed = self.home / "user" / name / "following"

        def accepted() -> bool:
            known = [json.loads(path.read_text()) for path in followed.glob("*.json")]
            return any(actor.get("type") == "Accept" for actor in known)

        wait_until(accepted, seconds=seconds, every=0.2, what=f"{name} follows {other}")

    def until_told(self, name: str, words: str, *, seconds: float = 30) -> None:
        """Waits until an account has a notification with these words in it."""

        def told() -> bool:
            seen = [note.get("status") or {} for note in self.notifications(name)]
            return any(words in status.get("content", "") for status in seen)

        wait_until(told, seconds=seconds, every=0.5, what=f"{name} is told of {words!r}")

    def until_gone(self, name: str, status: str, *, seconds: float = 30) -> None:
        """Waits until an account no longer sees a status."""
        wait_until(lambda: self.status(name, status) is None, seconds=seconds, every=0.2, what="it is gone")

    def api(self, name: str, method: str, path: str, data: dict[str, str] | None = None) -> Any:
        """One call of the Mastodon API as this account; raises httpx.HTTPStatusError."""
        headers = {"Authorization": f"Bearer {self.users[name].token}"}
        return _ask(method, f"{self.base_url}/api/v1/{path}", headers=headers, data=data).json()

    def sign_in(self, name: str, password: str) -> str:
        """Gets a token as a person does: registers an app, fills the authorize form, changes the code."""
        form = {"client_name": "samvad tests", "redirect_uris": OUT_OF_BAND, "scopes": SCOPES}
        app = _ask("POST", f"{self.base_url}/api/v1/apps", data=form).json()
        asked = {"client_id": app["client_id"], "redirect_uri": OUT_OF_BAND, "scope": SCOPES}
        page = _ask("GET", f"{self.base_url}/oauth/authorize", params=asked | {"response_type": "code"}).text
        action = re.search(r'action="([^"]+)"', page)
        if not action:
            raise RuntimeError("snac2 shows no authorize form")
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
        target = httpx.URL(self.base_url).join(action.group(1))
        answer = _ask("POST", str(target), data=hidden | {"login": name, "passwd": password})
        code = re.search(r"code=([\w-]+)", answer.headers.get("location", ""))
        code = code or re.search(r"([0-9a-f]{16,})", answer.text)
        if not code:
            raise RuntimeError(f"snac2 gave {name} no code")
        proof = asked | {"client_secret": app["client_secret"], "code": code.group(1)}
        token = _ask(
            "POST", f"{self.base_url}/oauth/token", data=proof | {"grant_type": "authorization_code"}
        )
        return str(token.json()["access_token"])

    def stop(self) -> None:
        """Ends the server and waits until its port is free again."""
        port = int(self.base_url.rsplit(":", 1)[1])
        self.server.stop()
        wait_until(lambda: not listens(port), seconds=20, what="snac2's port is free")

    def start(self) -> None:
        """Starts it, also again on the same port after `stop()`."""
        self.server.start()
        self.server.ready(lambda: _answers(self.base_url))


@contextmanager
def snac_server(users: Sequence[str] = ("agency", "citizen")) -> Iterator[Snac]:
    """Starts snac2 with these accounts, signed in; raises Missing when it is not on this machine."""
    found = program()
    if not found:
        raise Missing("snac2 is not here (make setup brings it, or name the program in SNAC)")
    port = free_port()
    with folder("snac2") as home:
        data = home / "data"
        answers = f"127.0.0.1\n{port}\nlocalhost:{port}\n\n\n"
        _tell(found, "init", str(data), words=answers)
        settings = json.loads((data / "server.json").read_text())
        settings |= {"protocol": "http", "num_threads": 8, "disable_sandbox": True}
        (data / "server.json").write_text(json.dumps(settings))
        passwords = {name: _password(_tell(found, "adduser", str(data), name)) for name in users}
        server = Server("snac2", [str(found), "httpd", str(data)], log=home / "snac2.log", cwd=home)
        snac = Snac(f"http://localhost:{port}", found, data, server)
        try:
            snac.start()
            for name, password in passwords.items():
                url = f"{snac.base_url}/{name}"
                snac.users[name] = Account(name, url, password, snac.sign_in(name, password))
            yield snac
        finally:
            snac.stop()


@contextmanager
def snac_pair() -> Iterator[tuple[Snac, Snac]]:
    """Two servers that speak with one another: `agency` lives in the first and follows `citizen` of the second."""
    with snac_server(["agency"]) as town, snac_server(["citizen"]) as village:
        town.follow("agency", village.users["citizen"].url)
        yield town, village


def _tell(found: Path, *command: str, words: str = "") -> str:
    done = subprocess.run([found, *command], input=words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"snac {command[0]} failed: {done.stderr.strip()}")
    return done.stdout + done.stderr


def _password(said: str) -> str:
    found = re.search(r"User password is (\S+)", said)
    if not found:
        raise RuntimeError("snac adduser named no password")
    return found.group(1)


def _answers(base_url: str) -> bool:
    try:
        return httpx.get(f"{base_url}/api/v1/instance", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def _ask(method: str, url: str, **words: Any) -> httpx.Response:
    """One request on a connection of its own; snac2 sometimes resets one, so most are tried again."""
    headers = {"Connection": "close", **words.pop("headers", {})}
    tries = 1 if "/api/v1/statuses" in url and method == "POST" else 5
    for attempt in range(1, tries + 1):
        try:
            answer = httpx.request(method, url, headers=headers, timeout=20, **words)
            break
        except httpx.TransportError:
            if attempt == tries:
                raise
            time.sleep(0.2)
    if answer.status_code >= 400:
        answer.raise_for_status()
    return answer
