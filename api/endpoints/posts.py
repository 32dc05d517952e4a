"""Posts: what agencies told people, where it stands, and by which role it was approved."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from api.nouns import Noun, Shown, nouns
from api.schema import CODE, MOMENT, SLUG, Filters, Item, Named, means, narrows

HERE = apps.is_installed("outreach")
if HERE:
    from outreach import told


class WhichPosts(Filters):
    """Narrows the list of posts."""

    agency: str | None = narrows("Slug of an agency", pattern=SLUG)
    channel: str | None = narrows("Key of a channel: mastodon, email …", pattern=r"^[a-z_]{1,40}$")
    language: str | None = narrows("Only words in this language", pattern=CODE)


class PartOut(Item):
    """One part of a post; a long one is a thread of parts."""

    text: str = means("Its words", "Water at night: tell us until 21 December when you need it.")
    url: str = means(
        "Where it stands; empty for a letter, and once it is taken back", "https://social.example/@water/1"
    )
    withdrawn_at: datetime | None = means("When it was taken back", None)
    withdrawn_reason: str = means("Why it was taken back; empty while it stands", "")


class PostOut(Item):
    """A public message of an agency, as it went out on one account in one language."""

    key: str = means("What it is called by programs; it never changes", "812")
    agency: Named = means("Who says it")
    title: str = means("Its title", "Water at night")
    channel: str = means("Key of the channel on which it went out", "mastodon")
    language: str = means("Code of the language of its words", "en")
    told_at: datetime = means("When it went out", MOMENT)
    parts: list[PartOut] = means("Its parts, in order")
    submitted_as: str = means(
        "The role of whoever sent it for approval; empty where nobody can tell", "press_officer"
    )
    approved_as: str = means("The role of the second person; empty where nobody can tell", "approver")
    approved_at: datetime | None = means("When the second person approved it", MOMENT)
    replies: int = means("How many public replies to it were heard", 5)


class Posts(Noun[Any]):
    """What went out, the newest first."""

    key = "posts"
    one = "post"
    words = _("Posts")
    about = _("What agencies told people on other channels, word for word, with where it stands.")
    item = whole = PostOut
    which = WhichPosts
    by = ("-told_at", "-pk")

    def rows(self, which: Any, now: datetime) -> "QuerySet[Any]":
        found = told.told_versions(channel=which.channel or "")
        if which.agency is not None:
            found = found.filter(account__agency__slug=which.agency)
        return found.filter(language=which.language) if which.language is not None else found

    def find(self, key: str, now: datetime) -> "QuerySet[Any]":
        number = key.isascii() and key.isdigit() and len(key) < 19
        return told.told_versions().filter(pk=int(key) if number else -1)

    def shown(self, rows: Sequence[Any], language: str, now: datetime) -> Iterable[Shown]:
        for found in told.told(rows):
            yield {
                "key": str(found.version.pk),
                "agency": {"slug": found.agency.slug, "name": found.agency.name},
                "title": found.title,
                "channel": found.version.account.channel,
                "language": found.version.language,
                "told_at": found.at,
                "parts": [
                    {
                        "text": each.part.text,
                        "url": each.url,
                        "withdrawn_at": each.withdrawn_at,
                        "withdrawn_reason": str(each.reason),
                    }
                    for each in found.parts
                ],
                "submitted_as": found.submitted_as,
                "approved_as": found.approved_as,
                "approved_at": found.approved_at,
                "replies": found.heard,
            }


if HERE:
    nouns.register(Posts())
