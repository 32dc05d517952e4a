"""People, their contact points, agencies and memberships."""

import secrets
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import AGENCY, CENTRAL, Role
from foundation.claims import Work

TRIES = 5


def fresh_username() -> str:
    """A name that says nothing about its holder."""
    return f"p-{secrets.token_hex(8)}"


class Person(AbstractUser):
    """Whoever signs in: a citizen by a code, an official by a password as well. No e-mail is required."""

    username = models.CharField(_("username"), max_length=150, unique=True, default=fresh_username)
    language = models.CharField(max_length=10, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_active=False, is_superuser=False, email=""),
                name="an_erased_person_cannot_come_in",
            )
        ]


class ContactPoint(models.Model):
    """An address of a person that was shown to be theirs. One mailbox, however it is spelt, is one row."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_points")
    kind = models.CharField(
        max_length=20, default="email", help_text=_("Key of the verification method that showed it")
    )
    address = models.CharField(max_length=254)
    address_key = models.CharField(
        max_length=64, help_text=_("Keyed hash of the address in its plainest spelling")
    )
    verified_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "address_key"], name="one_mailbox_one_contact_point")
        ]


class SignInCode(models.Model):
    """The code that was sent to a mailbox last: six digits, kept as a hash, good once and for minutes."""

    address_key = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=254)
    browser_key = models.CharField(
        max_length=64, db_index=True, help_text=_("Hash of what the asking browser keeps")
    )
    method = models.CharField(max_length=20, default="email")
    code_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries_left = models.PositiveSmallIntegerField(default=TRIES)
    used_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        help_text=_("To whose account the address is to be added"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tries_left__gte=0), name="code_tries_not_below_zero")
        ]


class TextMessage(Work):
    """A code on its way to a mobile number, sealed; gone when the gateway took it or the code is no longer good."""

    address_key = models.CharField(max_length=64, db_index=True)
    sealed = models.TextField()
    expires_at = models.DateTimeField(db_index=True)


class OpenSession(models.Model):
    """Where somebody is signed in: since when, in which kind of browser. It goes with the session itself."""

    session = models.OneToOneField(Session, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE, related_name="open_sessions")
    began_at = models.DateTimeField()
    browser = models.CharField(max_length=60, blank=True)


class Tally(models.Model):
    """How often something was tried: of an address, a network or a person, as a keyed hash, until a moment.

    It stands in the database, so that a limit holds for all processes, also where no cache answers.
    """

    kind = models.CharField(max_length=20, help_text=_("Key of the limit"))
    key = models.CharField(max_length=64, help_text=_("Keyed hash of what is counted"))
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_tally_of_a_kind")]


class Agency(models.Model):
    """The body that asks and owes the answer, with its promise of how soon."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    response_days = models.PositiveSmallIntegerField(_("days to answer after the close"), default=60)
    moderation_hours = models.PositiveSmallIntegerField(
        _("hours until a contribution is decided"), default=24
    )
    contact = models.TextField(_("how to reach the agency"), blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role for one agency, or at the centre where the agency is empty."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                condition=Q(until__isnull=True, agency__isnull=False),
                name="one_current_role_for_an_agency",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(until__isnull=True, agency__isnull=True),
                name="one_current_role_at_the_centre",
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True, role__in=CENTRAL) | Q(agency__isnull=False, role__in=AGENCY),
                name="central_roles_have_no_agency",
                violation_error_message=_("This role cannot be held there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"
