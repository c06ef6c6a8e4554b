"""What there is to find: one section for each kind of page, and only what everybody may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.files.storage import default_storage
from django.db.models import Exists, Max, OuterRef
from django.urls import reverse

from shop.catalog.models import Category, Product, ProductImage
from shop.discovery.parts import front_pages
from shop.store.models import LegalPage

# What the protocol allows in one file.
MOST_ADDRESSES = 50_000
# A product's page is found by its first pictures; the tenth is of no use to anybody.
MOST_PICTURES = 3


class Section(Sitemap):
    """One section, with the addresses that the pages call themselves by."""

    limit = MOST_ADDRESSES

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.CANONICAL_URL).scheme or super().get_protocol(protocol)

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.CANONICAL_URL).netloc or super().get_domain(site)


class ProductSection(Section):
    def items(self) -> Any:
        """(key, handle, when it changed) of each: models take seconds and 200 MB a file."""
        on_sale = Product.objects.published().order_by("pk")
        return on_sale.values_list("pk", "slug", "updated_at")

    def get_latest_lastmod(self) -> datetime | None:
        latest: datetime | None = Product.objects.published().aggregate(at=Max("updated_at"))["at"]
        return latest

    def _urls(self, page: Any, protocol: str, domain: str) -> list[dict[str, Any]]:
        """As of all sections, by a shorter way: addresses differ in the handle alone, and the
        pictures of all come by one query, which the rows that are passed over do not slow."""
        origin = f"{protocol}://{domain}"
        before, after = reverse("catalog:product", args=["SLUG"]).split("SLUG")
        rows = list(self.paginator.page(page).object_list)
        pictures = _first_pictures(rows[0][0], rows[-1][0]) if rows else {}
        return [
            {
                "location": f"{origin}{before}{slug}{after}",
                "lastmod": updated_at,
                "pictures": [
                    _absolute(origin, default_storage.url(n)) for n in pictures.get(pk, ())
                ],
            }
            for pk, slug, updated_at in rows
        ]


class CategorySection(Section):
    """Those that have something to show."""

    def items(self) -> Any:
        on_sale = Product.objects.published().filter(category__path__startswith=OuterRef("path"))
        return Category.objects.filter(Exists(on_sale)).order_by("path")


class LegalSection(Section):
    def items(self) -> Sequence[LegalPage]:
        return LegalPage.objects.shown().for_links().in_language()

    def lastmod(self, page: LegalPage) -> datetime:
        return page.updated_at


class FrontSection(Section):
    """The home page and others that there is one of."""

    def items(self) -> list[str]:
        return ["catalog:home", "mail:contact", *front_pages]

    def location(self, name: Any) -> str:
        return reverse(name)


SECTIONS: dict[str, type[Section]] = {
    "front": FrontSection,
    "categories": CategorySection,
    "products": ProductSection,
    "legal": LegalSection,
}


def _first_pictures(first: int, last: int) -> dict[int, list[str]]:
    """The names of the first pictures of the products with keys from `first` to `last`."""
    rows = (
        ProductImage.objects.filter(product_id__gte=first, product_id__lte=last)
        .order_by("product_id", "position", "pk")
        .values_list("product_id", "image")
    )
    found: dict[int, list[str]] = {}
    for product, name in rows.iterator(chunk_size=10_000):
        named = found.setdefault(product, [])
        if len(named) < MOST_PICTURES:
            named.append(name)
    return found


def _absolute(origin: str, url: str) -> str:
    return url if "://" in url else origin + url


def written(urls: Iterable[dict[str, Any]]) -> str:
    """The file with these entries. Django's template takes 14 seconds for a full one; this, 0.3."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">',
    ]
    for url in urls:
        lastmod, pictures = url.get("lastmod"), url.get("pictures", ())
        changed = f"<lastmod>{lastmod.isoformat(timespec='seconds')}</lastmod>" if lastmod else ""
        shown = "".join(
            f"<image:image><image:loc>{escape(picture)}</image:loc></image:image>"
            for picture in pictures
        )
        lines.append(f"<url><loc>{escape(url['location'])}</loc>{changed}{shown}</url>")
    return "\n".join([*lines, "</urlset>", ""])
