"""Checks that every question goes through: known parameters only, a language that we speak, not too often."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.throttling import SimpleRateThrottle

from accounts.verification.limits import network_of
from foundation.errors import BadInput


def only(request: HttpRequest, known: type[Schema]) -> None:
    """Refuses parameters that we do not know: a filter that is passed over in silence would give a wrong answer.

    Raises BadInput.
    """
    unknown = set(request.GET) - set(known.model_fields)
    if unknown:
        names = ", ".join(sorted(known.model_fields)) or _("none")
        raise BadInput(
            _("There is a parameter that we do not know. Known here: %(names)s.") % {"names": names}
        )


def spoken(language: str | None) -> str:
    """The language asked for, or the site's own. Raises BadInput for one that the site does not speak."""
    if language is None:
        return settings.LANGUAGE_CODE
    if language not in dict(settings.LANGUAGES):
        known = ", ".join(dict(settings.LANGUAGES))
        raise BadInput(_("This site does not speak that language. It speaks: %(known)s.") % {"known": known})
    return language


class ByNetwork(SimpleRateThrottle):
    """So many questions from one network (/24, /56) in so much time; nothing but a keyed hash of it is kept."""

    scope = "api"

    def get_cache_key(self, request: HttpRequest) -> Any:
        ident = salted_hmac("api.network", network_of(request), algorithm="sha256").hexdigest()
        return self.cache_format % {"scope": self.scope, "ident": ident}
