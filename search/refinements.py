"""Beside a photo, or a product whose like is asked for: how the next search might differ.

What is seen in the photo (its colours by pixels, attributes that the reader is sure of), other
colours, a lower price. Each is a link that changes the search and, once chosen, takes the change
back: words are added to those that are there, and are read as if they had been typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext, override

from search.colors.names import BY_NAME, NAMED
from search.query import SearchQuery
from search.seen import seen_in
from search.service import CENT, SearchPage, price_of_the_like
from shop.catalog.images import TakenImage
from shop.catalog.templatetags.catalog_pictures import money


@dataclass(frozen=True)
class Refinement:
    """`changes`: parameters of the next search; a value of "" leaves one out. `color`: the named
    colour that it is about."""

    label: str
    changes: Mapping[str, str]
    chosen: bool = False
    color: str = ""


@dataclass(frozen=True)
class Group:
    """Refinements of a kind, under a name. `dots`: colours are shown without their names."""

    label: str
    refinements: list[Refinement]
    dots: bool = False


def refinements(
    query: SearchQuery, said: str, photo: TakenImage | None, page: SearchPage
) -> list[Group]:
    """For a search by `photo` (what is searched with, so a part of it where that was chosen), or by
    a product, and the words that were `said` beside it. None for other searches."""
    if photo is None and query.like is None:
        return []
    seen = _seen(photo, said) if photo is not None else []
    names = {refinement.color for refinement in seen}
    others = [
        Refinement(color.label, {"q": _colored(said, color.name)}, _says(said, color.name),
                   color.name)
        for color in NAMED
        if color.name not in names
    ]  # fmt: skip
    return [
        group
        for group in (
            Group(gettext("Seen in it"), seen),
            Group(gettext("In another colour"), others, dots=True),
            Group(gettext("Price"), _cheaper(query, page)),
        )
        if group.refinements
    ]


def _seen(photo: TakenImage, said: str) -> list[Refinement]:
    """The photo's own colours, and attributes of which the reader is sure."""
    seen = seen_in(photo)
    found = [
        Refinement(
            color.label, {"q": _colored(said, color.name)}, _says(said, color.name), color.name
        )
        for color in seen.colors
    ]
    labels = [reading.label.lower() for reading in seen.readings]
    return found + [Refinement(label, *_with_word(said, label)) for label in labels]


@cache
def _color_words(language: str) -> dict[str, str]:
    """What a query may call a named colour, in small letters: in English, and in `language`."""
    with override(language):
        own = {color.label.lower(): color.name for color in NAMED}
    return {color.english: color.name for color in NAMED} | own


def _in_a_color() -> re.Pattern[str]:
    words = _color_words(settings.LANGUAGE_CODE)
    return re.compile(rf"\s*\bin ({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _says(said: str, color: str) -> bool:
    words = _color_words(settings.LANGUAGE_CODE)
    return any(words[match[1].lower()] == color for match in _in_a_color().finditer(said))


def _colored(said: str, color: str) -> str:
    """In that colour and no other; without it, if that was said. In the shop's language, whatever
    the shopper reads: the words are compared with its texts."""
    rest = _in_a_color().sub("", said).strip()
    if _says(said, color):
        return rest
    with override(settings.LANGUAGE_CODE):
        return f"{rest} in {BY_NAME[color].label}".strip()


def _with_word(said: str, word: str) -> tuple[dict[str, str], bool]:
    """The changes that add a word to what was said, or take it away; and which of the two."""
    pattern = re.compile(rf"\s*\b{re.escape(word)}\b", re.IGNORECASE)
    if pattern.search(said):
        return {"q": pattern.sub("", said).strip()}, True
    return {"q": f"{word} {said}".strip()}, False


def _cheaper(query: SearchQuery, page: SearchPage) -> list[Refinement]:
    """Below the price of the product itself, or of what is most like the photo."""
    if query.price_min is not None or query.price_max is not None:
        return []  # the filter says it already, and can be taken back there
    price = price_of_the_like(query, page.results)
    if price <= CENT or query.cheaper:
        return []
    label = (
        gettext("cheaper than %(price)s")
        if query.like is not None
        else gettext("cheaper than the first, %(price)s")
    )
    return [Refinement(label % {"price": money(price)}, {"price_max": str(price - CENT)})]
