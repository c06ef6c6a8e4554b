from django.urls import path

from search import sharing, views

app_name = "search"
urlpatterns = [
    path("", views.search_page, name="page"),
    path("share/", sharing.share, name="share"),
]
