"""What every channel is made of: plain data in and out, one mutation, no models, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

from django.utils.translation import gettext_lazy as _

from foundation.errors import OutsideError, Words


class NotNow(OutsideError):
    """Definitely not sent, and worth trying again after `until`: this delivery waits, not its account."""

    def __init__(self, message: Words, *, until: datetime) -> None:
        super().__init__(message)
        self.until = until


@dataclass(frozen=True)
class Message:
    """What is to be told: words that an officer wrote, and the page on our site that they lead to."""

    title: str
    text: str
    link: str = ""


@dataclass(frozen=True)
class Part:
    """One remote post: a message is one part, or several that answer one another (a thread)."""

    text: str
    language: str
    number: int = 1
    of: int = 1
    title: str = ""
    link: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a part cannot go out as it stands. `stops` is False for a mere hint."""

    part: int
    message: Words
    stops: bool = True


@dataclass(frozen=True)
class Account:
    """Where and as whom: built by the services from a row, just before a call. Never logged, never stored."""

    key: str
    base_url: str = ""
    name: str = ""
    token: str = field(default="", repr=False)
    sender: str = ""


@dataclass(frozen=True)
class Receipt:
    """Proof that a part stands out there: the network's own id, and the address where people read it."""

    remote_id: str
    url: str = ""
    uri: str = ""


@dataclass(frozen=True)
class Attempt:
    """One try to send a part. The keys were frozen at approval: each try of a delivery has the same.

    `since` is when the first try began, `now` this one. `previous` is the part that this one answers.
    `taken` are remote ids that other deliveries of the account already stand for. `recipient` and `leave_url`
    are filled for channels that write to each person alone.
    """

    account: Account
    idempotency_key: str
    record_key: str
    since: datetime
    now: datetime
    previous: Receipt | None = None
    taken: frozenset[str] = frozenset()
    recipient: str = field(default="", repr=False)
    leave_url: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reply:
    """What somebody answered in public, without who it was.

    `external_id` is the same wherever the reply is seen and names nobody; `remote_id` and `uri` serve only to
    ask later whether it is still there. `watched` is the remote id of the post below which it was found.
    """

    external_id: str
    remote_id: str
    uri: str
    url: str
    text: str
    at: datetime
    language: str
    in_reply_to: str
    watched: str


@dataclass(frozen=True)
class ReplyPage:
    """Replies found by one look, and where the next look goes on."""

    replies: tuple[Reply, ...] = ()
    cursor: str = ""


@dataclass(frozen=True)
class Standing:
    """What a network says of an account: who we are there, its limit, and when the token ends (None: it said nothing)."""

    name: str
    url: str = ""
    limit: int | None = None
    expires: datetime | None = None


@dataclass(frozen=True)
class Verified:
    """How we know that the channel works: against what, written where, when."""

    REAL: ClassVar[Words] = _("against a real server")
    STAND_IN: ClassVar[Words] = _("against a stand-in written from documents")
    OURS: ClassVar[Words] = _("it is our own")

    how: Words
    by: str
    source: str
    on: date


@dataclass(frozen=True)
class Caps:
    """What a channel can do. `limit` is the default; an account may have learned another one.

    `titled`: a post there has a title of its own. `one_by_one`: each reader gets a message of their own.
    `same_again`: publishing twice with the same keys leaves one post, so an unknown outcome needs no look-up.
    """

    limit: int | None
    counts: Words
    verified: Verified
    links: bool = True
    media: tuple[str, ...] = ()
    titled: bool = False
    threads: bool = False
    can_find: bool = False
    can_delete: bool = False
    can_listen: bool = False
    same_again: bool = False
    one_by_one: bool = False
    needs_address: bool = False
    needs_token: bool = False


