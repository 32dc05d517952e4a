"""Links, also without http and with letters that only look like others."""

import re

from django.utils.translation import gettext_lazy as _

from moderation.screens._plain import plain, scripts
from moderation.screens.base import Context, Finding, Screen, screens

_ENDINGS = """
com org net info biz io co app dev xyz top site online shop link click page live news blog tv ly gl gg
ru cn uk us de fr es it eu pk bd lk np ae sa eg gov edu in
"""
ENDINGS = frozenset(_ENDINGS.split())
"""Ends of names that are taken for a link without http before them."""
WORDS_TOO = {
    "in",
    "it",
    "us",
    "top",
    "site",
    "page",
    "live",
    "news",
    "link",
    "click",
    "shop",
    "online",
    "co",
    "de",
    "es",
}
"""Ends that are also words ("we sat there.it rained"): taken only with a path, a www or a second dot."""

_SCHEME = re.compile(r"\b(?:https?|hxxps?|ftp)\s?:\s?/{1,2}\s?[^\s<>\"']{1,2000}", re.IGNORECASE)
_NAME = re.compile(
    r"(?<![\w@.\-])((?:[\w\-]{1,63}\.){1,6})([a-z]{2,12})(?![\w\-]|\.[\w])(/[^\s<>\"']{0,2000})?",
    re.IGNORECASE,
)
_HOST = re.compile(r"//\s?([^/\s:?#]{1,253})")


class Links(Screen):
    """Finds addresses of other sites; our own are left alone."""

    key = "links"
    label = _("Links")

    def look(self, text: str, context: Context) -> list[Finding]:
        flat = plain(text)
        found: list[Finding] = []
        taken = -1
        for match in sorted(
            [*_SCHEME.finditer(flat), *self._names(flat)], key=lambda m: (m.start(), -m.end())
        ):
            if match.start() < taken or self._own(match.group(), context):
                continue
            taken = match.end()
            word = text[match.start() : match.end()]
            odd = len(scripts(word.split("/", 3)[2] if "//" in word else word)) > 1
            note = _("A link whose letters only look like others") if odd else _("A link")
            found.append(Finding(self.key, note, match.start(), match.end()))
        return found

    def _names(self, flat: str) -> list[re.Match[str]]:
        return [match for match in _NAME.finditer(flat) if self._is_site(match)]

    def _is_site(self, match: re.Match[str]) -> bool:
        name, ending, path = match.group(1).lower(), match.group(2).lower(), match.group(3)
        if ending not in ENDINGS:
            return False
        return ending not in WORDS_TOO or bool(path) or name.startswith("www.") or name.count(".") > 1

    def _own(self, address: str, context: Context) -> bool:
        host = _HOST.search(address)
        name = (host.group(1) if host else address.split("/", 1)[0]).lower()
        return name in context.own_hosts


screens.register(Links())
