from django.urls import URLPattern, path

from notifications.views import wishes
from notifications.views.unsubscribe import unsubscribe

app_name = "notifications"
urlpatterns: list[URLPattern] = [
    path("wishes/", wishes.mine, name="my_wishes"),
    path("wishes/<str:token>/", wishes.wishes, name="wishes"),
    path("stop/<str:token>/", unsubscribe, name="unsubscribe"),
]
