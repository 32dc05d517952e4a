"""The talk below an idea: who answered whom, in the order in which it is read.

One query fetches the bones of the whole thread (its depth does not matter), a second the words of the page that
is shown. Both walk step by step and never call themselves: imported threads are two dozen replies deep.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from consultations.models import Contribution
from foundation.prepared import prepared

State = Contribution.State
NESTED = 3
"""So deep replies are set in; what is deeper stands in the last nest and says whom it answers."""
DEEPEST = 500
PAGE = 30

_BONES = """
WITH RECURSIVE thread(id, parent_id, depth) AS (
    SELECT id, parent_id, 0 FROM consultations_contribution WHERE parent_id = %s AND kind = 'comment'
    UNION ALL
    SELECT c.id, c.parent_id, thread.depth + 1
    FROM consultations_contribution c JOIN thread ON c.parent_id = thread.id
    WHERE c.kind = 'comment' AND thread.depth < %s
)
SELECT thread.id, thread.parent_id, c.state, c.published_at IS NOT NULL, c.may_publish
FROM thread JOIN consultations_contribution c ON c.id = thread.id
ORDER BY c.received_at, c.id
"""


_COUNTS = """
WITH RECURSIVE thread(id, root, depth) AS (
    SELECT id, parent_id, 0 FROM consultations_contribution WHERE parent_id IN ({}) AND kind = 'comment'
    UNION ALL
    SELECT c.id, thread.root, thread.depth + 1
    FROM consultations_contribution c JOIN thread ON c.parent_id = thread.id
    WHERE c.kind = 'comment' AND thread.depth < %s
)
SELECT thread.root, COUNT(*) FROM thread JOIN consultations_contribution c ON c.id = thread.id
WHERE c.state = 'published' AND c.may_publish GROUP BY thread.root
"""


@dataclass(frozen=True)
class Bone:
    """A place in a thread: whom it answers, how deep it stands, and whether its words are shown."""

    pk: int
    parent: int
    depth: int
    shown: bool


@dataclass
class Remark:
    """A comment as it is shown: set in at `depth`, below the words of `to` where these stand elsewhere."""

    contribution: Contribution
    shown: bool
    to: Contribution | None = None
    replies: list["Remark"] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """All places in reading order."""

    bones: tuple[Bone, ...]

    @property
    def count(self) -> int:
        """How many comments can be read."""
        return sum(1 for bone in self.bones if bone.shown)


def thread_of(contribution: Contribution) -> Thread:
    """The bones of the talk below a contribution: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_BONES, [contribution.pk, DEEPEST])
        rows = cursor.fetchall()
    return Thread(tuple(_in_order(contribution.pk, rows)))


def counts(keys: Sequence[int]) -> dict[int, int]:
    """How many comments can be read below each contribution, replies to replies too: one query."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(", ".join(["%s"] * len(keys))), [*keys, DEEPEST])
        return dict(cursor.fetchall())


def _in_order(root: int, rows: Sequence[tuple[Any, ...]]) -> list[Bone]:
    """Depth first, replies in the order of their time; what nobody may see is left out with no trace.

    A place stays where words were shown once and are gone, or where what is shown hangs below it.
    """
    below: dict[int, list[int]] = defaultdict(list)
    shown: dict[int, bool] = {}
    kept: set[int] = set()
    parent_of: dict[int, int] = {}
    for pk, parent, state, was_published, may_publish in rows:
        below[parent].append(pk)
        parent_of[pk] = parent
        shown[pk] = state == State.PUBLISHED and bool(may_publish)
        if shown[pk] or (was_published and state in (State.REJECTED, State.REMOVED)):
            kept.add(pk)
    anchored: set[int] = set()
    for pk in [pk for pk in kept if shown[pk]]:
        above = parent_of[pk]
        while above != root and above not in anchored:
            anchored.add(above)
            above = parent_of[above]
    kept |= anchored
    order: list[Bone] = []
    waiting = [(pk, 0) for pk in reversed(below[root])]
    while waiting:
        pk, depth = waiting.pop()
        if pk in kept:
            order.append(Bone(pk, parent_of[pk], depth, shown[pk]))
            waiting.extend((reply, depth + 1) for reply in reversed(below[pk]))
    return order


@prepared
def _with_words(keys: list[int]) -> "QuerySet[Contribution]":
    rows = Contribution.objects.select_related("participant", "consultation", "question__phase")
    return rows.filter(pk__in=keys)


def read(bones: Sequence[Bone]) -> list[Remark]:
    """The words of one page of a thread, nested: one query.

    A reply whose parent is not on the page, or stands at the deepest nest, says whom it answers.
    """
    wanted = {bone.pk for bone in bones} | {bone.parent for bone in bones}
    rows = {contribution.pk: contribution for contribution in _with_words(sorted(wanted))}
    top: list[Remark] = []
    placed: dict[int, tuple[Remark, int]] = {}
    nest_of: dict[int, Remark] = {}
    for bone in (bone for bone in bones if bone.pk in rows):
        remark = Remark(rows[bone.pk], bone.shown)
        above, level = placed.get(bone.parent, (None, 0))
        if above is None:
            top.append(remark)
            remark.to = rows.get(bone.parent) if bone.depth else None
        elif level < NESTED:
            above.replies.append(remark)
            nest_of[bone.pk] = above
        else:
            nest = nest_of[bone.pk] = nest_of[bone.parent]
            nest.replies.append(remark)
            remark.to = rows.get(bone.parent)
        placed[bone.pk] = (remark, min(level + 1, NESTED))
    return top
