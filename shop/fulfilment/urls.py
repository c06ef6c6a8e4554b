from django.urls import path

from shop.fulfilment import views

app_name = "fulfilment"

urlpatterns = [
    path("<str:number>/cancel/", views.cancel, name="cancel"),
]
