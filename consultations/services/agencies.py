"""Opening an agency: its row, its page in each language, its collection and its groups, through one door."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.models import Agency, Person
from accounts.queries import has_role
from accounts.roles import Role
from accounts.services.roles import group_for
from consultations.models import AgencyPage
from consultations.models.approved import SecondPersonTask
from foundation import audit
from foundation.errors import BadInput, NotAllowed
from records.services import enter

PAGE_ROLES = {
    Role.EDITOR: ("add", "change"),
    Role.ANALYST: ("add", "change"),
    Role.APPROVER: ("change",),
}
WORKFLOW = "Second person"


def open_agency(
    *,
    name: str,
    slug: str = "",
    by: Person | None,
    now: datetime,
    response_days: int = 60,
    contact: str = "",
    names: dict[str, str] | None = None,
) -> Agency:
    """Opens an agency in every language of the site. `names` gives its name by language where it differs.

    Raises NotAllowed for anybody but a platform administrator (`by=None` is the set-up itself), BadInput for a name
    that is taken.
    """
    if by is not None and not has_role(by, None, Role.PLATFORM_ADMIN):
        raise NotAllowed(_("Only a platform administrator opens an agency."))
    slug = slug or slugify(name)
    if not name.strip() or not slug:
        raise BadInput(_("An agency needs a name."))
    if Agency.objects.filter(slug=slug).exists():
        raise BadInput(_("There is an agency with the address “%(slug)s” already.") % {"slug": slug})
    with transaction.atomic():
        agency = Agency.objects.create(
            name=name, slug=slug, response_days=response_days, contact=contact, opened_at=now
        )
        pages = _make_pages(agency, names or {})
        _make_groups(agency, pages)
        audit.write("agency.opened", by=by.pk if by else None, thing=f"agency:{slug}")
        enter("agency_opened", agency=slug)
    return agency


def home_pages() -> list[Page]:
    """The top page of the site in each language that it has."""
    root = Site.objects.get(is_default_site=True).root_page
    return list(root.get_translations(inclusive=True).select_related("locale").order_by("path"))


def _make_pages(agency: Agency, names: dict[str, str]) -> list[AgencyPage]:
    pages: list[AgencyPage] = []
    for home in home_pages():
        language = home.locale.language_code
        page = AgencyPage(
            title=names.get(language, agency.name),
            slug=agency.slug,
            agency=agency,
            locale=home.locale,
            live=True,
        )
        if pages:
            page.translation_key = pages[0].translation_key
        home.specific.add_child(instance=page)
        pages.append(page)
    return pages


def _make_groups(agency: Agency, pages: list[AgencyPage]) -> None:
    collection = Collection.get_first_root_node().add_child(name=agency.name)
    for role, verbs in PAGE_ROLES.items():
        group = group_for(role, agency)
        for page in pages:
            give_pages(group, page, verbs)
        give_files(group, collection)


def give_files(group: Group, collection: Collection) -> None:
    """Lets a group add, change and choose the pictures and documents of a collection."""
    named = [f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in ("image", "document")]
    files = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=named
    )
    for permission in files:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def give_pages(group: Group, page: Page, verbs: tuple[str, ...]) -> None:
    """Lets a group add or change pages below this one. *Publish* is given to nobody."""
    for verb in verbs:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{verb}_page")
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def ensure_workflow() -> Workflow:
    """One workflow with one step, on the top page of every language; made when it is missing."""
    task, _new = SecondPersonTask.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    workflow, _new = Workflow.objects.get_or_create(name=WORKFLOW, defaults={"active": True})
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for home in home_pages():
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    return workflow


def ensure_languages(codes: list[str]) -> list[Locale]:
    """A locale for each language, and the top page in it; made when missing."""
    locales = [Locale.objects.get_or_create(language_code=code)[0] for code in codes]
    root = Site.objects.get(is_default_site=True).root_page.specific
    for locale in locales:
        if locale != root.locale and not root.has_translation(locale):
            copy = root.copy_for_translation(locale)
            copy.live = True
            copy.save()
    return locales
