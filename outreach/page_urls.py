"""Pages in the reader's language. Mounted at /<language>/posts/."""

from django.urls import path

from outreach.views import letters, posts

app_name = "posts"
urlpatterns = [
    path("", posts.index, name="index"),
    path("of/<slug:slug>/", posts.of_agency, name="agency"),
    path("letters/<slug:slug>/", letters.subscribe, name="letters"),
]
