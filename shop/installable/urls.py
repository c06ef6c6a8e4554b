from django.urls import path

from shop.installable import views

app_name = "installable"
urlpatterns = [
    path("manifest.webmanifest", views.web_manifest, name="manifest"),
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("offline/", views.offline, name="offline"),
    path("icons/<slug:kind>.png", views.icon, name="icon"),
    # Where they are looked for without having been named.
    path("apple-touch-icon.png", views.icon, {"kind": "apple-touch-icon"}),
    path("favicon.ico", views.icon, {"kind": "favicon"}),
]
