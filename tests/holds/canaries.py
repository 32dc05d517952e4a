"""People who can be found again: every word that belongs to them holds a sign that stands nowhere else."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import ContactPoint, Person
from accounts.verification.base import address_key, methods
from consultations.models import Contribution, Participant
from consultations.services import cast
from foundation import clock

SIGN = "zqxvjk"
"""Begins every word of a canary: in no language of the site does a word begin so."""


@dataclass(frozen=True)
class Voter:
    """Somebody who supported something and said nothing; `signs` must stand on no page of the staff."""

    person: Person
    participant: Participant
    signs: tuple[str, ...]


def canary(key: int | None = None) -> Person:
    """A person with a name, a handle and two mailboxes, all of them with the sign."""
    now = clock.now() - timedelta(days=1)
    person = Person(
        pk=key,
        username=f"{SIGN}handle",
        first_name=f"{SIGN.title()}anna",
        last_name=f"{SIGN.title()}berg",
        date_joined=now,
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    method = methods["email"]
    for address in (f"{SIGN}one@{SIGN}mail.example", f"{SIGN}two@{SIGN}post.example"):
        ContactPoint.objects.create(
            person=person,
            kind="email",
            address=address,
            address_key=address_key("email", method.canonical(address)),
            verified_at=now,
        )
    return person


def voter(supported: Contribution) -> Voter:
    """A canary whose keys are numbers that stand nowhere else either, and who supports this."""
    person = canary(918_273_645)
    participant = Participant.objects.create(
        pk=736_455_463,
        consultation=supported.consultation,
        person=person,
        pseudonym=f"{SIGN.title()} Heron 7364",
        language="en",
        joined_at=clock.now(),
    )
    cast(supported, person=person, value=1, now=clock.now())
    return Voter(person, participant, (SIGN, str(person.pk), str(participant.pk)))
