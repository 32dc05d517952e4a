"""The mailbox of a developer's machine; mounted only where MAILBOX_DIR is set."""

from django.urls import path

from notifications.views.mailbox import mailbox

app_name = "mailbox"
urlpatterns = [path("", mailbox, name="index")]
