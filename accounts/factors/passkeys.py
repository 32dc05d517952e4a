"""Passkeys: the two halves of each ceremony. The challenge waits in the session of the request."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Person
from foundation.errors import BadInput


def to_make_one(person: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey: the options of WebAuthn, as JSON can carry them."""
    return auth.begin_registration(person, passwordless=False)


def made(credential: Any) -> None:
    """Checks a fresh passkey against the challenge that waits; raises BadInput. Each challenge is good once."""
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(_("This passkey could not be read. Please try once more.")) from error
    finally:
        auth.clear_state()


def to_use_one(person: Person) -> dict[str, Any]:
    """What the browser needs to use one of this person's passkeys."""
    return auth.begin_authentication(person)


def used(person: Person, credential: Any) -> Authenticator:
    """Whichever passkey of this person signed the challenge that waits; raises BadInput."""
    try:
        auth.parse_authentication_response(credential)
        return auth.complete_authentication(person, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(_("This passkey was not accepted. Please try once more.")) from error
    finally:
        auth.clear_state()
