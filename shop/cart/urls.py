from django.urls import path

from shop.cart import views

app_name = "cart"
urlpatterns = [
    path("", views.page, name="page"),
    path("add/", views.add, name="add"),
    path("update/", views.update, name="update"),
    path("remove/", views.remove, name="remove"),
    path("undo/", views.undo, name="undo"),
    path("voucher/", views.voucher, name="voucher"),
    path("country/", views.country, name="country"),
]
