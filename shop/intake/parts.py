"""Places where another app helps with photos that arrive, since the shop imports none of them.

An app appends to these lists in its `AppConfig.ready()`.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

from shop.catalog.models import Product

# Put pictures (by the keys of `ProductImage`) that look near-equal together. What no group names
# stays alone.
groupers: list[Callable[[Sequence[int]], list[list[int]]]] = []
# Guess the categories of products (by their keys): the key of a category, and how sure, in [0, 1].
category_guessers: list[Callable[[Sequence[int]], dict[int, tuple[int, float]]]] = []
# Templates beside each draft, with `draft` (a Product); and what reads for all drafts of a page at
# once what they show: names for the context of the page.
draft_parts: list[str] = []
draft_loaders: list[Callable[[HttpRequest, Sequence[Product]], dict[str, Any]]] = []
# Say how many of these pictures (by their keys) can be found by a search already.
found_counters: list[Callable[[Sequence[int]], int]] = []
