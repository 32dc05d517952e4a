"""Readying a new site: its languages, the opening pages, the one workflow, the standing pages, the first administrator."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import translation
from django.utils.html import escape
from wagtail.models import Collection, GroupCollectionPermission, Locale, Page, Site

from accounts.models import Person
from accounts.queries import has_role
from accounts.roles import Role
from accounts.services import appoint, group_for, open_desk_account
from cms.models import HomePage, StandardPage
from cms.starting_words import STANDING, Standing
from consultations.services import ensure_languages, ensure_workflow, home_pages
from consultations.services.agencies import give_files, give_pages
from foundation import audit


@dataclass
class Done:
    """What was made; empty where everything was there already."""

    languages: list[str] = field(default_factory=list)
    address: str = ""
    drafts: list[str] = field(default_factory=list)
    administrator: str = ""


@dataclass(frozen=True)
class Administrator:
    """The first person who runs the platform."""

    username: str
    address: str
    password: str | None = None
    name: str = ""


@transaction.atomic
def set_up(
    *, now: datetime, languages: Sequence[str] = (), administrator: Administrator | None = None
) -> Done:
    """Makes what a new site needs and is not there yet; safe to run again. For commands.

    The standing pages are drafts: two people release them. Raises BadInput for an address that cannot be one,
    WrongState for a sign-in name that is somebody else's.
    """
    done = Done()
    before = set(Locale.objects.values_list("language_code", flat=True))
    ensure_languages(list(languages or dict(settings.LANGUAGES)))
    done.languages = sorted(set(Locale.objects.values_list("language_code", flat=True)) - before)
    ensure_workflow()
    done.address = _name_the_site()
    _open_the_desk()
    if administrator is not None:
        done.administrator = _appoint_first(administrator, now)
    done.drafts = [page.url_path for page in _draft_standing_pages()]
    audit.write("site.set_up", by=None, thing="site", drafts=len(done.drafts))
    return done


def _name_the_site() -> str:
    """Wagtail learns at which address it stands; gives the address when it was another one."""
    parts = urlsplit(settings.PUBLIC_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.get(is_default_site=True)
    wanted = (parts.hostname or "localhost", port, settings.WAGTAIL_SITE_NAME)
    if (site.hostname, site.port, site.site_name) == wanted:
        return ""
    site.hostname, site.port, site.site_name = wanted
    site.save()
    return str(site.root_url)


def _open_the_desk() -> None:
    """Platform administrators write the pages at the centre, with pictures; releasing them takes two.

    Navigation only names pages.
    """
    group = group_for(Role.PLATFORM_ADMIN, None)
    group.permissions.add(Permission.objects.get(content_type__app_label="cms", codename="change_navigation"))
    for home in home_pages():
        give_pages(group, home, ("add", "change"))
    if not GroupCollectionPermission.objects.filter(group=group).exists():
        give_files(group, Collection.get_first_root_node().add_child(name=settings.WAGTAIL_SITE_NAME))


def _appoint_first(administrator: Administrator, now: datetime) -> str:
    person = Person.objects.filter(username=administrator.username, is_active=True).first()
    if person is None:
        person = open_desk_account(
            administrator.username,
            address=administrator.address,
            by=None,
            now=now,
            password=administrator.password,
            name=administrator.name,
        )
    if has_role(person, None, Role.PLATFORM_ADMIN):
        return ""
    appoint(person, agency=None, role=Role.PLATFORM_ADMIN, by=None, now=now)
    return person.username


def _draft_standing_pages() -> list[Page]:
    made: list[Page] = []
    for standing in STANDING:
        key = None
        for home in home_pages():
            there = StandardPage.objects.child_of(home).filter(slug=standing.slug).first()
            if there is not None:
                key = there.translation_key
                continue
            if isinstance(home.specific, HomePage):
                page = _draft(home, standing, key)
                key = page.translation_key
                made.append(page)
    return made


def _draft(home: Page, standing: Standing, key: object) -> StandardPage:
    with translation.override(home.locale.language_code):
        page = StandardPage(
            title=str(standing.title),
            slug=standing.slug,
            introduction=str(standing.introduction),
            locale=home.locale,
            show_in_menus=True,
            live=False,
            has_unpublished_changes=True,
        )
        page.body = [("paragraph", f"<p>{escape(str(part))}</p>") for part in standing.paragraphs]
    if key is not None:
        page.translation_key = key
    home.specific.add_child(instance=page)
    page.save_revision()
    return page
