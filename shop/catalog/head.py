"""What the head of a page says of it: its title and description, the address it is known by, what
a link to it looks like where it is shared (Open Graph), and structured data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalog import structured_data
from shop.catalog.models import Category, Product, ProductImage, Variant
from shop.catalog.pictured import Pictured
from shop.formats import number
from shop.origin import absolute
from shop.store.current import current_store

# What search engines show of a description, and of a name in a title.
DESCRIPTION_LENGTH = 155
NAME_LENGTH = 70
SHARED_WIDTH = 1280  # pixels, one of `settings.PICTURE_WIDTHS`
NAMED = 3  # so many categories or products stand in a title or description


@dataclass(frozen=True)
class SharedPicture:
    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Head:
    """Of one page. `name` is what it is about, `title` says the shop's name, too; `offered` is what
    a product's page offers first."""

    name: str
    title: str
    description: str
    canonical: str
    picture: SharedPicture | None
    structured_data: str
    offered: Variant | None = None

    @property
    def kind(self) -> str:
        return "website" if self.offered is None else "product"


def of_home(
    request: HttpRequest,
    *,
    categories: Iterable[Category],
    newest: Iterable[Product],
    picture: Pictured | None = None,
) -> Head:
    """`picture` is the one that the page opens with, if there is any."""
    names = [node.name for node in categories][:NAMED]
    shop_name = current_store().name
    title = shop_name
    if names:
        title = f"{shop_name}: {', '.join(names)}"
        listed = get_text_list(names, _("and"))
        description = _("%(categories)s at %(shop)s: see what is new, and find what you like.")
        description %= {"categories": listed, "shop": shop_name}
    else:
        description = _("%(shop)s: see what is new, and find what you like.") % {"shop": shop_name}
    return Head(
        name=shop_name,
        title=title,
        description=Truncator(description).chars(DESCRIPTION_LENGTH),
        canonical=absolute(request, reverse("catalog:home")),
        picture=shared_picture(request, picture, shop_name)
        if picture is not None
        else _first_picture(request, newest),
        structured_data=structured_data.of_home(request),
    )


def of_category(
    request: HttpRequest, *, category: Category, trail: list[Category], page: Any
) -> Head:
    """`page` is that of the paginator. Each has a title and description of its own."""
    products: list[Product] = list(page.object_list)
    address = category.get_absolute_url()
    name = Truncator(category.name).chars(NAME_LENGTH)
    if page.number > 1:
        address += f"?page={page.number}"
        name = _("%(category)s, page %(number)d") % {"category": name, "number": page.number}
    address = absolute(request, address)
    description = _category_words(category, products, page.paginator.count)
    return Head(
        name=name,
        title=_with_shop(name),
        description=description,
        canonical=address,
        picture=_first_picture(request, products),
        structured_data=structured_data.of_category(
            request,
            category=category,
            trail=trail,
            products=products,
            start=page.start_index(),
            address=address,
            description=description,
        ),
    )


def of_product(request: HttpRequest, context: dict[str, Any]) -> Head:
    """`context` is that of the product's page, with what other apps loaded into it."""
    product: Product = context["product"]
    address = absolute(request, product.get_absolute_url())
    name = f"{product.title}, {product.brand}" if product.brand else product.title
    words = " ".join(product.description.split())
    if not words:
        words = _("%(product)s at %(shop)s: pictures, sizes, price and delivery.")
        words %= {"product": name, "shop": current_store().name}
    pictures: list[ProductImage] = context["images"]
    return Head(
        name=name,
        title=_with_shop(Truncator(name).chars(NAME_LENGTH)),
        description=Truncator(words).chars(DESCRIPTION_LENGTH),
        canonical=address,
        picture=shared_picture(request, pictures[0], product.title) if pictures else None,
        structured_data=structured_data.of_product(request, context, address=address),
        offered=context["variant"],
    )


def shared_picture(request: HttpRequest, picture: Pictured, title: str) -> SharedPicture:
    """The picture as it is stored, a JPEG; of a large one the WebP file of `SHARED_WIDTH`, for
    messengers leave out what has more than some hundred kilobytes."""
    url, width, height = picture.image.url, picture.width, picture.height
    if picture.renditions_ready and width > SHARED_WIDTH:
        smaller = picture.image.aspect_ratios[None].get("WEBP", {}).get(SHARED_WIDTH)
        if smaller is not None:
            url, height = smaller.url, round(height * SHARED_WIDTH / width)
            width = SHARED_WIDTH
    return SharedPicture(
        absolute(request, url), width, height, getattr(picture, "alt", "") or title
    )


def _with_shop(name: str) -> str:
    return f"{name} · {current_store().name}"


def _first_picture(request: HttpRequest, products: Iterable[Product]) -> SharedPicture | None:
    """The first picture of the first product that has one."""
    for product in products:
        for picture in product.images.all():
            return shared_picture(request, picture, product.title)
    return None


def _category_words(category: Category, products: list[Product], count: int) -> str:
    told = ngettext(
        "%(number)s product in %(category)s at %(shop)s",
        "%(number)s products in %(category)s at %(shop)s",
        count,
    ) % {"number": number(count), "category": category.name, "shop": current_store().name}
    if products:
        told = _("%(told)s: %(products)s") % {
            "told": told,
            "products": ", ".join(product.title for product in products[:NAMED]),
        }
    return Truncator(told).chars(DESCRIPTION_LENGTH)
