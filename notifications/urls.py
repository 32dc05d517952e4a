from django.urls import URLPattern, path

from notifications.views.unsubscribe import unsubscribe

app_name = "notifications"
urlpatterns: list[URLPattern] = [
    path("stop/<str:token>/", unsubscribe, name="unsubscribe"),
]
