from django.urls import path

from shop.payments import test_gateway_views, views

app_name = "payments"

urlpatterns = [
    path("webhooks/<slug:gateway>/", views.webhook, name="webhook"),
    path("return/<uuid:key>/", views.came_back, name="return"),
    path("retry/<str:number>/", views.retry, name="retry"),
    path("test/<uuid:key>/", test_gateway_views.page, name="test"),
    path("test/<uuid:key>/confirm/", test_gateway_views.confirm, name="test-confirm"),
]
