from django.urls import path

from shop.wishes import views

app_name = "wishes"
urlpatterns = [
    path("wishlist/", views.wishes, name="list"),
    path("wishlist/add/", views.add, name="add"),
    path("wishlist/remove/", views.remove, name="remove"),
    path("wishlist/move/", views.move, name="move"),
    path("back-in-stock/", views.ask, name="ask"),
    path("back-in-stock/confirm/<str:token>/", views.confirm, name="confirm"),
    path("back-in-stock/stop/<str:token>/", views.stop, name="stop"),
]
