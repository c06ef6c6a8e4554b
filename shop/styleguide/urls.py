"""Addresses of the style guide."""

from django.urls import path

from shop.styleguide import views

app_name = "styleguide"

urlpatterns = [
    path("", views.guide, name="guide"),
    path("themes.css", views.sheet, name="sheet"),
    path("errors/<slug:name>/", views.error, name="error"),
]
