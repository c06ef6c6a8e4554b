"""The card of a product, wherever products are listed."""

from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlencode

from django import template

from shop.catalog import parts
from shop.catalog.choices import variants_of
from shop.catalog.models import Product, ProductImage, Variant

register = template.Library()

# How wide a card's picture is in each kind of list, as the stylesheets lay it out.
SIZES = {
    "grid": "(width >= 96rem) 21.5rem, (width >= 64.7rem) 22.5vw, (width >= 48.4rem) 30vw, 46vw",
    "results": "(width >= 96rem) 23rem, (width >= 60rem) 24vw, (width >= 39rem) 30vw, 46vw",
    "shelf": "(width >= 96rem) 14rem, (width >= 75rem) 14vw, (width >= 36rem) 15rem, 42vw",
    "collection": "(width >= 96rem) 21.5rem, (width >= 75rem) 22.5vw, (width >= 36rem) 15rem, 42vw",
}


class Swatch(Protocol):
    """A colour that a product comes in: sRGB as "#rrggbb", and its name for people."""

    @property
    def hex(self) -> str: ...

    @property
    def label(self) -> str: ...


@register.inclusion_tag("catalog/_card.html")
def product_card(
    product: Product,
    variant: Variant | None = None,
    image: ProductImage | None = None,
    loading: str = "lazy",
    origin: str = "",
    swatches: Sequence[Swatch] = (),
    like: bool = True,
    among: str = "grid",
) -> dict[str, Any]:
    """A card of a product that was read with `for_cards()`.

    `variant` and `image` are those that a search matched. Without, the card shows the first
    picture and the lowest price, of what is in stock if anything is. `origin` goes along in the
    card's link as `from`: what list it stands in, for receivers of `product_viewed`. `swatches` are
    the colours that it comes in, which are shown as dots. `loading` is that of `product_picture`,
    and `among` the kind of list, one of `SIZES`.

    It leads to what is like the product, if anything knows that (`parts.like_addresses`), unless
    `like` says that its list does so itself.
    """
    on_sale = variants_of(product)
    url = product.get_absolute_url()
    told = {}
    if variant is not None and len(on_sale) > 1:
        told["variant"] = variant.sku
    if origin:
        told["from"] = origin
    if told:
        url = f"{url}?{urlencode(told)}"
    offered = [one for one in on_sale if one.in_stock] or on_sale
    shown = variant or min(offered, key=lambda one: one.price, default=None)
    pictures = list(product.images.all())
    first = image or next(iter(pictures), None)
    return {
        "product": product,
        "variant": shown,
        "has_dearer": shown is not None and _is_lowest_of_several(shown, offered),
        "image": first,
        "second": next((one for one in pictures if first and one.pk != first.pk), None),
        "sold_out": not any(one.in_stock for one in on_sale),
        "url": url,
        "like_url": _like_address(product) if like else "",
        "loading": loading,
        "sizes": SIZES[among],
        "swatches": swatches,
    }


def _like_address(product: Product) -> str:
    return next((address_of(product) for address_of in parts.like_addresses), "")


def _is_lowest_of_several(shown: Variant, offered: list[Variant]) -> bool:
    """Whether the price is one that the product starts at: some cost more, and none less."""
    prices = [one.price for one in offered]
    return bool(prices) and min(prices) >= shown.price < max(prices)
