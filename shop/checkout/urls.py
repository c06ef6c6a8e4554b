from django.urls import path

from shop.checkout import views

app_name = "checkout"
urlpatterns = [
    path("", views.address, name="address"),
    path("delivery/", views.delivery, name="delivery"),
    path("payment/", views.payment, name="payment"),
    path("review/", views.review, name="review"),
]
