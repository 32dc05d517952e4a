"""Where the real civic data lies that imports are tried on; it stands beside the project, never in it."""

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("SAMVAD_DATA", Path(__file__).resolve().parent.parent.parent / "shared" / "data"))


def folder(name: str) -> Path:
    """A folder of real data. Without it the test fails in CI and is skipped elsewhere, with the reason."""
    found = DATA / name
    if not found.exists():
        reason = f"needs the real data in {found} (SAMVAD_DATA names another place)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found
