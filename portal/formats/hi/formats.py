"""As in English: the months themselves are translated. Numbers are grouped as in India: 12,34,567."""

from portal.formats.en.formats import *  # noqa: F403

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = (3, 2, 0)
