"""The product's commands in a process that is loaded already: to load it takes longer than most of what a test asks.

It reads one JSON line for each command, `{"words": [...], "folder": "..."}`, and forks for it, so that each begins as
`manage.py` would: nothing read yet, no connection open. What goes in and comes out are the files `in`, `out` and `err`
of that folder; it answers with the exit status in a line.
"""

import json
import os
import sys
import traceback
from pathlib import Path

import django
from django.core.management import execute_from_command_line


def main() -> None:
    """Forks for each line that comes, until no more do."""
    django.setup()
    while line := sys.stdin.readline():
        asked = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(_run(asked["words"], Path(asked["folder"])))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _run(words: list[str], folder: Path) -> int:
    """What `manage.py` with these words does, on the files of the folder; its exit status."""
    for number, name, mode in ((0, "in", os.O_RDONLY), (1, "out", os.O_WRONLY), (2, "err", os.O_WRONLY)):
        os.dup2(os.open(folder / name, mode), number)
    try:
        execute_from_command_line(["manage.py", *words])
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    main()
