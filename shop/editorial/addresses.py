"""Addresses that a block may lead to: pages of this shop, and no others."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.urls import resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Category, Product

# The parts of the shop whose pages shoppers open by a link.
OPEN = {"catalog", "search", "store", "mail", "wishes", "accounts", "cart"}


def without_host(address: str, *, host: str) -> str:
    """An address as a browser shows it, without the name of this shop (`host`) if it has that."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # `check_address` says so
        return address.strip()
    if parts.scheme in ("http", "https") and parts.netloc == host:
        return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
    return address.strip()


def check_address(address: str) -> None:
    """Refuse, with words, what is no page that a shopper could open here."""
    try:
        parts = urlsplit(address)
    except ValueError as error:  # brackets where a name would be
        raise ValidationError(_no_page(address), code="no_page") from error
    if parts.scheme or parts.netloc or address.startswith(("//", "/\\")):
        raise ValidationError(
            _(
                "This leads away from the shop. Write the part behind its name, as "
                "/category/boots/."
            ),
            code="elsewhere",
        )
    if not address.startswith("/"):
        raise ValidationError(
            _("An address begins with a slash, as /category/boots/."), code="no_beginning"
        )
    try:
        page = resolve(parts.path)
    except Http404 as error:
        raise ValidationError(_no_page(parts.path), code="no_page") from error
    if page.namespace.split(":")[0] not in OPEN:
        raise ValidationError(
            _("Shoppers are not sent there. Choose a category, a product, a search or a text."),
            code="closed",
        )
    named: dict[str, QuerySet[Any]] = {
        "catalog:category": Category.objects.all(),
        "catalog:product": Product.objects.all(),
    }
    rows = named.get(page.view_name)
    if rows is not None and not rows.filter(**page.kwargs).exists():
        raise ValidationError(_no_page(parts.path), code="no_page")


def _no_page(path: str) -> str:
    return gettext("The shop has no page %(path)s. Open the page and copy its address.") % {
        "path": path
    }
