"""A network made of a list: it keeps what it was sent and fails as it is told, also after having kept it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from outreach.channels import channels
from outreach.channels.base import Account, Attempt, Basic, Caps, Part, Receipt, Reply, ReplyPage, Verified


class Scripted(Basic):
    """`fails(error)` refuses the next post; `loses_answer(error)` keeps it and then fails."""

    key = "scripted"
    label = "Scripted"
    caps = Caps(
        limit=200,
        counts="letters",
        threads=True,
        can_find=True,
        can_delete=True,
        can_listen=True,
        verified=Verified(how=Verified.OURS, by="tests", source="", on=date(2026, 1, 1)),
    )

    def __init__(self) -> None:
        self.posts: dict[str, Part] = {}
        self.attempts: list[Attempt] = []
        self.answers: list[Reply] = []
        self.gone: set[str] = set()
        self.script: list[tuple[BaseException, bool]] = []
        self.lookups: list[BaseException] = []
        self.hides = False
        self.before: Callable[[], None] = lambda: None
        self._lock = threading.Lock()

    def fails(self, error: BaseException) -> None:
        self.script.append((error, False))

    def loses_answer(self, error: BaseException) -> None:
        self.script.append((error, True))

    def publish(self, part: Part, attempt: Attempt) -> Receipt:
        self.before()
        with self._lock:
            self.attempts.append(attempt)
            error, keeps = self.script.pop(0) if self.script else (None, True)
            if keeps:
                remote_id = f"r{len(self.posts) + 1}"
                self.posts[remote_id] = part
        if error:
            raise error
        return Receipt(remote_id=remote_id, url=f"https://scripted.example/{remote_id}")

    def find(self, part: Part, attempt: Attempt) -> Receipt | None:
        if self.lookups:
            raise self.lookups.pop(0)
        for remote_id, kept in self.posts.items():
            if kept == part and remote_id not in attempt.taken and not self.hides:
                return Receipt(remote_id=remote_id, url=f"https://scripted.example/{remote_id}")
        return None

    def delete(self, receipt: Receipt, account: Account) -> None:
        self.posts.pop(receipt.remote_id, None)

    def replies(self, account: Account, cursor: str, watched: Sequence[Receipt]) -> ReplyPage:
        ids = {receipt.remote_id for receipt in watched}
        return ReplyPage(tuple(reply for reply in self.answers if reply.watched in ids), cursor)

    def is_gone(self, account: Account, *, remote_id: str, uri: str) -> bool:
        return remote_id in self.gone

    @contextmanager
    def at_work(self) -> Iterator[None]:
        registry = channels()
        registry.register(self)
        try:
            yield
        finally:
            registry._things.pop(self.key)
