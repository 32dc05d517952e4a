"""What of this room a person can take with them."""

from accounts.download import give, keep_back

give("analysis.ReadBack", of="response__participant__person", without=("by",))

keep_back(
    "analysis.Coding.contribution",
    "how the words were read stands on the voice's own page, with the theme's name",
)
