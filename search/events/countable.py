"""Whether a request is a shopper's, and of one who does not mind being counted."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

# Those that say who they are; the others look like shoppers to everybody. (Cubot makes phones.)
_ROBOTS = re.compile(
    r"(?<!cu)bot(\b|_)|crawl|spider|slurp|facebookexternalhit|whatsapp|mediapartners|archiver"
    r"|lighthouse|pingdom|uptime|headless|phantomjs",
    re.IGNORECASE,
)
# What no browser sends; an app may well.
_PROGRAMS = re.compile(
    r"^(?!mozilla/)|curl|wget|python|java/|go-http|okhttp|axios|node-fetch|libwww|httpx|scrapy",
    re.IGNORECASE,
)


def countable(request: HttpRequest | Request) -> bool:
    """Whether what this request does may be kept as an event.

    Not where events are off, where Do Not Track or Global Privacy Control asks for it, of robots
    that say so, and of pages that are fetched before anybody asked for them. Programs that are no
    browsers count in the API (a DRF request) alone: there they are apps.
    """
    if not settings.EVENTS or request.method == "HEAD":
        return False
    headers = request.headers
    if headers.get("DNT") == "1" or headers.get("Sec-GPC") == "1":
        return False
    agent = headers.get("User-Agent", "")
    if _ROBOTS.search(agent) or (not isinstance(request, Request) and _PROGRAMS.search(agent)):
        return False
    return not is_ahead(request)


def is_ahead(request: HttpRequest | Request) -> bool:
    """Whether a browser fetches this before the shopper has asked for it: prefetched, prerendered
    or previewed (`Sec-Purpose`, and what came before it)."""
    names = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    told = " ".join(request.headers.get(name, "") for name in names).lower()
    return any(word in told for word in ("prefetch", "prerender", "preview"))
