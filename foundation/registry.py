"""Things found because their file is there: channels, instruments, engines, screens, letters."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar


class HasKey(Protocol):
    """Whatever can be registered: its `key` is its name in rows, addresses and settings."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=HasKey)


class Registry(Mapping[str, T]):
    """A mapping from key to thing, always in the order of the keys.

    `registry[key]` raises KeyError in words, `registry.get(key)` gives None. `noun` says what is kept here.
    """

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._things: dict[str, T] = {}

    def register(self, thing: T) -> T:
        """Adds a thing and hands it back (so it is a decorator); a key taken already raises ValueError."""
        if not thing.key:
            raise ValueError(f"A {self.noun} needs a key: {thing!r}")
        if thing.key in self._things:
            raise ValueError(
                f"Two want to be the {self.noun} {thing.key!r}: {self._things[thing.key]!r} and {thing!r}"
            )
        self._things[thing.key] = thing
        return thing

    def discover(self, package: str) -> None:
        """Imports every module of the package; those that begin with `_` are left alone."""
        home = importlib.import_module(package)
        for module in sorted(pkgutil.iter_modules(home.__path__), key=lambda found: found.name):
            if not module.name.startswith("_"):
                importlib.import_module(f"{package}.{module.name}")

    def __getitem__(self, key: str) -> T:
        try:
            return self._things[key]
        except KeyError:
            known = ", ".join(self) or "none"
            raise KeyError(f"There is no {self.noun} {key!r}. Known: {known}.") from None

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._things))

    def __len__(self) -> int:
        return len(self._things)
