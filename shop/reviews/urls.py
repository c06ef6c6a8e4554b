from django.urls import path

from shop.reviews import views

app_name = "reviews"
urlpatterns = [
    path("account/reviews/", views.own, name="own"),
    path("reviews/write/<slug:slug>/", views.write, name="write"),
    path("reviews/<int:review_id>/", views.edit, name="edit"),
    path("reviews/<int:review_id>/delete/", views.delete, name="delete"),
    path("reviews/by-link/<str:token>/", views.by_link, name="by_link"),
]
