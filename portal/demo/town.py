"""The town itself: languages, agencies, officials with their roles, citizens with an account, pages of the centre."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from wagtail.models import Page

from accounts.models import Agency, Person
from accounts.roles import Role
from accounts.services import add_app, appoint, open_account, open_desk_account
from accounts.services.factors import code_of
from cms.models import NewsIndexPage, NewsPage, StandardPage
from cms.services import set_up
from consultations.models import AgencyPage, Consultation, Contribution, Topic, TopicTitle
from consultations.services import home_pages, open_agency
from foundation import clock
from portal.demo import reading
from portal.demo.approve import release
from portal.demo.diary import Diary, Step
from portal.demo.people import CENTRE, CITIZENS, OFFICIALS, PASSWORD, address
from portal.demo.plan import key_of
from portal.demo.secret import TOTP_SECRET

LANGUAGES = ("en", "hi", "ar")
FOUNDED, SETTLED = -400, -150
"""The days on which the first agency was opened, and after which people joined."""


@dataclass
class Town:
    """Everything that later steps need to know of what was made before."""

    now: datetime
    step: Step
    diary: Diary = field(default_factory=Diary)
    agencies: dict[str, Agency] = field(default_factory=dict)
    officials: dict[str, Person] = field(default_factory=dict)
    citizens: dict[str, Person] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    said: dict[int, Contribution] = field(default_factory=dict)

    def day(self, days: float) -> datetime:
        """So many days from now; negative ones have passed."""
        return self.now + timedelta(days=days)

    def who(self, agency: str, role: Role, *, other_than: str = "") -> Person:
        """The official who holds a role for an agency."""
        found = (o for o in OFFICIALS if (o.agency, o.role) == (agency, role) and o.key != other_than)
        return self.officials[next(found).key]


def settle(town: Town) -> None:
    """Opens the agencies in three languages and gives everybody an account."""
    opened = town.day(FOUNDED)
    with clock.as_of(opened):
        set_up(now=opened, languages=LANGUAGES)
        for slug, words in reading.shared("agencies").items():
            names = {language: said["name"] for language, said in words.items()}
            town.agencies[slug] = open_agency(
                name=names["en"], slug=slug, names=names, by=None, now=opened, response_days=45
            )
            town.step(names["en"])
        for slug, titles in reading.shared("topics").items():
            topic = Topic.objects.create(slug=slug, title=titles["en"])
            TopicTitle.objects.bulk_create(
                [
                    TopicTitle(topic=topic, language=language, title=title)
                    for language, title in titles.items()
                ]
            )
        _appoint(town, opened)
    for number, (name, language) in enumerate(CITIZENS.items()):
        joined = town.day(SETTLED + number % 30)
        town.citizens[name] = open_account(address(name), now=joined, language=language)
        town.step(name)


def _appoint(town: Town, opened: datetime) -> None:
    for official in OFFICIALS:
        person = open_desk_account(
            official.key,
            address=address(official.key),
            by=None,
            now=opened,
            name=official.name,
        )
        agency = None if official.agency == CENTRE else town.agencies[official.agency]
        appoint(person, agency=agency, role=official.role, by=None, now=opened)
        add_app(person, secret=TOTP_SECRET, typed=code_of(TOTP_SECRET, opened), now=opened)
        town.officials[official.key] = person
        town.step(official.name)
    # One hash for all: making one takes its time on purpose, and everybody can read the password anyway.
    everybody = Person.objects.filter(pk__in=[person.pk for person in town.officials.values()])
    everybody.update(password=make_password(PASSWORD))


def introduce(town: Town) -> None:
    """Gives the pages of the centre and of each agency their words, approved by a second person."""
    writer, second = (town.officials[o.key] for o in OFFICIALS if o.role == Role.PLATFORM_ADMIN)
    with clock.as_of(town.day(FOUNDED)):
        told = reading.shared("standing")
        for standing in StandardPage.objects.order_by("path").select_related("locale"):
            _say_more(standing, told.get(standing.slug, {}).get(standing.locale.language_code))
            town.step(release(standing, editor=writer, approver=second).title)
        for slug, words in reading.shared("agencies").items():
            editor, approver = town.who(slug, Role.EDITOR), town.who(slug, Role.APPROVER)
            for page in AgencyPage.objects.filter(agency__slug=slug).select_related("locale"):
                page.introduction = words[page.locale.language_code]["introduction"]
                release(page, editor=editor, approver=approver)
                town.step(page.title)
    _tell_news(town, writer, second)


def _say_more(page: StandardPage, words: dict[str, Any] | None) -> None:
    """Gives a standing page the town's own words, where it has some in that language."""
    if words is not None:
        page.title, page.introduction = words["title"], words["introduction"]
        page.body = [
            block
            for heading, paragraph in words["parts"]
            for block in (("heading", {"text": heading, "level": "2"}), ("paragraph", paragraph))
        ]


def _tell_news(town: Town, writer: Person, second: Person) -> None:
    """An index and what stands below it, in English and Hindi."""
    news = reading.shared("news")
    for home in home_pages():
        words = news["index"].get(home.locale.language_code)
        if words is None:
            continue
        index = NewsIndexPage(
            slug="news", translation_key=key_of("news"), live=False, show_in_menus=True, **words
        )
        with clock.as_of(town.day(SETTLED)):
            _add(town, home.specific, index, writer, second)
        for item in sorted(news["item"], key=lambda item: item["day"]):
            with clock.as_of(town.day(item["day"])):
                page = _news_page(town, item, home.locale.language_code)
                _add(town, index, page, writer, second)


def _news_page(town: Town, item: dict[str, Any], language: str) -> NewsPage:
    words = item[language]
    page = NewsPage(
        title=words["title"],
        introduction=words["introduction"],
        slug=item["slug"],
        translation_key=key_of("news", item["slug"]),
        day=clock.day(town.day(item["day"])),
        live=False,
    )
    page.body = [("paragraph", paragraph) for paragraph in words["paragraphs"]]
    return page


def _add(town: Town, parent: Page, page: Any, writer: Person, second: Person) -> None:
    page.locale = parent.locale
    parent.add_child(instance=page)
    town.step(release(page, editor=writer, approver=second).title)
