"""How often Python looks for objects that hold each other and nothing else does.

Its own answer, once for every 700 new objects, costs a sixth of a page and a third of `migrate`: nearly everything
that a program of ours makes at its start stays for ever. So it looks once for every 50,000, and what stood when the
program had been loaded is not looked at again.
"""

import gc

NEW, YOUNG, OLD = 50_000, 20, 20


def look_seldom() -> None:
    """For the beginning of a program."""
    gc.set_threshold(NEW, YOUNG, OLD)


def keep_what_stands() -> None:
    """For the moment when a program is loaded and begins its work; also before it forks, so that memory is shared."""
    gc.collect()
    gc.freeze()
