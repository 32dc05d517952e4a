"""The course of one consultation: when it is announced, opens, is talked about, closes and is answered."""

from functools import partial

from consultations.services import close_due, open_due
from foundation import clock
from portal.demo import answer, ask, reading, tell
from portal.demo.plan import Plan
from portal.demo.say import put_answers
from portal.demo.talk import put_ideas
from portal.demo.town import Town

A_LITTLE, A_DAY = 0.05, 1.0
MENDED = "boats"
"""The page to which an editor added a sentence lately; it waits for a second person."""


def lay_out(town: Town, plan: Plan) -> None:
    """Puts down in the diary everything that has happened so far."""
    put, day = town.diary.put, town.day
    if plan.draft:
        put(day(-A_DAY), plan.key, partial(ask.leave_as_draft, town, plan))
        return
    put(day(plan.announced), plan.key, partial(ask.ask, town, plan))
    if plan.key == MENDED:
        put(day(-A_LITTLE), plan.key, partial(ask.mend, town, plan))
    if plan.opens >= 0:
        return
    put(day(plan.opens), "opens", lambda: open_due(clock.now()))
    put(day(plan.opens + A_LITTLE), plan.key, partial(tell.tell_question, town, plan))
    put_answers(town, plan)
    put_ideas(town, plan)
    if plan.closes < 0:
        _close(town, plan)


def _close(town: Town, plan: Plan) -> None:
    put, day = town.diary.put, town.day
    if plan.first_closes is not None:
        put(day(plan.closes - A_LITTLE), plan.key, partial(ask.close_early, town, plan))
    put(day(plan.closes), "closes", lambda: close_due(clock.now()))
    put(day(plan.closes + A_DAY), "analysis", partial(answer.read, town, plan))
    words = reading.outcome(plan.key)
    if words is not None:
        put(day(words["released"]), words["en"]["title"], partial(answer.decide, town, plan))
        put(day(words["released"] + A_LITTLE), plan.key, partial(tell.tell_outcome, town, plan))
