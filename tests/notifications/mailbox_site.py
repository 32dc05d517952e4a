"""The house's addresses as on a developer's machine, with the mailbox."""

from django.urls import include, path

from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as everything

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [path("mailbox/", include("notifications.mailbox_urls")), *everything]
