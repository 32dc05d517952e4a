"""A file in its folder is enough to be found."""

import sys
from dataclasses import dataclass

import pytest

from foundation.registry import Registry


@dataclass(frozen=True)
class Channel:
    key: str


@pytest.fixture
def registry():
    return Registry[Channel]("channel")


def test_things_are_found_by_key_and_listed_in_the_order_of_their_keys(registry):
    second, first = registry.register(Channel("mail")), registry.register(Channel("feed"))
    assert list(registry.values()) == [first, second]
    assert registry["mail"] is second
    assert registry.get("mail") is second
    assert ("feed" in registry, "fax" in registry, len(registry)) == (True, False, 2)


def test_a_class_registers_itself_as_it_is_written(registry):
    @registry.register
    class Fax:
        key = "fax"

    assert registry["fax"] is Fax


def test_an_unknown_key_is_told_in_words_or_given_as_none(registry):
    registry.register(Channel("mail"))
    with pytest.raises(KeyError, match="There is no channel 'fax'"):
        registry["fax"]
    assert registry.get("fax") is None


@pytest.mark.parametrize("keys", [["mail", "mail"], [""]])
def test_a_key_is_needed_and_taken_once(registry, keys):
    with pytest.raises(ValueError, match="channel"):
        for key in keys:
            registry.register(Channel(key))


def test_every_module_of_a_folder_is_imported_once_and_those_with_an_underline_are_left(
    tmp_path, monkeypatch, registry
):
    folder = tmp_path / "found_channels"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "fax.py").write_text("from tests.foundation.test_registry import seen\nseen.append('fax')\n")
    (folder / "_paper.py").write_text("raise RuntimeError('not to be read')\n")
    monkeypatch.syspath_prepend(tmp_path)
    registry.discover("found_channels")
    registry.discover("found_channels")
    assert seen == ["fax"]
    for name in [name for name in sys.modules if name.startswith("found_channels")]:
        del sys.modules[name]


seen: list[str] = []
