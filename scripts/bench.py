"""`make bench`: runs the programs in bench/ one after the other; `make bench NAME=votes` runs one.

A program is a file with a `main()` guard. It starts its own servers on loopback, ends by itself and prints figures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from scripts.venv import PYTHON, ROOT


def main() -> int:
    """Runs what was named, or all; the exit status is the first one that is not 0."""
    found = {
        path.stem: path for path in sorted((ROOT / "bench").glob("*.py")) if not path.stem.startswith("_")
    }
    names = sys.argv[1:] or list(found)
    unknown = [name for name in names if name not in found]
    if unknown:
        print(f"There is no bench/{unknown[0]}.py. There is: {', '.join(found) or 'nothing yet'}.")
        return 1
    status = 0
    for name in names:
        print(f"\n── bench/{name}.py", flush=True)
        began = time.monotonic()
        done = subprocess.run(
            [str(PYTHON), "-m", f"bench.{name}"], cwd=ROOT, check=False, env=dict(os.environ)
        )
        print(f"{time.monotonic() - began:.1f} s", flush=True)
        status = status or done.returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
