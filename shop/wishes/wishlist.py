"""The wishlist: of a user in the database, of a guest in the session.

A guest who logs in takes the wishes along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest

from shop.catalog import showcase
from shop.catalog.choices import variants_of
from shop.catalog.models import Product, ProductImage, Variant
from shop.wishes.models import WishlistItem

SESSION_KEY = "wishlist"
MOST = 200  # of one person: what a page and a session can hold


class WishlistFull(Exception):
    """There is no room for one more."""


@dataclass(frozen=True)
class Wish:
    """A line of the wishlist. `product` is None when the shop no longer has it.

    `variant` is the one that was chosen, or the only one; None where it is still to be chosen.
    """

    key: str
    title: str
    product: Product | None
    variant: Variant | None

    @property
    def picture(self) -> ProductImage | None:
        """The chosen variant's, else the product's first."""
        if self.product is None:
            return None
        if self.variant is not None:
            return next(iter(showcase.pictures_of(self.product, self.variant)), None)
        return next(iter(self.product.images.all()), None)


def wishlist_of(request: HttpRequest) -> list[Wish]:
    """All wishes, the newest first, in a fixed number of queries."""
    kept = _kept(request)
    ids = [one["product"] for one in kept if one["product"] is not None]
    products = {one.pk: one for one in showcase.products_in_full().filter(pk__in=ids)}
    return [_wish(one, products.get(one["product"])) for one in kept]


def key_of(request: HttpRequest, product: Product) -> str | None:
    """The key of the wish for this product, None if it is not on the list."""
    if request.user.is_authenticated:
        found = WishlistItem.objects.filter(user=request.user, product=product).first()
        return str(found.pk) if found else None
    wished = any(one["product"] == product.pk for one in request.session.get(SESSION_KEY, []))
    return str(product.pk) if wished else None


def add_wish(*, request: HttpRequest, variant: Variant) -> None:
    """Put the variant's product on the list, with that variant. Raises `WishlistFull`."""
    product = variant.product
    if request.user.is_authenticated:
        others = WishlistItem.objects.filter(user=request.user).exclude(product=product)
        if others.count() >= MOST:
            raise WishlistFull
        WishlistItem.objects.update_or_create(
            user=request.user,
            product=product,
            defaults={"variant": variant, "title": product.title},
        )
        return
    kept = [one for one in request.session.get(SESSION_KEY, []) if one["product"] != product.pk]
    if len(kept) >= MOST:
        raise WishlistFull
    new = {"product": product.pk, "variant": variant.pk, "title": product.title}
    request.session[SESSION_KEY] = [new, *kept]


def remove_wish(*, request: HttpRequest, key: str) -> None:
    """Take a wish off the list of who asks; one that is not there is gone already."""
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return
    if request.user.is_authenticated:
        WishlistItem.objects.filter(user=request.user, pk=int(key)).delete()
    elif SESSION_KEY in request.session:
        kept = request.session[SESSION_KEY]
        request.session[SESSION_KEY] = [one for one in kept if one["product"] != int(key)]


def merge_at_login(*, request: HttpRequest, user: User) -> None:
    """The guest's wishes become the user's, behind those that are there already."""
    guest = request.session.pop(SESSION_KEY, [])
    if not guest:
        return
    room = MOST - WishlistItem.objects.filter(user=user).count()
    products = Product.objects.in_bulk([one["product"] for one in guest])
    variants = Variant.objects.in_bulk([one["variant"] for one in guest if one["variant"]])
    WishlistItem.objects.bulk_create(
        [
            WishlistItem(
                user=user,
                product=products[one["product"]],
                variant=variants.get(one["variant"]),
                title=one["title"],
            )
            for one in reversed(guest[: max(0, room)])  # the newest gets the highest key
            if one["product"] in products
        ],
        ignore_conflicts=True,
    )


def _kept(request: HttpRequest) -> list[dict[str, Any]]:
    if request.user.is_authenticated:
        rows = WishlistItem.objects.filter(user=request.user)
        return [
            {
                "key": row.pk,
                "product": row.product_id,
                "variant": row.variant_id,
                "title": row.title,
            }
            for row in rows
        ]
    return [{**one, "key": one["product"]} for one in request.session.get(SESSION_KEY, [])]


def _wish(kept: dict[str, Any], product: Product | None) -> Wish:
    variants = variants_of(product) if product else []
    chosen = next((one for one in variants if one.pk == kept["variant"]), None)
    if chosen is None and len(variants) == 1:
        chosen = variants[0]
    return Wish(
        key=str(kept["key"]),
        title=product.title if product else kept["title"],
        product=product,
        variant=chosen,
    )
