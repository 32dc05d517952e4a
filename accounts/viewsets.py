"""Agencies and roles at the desk of the platform administrators."""

from typing import Any

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from accounts.models import Agency, Membership, Person
from accounts.services import appoint, dismiss
from accounts.services.people import find_contact_point
from foundation import clock
from foundation.errors import BadInput, PortalError
from foundation.wagtails_log import TOLD


class AgencyViewSet(ModelViewSet):
    """The list of agencies."""

    model = Agency
    icon = "home"
    name = "agencies"
    menu_label = _("Agencies")
    list_display = (
        "name",
        "slug",
        "response_days",
        "moderation_hours",
        DateColumn("opened_at", label=_("Open since")),
    )
    list_export = ("name", "slug", "response_days", "moderation_hours", "opened_at")
    search_fields = ("name", "slug")
    search_backend_name = None
    form_fields = ("name",)
    copy_view_enabled = False
    add_to_reference_index = False

    def get_urlpatterns(self) -> list[Any]:
        """The list alone: there is nothing to do with a row here."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no page for one agency to be found."""


class MembershipForm(WagtailAdminModelForm):
    """Who gets which role, and for whom."""

    who = forms.CharField(
        label=_("Sign-in name or e-mail address"),
        help_text=_("Of somebody who has an account. Whoever has none signs in once by a code first."),
        max_length=254,
    )

    class Meta:
        model = Membership
        fields = ("agency", "role")

    field_order = ("who", "agency", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].help_text = _("Leave it empty for a role at the centre.")

    def clean_who(self) -> Person:
        """The person behind the name or the address."""
        typed = self.cleaned_data["who"].strip()
        found = Person.objects.filter(username=typed, is_active=True).first()
        if found is None and "@" in typed:
            try:
                point = find_contact_point(typed)
            except BadInput as error:
                raise forms.ValidationError(str(error)) from error
            found = point.person if point else None
        if found is None:
            raise forms.ValidationError(_("We know nobody of this name or address."))
        return found


class GiveRole(CreateView):
    """Gives a role through the service."""

    def form_valid(self, form: MembershipForm) -> Any:
        """What the service refuses stands in the form, which stays filled."""
        try:
            return super().form_valid(form)
        except PortalError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)

    def save_instance(self) -> Membership:
        """The membership that the service made or found."""
        given = self.form.cleaned_data
        held = appoint(
            given["who"], agency=given["agency"], role=given["role"], by=self.request.user, now=clock.now()
        )
        log(held, "wagtail.create", user=self.request.user, data=TOLD)
        return held

    def get_success_buttons(self) -> list[Any]:
        """There is nothing to edit afterwards."""
        return []


class EndRole(DeleteView):
    """Ends a role through the service; the row stays."""

    page_title = _("End this role")
    success_message = _("The role has ended.")

    @property
    def confirmation_message(self) -> str:
        """What will happen."""
        return str(_("The role ends now. That it was held stays on record."))

    def delete_action(self) -> None:
        """The service does it."""
        dismiss(self.object, by=self.request.user, now=clock.now())
        log(self.object, "wagtail.edit", user=self.request.user, data=TOLD)


class CurrentRoles(IndexView):
    """Roles that hold now."""

    def get_base_queryset(self) -> Any:
        """Without those that have ended."""
        return Membership.objects.filter(until__isnull=True).select_related("person", "agency")


class MembershipViewSet(ModelViewSet):
    """The list of roles, with a form that gives one and a page that ends one."""

    model = Membership
    icon = "group"
    name = "roles"
    menu_label = _("Roles")
    list_display = (
        Column("person", label=_("Person")),
        Column("agency", label=_("Agency")),
        Column("get_role_display", label=_("Role")),
        DateColumn("since", label=_("Since")),
        TitleColumn(
            "end", label=_("To do"), accessor=lambda _held: _("End this role"), url_name="roles:delete"
        ),
    )
    list_filter = ("agency", "role")
    list_export = ("person", "agency", "role", "since")
    search_fields = ("person__username", "person__first_name", "person__last_name", "agency__name")
    search_backend_name = None
    index_view_class = CurrentRoles
    add_view_class = GiveRole
    delete_view_class = EndRole
    copy_view_enabled = False
    add_to_reference_index = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No link to pages that are not there."""
        gone = {"edit_url_name": None, "history_url_name": None, "usage_url_name": None}
        return super().get_common_view_kwargs(**{**gone, **kwargs})

    def get_form_class(self, for_update: bool = False) -> type[MembershipForm]:
        """The form that asks for a person by name or address."""
        return MembershipForm

    def get_urlpatterns(self) -> list[Any]:
        """List, give, end."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no page for one role to be found."""


class PeopleGroup(ViewSetGroup):
    """Both in one place of the menu."""

    menu_label = _("Agencies and roles")
    menu_icon = "group"
    menu_order = 800
    items = (AgencyViewSet, MembershipViewSet)
