"""The letters with codes that the threshold announced, as the room above would write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from accounts.signals import code_issued


@contextmanager
def letters_box() -> Iterator[list[dict[str, Any]]]:
    """Collects `{address, code, language, minutes}` for every code announced meanwhile."""
    sent: list[dict[str, Any]] = []

    def keep(sender: object, **facts: Any) -> None:
        sent.append({key: facts[key] for key in ("address", "code", "language", "minutes")})

    code_issued.connect(keep, weak=False)
    try:
        yield sent
    finally:
        code_issued.disconnect(keep)


def another(code: str) -> str:
    """A code of the same shape that is wrong."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
