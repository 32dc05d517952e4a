"""People with meaning. Whoever reads a test knows from the name what may happen.

Asha, Ben and Chitra are citizens. For the asking agency Esha writes, Anil approves, Mohan moderates, Lata
analyses, Priya and Paul speak for it in public, Kiran types in letters, Dev is on duty. At the centre are
Pavan, who runs the platform, Omana, to whom people appeal, and Aud, who checks. Greta writes for another agency
and must never get in. Root is a superuser, and still alone.

As fixtures (`def test_…(agency, esha)`) or as functions (`person("esha", agency=agency)`), also for scripts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from accounts.factors.session import mark
from accounts.models import Agency, Person
from accounts.permissions import needs_second_factor
from accounts.roles import Role
from accounts.services import appoint, open_account, open_desk_account
from foundation import clock

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When everybody here got their account and their role."""

PASSWORD = "six-white-herons-at-noon"
"""Of every official, at the desk."""

CENTRE = "centre"
OURS = "water"
THEIRS = "parks"
AGENCIES = {OURS: "Nadipur Water Board", THEIRS: "Nadipur Parks Office"}


@dataclass(frozen=True)
class Who:
    """What a name stands for: a full name, a role, and the agency (or the centre) for which it is held."""

    name: str
    role: Role | None = None
    place: str = ""


PEOPLE = {
    "asha": Who("Asha Rao"),
    "ben": Who("Ben Thomas"),
    "chitra": Who("Chitra Sen"),
    "esha": Who("Esha Menon", Role.EDITOR, OURS),
    "anil": Who("Anil Das", Role.APPROVER, OURS),
    "mohan": Who("Mohan Lal", Role.MODERATOR, OURS),
    "lata": Who("Lata Iyer", Role.ANALYST, OURS),
    "priya": Who("Priya Nair", Role.PRESS_OFFICER, OURS),
    "paul": Who("Paul Dsouza", Role.PRESS_OFFICER, OURS),
    "kiran": Who("Kiran Bose", Role.CLERK, OURS),
    "dev": Who("Dev Patil", Role.DUTY_OFFICER, OURS),
    "pavan": Who("Pavan Kumar", Role.PLATFORM_ADMIN, CENTRE),
    "omana": Who("Omana Pillai", Role.OMBUDS, CENTRE),
    "aud": Who("Aud Hansen", Role.AUDITOR, CENTRE),
    "greta": Who("Greta Lobo", Role.EDITOR, THEIRS),
    "root": Who("Root"),
}
CITIZENS = ("asha", "ben", "chitra")
OFFICIALS = tuple(key for key, who in PEOPLE.items() if who.role)


def address(key: str) -> str:
    """Where letters to somebody go."""
    return f"{key}@people.example"


def make_agency(slug: str = OURS, name: str = "", now: datetime = NOW) -> Agency:
    """The agency of that slug, made when it is not there; without pages, which are the hall's."""
    found, _made = Agency.objects.get_or_create(
        slug=slug,
        defaults={"name": name or AGENCIES.get(slug, slug.replace("-", " ").title()), "opened_at": now},
    )
    return found


def person(key: str, *, agency: Agency | None = None, now: datetime = NOW) -> Person:
    """Somebody by name, made with account and role when not there yet.

    `agency` stands in for the one that asks, for those who work for it; Greta stays at hers.
    """
    who = PEOPLE[key]
    if key == "root":
        found = Person.objects.filter(username=key).first()
        return found or Person.objects.create_superuser(key, password=PASSWORD, first_name=who.name)
    if who.role is None:
        return open_account(address(key), now=now)
    official = Person.objects.filter(username=key).first() or open_desk_account(
        key, address=address(key), by=None, now=now, password=PASSWORD, name=who.name
    )
    place = None if who.place == CENTRE else make_agency(THEIRS) if who.place == THEIRS else agency
    appoint(official, agency=place or _home_of(who), role=who.role, by=None, now=now)
    return official


def everybody(agency: Agency | None = None) -> dict[str, Person]:
    """All of them, by name."""
    return {key: person(key, agency=agency) for key in PEOPLE}


def signed_in(somebody: Person | None, *, second_factor: bool = True) -> Client:
    """A browser of somebody who is signed in; of a stranger for None.

    Whoever has a desk has given their second factor too, unless the test is about just that.
    """
    client = Client()
    if somebody is not None:
        client.force_login(somebody)
        if second_factor and needs_second_factor(somebody):
            session = client.session
            give_second_factor(session, somebody)
            session.save()
    return client


def give_second_factor(session: SessionBase, somebody: Person) -> None:
    """Marks a session as one in which the second factor was given: the one place where tests do so."""
    mark(session, somebody, how="totp", now=clock.now())


def _home_of(who: Who) -> Agency | None:
    return None if who.place == CENTRE else make_agency(who.place)


@pytest.fixture
def agency(db: None) -> Agency:
    """The agency that asks."""
    return make_agency(OURS)


@pytest.fixture
def other_agency(db: None) -> Agency:
    """The agency that Greta works for, and nobody else."""
    return make_agency(THEIRS)


def _fixture(key: str) -> Callable[..., Person]:
    def somebody(db: None) -> Person:
        return person(key)

    somebody.__doc__ = f"{PEOPLE[key].name}, {PEOPLE[key].role or 'no role'}."
    return pytest.fixture(somebody, name=key)


asha, ben, chitra = _fixture("asha"), _fixture("ben"), _fixture("chitra")
esha, anil, mohan, lata = _fixture("esha"), _fixture("anil"), _fixture("mohan"), _fixture("lata")
priya, paul, kiran, dev = _fixture("priya"), _fixture("paul"), _fixture("kiran"), _fixture("dev")
pavan, omana, aud = _fixture("pavan"), _fixture("omana"), _fixture("aud")
greta, root = _fixture("greta"), _fixture("root")
