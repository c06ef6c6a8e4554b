"""Home, category and product pages."""

import re
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.core.validators import slug_re
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from shop.catalog import choices, head, parts, showcase
from shop.catalog.models import Category, Product
from shop.catalog.parts import product_parts, product_sections
from shop.signals import product_viewed

PAGE_SIZE = 24
NEWEST = 12
# What names the list that a shopper came from is short; more is no such name.
ORIGIN_LENGTH = 64
# So many products are shown again, by slugs of at most 200 characters.
REMEMBERED = 12
REMEMBERED_LENGTH = REMEMBERED * 201


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the shop has composed, or else its categories; and what is new."""
    newest = Product.objects.published().for_cards()[:NEWEST]
    context: dict[str, Any] = {"newest": newest, "home_parts": parts.home_parts}
    for load in parts.home_loaders:
        context |= load(request)
    if not context.get("blocks") and not context.get("opening"):
        context["categories"] = showcase.categories_with_pictures()
    categories = context.get("categories") or Category.objects.top()
    opening = context.get("opening")
    context["head"] = head.of_home(
        request,
        categories=categories,
        newest=newest,
        picture=opening.picture if opening is not None else None,
    )
    return render(request, "catalog/home.html", context)


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    node = get_object_or_404(Category, slug=slug)
    page = _page(request, Product.objects.published().in_category(node).for_cards())
    trail = list(Category.objects.get_ancestors(node))
    context: dict[str, Any] = {
        "category": node,
        "trail": trail,
        "parent": trail[-1] if trail else None,
        "children": Category.objects.get_children(node).order_by(Lower("name")),
        "page": page,
        "head": head.of_category(request, category=node, trail=trail, page=page),
        "category_heads": parts.category_heads,
        "category_parts": parts.category_parts,
    }
    if page.object_list:
        for load in parts.category_loaders:
            context |= load(request, node, page)
    return render(request, "catalog/category.html", context)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(showcase.products_in_full(), slug=slug)
    variant = choices.choose_variant(found, request.GET.get("variant"))
    product_viewed.send_robust(sender=Product, request=request, product=found)
    trail = [*Category.objects.get_ancestors(found.category), found.category]
    images = showcase.pictures_of(found, variant)
    origin = request.GET.get("from", "")[:ORIGIN_LENGTH]
    context: dict[str, Any] = {
        "product": found,
        "variant": variant,
        "variants": choices.variants_of(found),
        "option_groups": choices.option_groups(found, variant, origin=origin),
        "attributes": showcase.attributes_of(found),
        "images": images,
        "trail": trail,
        "origin": origin,
        "chosen_url": choices.address_of(found, variant, origin=origin),
        "gallery_parts": parts.gallery_parts,
        "rating_parts": parts.rating_parts,
        "price_parts": parts.price_parts,
        "delivery_parts": parts.delivery_parts,
        "buy_parts": parts.buy_parts,
        "sold_out_parts": parts.sold_out_parts,
        "product_parts": product_parts,
        "product_sections": product_sections,
    }
    for load in parts.product_loaders:
        context |= load(request, found, variant)
    context["head"] = head.of_product(request, context)
    return render(request, "catalog/product.html", context)


@require_safe
def recently_viewed(request: HttpRequest) -> HttpResponse:
    """Cards of the products that a visitor's browser remembers: `?products=` has their slugs.

    The server keeps nothing of it. What is no product any more is left out.
    """
    asked = request.GET.get("products", "")[:REMEMBERED_LENGTH].split(",")
    slugs = list(dict.fromkeys(slug for slug in asked if slug_re.fullmatch(slug)))
    products = showcase.products_named(slugs[:REMEMBERED])
    response = render(request, "catalog/_recently_viewed_cards.html", {"products": products})
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=60)
    return response


def _page(request: HttpRequest, products: QuerySet[Product]) -> Page[Any]:
    """The page that the address asks for; 404, with words, for one that there is not."""
    paginator = Paginator(products, PAGE_SIZE)
    asked = request.GET.get("page", "1")
    # Python's int() also takes " 1", "1_0" and digits of other scripts: one page, one address.
    if not re.fullmatch("[1-9][0-9]{0,8}", asked):
        raise Http404(gettext("Pages are numbered 1, 2, 3 and so on. There is no such page."))
    try:
        return paginator.page(int(asked))
    except InvalidPage as error:
        raise Http404(
            gettext("There is no page %(asked)s: the last one is %(last)s.")
            % {"asked": asked, "last": paginator.num_pages}
        ) from error
