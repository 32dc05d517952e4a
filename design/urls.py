"""The living page; its view answers 404 unless DEBUG or DESIGN_PAGE is on."""

from django.urls import path

from design import views

app_name = "design"
urlpatterns = [path("", views.page, name="page")]
