"""A small living site with one of everything, for tests that walk through the whole house.

    here = build()                       # in an empty, migrated database
    here.people["asha"]; here.open, here.answered, here.outcome, here.idea, here.case, here.run, here.post …

What people said in it is ordinary; a test adds its canary by itself (`canary`, `voter`).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from wagtail.models import Locale, Page, Site

import analysis.services
import consultations.services
import ideas.services
import moderation.services
import notifications.services
import outreach.services
import records.services
from accounts.models import Agency, Person
from accounts.services import open_account
from analysis.models import Coding, Run, Theme
from cms.models import HomePage
from cms.services import set_up
from consultations.models import Consultation, ConsultationPage, Contribution, Outcome
from consultations.receipts import hash_of
from consultations.services import publish
from foundation import claims, clock
from moderation.models import Case
from notifications.leaving import leave_url, wishes_url
from outreach.models import ChannelAccount, Delivery, KillSwitch, Post, Reader
from tests.factories.consultations import (
    choice,
    close,
    draft_page,
    free_text,
    open_response,
    opened_agency,
    published_comment,
    questions_of,
    rating,
    released_consultation,
    released_outcome,
    released_translation,
    theme,
)
from tests.factories.consultations import (
    ideas as asks_for_ideas,
)
from tests.people import OURS, everybody, give_second_factor

ARABIC = {
    "title": "الماء في الليل",
    "summary": "قل لنا متى تحتاج إلى الماء.",
    "phase": "مفتوح للإجابة",
    "prompt": "سؤال",
}
SAID = (
    "The taps are dry after ten at night and the children cannot wash before school.",
    "Pressure at night is so low that the tank on the roof never fills.",
    "Please run the second pump at night so that the tank fills before morning.",
    "Our street gets water at noon when everybody is at work and nobody can store it.",
    "The meter runs although no water comes, and the bill is the same each month.",
    "Bills arrive late and the meter is read twice in one month.",
    "A leaking pipe near the school has run for weeks and nobody came to mend it.",
    "Mend the leaking pipe at the market first, half of the water is lost there.",
    "Water in the morning is brown and smells, so we boil it twice.",
    "The water smells of chlorine on Mondays and nobody tells us why.",
)


@dataclass
class Living:
    """What stands in the site; each name as it is used in an address."""

    people: dict[str, Person]
    open: Consultation
    upcoming: Consultation
    closed: Consultation
    answered: Consultation
    withdrawn: Consultation
    idea: Contribution
    comment: Contribution
    case: Case
    run: Run
    theme: Theme
    read: Theme
    outcome: Outcome
    post: Post
    account: ChannelAccount
    delivery: Delivery
    stop: KillSwitch
    reader: Reader
    waiting: Page
    receipts: dict[str, str] = field(default_factory=dict)

    @property
    def agency(self) -> Agency:
        """The agency that asks."""
        return self.open.agency


def build(slug: str = OURS) -> Living:
    """Makes it all through the rooms' own doors, for the agency of that slug."""
    now = clock.now()
    _top_page()
    set_up(now=now)
    agency = opened_agency(slug, languages=("en", "hi", "ar"))
    people = everybody(agency)
    made: dict[str, Any] = {"people": people, "receipts": {}}
    made["open"] = _open(agency)
    released_translation(made["open"], "hi")
    released_translation(made["open"], "ar", ARABIC)
    made["upcoming"] = released_consultation(
        title="Trees on the ring road", opens=timedelta(days=3), agency=agency
    )
    made |= _read(people, made["receipts"], agency)
    made |= _talked(made)
    made |= _answered(people, made["receipts"], agency)
    made["withdrawn"] = _withdrawn(people, agency)
    made |= _told(people, agency, made["outcome"])
    made["waiting"] = draft_page(title="A draft that waits", agency=agency)
    made["waiting"].get_workflow().start(made["waiting"], people["esha"])
    count()
    notifications.services.find_missing(now)
    records.services.chain(clock.now())
    return Living(**made)


def _top_page() -> None:
    """Our opening page at the top, made anew where a test has emptied the database."""
    if Site.objects.filter(is_default_site=True).exists():
        return
    Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title="Samvad", slug="home", live=True))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def _open(agency: Agency) -> Consultation:
    return released_consultation(
        title="Water at night",
        agency=agency,
        topics=["water"],
        questions=[
            free_text("What should change first, and why?"),
            free_text("What may we show to everybody?", visibility="after_close"),
            choice(),
            rating(),
            asks_for_ideas("What should we try?"),
        ],
    )


