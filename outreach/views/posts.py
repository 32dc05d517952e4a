"""What the agencies posted, and where: anybody can compare it with what stands on the networks."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Agency
from accounts.roles import Role
from outreach import queries, told
from outreach.channels import channels
from outreach.forms import ToldForm

PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every agency's, the newest first, each with a link to where it stands; of one agency or channel when asked."""
    agencies = {agency.slug: agency for agency in told.agencies_told()}
    form = _form(request, list(agencies.values()))
    wanted = form.cleaned_data if form.is_valid() else {"agency": "", "channel": ""}
    return _list(request, agencies.get(wanted["agency"]), wanted, form)


@require_safe
def of_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """The same of one agency, under an address of its own."""
    agency = get_object_or_404(Agency, slug=slug)
    form = _form(request, None)
    wanted = form.cleaned_data if form.is_valid() else {"channel": ""}
    return _list(request, agency, wanted, form, own_page=True)


def _form(request: HttpRequest, agencies: list[Agency] | None) -> ToldForm:
    known = [(key, channels()[key].label) for key in told.channels_told() if key in channels()]
    return ToldForm(request.GET, agencies=agencies, channels=known)


def _list(
    request: HttpRequest,
    agency: Agency | None,
    wanted: dict[str, str],
    form: ToldForm,
    *,
    own_page: bool = False,
) -> HttpResponse:
    found = told.told_versions(agency=agency, channel=wanted["channel"])
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    crumbs = [{"label": _("What we posted")}]
    if own_page and agency:
        crumbs = [{"label": _("What we posted"), "url": reverse("posts:index")}, {"label": agency.name}]
    roles = dict(Role.choices)
    context = {
        "page": page,
        "rows": [
            {
                "told": row,
                "submitted_as": roles.get(row.submitted_as, ""),
                "approved_as": roles.get(row.approved_as, ""),
            }
            for row in told.told(page)
        ],
        "form": form,
        "agency": agency if own_page else None,
        "narrowed": bool(wanted["channel"] or (agency and not own_page)),
        "agencies": queries.writing_agencies(),
        "crumbs": crumbs,
    }
    return render(request, "outreach/posts.html", context)
