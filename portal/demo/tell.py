"""Telling: each agency speaks in the feed and in the log of this machine; one post is out, one waits."""

from accounts.models import Person
from accounts.roles import Role
from consultations.models import Outcome
from outreach.services import approve, cancel, connect, edit, prepare, submit_for_approval
from portal.demo import pages_en, pages_hi
from portal.demo.plan import Plan
from portal.demo.town import Town

ADDED = {"en": pages_en.POST_EDIT, "hi": pages_hi.POST_EDIT}


def connect_accounts(town: Town) -> None:
    """Every agency gets the channel that writes into the log, beside the feed that it has anyway."""
    for slug, agency in town.agencies.items():
        officer = town.who(slug, Role.PRESS_OFFICER)
        connect(
            agency,
            by=officer,
            channel="console",
            name="Log of this machine",
            languages=["en", "hi"],
            now=town.now,
        )
        town.step("console")


def tell_outcome(town: Town, plan: Plan, outcome: Outcome) -> None:
    """The post about the answer: worded by one press officer, approved by another; the worker sends it."""
    writer = town.who(plan.agency, Role.PRESS_OFFICER)
    second = town.who(plan.agency, Role.PRESS_OFFICER, other_than=writer.username)
    post = prepare(outcome, by=writer, now=town.now)
    for version in post.versions.select_related("account"):
        if version.language in ADDED and version.account.channel == "console":
            text = f"{version.text}\n\n{ADDED[version.language]}"
            edit(version, by=writer, title=version.title, text=text, link=version.link, now=town.now)
    post.refresh_from_db()
    post = submit_for_approval(post, by=writer, now=town.now)
    approve(post, by=second, now=town.now)
    town.step(post.title)


def tell_question(town: Town, plan: Plan, *, second: Person | None) -> None:
    """The post about a consultation, sent for approval; without a second person it waits for one."""
    writer = town.who(plan.agency, Role.PRESS_OFFICER)
    post = prepare(town.consultations[plan.key], by=writer, now=town.now)
    submit_for_approval(post, by=writer, now=town.now)
    if second is not None:
        approve(post, by=second, now=town.now)
    town.step(post.title)


def leave_untold(town: Town, plan: Plan) -> None:
    """The draft about a consultation that is closed by now is put away."""
    writer = town.who(plan.agency, Role.PRESS_OFFICER)
    cancel(prepare(town.consultations[plan.key], by=writer, now=town.now), by=writer, now=town.now)
