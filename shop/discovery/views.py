"""sitemap.xml and robots.txt."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

from django.contrib.sites.shortcuts import get_current_site
from django.core.cache import cache
from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from shop.discovery.parts import uncrawled
from shop.discovery.sitemaps import SECTIONS, written
from shop.origin import absolute, origin

# Search engines come daily at most; what is new is found through the home page before.
KEEP_SECONDS = 3600
XML = "application/xml"


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files that the sitemap consists of."""

    def make() -> str:
        files = []
        for name, section in SECTIONS.items():
            made = section()
            address = absolute(request, reverse("discovery:section", args=[name]))
            latest = made.get_latest_lastmod()
            for number in range(1, made.paginator.num_pages + 1):
                location = address if number == 1 else f"{address}?p={number}"
                files.append({"location": location, "last_mod": latest})
        return render_to_string("sitemap_index.xml", {"sitemaps": files})

    return _kept(request, "index", make)


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One file of it: at most 50,000 addresses."""

    number = request.GET.get("p", "1")
    if section not in SECTIONS or not re.fullmatch("[1-9][0-9]{0,4}", number):
        raise Http404

    def make() -> str:
        made = SECTIONS[section]()
        try:
            urls = made.get_urls(
                page=number,
                site=get_current_site(request),
                protocol=request.scheme,
            )
        except InvalidPage as error:
            raise Http404 from error
        return written(urls)

    return _kept(request, f"{section}:{number}", make)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not look at.

    A page that somebody may link to and that says `noindex` is open to them, or they would not
    read that: results, or an order by its signed link. What is closed is of no use to anybody
    without a session, and costs work.
    """
    closed = [
        reverse("admin:index"),
        reverse("cart:page"),
        reverse("checkout:address"),
        reverse("accounts:overview"),
        "/payments/",
        "/api/",
        *uncrawled,
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {absolute(request, reverse('discovery:sitemap'))}")
    answer = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    return answer


def _kept(request: HttpRequest, name: str, make: Callable[[], str]) -> HttpResponse:
    """The answer that was made last, for an hour; in the cache and on the wire it is compressed:
    a full file has 20 MB."""
    key = f"sitemap:1:{origin(request)}:{name}"
    packed = cache.get(key)
    if packed is None:
        packed = gzip.compress(make().encode(), compresslevel=5)
        cache.set(key, packed, KEEP_SECONDS)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(packed, content_type=XML)
        answer["Content-Encoding"] = "gzip"
    else:
        answer = HttpResponse(gzip.decompress(packed), content_type=XML)
    patch_vary_headers(answer, ["Accept-Encoding"])
    answer["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    answer["X-Robots-Tag"] = "noindex"  # the file itself is nobody's search result
    return answer
