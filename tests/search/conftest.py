"""Search begins in English, and entries are made with one word each where nothing else matters."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from search.engines import Entry, engine

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _begins_in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def put(db: None) -> Callable[..., None]:
    """`put("words", …, language="hi")`: entries with these words as their bodies, keyed 1, 2, …"""

    def put(*texts: str, language: str = "en", kind: str = "idea", **more: Any) -> None:
        begin = more.pop("begin", 1)
        entries = [
            Entry(
                **{
                    "source": "test",
                    "key": str(key),
                    "language": language,
                    "title": "",
                    "body": text,
                    "kind": kind,
                    "at": NOW,
                    **more,
                }
            )
            for key, text in enumerate(texts, start=begin)
        ]
        engine().index(entries, now=NOW)

    return put
