"""The web manifest, icons, the service worker and the page that it shows without the internet."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from shop.installable import icons
from shop.installable.manifest import icon_address, manifest
from shop.store.current import current_store

# Where the shop has no word to say when the internet is gone: these are no pages for shoppers.
NOT_FOR_SHOPPERS = ("/admin/", "/api/", "/media/", "/static/", "/healthz", "/metrics")
FILES = re.compile(r'(?:href|src)="(/[^"]+\.(?:css|js|svg|png)(?:\?[^"]*)?)"')


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    answer = JsonResponse(manifest(current_store()), content_type="application/manifest+json")
    patch_cache_control(answer, public=True, max_age=3600)
    return answer


@require_safe
def icon(request: HttpRequest, kind: str) -> HttpResponse:
    """A PNG. Without its version in the address, as iOS asks for it, for a day."""
    if kind not in icons.KINDS:
        raise Http404
    store = current_store()
    answer = HttpResponse(icons.icon(kind, store), content_type="image/png")
    if request.GET.get("v") == icons.version(store):
        patch_cache_control(answer, public=True, max_age=31_536_000, immutable=True)
    else:
        patch_cache_control(answer, public=True, max_age=86_400)
    return answer


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(_offline_page())
    patch_cache_control(answer, no_cache=True)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Browsers compare it byte by byte, at most a day after they saw it last, and then install the
    new one: it changes with every file that the offline page names, and with the page itself.

    With `SERVICE_WORKER=0` it is one that removes itself and all that was kept.
    """
    if settings.SERVICE_WORKER:
        page = _offline_page()
        kept = [reverse("installable:offline"), *dict.fromkeys(FILES.findall(page))]
        config = {
            "version": hashlib.sha256(page.encode()).hexdigest()[:16],
            "offline": kept[0],
            "kept": kept,
            "notForShoppers": NOT_FOR_SHOPPERS,
        }
        script = render_to_string("installable/service-worker.js", {"config": json.dumps(config)})
    else:
        script = render_to_string("installable/no-service-worker.js")
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    patch_cache_control(answer, no_cache=True)
    return answer


def _offline_page() -> str:
    """The same for all who read one language: the worker's version hangs on it."""
    store = current_store()
    context: dict[str, Any] = {
        "store": store,
        "shop_name": store.name,
        "icon_url": icon_address("icon-192", store),
    }
    return render_to_string("offline.html", context)