class Channel(Protocol):
    """A way to tell people something. What goes wrong is raised as `foundation.http`'s Refused, AuthExpired,
    RateLimited or Unknown, or as `NotNow`."""

    @property
    def key(self) -> str:
        """Its name in rows and addresses."""

    @property
    def label(self) -> Words:
        """Its name for people."""

    @property
    def caps(self) -> Caps:
        """What it can do."""

    def compose(self, message: Message, language: str) -> tuple[Part, ...]:
        """The parts that would go out, exactly. Pure."""

    def count(self, part: Part) -> int:
        """How long the network will find this part. Pure."""

    def validate(self, parts: Sequence[Part], *, limit: int | None = None) -> list[Problem]:
        """What stands in the way; the editor's preview and the worker ask the same. Pure."""

    def check(self, account: Account) -> Standing:
        """Asks the network who we are there."""

    def publish(self, part: Part, attempt: Attempt) -> Receipt:
        """Sends one part: the one mutation."""

    def find(self, part: Part, attempt: Attempt) -> Receipt | None:
        """The part as it already stands out there; None is proven absence. Only where `caps.can_find`."""

    def delete(self, receipt: Receipt, account: Account) -> None:
        """Takes a post back; one that is gone already is no error. Only where `caps.can_delete`."""

    def metrics(self, receipt: Receipt, account: Account) -> dict[str, int]:
        """How often it was shared, liked and answered, as the network counts."""

    def replies(self, account: Account, cursor: str, watched: Sequence[Receipt]) -> ReplyPage:
        """Public answers to the watched posts. Only where `caps.can_listen`."""

    def is_gone(self, account: Account, *, remote_id: str, uri: str) -> bool:
        """Whether a reply heard earlier is certainly gone at its origin. Only where `caps.can_listen`."""


class Basic:
    """What most channels share: a line with only `---` splits a thread, and the link stands at its end."""

    key: ClassVar[str]
    label: ClassVar[Words]
    caps: ClassVar[Caps]

    BREAK: ClassVar[str] = "---"

    def compose(self, message: Message, language: str) -> tuple[Part, ...]:
        pieces = self._pieces(message.text) if self.caps.threads else [message.text.strip()]
        last = len(pieces)
        return tuple(
            Part(
                text=self._with_link(piece, message) if number == last else piece,
                language=language,
                number=number,
                of=last,
                title=message.title.strip(),
                link=message.link if number == last else "",
            )
            for number, piece in enumerate(pieces, start=1)
        )

    def count(self, part: Part) -> int:
        return len(part.text)

    def validate(self, parts: Sequence[Part], *, limit: int | None = None) -> list[Problem]:
        most = limit or self.caps.limit
        problems = []
        for part in parts:
            if not part.text.strip():
                problems.append(Problem(part.number, _("There are no words yet.")))
            over = self.count(part) - most if most else 0
            if over > 0:
                problems.append(
                    Problem(
                        part.number, _("Too long by %(over)d of %(most)d characters.") % _figures(over, most)
                    )
                )
        return problems

    def check(self, account: Account) -> Standing:
        return Standing(name=account.name, limit=self.caps.limit)

    def find(self, part: Part, attempt: Attempt) -> Receipt | None:
        raise OutsideError(_("This channel cannot be asked what stands there."), permanent=True)

    def delete(self, receipt: Receipt, account: Account) -> None:
        raise OutsideError(_("This channel cannot take a post back."), permanent=True)

    def metrics(self, receipt: Receipt, account: Account) -> dict[str, int]:
        return {}

    def replies(self, account: Account, cursor: str, watched: Sequence[Receipt]) -> ReplyPage:
        return ReplyPage(cursor=cursor)

    def is_gone(self, account: Account, *, remote_id: str, uri: str) -> bool:
        return False

    def _with_link(self, text: str, message: Message) -> str:
        if not message.link or not self.caps.links or message.link in text:
            return text
        return f"{text}\n\n{message.link}".strip()

    def _pieces(self, text: str) -> list[str]:
        pieces: list[list[str]] = [[]]
        for line in text.strip().splitlines():
            if line.strip() == self.BREAK:
                pieces.append([])
            else:
                pieces[-1].append(line)
        kept = ["\n".join(piece).strip() for piece in pieces]
        return [piece for piece in kept if piece] or [""]


def _figures(over: int, most: int | None) -> dict[str, Any]:
    return {"over": over, "most": most}
