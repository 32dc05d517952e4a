"""Talking: ideas, the talk below them, and who supports what."""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from accounts.roles import Role
from consultations.models import Question
from consultations.services import Submitted, cast_many, say_officially
from foundation import clock
from ideas.services import comment, propose
from portal.demo import reading
from portal.demo.plan import Plan, key_of
from portal.demo.reading import OFFICIAL, SHOW, WAIT, Said, Thought
from portal.demo.say import late, put_on_the_desk
from portal.demo.town import Town

FIRST_PART = 0.6
"""Ideas come in this first share of the time, so that there is time to talk about them."""
VOTES = timedelta(minutes=20)
"""So long before the close (or before now) everybody has supported what they support."""


def put_ideas(town: Town, plan: Plan) -> None:
    """Ideas with support and comments below them."""
    thoughts = reading.voices(plan.key).ideas
    thoughts.sort(key=lambda thought: (thought.then != SHOW, key_of(plan.key, "order", thought.title)))
    opens, until = town.day(plan.opens), town.day(plan.until)
    for number, thought in enumerate(thoughts):
        at = opens + (until - opens) * (FIRST_PART * (number + 1) / (len(thoughts) + 1))
        if thought.then == WAIT:
            at = late(town)
        town.diary.put(at, thought.title, partial(_propose, town, plan, thought))
        _put_talk(town, plan, thought, at)
        if thought.then == SHOW:
            _put_support(town, plan, thought, by=thought.who, times=thought.liked)


def _put_talk(town: Town, plan: Plan, thought: Thought, at: datetime) -> None:
    """Remarks one after the other: each stands below what a moderator has read by then."""
    said = reading.flat(thought.talk)
    over = {id(below): remark for remark in said for below in remark.below}
    step = (town.day(plan.until) - at) / (len(said) + 1)
    for number, remark in enumerate(said):
        moment = at + step * (number + 1)
        if remark.then == WAIT:
            moment = late(town) + timedelta(minutes=number)
        parent = over.get(id(remark), thought)
        act = _speak if remark.who == OFFICIAL else _remark
        town.diary.put(moment, remark.who, partial(act, town, plan, remark, parent))
        if remark.then == SHOW and remark.who != OFFICIAL:
            _put_support(town, plan, remark, by=remark.who, times=_times(remark.text))


def _times(text: str) -> int:
    """How often a remark is supported: many of them by nobody, a few by many."""
    return int(30 * (key_of("liked", text).int % 997 / 997) ** 3)


def _propose(town: Town, plan: Plan, thought: Thought) -> None:
    question = Question.objects.select_related("phase", "consultation").get(
        consultation=town.consultations[plan.key], instrument="ideas"
    )
    came = propose(
        question,
        person=town.citizens[thought.who],
        title=thought.title,
        text=thought.text,
        tags=thought.tags,
        language=thought.language,
        request_key=key_of(plan.key, "idea", thought.title),
        now=clock.now(),
    )
    _keep(town, plan, thought, came)


def _remark(town: Town, plan: Plan, remark: Said, parent: Said | Thought) -> None:
    came = comment(
        town.said[id(parent)],
        person=town.citizens[remark.who],
        text=remark.text,
        language=remark.language,
        request_key=key_of(plan.key, "comment", remark.who, remark.text),
        now=clock.now(),
    )
    _keep(town, plan, remark, came)


def _speak(town: Town, plan: Plan, remark: Said, parent: Said | Thought) -> None:
    town.said[id(remark)] = say_officially(
        town.consultations[plan.key],
        text=remark.text,
        parent=town.said[id(parent)],
        by=town.who(plan.agency, Role.EDITOR),
        now=clock.now(),
        language=remark.language,
    )


def _keep(town: Town, plan: Plan, said: Said | Thought, came: Submitted) -> None:
    contribution = town.said[id(said)] = came.response.contributions.get()
    put_on_the_desk(town, plan, contribution, then=said.then)


def _put_support(town: Town, plan: Plan, said: Said | Thought, *, by: str, times: int) -> None:
    """The same people on every machine: drawn with the words as the seed."""
    if not times:
        return
    draw = Random(f"{plan.key} {said.text}")  # noqa: S311 - not for secrets
    names = draw.sample(sorted(set(town.citizens) - {by}), times)
    moment = town.day(plan.until) - VOTES

    def act() -> None:
        people = [town.citizens[name] for name in names]
        cast_many(town.said[id(said)], people=people, now=clock.now())

    town.diary.put(moment, "support", act)
