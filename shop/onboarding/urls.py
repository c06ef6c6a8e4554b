"""Pages in the admin: what is to be done until the shop can sell."""

from django.contrib import admin
from django.urls import path

from shop.onboarding import views

app_name = "onboarding"
urlpatterns = [
    path("", admin.site.admin_view(views.getting_started), name="getting_started"),
    path("demo/", admin.site.admin_view(views.demo), name="demo"),
]