def _talked(made: dict[str, Any]) -> dict[str, Any]:
    """Answers, an idea with support and comments, and a case that waits."""
    now, people, asked = clock.now(), made["people"], made["open"]
    question = next(each for each in questions_of(asked) if each.instrument == "ideas")

    def proposed(who: str, title: str, text: str) -> Any:
        return ideas.services.propose(
            question, person=people[who], title=title, text=text, tags=["water"], language="en", now=now
        )

    came = open_response(asked, people["asha"], texts={0: SAID[0], 1: SAID[1]}, may_publish=True)
    made["receipts"]["asha"] = came.receipt
    first = proposed("asha", "A tap at the market", "One tap and a drain, near the gate.")
    made["receipts"]["idea"] = first.receipt
    idea = publish(first.response.contributions.get(), by=people["mohan"].pk, now=now)
    refused = proposed("ben", "Buy from my shop", "The best tanks in town, only from me.")
    made["receipts"]["refused"] = refused.receipt
    moderation.services.run_due(now)
    case = Case.objects.get(contribution__response=refused.response)
    moderation.services.decide(case, by=people["mohan"], verdict="reject", reason="spam", now=now)
    ideas.services.support(idea, person=people["ben"], now=now)
    comment = published_comment(idea, people["ben"])
    waits = proposed("chitra", "Tanks for every roof", "A tank of 500 litres on every roof.")
    moderation.services.run_due(now)
    return {
        "idea": idea,
        "comment": comment,
        "case": Case.objects.get(contribution__response=waits.response),
    }


def _read(people: dict[str, Person], receipts: dict[str, str], agency: Agency) -> dict[str, Any]:
    """One that closed: a voice in it is read as a theme that an analyst named, and the outcome is drafted."""
    asked = released_consultation(title="A new bus line", questions=[free_text("Where to?")], agency=agency)
    came = open_response(asked, people["ben"], texts={0: "To the hospital, also on Sundays."})
    receipts["read"] = came.receipt
    close(asked)
    now = clock.now()
    run = Run.objects.create(
        consultation=asked, engine=analysis.services.THEMES, asked_at=now, due_at=now, state=claims.DONE
    )
    found = Theme.objects.create(run=run, language="en", label="hospital, sundays")
    Coding.objects.create(theme=found, contribution=came.response.contributions.get())
    analysis.services.rename(found, label="A bus to the hospital", by=people["lata"])
    analysis.services.draft(run, by=people["lata"], now=now)
    return {"closed": asked, "read": found}


def _answered(people: dict[str, Person], receipts: dict[str, str], agency: Agency) -> dict[str, Any]:
    """A consultation that went the whole way: said, read as themes, answered."""
    asked = released_consultation(
        title="Leaks and bills",
        questions=[free_text("Why?"), choice(), asks_for_ideas("What else?")],
        agency=agency,
    )
    voices = []
    for number, words in enumerate(SAID):
        somebody = people["ben"] if not number else open_account(f"n{number}@people.example", now=clock.now())
        came = open_response(asked, somebody, texts={0: words}, may_quote=True)
        receipts.setdefault("answered", came.receipt)
        voices.append(came.response.contributions.get())
    close(asked)
    for engine in (analysis.services.THEMES, analysis.services.COUNTING):
        analysis.services.ask_for_run(asked, engine=engine, by=None, now=clock.now())
    analysis.services.run_due(clock.now())
    run = Run.objects.get(consultation=asked, engine=analysis.services.THEMES)
    outcome = released_outcome(
        asked,
        themes=[theme(voices=voices[:6], quotes=voices[:1])],
        promises=[{"what": "The second pump runs", "who": "The Works Office", "due": "2030-05-01"}],
    )
    return {"answered": asked, "run": run, "theme": run.themes.first(), "outcome": outcome}


def _withdrawn(people: dict[str, Person], agency: Agency) -> Consultation:
    asked = released_consultation(title="A tunnel under the lake", agency=agency)
    consultations.services.ask_withdrawal(asked, reason="law_changed", by=people["esha"])
    return consultations.services.confirm_withdrawal(
        asked, by=people["anil"], read="law_changed", now=clock.now()
    )


