"""Saying: the answers of the citizens, and what the moderators did with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from accounts.roles import Role
from consultations.models import Contribution, Participant, Question
from consultations.services import Saying, Terms, submit
from foundation import clock
from moderation.models import Case
from moderation.services import decide, open_case
from portal.demo import reading
from portal.demo.ask import option_id
from portal.demo.people import ORGANISATIONS
from portal.demo.plan import Ask, Plan, key_of
from portal.demo.reading import SHOW, SPAM, WAIT, Said
from portal.demo.town import Town

LEFT_WAITING = 3
"""So many of the newest answers that a moderator must see still wait for one, where people can still answer."""
FRESH, A_WHILE = timedelta(hours=3), timedelta(hours=2)
"""What still waits for a moderator came in so long ago; other words are read after so long."""


def put_answers(town: Town, plan: Plan) -> None:
    """Everybody who has something to say answers once, spread over the time that has passed."""
    voices = reading.voices(plan.key)
    said = [*voices.answers, *voices.campaign]
    said.sort(key=lambda voice: key_of(plan.key, "order", voice.who))
    waiting = LEFT_WAITING if plan.closes > 0 else 0
    opens, until = town.day(plan.opens), town.day(plan.until)
    for number, voice in enumerate(said):
        waits = number >= len(said) - waiting
        at = opens + (until - opens) * ((number + 1) / (len(said) + 1))
        if waits:
            at = town.now - FRESH - timedelta(minutes=17 * (len(said) - number))
        campaign = voice in voices.campaign
        then = WAIT if waits else SHOW
        act = partial(_answer, town, plan, voice, number, then=then, campaign=campaign)
        town.diary.put(at, voice.who, act)


def put_on_the_desk(town: Town, plan: Plan, contribution: Contribution, *, then: str) -> None:
    """Opens the case that a moderator must see; some while later it is decided, unless it is left waiting."""
    case = open_case(contribution, now=clock.now())
    if case is not None and then != WAIT:
        at = min(clock.now() + A_WHILE, town.now)
        town.diary.put(at, "moderation", partial(_decide, town, plan, case, then))


def terms_of(voice: Said, number: int, *, campaign: bool = False) -> Terms:
    """How an answer is given: some in the name of an organisation, some not to be published or quoted."""
    organisation = ORGANISATIONS.get(voice.who, "") if number % 2 else ""
    behalf = Participant.Behalf.ORGANISATION if organisation else Participant.Behalf.PERSON
    return Terms(
        language=voice.language,
        behalf=behalf,
        organisation=organisation,
        may_publish=campaign or number % 5 != 0,
        may_quote=number % 3 != 0,
    )


def _answer(town: Town, plan: Plan, voice: Said, number: int, *, then: str, campaign: bool) -> None:
    consultation = town.consultations[plan.key]
    asked = {str(q.block_id): q for q in consultation.questions.select_related("phase", "consultation")}
    came = submit(
        consultation,
        sayings=list(_sayings(plan, voice, asked)),
        person=town.citizens[voice.who],
        now=clock.now(),
        form=f"phase:{next(iter(asked.values())).phase_id}",
        terms=terms_of(voice, number, campaign=campaign),
        request_key=key_of(plan.key, "answer", voice.who),
    )
    for contribution in came.response.contributions.exclude(text=""):
        put_on_the_desk(town, plan, contribution, then=then)


def _decide(town: Town, plan: Plan, case: Case, then: str) -> None:
    verdict, reason = ("reject", "spam") if then == SPAM else ("publish", "")
    decide(case, by=town.who(plan.agency, Role.MODERATOR), verdict=verdict, reason=reason, now=clock.now())


def _sayings(plan: Plan, voice: Said, asked: dict[str, Question]) -> Iterator[Saying]:
    for ask in plan.asks:
        question = asked[str(key_of(plan.key, ask.key))]
        if ask.instrument == "choice" and voice.chosen:
            yield Saying(question=question, answer={"options": _in_order(plan, ask, voice.chosen)})
        elif ask.instrument == "rating" and voice.points:
            yield Saying(question=question, answer={"points": voice.points})
        elif ask.instrument == "free_text":
            yield Saying(question=question, text=voice.text)


def _in_order(plan: Plan, ask: Ask, chosen: tuple[str, ...]) -> list[str]:
    unknown = set(chosen) - set(ask.options)
    if unknown:
        raise ValueError(f"{plan.key}: there is no option {', '.join(sorted(unknown))}")
    return [option_id(plan, ask, option) for option in ask.options if option in chosen]


def late(town: Town) -> datetime:
    """The moment of what came in lately and still waits."""
    return town.now - FRESH
