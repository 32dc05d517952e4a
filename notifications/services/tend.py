"""What a person decides about a letter of which nobody knows whether it arrived, or that was refused."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation import audit
from foundation.errors import NotAllowed, WrongState
from notifications import conf
from notifications.groups import DIGEST
from notifications.models import Letter
from notifications.permissions import can_tend_letters
from notifications.services.gather import let_go


def send_again(letter: Letter, *, by: Person, now: datetime) -> None:
    """Puts a stuck letter back among those that are due. Raises NotAllowed, WrongState."""
    _decide(
        letter, by, "send again", state=Letter.State.DUE, due_at=now, expires_at=now + conf.GIVES_UP,
        handed_at=None, attempts=0,
    )  # fmt: skip


def let_be(letter: Letter, *, by: Person, now: datetime) -> None:
    """Takes a stuck letter off the desk: it arrived, or is not sent again. Raises NotAllowed, WrongState."""
    _decide(letter, by, "let be", state=Letter.State.CANCELLED)
    if letter.occasion == DIGEST:
        let_go(letter, now=now)


def _decide(letter: Letter, by: Person, act: str, **changes: object) -> None:
    if not can_tend_letters(by):
        raise NotAllowed(_("Only a platform administrator looks after letters."))
    stuck = Letter.objects.stuck().filter(pk=letter.pk)
    if not stuck.update(fence=F("fence") + 1, lease_until=None, **changes):
        raise WrongState(_("Somebody has dealt with this letter meanwhile."))
    audit.write(f"letter.{act}", by=by.pk, thing=f"letter:{letter.pk}", occasion=letter.occasion)
