"""Places where another app adds to the shop's pages, since the shop imports none of them.

An app appends the name of a template in its `AppConfig.ready()`; the page includes it with its own
context. What it shows is read by a loader, once a page.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

from shop.catalog.models import Category, Product, Variant

header_parts: list[str] = []  # in the header of every page
# On the page of a category that has products, in place of their plain list: parts that show the
# `page` themselves; what they want in the head; and what reads the rest of what they show.
category_parts: list[str] = []
category_heads: list[str] = []
category_loaders: list[Callable[[HttpRequest, Category, Page[Product]], dict[str, Any]]] = []
# The first gives the address of what is like a product, which its cards lead to.
like_addresses: list[Callable[[Product], str]] = []
home_parts: list[str] = []  # on the home page, above the newest products
# Read what the home page shows before its parts: each gives names for the context of the page.
home_loaders: list[Callable[[HttpRequest], dict[str, Any]]] = []
gallery_parts: list[str] = []  # over a product's pictures, and (`is_large`) over the large ones
product_parts: list[str] = []  # on a product's page, below its description
product_sections: list[str] = []  # below all that a product's page says of it
footer_parts: list[str] = []  # in the footer of every page: items of a list of links

price_parts: list[str] = []  # on a product's page, below the price
delivery_parts: list[str] = []  # below the stock of what can be bought: when it comes
buy_parts: list[str] = []  # below "Add to cart"
sold_out_parts: list[str] = []  # in place of "Add to cart" for what is sold out
rating_parts: list[str] = []  # below a product's title
# Read what the parts above show: each gives names for the context of the page.
product_loaders: list[Callable[[HttpRequest, Product, Variant], dict[str, Any]]] = []
# Add to what search engines are told of a product (schema.org), from the context of the page.
product_describers: list[Callable[[dict[str, Any], dict[str, Any]], None]] = []
# Add to what search engines are told of the whole shop (schema.org), such as how to search it.
site_describers: list[Callable[[HttpRequest, dict[str, Any]], None]] = []

# Say which of these variants (by id) have a price that is not their regular one at the moment: an
# import's price is then the regular price, which `compare_at_price` holds meanwhile.
price_holders: list[Callable[[Iterable[int]], set[int]]] = []
