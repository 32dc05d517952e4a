"""Pages of help in the reader's language; mounted at /<language>/data/."""

from django.urls import path

from api import views

app_name = "data"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:key>/", views.noun, name="noun"),
]
