from django.urls import path

from shop.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("addresses/", views.addresses, name="addresses"),
    path("addresses/add/", views.add_address, name="add_address"),
    path("addresses/<int:pk>/", views.change_address, name="change_address"),
    path("addresses/<int:pk>/delete/", views.delete_address, name="delete_address"),
    path("data/", views.data, name="data"),
    path("data/download/", views.download_data, name="download_data"),
    path("data/delete/", views.delete_account, name="delete_account"),
]
