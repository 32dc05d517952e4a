"""As in English: the months themselves are translated, and figures are written as in the rest of the page."""

from portal.formats.en.formats import *  # noqa: F403

DATETIME_FORMAT = "j F Y، H:i"
SHORT_DATETIME_FORMAT = "j M Y، H:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
