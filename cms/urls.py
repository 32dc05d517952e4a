"""Pages of the centre that nobody writes: they are asked of the hall each time."""

from django.urls import URLPattern, path

from cms.views.topics import topic, topics
from cms.views.you_said import you_said

app_name = "cms"
urlpatterns: list[URLPattern] = [
    path("topics/", topics, name="topics"),
    path("topics/<slug:slug>/", topic, name="topic"),
    path("you-said-we-did/", you_said, name="you_said"),
]
