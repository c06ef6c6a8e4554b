"""The shop's own pages: its legal texts."""

from django.urls import path

from shop.store import views

app_name = "store"
urlpatterns = [
    path("pages/<slug:kind>/", views.legal_page, name="page"),
]
