"""Topics at the desk of the platform administrators."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.forms import Select
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.permissions import AgenciesSeen, can_appoint
from consultations.models import Topic

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Person


class TopicsKept(AgenciesSeen):
    """Topics are written at the centre. They are never deleted here: pages and addresses name them."""

    def user_has_permission(self, user: object, action: str) -> bool:
        if action in {"add", "change"}:
            return can_appoint(user)
        return super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: Iterable[str]) -> "QuerySet[Person]":
        return super().users_with_any_permission({"view"} if {"add", "change"} & set(actions) else actions)


class TopicViewSet(ModelViewSet):
    """The list of topics, with a form for each."""

    model = Topic
    icon = "tag"
    name = "topics"
    menu_label = _("Topics")
    menu_order = 810
    add_to_admin_menu = True
    list_display = ("title", "slug")
    list_export = ("title", "slug")
    search_fields = ("title", "slug", "titles__title")
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    panels = (
        FieldPanel("title"),
        FieldPanel("slug"),
        InlinePanel(
            "titles",
            heading=_("In other languages"),
            panels=[FieldPanel("language", widget=Select(choices=settings.LANGUAGES)), FieldPanel("title")],
        ),
    )

    def get_urlpatterns(self) -> list[Any]:
        """List, add, change."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No link to pages that are not there."""
        gone = {"delete_url_name": None, "history_url_name": None, "usage_url_name": None}
        return super().get_common_view_kwargs(**{**gone, **kwargs})
