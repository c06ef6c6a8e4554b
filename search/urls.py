from django.urls import path

from search import photo_views, sharing, suggestion_views, views

app_name = "search"
urlpatterns = [
    path("", views.search_page, name="page"),
    path("suggestions/", suggestion_views.suggestions, name="suggestions"),
    path("photo/", photo_views.keep_photo, name="photo"),
    path("share/", sharing.share, name="share"),
]
