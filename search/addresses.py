"""What makes the address of a search: it can be shared, reloaded and gone back to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from shop.catalog.models import Product

if TYPE_CHECKING:
    from search.forms import SearchForm

# Fields of a form that say which page of a search, or how it is answered: none of the search.
_NOT_OF_THE_SEARCH = ("page", "explain", "describe")


def parameters(form: SearchForm) -> list[str]:
    """What says which search it is, in the order of addresses: the form's fields, with the token of
    a kept photo in the place of the photo. The page's number is none of it."""
    names = [name for name in form.fields if name not in _NOT_OF_THE_SEARCH]
    return ["photo" if name == "image" else name for name in names]


def address(form: SearchForm, **changes: Any) -> str:
    """The address of the form's search with `changes`; a value of "" leaves a parameter out."""
    names = parameters(form)
    values = {name: form.data.get(name, "") for name in names} | changes
    return asking(**{name: str(values[name]) for name in (*names, "page") if values.get(name)})


def asking(**asked: str) -> str:
    """The address of a search with these parameters, in their order."""
    return reverse("search:page") + ("?" + urlencode(asked) if asked else "")


def like(product: Product) -> str:
    """The address of what looks like a product."""
    return asking(like=product.slug)


def has_address(form: SearchForm) -> bool:
    """Whether the picture that is searched with is in the address; a photo is not that could not be
    kept."""
    return bool(form.data.get("photo") or form.data.get("spot"))


def kept(form: SearchForm, names: Iterable[str]) -> list[tuple[str, str]]:
    """Fields of the page's own forms that keep those parameters; but what was wrong once would be
    wrong with the next search, too."""
    return [
        (name, form.data[name]) for name in names if form.data.get(name) and name not in form.errors
    ]
