"""Ways on which letters reach a person. There is one; another is one entry here, and the page of wishes offers it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.registry import Registry


@dataclass(frozen=True)
class Way:
    """A way for letters: its key, and its words for readers."""

    key: str
    label: Promise


ways: Registry[Way] = Registry("way for letters")
EMAIL = ways.register(Way("email", _("E-mail")))
