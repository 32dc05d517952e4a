"""Two agencies side by side, each with one of everything and with people of its own for each role."""

from dataclasses import dataclass, replace

from accounts.models import Agency, Membership, Person
from accounts.services import appoint, dismiss, open_desk_account
from foundation import clock
from tests.holds.living import Living, build
from tests.people import OURS, PASSWORD, PEOPLE, THEIRS, address

ROLES = tuple(key for key, who in PEOPLE.items() if who.place == OURS)
"""Those who work for our agency; the other one has somebody of the same name for each of them."""


@dataclass(frozen=True)
class Neighbours:
    """Nobody of `ours` has a role at the agency of `theirs`, nor the other way round."""

    ours: Living
    theirs: Living


def build_both() -> Neighbours:
    """Both sites; what stands at the other agency was made by people of ours who have left it since."""
    theirs = build(THEIRS)
    agency = theirs.agency
    for held in Membership.objects.filter(agency=agency, until__isnull=True, person__username__in=ROLES):
        dismiss(held, by=None, now=clock.now())
    staff = {key: _namesake(key, agency) for key in ROLES}
    return Neighbours(ours=build(), theirs=replace(theirs, people={**theirs.people, **staff}))


def _namesake(key: str, agency: Agency) -> Person:
    now, who = clock.now(), PEOPLE[key]
    made = open_desk_account(
        f"{key}-{agency.slug}", address=address(f"{key}.{agency.slug}"), by=None, now=now, password=PASSWORD,
        name=f"{who.name} of {agency.name}",
    )  # fmt: skip
    assert who.role is not None
    appoint(made, agency=agency, role=who.role, by=None, now=now)
    return made
