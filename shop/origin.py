"""Absolute addresses, for those who are elsewhere: search engines, and whoever gets a link."""

from django.conf import settings
from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """`https://shop.example`: as the settings say (`SHOP_URL`), else as it was asked.

    A shop that answers to several names has one that its pages are known by.
    """
    return settings.CANONICAL_URL or f"{request.scheme}://{request.get_host()}"


def absolute(request: HttpRequest, path: str) -> str:
    """`path`, which begins with a slash, at the shop's origin; what is absolute stays as it is."""
    return path if "://" in path else origin(request) + path
