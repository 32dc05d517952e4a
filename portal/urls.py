"""Every address of the house. Rooms bring their own; the roof only says under which path."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as documents_urls

from accounts.views.desk import wagtails_login
from portal import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("blocked-content/", views.blocked_content, name="blocked_content"),
    path("admin/login/", wagtails_login, name="wagtailadmin_login"),
    path("admin/", include(admin_urls)),
    path("documents/", include(documents_urls)),
    re_path(r"^media/(?P<folder>images|original_images)/(?P<path>.+)$", views.picture, name="picture"),
    path("api/", include("api.urls")),
    path("records/", include("records.urls")),
    path("outreach/", include("outreach.urls")),
]
if getattr(settings, "MAILBOX_DIR", ""):
    urlpatterns.append(path("mailbox/", include("notifications.mailbox_urls")))
urlpatterns += i18n_patterns(
    path("account/", include("accounts.urls")),
    path("ideas/", include("ideas.urls")),
    path("search/", include("search.urls")),
    path("letters/", include("notifications.urls")),
    path("data/", include("api.page_urls")),
    path("record/", include("records.page_urls")),
    path("moderation/", include("moderation.urls")),
    path("reading/", include("analysis.urls")),
    path("posts/", include("outreach.page_urls")),
    path("design/", include("design.urls")),  # 404 unless DEBUG or DESIGN_PAGE
    path("", include("consultations.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
)

handler404 = "portal.views.not_found"
handler500 = "portal.views.broken"
handler403 = "portal.views.not_allowed"
handler400 = "portal.views.bad_request"
