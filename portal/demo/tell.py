"""Telling: each agency speaks in the feed and in the log of this machine, and people elsewhere reply."""

from datetime import timedelta
from functools import partial

from accounts.models import Person
from accounts.roles import Role
from consultations.models import Outcome
from foundation import clock
from outreach.channels.base import Reply
from outreach.models import Delivery, Heard, Post
from outreach.services import approve, cancel, connect, edit, hear, prepare, send_due, submit_for_approval
from portal.demo import reading
from portal.demo.people import OFFICIALS
from portal.demo.plan import Plan, key_of
from portal.demo.reading import WAIT, Said
from portal.demo.say import late, put_on_the_desk
from portal.demo.town import Town

CHANNEL = "console"
UNAPPROVED, UNTOLD = ("steps",), ("canal", "reading")
"""Consultations whose post still waits for a second person, and whose post was put away unsent."""


def connect_accounts(town: Town) -> None:
    """Every agency gets the channel that writes into the log, beside the feed that it has anyway."""
    for slug, agency in town.agencies.items():
        officer = town.who(slug, Role.PRESS_OFFICER)
        connect(
            agency,
            by=officer,
            channel=CHANNEL,
            name="Log of this machine",
            languages=["en", "hi"],
            now=clock.now(),
        )


def tell_question(town: Town, plan: Plan) -> None:
    """The post about a consultation: sent, left waiting for a second person, or put away."""
    writer, now = town.who(plan.agency, Role.PRESS_OFFICER), clock.now()
    post = prepare(town.consultations[plan.key], by=writer, now=now)
    if plan.key in UNTOLD:
        cancel(post, by=writer, now=now)
        return
    post = submit_for_approval(post, by=writer, now=now)
    if plan.key not in UNAPPROVED:
        _send(town, plan, _agreed(town, plan, post), replies=plan.closes > 0)


def tell_outcome(town: Town, plan: Plan) -> None:
    """The post about the answer: worded by one press officer, approved by another."""
    words = reading.outcome(plan.key) or {}
    outcome = Outcome.objects.select_related("consultation__agency").get(
        consultation=town.consultations[plan.key]
    )
    writer, now = town.who(plan.agency, Role.PRESS_OFFICER), clock.now()
    post = prepare(outcome, by=writer, now=now)
    for version in post.versions.select_related("account"):
        if version.language in words and version.account.channel == CHANNEL:
            text = f"{version.text}\n\n{words[version.language]['post']['more']}"
            edit(version, by=writer, title=version.title, text=text, link=version.link, now=now)
    post.refresh_from_db()
    post = submit_for_approval(post, by=writer, now=now)
    _send(town, plan, _agreed(town, plan, post), replies=True)


def _agreed(town: Town, plan: Plan, post: Post) -> Post:
    return approve(post, by=_second(town, plan), read=post.submitted_sha256, now=clock.now())


def _second(town: Town, plan: Plan) -> Person:
    """Another press officer where there are two, else whoever approves pages."""
    officers = [o for o in OFFICIALS if (o.agency, o.role) == (plan.agency, Role.PRESS_OFFICER)]
    if len(officers) > 1:
        return town.officials[officers[1].key]
    return town.who(plan.agency, Role.APPROVER)


def _send(town: Town, plan: Plan, post: Post, *, replies: bool) -> None:
    send_due(clock.now())
    heard = reading.voices(plan.key).heard if replies else []
    for number, said in enumerate(heard):
        at = min(clock.now() + timedelta(hours=5 * (number + 1)), late(town))
        at = late(town) + timedelta(minutes=number) if said.then == WAIT else at
        town.diary.put(at, "heard", partial(_hear, town, plan, post, said))


def _hear(town: Town, plan: Plan, post: Post, said: Said) -> None:
    """Somebody replied to the post; it waits for a moderator like any other voice."""
    below = Delivery.objects.published().filter(version__post=post, account__channel=CHANNEL)
    delivery = below.filter(language=said.language).select_related("version__post", "account").get()
    key = key_of("heard", plan.key, said.text).hex
    reply = Reply(
        external_id=key,
        remote_id=key,
        uri="",
        url="",
        text=said.text,
        at=clock.now(),
        language=said.language,
        in_reply_to=delivery.remote_id,
        watched=delivery.remote_id,
    )
    hear(delivery, reply, now=clock.now())
    put_on_the_desk(town, plan, Heard.objects.get(external_id=key).contribution, then=said.then)
