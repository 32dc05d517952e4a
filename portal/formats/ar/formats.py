"""As in English: the months themselves are translated."""

from portal.formats.en.formats import *  # noqa: F403
