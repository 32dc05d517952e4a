"""How django-allauth keeps and names second factors here: secrets sealed, our name, our host."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from accounts.models import Person
from accounts.sealing import seal, unseal


class Factors(DefaultMFAAdapter):
    """Named by MFA_ADAPTER."""

    def encrypt(self, text: str) -> str:
        """What a row may hold: sealed under SECRET_KEY; former keys stay good for opening."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises cryptography's InvalidToken when no key of ours opens it."""
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What an authenticator app writes above the codes."""
        return str(settings.WAGTAIL_SITE_NAME)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is made: the host of PUBLIC_URL, whatever host a request names."""
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "", "name": str(settings.WAGTAIL_SITE_NAME)}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, bytes | str]:
        """Whose passkey it is: a number and a sign-in name, no address."""
        shown = user.get_full_name() if isinstance(user, Person) else ""
        name = user.get_username()
        return {"id": str(user.pk).encode(), "display_name": shown or name, "name": name}

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return user.get_username()
