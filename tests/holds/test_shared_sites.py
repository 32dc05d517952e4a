"""A site that many tests look at is built once: two processes that share the tests do not both build it."""

import os
from collections import defaultdict

import pytest

SHARED = {"here", "both", "full", "empty", "three"}
"""Fixtures that build a site for all tests of a file."""


def _shared(item: pytest.Item) -> set[str]:
    """The fixtures over a whole site that this test asks for; another fixture may have such a name by chance."""
    asked = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return {name for name in SHARED & set(asked) if asked[name][-1].scope == "module"}


def test_tests_that_share_a_site_run_in_one_process(request: pytest.FixtureRequest):
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in request.session.items:
        for fixture in _shared(item):
            mark = item.get_closest_marker("xdist_group")
            file = item.nodeid.partition("::")[0]
            groups[file, fixture].add(str(mark.args[0]) if mark else f"{item.name} alone")
    split = {where: names for where, names in groups.items() if len(names) != 1 or " alone" in min(names)}
    assert not split
    together = [min(names) for names in groups.values()]
    assert len(together) == len(set(together)), (
        "each site has a name of its own, so that they can be shared out"
    )


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process shares nothing out")
def test_tests_are_shared_out_by_their_groups(request: pytest.FixtureRequest):
    """pytest-xdist tells a group by the end of a test's name; a pytest that keeps it from doing so costs minutes."""
    if not request.config.getoption("loadgroup"):
        pytest.skip("not shared out by groups: --dist loadgroup")
    grouped = [item for item in request.session.items if item.get_closest_marker("xdist_group")]
    assert grouped and all("@" in item.nodeid for item in grouped)
