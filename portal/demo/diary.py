"""What happens in the town, day by day: acts are put down in any order, and played in the order of their days."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from foundation import clock

Act = Callable[[], object]
Step = Callable[[str], None]


class Diary:
    """Acts with their moments. While one is played, the house's clock shows its moment.

    An act may put down further ones, for the same moment or later. Those of one moment follow in the order in which
    they were put down.
    """

    def __init__(self) -> None:
        self._acts: list[tuple[datetime, int, str, Act]] = []
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._acts)

    def put(self, at: datetime, words: str, act: Act) -> None:
        """Puts an act down; `words` say in a few words what it is."""
        heapq.heappush(self._acts, (at, next(self._numbers), words, act))

    def play(self, step: Step) -> None:
        """Does everything, the oldest first, and calls `step` after each."""
        while self._acts:
            at, _number, words, act = heapq.heappop(self._acts)
            with clock.as_of(at):
                act()
            step(words)
