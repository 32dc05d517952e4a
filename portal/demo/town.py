"""The town itself: languages, agencies, officials with their roles, citizens with an account."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Agency, Person
from accounts.roles import Role
from accounts.services import add_app, appoint, open_account, open_desk_account
from accounts.services.factors import code_of
from cms.models import NewsIndexPage, NewsPage, StandardPage
from cms.services import set_up
from consultations.models import AgencyPage, Consultation
from consultations.services import home_pages, open_agency
from portal.demo import pages_ar, pages_en, pages_hi
from portal.demo.approve import release
from portal.demo.people import CENTRE, CITIZENS, OFFICIALS, PASSWORD, address
from portal.demo.plan import key_of
from portal.demo.secret import TOTP_SECRET

NEWS: dict[str, dict[str, Any]] = {"en": pages_en.NEWS, "hi": pages_hi.NEWS}
AGENCIES = {"en": pages_en.AGENCIES, "hi": pages_hi.AGENCIES, "ar": pages_ar.AGENCIES}
Step = Callable[[str], None]


@dataclass
class Town:
    """Everything that later steps need to know of what was made before."""

    now: datetime
    step: Step
    agencies: dict[str, Agency] = field(default_factory=dict)
    officials: dict[str, Person] = field(default_factory=dict)
    citizens: dict[str, Person] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)

    def day(self, days: float) -> datetime:
        """So many days from now; negative ones have passed."""
        return self.now + timedelta(days=days)

    def who(self, agency: str, role: Role, *, other_than: str = "") -> Person:
        """The official who holds a role for an agency."""
        found = (o for o in OFFICIALS if (o.agency, o.role) == (agency, role) and o.key != other_than)
        return self.officials[next(found).key]


def settle(town: Town) -> None:
    """Opens both agencies in three languages and gives everybody an account."""
    opened = town.day(-400)
    set_up(now=opened, languages=list(AGENCIES))
    for slug, (name, _words) in AGENCIES["en"].items():
        names = {language: words[slug][0] for language, words in AGENCIES.items()}
        town.agencies[slug] = open_agency(name=name, slug=slug, names=names, by=None, now=opened)
        town.step(name)
    for official in OFFICIALS:
        person = open_desk_account(
            official.key,
            address=address(official.key),
            by=None,
            now=opened,
            password=PASSWORD,
            name=official.name,
        )
        agency = None if official.agency == CENTRE else town.agencies[official.agency]
        appoint(person, agency=agency, role=official.role, by=None, now=opened)
        add_app(person, secret=TOTP_SECRET, typed=code_of(TOTP_SECRET, opened), now=opened)
        town.officials[official.key] = person
        town.step(official.name)
    for number, (name, language) in enumerate(CITIZENS.items()):
        joined = town.day(-60 + number)
        town.citizens[name] = open_account(address(name), now=min(joined, town.day(-31)), language=language)
        town.step(name)


def introduce(town: Town) -> None:
    """Gives the pages of the centre and of each agency their words, approved by a second person."""
    writer, second = (town.officials[o.key] for o in OFFICIALS if o.role == Role.PLATFORM_ADMIN)
    for standing in StandardPage.objects.order_by("path"):
        town.step(release(standing, editor=writer, approver=second).title)
    _tell_news(town, writer, second)
    for slug in town.agencies:
        editor, approver = town.who(slug, Role.EDITOR), town.who(slug, Role.APPROVER)
        for page in AgencyPage.objects.filter(agency__slug=slug).select_related("locale"):
            page.introduction = AGENCIES[page.locale.language_code][slug][1]
            release(page, editor=editor, approver=approver)
            town.step(page.title)


def _tell_news(town: Town, writer: Person, second: Person) -> None:
    """One piece of news below an index, in English and Hindi."""
    for home in home_pages():
        words = NEWS.get(home.locale.language_code)
        if words is None:
            continue
        title, introduction = words["index"]
        index = NewsIndexPage(
            title=title, introduction=introduction, slug="news", translation_key=key_of("news"), live=False
        )
        title, introduction, paragraphs = words["sluice"]
        news = NewsPage(
            title=title,
            introduction=introduction,
            slug="the-sluice-is-built",
            translation_key=key_of("news", "sluice"),
            day=town.day(-14).date(),
            live=False,
        )
        index.show_in_menus = True
        news.body = [("paragraph", paragraph) for paragraph in paragraphs]
        for parent, page in ((home.specific, index), (index, news)):
            page.locale = home.locale
            parent.add_child(instance=page)
            town.step(release(page, editor=writer, approver=second).title)
