"""What a page must know of a language: which way it is written and what it calls itself."""

from typing import Literal

from django.conf import settings
from django.utils.translation import get_language_info

# Written from right to left, and unknown to Django's own table (or in it only with a region).
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def direction(code: str) -> Literal["rtl", "ltr"]:
    """The value of `dir` for a code such as `ar`, `ar-eg` or `hi`; unknown codes run left to right."""
    language = code.lower().replace("_", "-")
    if "latn" in language.split("-"):
        return "ltr"
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def own_name(code: str) -> str:
    """What a language calls itself ("हिन्दी"); the code when nobody knows."""
    ours = dict(settings.LANGUAGES)
    if code in ours:
        return str(ours[code])
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