def _told(people: dict[str, Person], agency: Agency, outcome: Outcome) -> dict[str, Any]:
    """A post that was approved and sent to the feed, one that is a draft, a stop that was ended, a reader."""
    now = clock.now()
    console = outreach.services.connect(
        agency, by=people["priya"], channel="console", name="Notice board", languages=["en"], now=now
    )
    sent = outreach.services.prepare(outcome, by=None, now=now)
    sent = outreach.services.submit_for_approval(sent, by=people["priya"], now=now)
    outreach.services.approve(sent, by=people["paul"], read=sent.submitted_sha256, now=now)
    outreach.services.send_due(clock.now())
    outreach.services.subscribe(agency, address="reader@people.example", language="en", now=now)
    stop = outreach.services.stop(by=people["priya"], account=console, reason="A try", now=now)
    return {
        "post": sent,
        "account": console,
        "delivery": Delivery.objects.filter(version__post=sent).order_by("pk")[0],
        "stop": stop,
        "reader": Reader.objects.get(agency=agency),
    }


def count() -> None:
    """What was said and supported is counted, also within a transaction that is still open."""
    now = clock.now()
    consultations.services.recount(list(Contribution.objects.values_list("pk", flat=True)), now)
    consultations.services.count_voices(now)


def addresses(here: Living) -> dict[str, str]:
    """Every kind of page that people read, by name, with the address at which it stands here."""
    form = f"/consultations/{here.open.translation_key}/answer/{here.open.phases.get().pk}/"
    asked = here.open.questions.get(instrument="ideas").pk
    pages = ConsultationPage.objects.filter(translation_key=here.open.translation_key)
    own = {f"open {page.locale.language_code}": page.get_url() for page in pages.select_related("locale")}
    voice = here.theme.codings.select_related("contribution").first()
    assert voice is not None
    run = f"/admin/analysis/run/{here.run.key}/"
    return own | {
        "upcoming": here.upcoming.page.get_url(),
        "closed": here.closed.page.get_url(),
        "answered": here.answered.page.get_url(),
        "withdrawn": here.withdrawn.page.get_url(),
        "outcome": here.outcome.page.get_url(),
        "agency": here.open.page.get_parent().get_url(),
        "answers": f"/en/consultations/{here.open.translation_key}/answers/",
        "respond en": f"/en{form}",
        "respond hi": f"/hi{form}",
        "respond ar": f"/ar{form}",
        **{f"check {code}": f"/{code}{form}check/" for code in ("en", "hi", "ar")},
        **{f"terms {code}": f"/{code}{form}5/" for code in ("en", "ar")},
        "idea": f"/en/ideas/{here.idea.key}/",
        "comment": f"/en/ideas/{here.idea.key}/comment/",
        "support": f"/en/ideas/{here.idea.key}/support/",
        "flag": f"/en/moderation/flag/{here.idea.key}/",
        "appeal": f"/en/moderation/appeal/{here.receipts['refused']}/{_refused(here)}/",
        "propose": f"/en/ideas/propose/{asked}/",
        **{f"voice {name}": f"/en/voice/{code}/" for name, code in here.receipts.items()},
        "read rightly": f"/en/reading/{here.receipts['read']}/{here.read.key}/",
        "letters": f"/en/posts/letters/{here.agency.slug}/",
        "posts of the agency": f"/en/posts/of/{here.agency.slug}/",
        "newsletter on": f"/outreach/confirm/{here.reader.code}/",
        "newsletter off": f"/outreach/leave/{here.reader.code}/",
        "letters off": urlsplit(leave_url(here.people["asha"].pk)).path,
        "letters wanted": urlsplit(wishes_url(here.people["asha"].pk)).path,
        "case": f"/admin/moderation/{here.case.pk}/",
        "run": run,
        "unread": f"{run}unread/",
        "theme": f"/admin/analysis/theme/{here.theme.key}/",
        "read as": f"{run}voice/{voice.contribution.key}/",
        "post": f"/admin/posts/{here.post.pk}/",
        "approve": f"/admin/approvals/{here.waiting.pk}/",
        "withdraw": f"/admin/withdrawals/{here.open.pk}/",
        "translate": f"/admin/translations/{here.upcoming.page_id}/hi/",
    }


def _refused(here: Living) -> Any:
    """The key of Ben's idea that was not shown."""
    return Contribution.objects.get(response__receipt_hash=hash_of(here.receipts["refused"])).key


def sessions(people: dict[str, Person]) -> dict[str, str]:
    """A session for each, as their browser's cookie holds it."""
    found = {}
    for name, somebody in people.items():
        store = SessionStore()
        store[SESSION_KEY] = str(somebody.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = somebody.get_session_auth_hash()
        give_second_factor(store, somebody)
        store.save()
        found[name] = str(store.session_key)
    return found
