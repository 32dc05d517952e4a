"""Second factors of the tests' officials: an app, its codes, and a browser that gave them."""

from datetime import datetime, timedelta

from django.test import Client

from accounts.models import Person
from accounts.services import add_app
from accounts.services.factors import code_of, fresh_secret
from foundation import clock


def with_app(person: Person, *, now: datetime | None = None) -> str:
    """Gives somebody an authenticator app, set up a while ago; its secret."""
    secret, moment = fresh_secret(), (now or clock.now()) - timedelta(hours=1)
    add_app(person, secret=secret, typed=code_of(secret, moment), now=moment)
    return secret


def give(browser: Client, secret: str, wanted: str = "/admin/"):
    """Types the code of this moment."""
    return browser.post("/en/account/second-factor/", {"code": code_of(secret, clock.now()), "next": wanted})
