"""Saying: answers, ideas, comments and support of forty citizens, and what the moderators did with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from accounts.roles import Role
from consultations.models import Contribution, Participant, Question
from consultations.services import Saying, Terms, say_officially, submit
from ideas.services import comment, propose, support
from moderation.services import decide, open_case
from portal.demo import talk_en, talk_hi, voices_en, voices_hi
from portal.demo.ask import option_id
from portal.demo.people import CITIZENS
from portal.demo.plan import Ask, Plan, key_of
from portal.demo.talk_en import OFFICIAL, Show, Spam, Thought, Wait
from portal.demo.town import Town
from portal.demo.voices_en import Voice

LEFT_WAITING = 3
"""So many of the newest answers that a moderator must see still wait for one."""
ORGANISATIONS = {
    "gurdeep": "Ferrymen's Union of Nadipur",
    "mary": "Canal Lane Clinic",
    "imtiaz": "Launderers' Guild",
}


def answer(town: Town, plan: Plan) -> None:
    """Everybody who has something to say answers once, spread over the time that has passed."""
    consultation = town.consultations[plan.key]
    asked = {str(q.block_id): q for q in consultation.questions.select_related("phase", "consultation")}
    voices = [*voices_en.ANSWERS.get(plan.key, []), *voices_hi.ANSWERS.get(plan.key, [])]
    voices.sort(key=lambda voice: key_of(plan.key, "order", voice[0]))
    for number, voice in enumerate(voices):
        waits = number >= len(voices) - LEFT_WAITING
        at = _moment(town, plan, (number + 1) / (len(voices) + 1), late=waits)
        came = submit(
            consultation,
            sayings=list(_sayings(plan, voice, asked)),
            person=town.citizens[voice[0]],
            now=at,
            form=f"phase:{next(iter(asked.values())).phase_id}",
            terms=_terms(voice[0], number),
            request_key=key_of(plan.key, "answer", voice[0]),
        )
        for contribution in came.response.contributions.all():
            _moderate(town, plan, contribution, at, then=Wait if waits else Show)
        town.step(voice[0])


def talk(town: Town, plan: Plan) -> None:
    """Ideas with support and comments below them."""
    consultation = town.consultations[plan.key]
    question = Question.objects.select_related("phase", "consultation").filter(
        consultation=consultation, instrument="ideas"
    )
    thoughts = [*talk_en.IDEAS.get(plan.key, []), *talk_hi.IDEAS.get(plan.key, [])]
    thoughts.sort(key=lambda thought: (thought.then != Show, key_of(plan.key, "order", thought.title)))
    for number, thought in enumerate(thoughts):
        at = _moment(town, plan, (number + 1) / (len(thoughts) + 2), late=thought.then == Wait)
        _one_idea(town, plan, question.get(), thought, at)
        town.step(thought.title)


def _one_idea(town: Town, plan: Plan, question: Question, thought: Thought, at: datetime) -> None:
    came = propose(
        question,
        person=town.citizens[thought.who],
        title=thought.title,
        text=thought.text,
        tags=thought.tags,
        language=CITIZENS[thought.who],
        request_key=key_of(plan.key, "idea", thought.title),
        now=at,
    )
    idea = _moderate(town, plan, came.response.contributions.get(), at, then=thought.then)
    _supported(town, plan, idea, by=thought.who, times=thought.liked, at=at)
    said: list[Contribution] = []
    step = (town.now - at) / (len(thought.talk) + 1)
    for number, remark in enumerate(thought.talk):
        moment = at + step * (number + 1) - timedelta(minutes=7 * number)
        if remark.then == Wait:
            moment = town.now - timedelta(hours=3)
        parent = idea if remark.below is None else said[remark.below]
        said.append(_one_remark(town, plan, parent, remark.who, remark.text, moment, remark.then))


def _one_remark(
    town: Town, plan: Plan, parent: Contribution, who: str, text: str, at: datetime, then: str
) -> Contribution:
    if who == OFFICIAL:
        return say_officially(
            parent.consultation,
            text=text,
            parent=parent,
            by=town.who(plan.agency, Role.EDITOR),
            now=at,
            language="en",
        )
    came = comment(
        parent,
        person=town.citizens[who],
        text=text,
        language=CITIZENS[who],
        request_key=key_of(plan.key, "comment", who, text),
        now=at,
    )
    remark = _moderate(town, plan, came.response.contributions.get(), at, then=then)
    if then == Show:
        _supported(town, plan, remark, by=who, times=key_of("liked", text).int % 7, at=at)
    return remark


def _supported(
    town: Town, plan: Plan, contribution: Contribution, *, by: str, times: int, at: datetime
) -> None:
    """The same people on every machine: drawn with the contribution's own words as the seed."""
    draw = Random(contribution.text)  # noqa: S311 - not for secrets
    for name in draw.sample(sorted(set(town.citizens) - {by}), times):
        support(
            contribution,
            person=town.citizens[name],
            request_key=key_of(plan.key, "support", name, contribution.text),
            now=at + timedelta(hours=draw.randint(3, 30)),
        )


def _moderate(town: Town, plan: Plan, contribution: Contribution, at: datetime, *, then: str) -> Contribution:
    """Opens the case that a moderator must see, and decides it as the plan says; the rest waits on the desk."""
    case = open_case(contribution, now=at)
    if case is not None and then in (Show, Spam):
        verdict, reason = ("publish", "") if then == Show else ("reject", "spam")
        moderator = town.who(plan.agency, Role.MODERATOR)
        decide(case, by=moderator, verdict=verdict, reason=reason, now=min(at + timedelta(hours=2), town.now))
    contribution.refresh_from_db()
    return contribution


def _sayings(plan: Plan, voice: Voice, asked: dict[str, Question]) -> Iterator[Saying]:
    _who, chosen, points, text = voice
    for ask in plan.asks:
        question = asked[str(key_of(plan.key, ask.key))]
        if ask.instrument == "choice":
            yield Saying(question=question, answer={"options": _in_order(plan, ask, chosen)})
        elif ask.instrument == "rating" and points:
            yield Saying(question=question, answer={"points": points})
        elif ask.instrument == "free_text":
            yield Saying(question=question, text=text)


def _in_order(plan: Plan, ask: Ask, chosen: tuple[str, ...]) -> list[str]:
    return [option_id(plan, ask, option) for option in ask.options if option in chosen]


def _terms(who: str, number: int) -> Terms:
    organisation = ORGANISATIONS.get(who, "") if number % 2 else ""
    behalf = Participant.Behalf.ORGANISATION if organisation else Participant.Behalf.PERSON
    return Terms(
        language=CITIZENS[who],
        behalf=behalf,
        organisation=organisation,
        may_publish=number % 5 != 0,
        may_quote=number % 3 != 0,
    )


def _moment(town: Town, plan: Plan, share: float, *, late: bool = False) -> datetime:
    """A share of the time between the opening and the close (now, where it is open); `late` within the last day.

    What still waits for a moderator has not waited longer than the agency promises.
    """
    opens, until = town.day(plan.opens), town.day(min(plan.closes, 0))
    if late:
        opens = until - timedelta(hours=20)
    return opens + (until - opens) * share
