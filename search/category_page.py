"""Filters beside the products of a category's own page, with how many each would leave."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest

from search import facets, retrieval
from search.choices import choices
from search.forms import SearchForm
from search.query import WINDOW
from search.service import SearchPage
from shop.catalog.models import Category, Product


def load(request: HttpRequest, category: Category, page: Page[Product]) -> dict[str, Any]:
    """For `templates/search/category.html`: what the filter panel shows of the search within the
    category, which nothing was asked of yet; and the addresses of the pages beside this one."""
    form = SearchForm({"category": category.slug})
    if not form.is_valid():
        return {}  # it is gone since it was read
    products = retrieval.newest(form.query.filters, without=[], limit=WINDOW)
    total = page.paginator.count
    found = SearchPage([], total, 1, facets=facets.count(form.query, {"": products}))
    return choices(form, found) | {
        "form": form,
        "query": {"category": category, "sort": ""},
        "found": found,
        "categories": (),  # the page itself leads to those below it
        "left": min(page.paginator.per_page, page.paginator.count - page.end_index()),
        "category_pages": {
            "this": _address(category, page.number),
            "previous": _address(category, page.number - 1) if page.has_previous() else "",
            "next": _address(category, page.number + 1) if page.has_next() else "",
        },
    }


def _address(category: Category, number: int) -> str:
    return category.get_absolute_url() + (f"?page={number}" if number > 1 else "")
