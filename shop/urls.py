"""Addresses. Search adds its own by two includes, and the shop sells without them."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from shop.health import healthz
from shop.languages import choose_language
from shop.media import media

handler400 = "shop.errors.bad_request"
handler403 = "shop.errors.forbidden"
handler404 = "shop.errors.not_found"
handler429 = "shop.errors.too_many_requests"  # allauth's
handler500 = "shop.errors.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/getting-started/", include("shop.onboarding.urls")),
    path("admin/", include("shop.exchange.urls")),
    path("admin/", admin.site.urls),
    path("language/", choose_language, name="language"),
    path("api/v1/", include("shop.api.urls")),
    path("account/", include("shop.accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("cart/", include("shop.cart.urls")),
    path("checkout/", include("shop.checkout.urls")),
    path("styleguide/", include("shop.styleguide.urls")),
    path("", include("shop.store.urls")),
    path("payments/", include("shop.payments.urls")),
    path("orders/", include("shop.fulfilment.urls")),
    path("", include("shop.mail.urls")),
    path("", include("shop.orders.urls")),
    path("", include("shop.reviews.urls")),
    path("", include("shop.wishes.urls")),
    path("", include("shop.discovery.urls")),
    path("", include("shop.installable.urls")),
    path("", include("shop.catalog.urls")),
]

if apps.is_installed("search"):
    from search.metrics_page import metrics_page

    urlpatterns += [
        path("metrics", metrics_page, name="metrics"),
        path("search/", include("search.urls")),
        path("for-you/", include("search.events.urls")),
        path("api/v1/search/", include("search.api_urls")),
        path("api/v1/", include("search.events.api_urls")),
    ]

if settings.SERVE_MEDIA:
    urlpatterns += [path("media/<path:path>", media)]
