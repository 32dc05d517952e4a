"""The site's own Atom feed: a published delivery is an entry, with an id that never changes."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from outreach.channels import register
from outreach.channels.base import Account, Attempt, Basic, Caps, Message, Part, Problem, Receipt, Verified


class Feed(Basic):
    """Nothing is sent: the feed is made from the published deliveries, each time it is asked for."""

    key = "feed"
    label = _("Atom feed of this site")
    caps = Caps(
        limit=None,
        counts=_("any length"),
        titled=True,
        can_find=True,
        can_delete=True,
        same_again=True,
        verified=Verified(
            how=Verified.OURS,
            by="feedparser 6",
            source="https://www.rfc-editor.org/rfc/rfc4287",
            on=date(2026, 11, 21),
        ),
    )

    def compose(self, message: Message, language: str) -> tuple[Part, ...]:
        text, title = message.text.strip(), message.title.strip()
        return (Part(text=text, language=language, title=title, link=message.link),)

    def validate(self, parts: Sequence[Part], *, limit: int | None = None) -> list[Problem]:
        problems = super().validate(parts, limit=limit)
        problems += [Problem(part.number, _("An entry needs a title.")) for part in parts if not part.title]
        return problems

    def publish(self, part: Part, attempt: Attempt) -> Receipt:
        return Receipt(remote_id=f"urn:uuid:{attempt.idempotency_key}", url=part.link)

    def find(self, part: Part, attempt: Attempt) -> Receipt | None:
        return None

    def delete(self, receipt: Receipt, account: Account) -> None:
        """The entry leaves the feed with the state of its delivery."""


register(Feed())
