"""Drafts of consultations and their way through approval, for tests of the hall's pages."""

from datetime import UTC, date, datetime
from typing import Any

from wagtail.models import Collection, Locale, Page, Site

from accounts.models import Agency, Person
from consultations.models import AgencyPage, ConsultationPage
from consultations.models.approved import words_sha256
from consultations.services import ensure_languages, ensure_workflow, open_agency
from tests.factories import kept_rows
from tests.factories.questions import free_text, phase
from tests.people import signed_in

__all__ = ["signed_in"]

OPENS = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def site(languages: tuple[str, ...] = ("en", "hi")) -> Page:
    """The top page, made anew where a test has emptied the database."""
    if not Locale.objects.filter(language_code="en").exists():
        Locale.objects.create(language_code="en")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    if not Site.objects.filter(is_default_site=True).exists():
        root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
        home = root.get_children().first() or root.add_child(instance=Page(title="Home", slug="home"))
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    ensure_languages(list(languages))
    ensure_workflow()
    return Site.objects.get(is_default_site=True).root_page


def agency_with_pages(slug: str = "water", name: str = "Nadipur Water Board") -> Agency:
    """An agency opened through its one door."""
    key = kept_rows.again(f"agency with pages {slug} {name}", lambda: _open(slug, name))
    return Agency.objects.get(pk=key)


def _open(slug: str, name: str) -> int:
    site()
    return open_agency(name=name, slug=slug, by=None, now=OPENS).pk


def agency_page(agency: Agency, language: str = "en") -> AgencyPage:
    return AgencyPage.objects.get(agency=agency, locale__language_code=language)


def draft(agency: Agency, by: Person, title: str = "Canal water", **values: Any) -> ConsultationPage:
    """A draft saved by its writer."""
    ready: dict[str, Any] = {
        "summary": "How shall we share it?",
        "answer_due_on": date(2027, 1, 30),
        "answered_by": "The Director",
        "phases": [phase("Answers", OPENS, CLOSES, [free_text()])],
    }
    page = ConsultationPage(
        title=title, slug=title.lower().replace(" ", "-"), live=False, owner=by, **(ready | values)
    )
    agency_page(agency).add_child(instance=page)
    page.save_revision(user=by)
    return fresh(page)


def fresh(page: Page) -> Any:
    return type(page).objects.get(pk=page.pk)


def send_for_approval(page: ConsultationPage, by: Person) -> None:
    page.get_workflow().start(fresh(page), by)


def approve(page: ConsultationPage, by: Person) -> None:
    """The task's own action, as the second person's screen calls it."""
    state = fresh(page).current_workflow_task_state
    state.task.specific.on_action(state, by, "approve", read=words_sha256(state.revision.content))


def released(agency: Agency, writer: Person, approver: Person, **values: Any) -> ConsultationPage:
    """A page that went the whole way."""
    page = draft(agency, writer, **values)
    send_for_approval(page, writer)
    approve(page, approver)
    return fresh(page)


def changed_in_place(page: ConsultationPage, by: Person) -> None:
    """Other words in the revision that waits: behind the lock, by code alone."""
    changed = fresh(page)
    changed.title = "Changed in place"
    changed.save_revision(user=by, overwrite_revision=changed.get_latest_revision())


def form_of(page: ConsultationPage, **more: Any) -> dict[str, Any]:
    """The editor's form as the browser posts it, with the phases left as they are."""
    phases = page.phases.raw_data[0]
    question = phases["value"]["questions"][0]
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "body": "null",
        "answer_due_on": "2027-01-30",
        "answered_by": "The Director",
        "moderation": "before",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "phases-count": "1",
        "phases-0-deleted": "",
        "phases-0-order": "0",
        "phases-0-type": "phase",
        "phases-0-id": phases["id"],
        "phases-0-value-title": "Answers",
        "phases-0-value-opens_at": "2026-11-01 09:00",
        "phases-0-value-closes_at": "2026-12-01 09:00",
        "phases-0-value-questions-count": "1",
        "phases-0-value-questions-0-deleted": "",
        "phases-0-value-questions-0-order": "0",
        "phases-0-value-questions-0-type": question["type"],
        "phases-0-value-questions-0-id": question["id"],
        "phases-0-value-questions-0-value-prompt": "How?",
        "phases-0-value-questions-0-value-hint": "",
        "phases-0-value-questions-0-value-visibility": "summarised",
        "phases-0-value-questions-0-value-longest": "3000",
    }
    return data | more
