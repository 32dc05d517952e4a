"""What of this room a person can take with them."""

from accounts.download import keep_back

keep_back(
    "analysis.Coding.contribution",
    "how the words were read stands on the voice's own page, with the theme's name",
)
