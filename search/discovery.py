"""What search adds to what search engines are told of the shop."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from shop.catalog.parts import site_describers
from shop.discovery.parts import front_pages, uncrawled
from shop.origin import absolute


def connect() -> None:
    site_describers.append(describe)
    front_pages.append("search:page")
    # Somebody's photo, which nobody else sees. Other results are open: they say `noindex`.
    uncrawled.append("/search/*photo=")


def describe(request: HttpRequest, site: dict[str, Any]) -> None:
    """How the shop is searched by words, as schema.org has it."""
    site["potentialAction"] = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": absolute(request, reverse("search:page")) + "?q={search_term_string}",
        },
        "query-input": "required name=search_term_string",
    }
