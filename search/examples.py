"""What the search's own front shows of the shop: three ways to search, each with a product."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from search import addresses
from search.colors.names import BY_NAME
from search.colors.reading import swatches_of
from search.hints import within_a_sentence
from shop.catalog.models import Product, ProductImage
from shop.catalog.showcase import categories_with_pictures

# Colours that are no reason to look twice: others stand for the shop first.
QUIET = frozenset({"black", "white", "grey", "beige"})


@dataclass(frozen=True)
class Example:
    """`picture`: of a product that stands for it. `words`: what is typed, in the shop's language.
    `url`: the search."""

    picture: ProductImage
    words: str
    url: str


@dataclass(frozen=True)
class Examples:
    """By words; by a picture; by a picture with words about what should differ."""

    described: Example
    shown: Example
    changed: Example


def examples() -> Examples | None:
    """From three parts of the range, as far as there are so many; None before the shop has a
    picture whose colours are known."""
    pictures = [node.picture for node in categories_with_pictures() if node.picture]
    keys = [picture.product_id for picture in pictures]
    products = Product.objects.select_related("category").in_bulk(keys)
    colors = {key: found[0].name for key, found in swatches_of(keys).items() if found}
    known = [picture for picture in pictures if picture.product_id in colors]
    if not known:
        return None
    known.sort(key=lambda picture: colors[picture.product_id] in QUIET)
    first, second, third = known[0], known[1 % len(known)], known[2 % len(known)]
    with override(settings.LANGUAGE_CODE):  # words are compared with the shop's own texts
        color = BY_NAME[colors[first.product_id]].label
        kind = within_a_sentence(products[first.product_id].category.name)
        other = BY_NAME["green" if colors[third.product_id] == "blue" else "blue"].label
    return Examples(
        described=_example(first, q=f"{color} {kind}"),
        shown=_example(second, like=products[second.product_id].slug),
        changed=_example(third, like=products[third.product_id].slug, q=f"in {other}"),
    )


def _example(picture: ProductImage, **asked: str) -> Example:
    url = addresses.asking(**asked)
    return Example(picture=picture, words=asked.get("q", ""), url=url)
