from django.urls import path, re_path

from shop.orders import views

app_name = "orders"
urlpatterns = [
    path("account/orders/", views.history, name="history"),
    path("orders/find/", views.find, name="find"),
    path("orders/<str:number>/", views.order, name="order"),
    path("orders/<str:number>/invoice.pdf", views.invoice, name="invoice"),
    path("orders/<str:number>/credit-note.pdf", views.credit_note, name="credit_note"),
    path("orders/<str:number>/again/", views.again, name="again"),
    # A signature has 43 letters, which the words of other addresses below an order do not.
    re_path(
        r"^orders/(?P<number>[0-9A-Z-]+)/(?P<signature>[\w-]{43})/$", views.signed, name="signed"
    ),
]
