"""What the filter panel offers, and how filters and wishes in force are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from search.addresses import address
from search.colors.names import BY_NAME
from search.facets import CATEGORY, PRICE, FacetValue, edges
from search.forms import SORTS, SearchForm
from search.hints import within_a_sentence
from search.query import Sort
from search.service import SearchPage
from shop.catalog.models import Category
from shop.catalog.templatetags.catalog_pictures import money
from shop.money import formatted
from shop.store.current import current_store

# Nobody reads a longer list to the end.
CATEGORIES = 60


@dataclass(frozen=True)
class CategoryChoice:
    """A category of the panel. `depth`: below the top. `count`: of products shown in it; None where
    nothing was counted."""

    slug: str
    name: str
    depth: int
    chosen: bool
    count: int | None = None


def choices(form: SearchForm, page: SearchPage | None) -> dict[str, Any]:
    """For the panel's templates: the categories, and the facets of what the search shows, each
    value with how many it would leave."""
    facets = {facet.name: facet for facet in page.facets} if page else {}
    shown = facets[CATEGORY].values if CATEGORY in facets else ()
    counts = {value.value: value.count for value in shown} if page else None
    return {
        "categories": categories(form, counts),
        # Where the shop says the colours of what it sells, those of pictures stand back.
        "colors_said": "color" in facets,
        "facets": [facet for name, facet in facets.items() if name not in (CATEGORY, PRICE)],
        "price_bands": list(_bands(form, facets[PRICE].values)) if PRICE in facets else [],
        "sorts": sorts(form),
    }


def sorts(form: SearchForm) -> list[tuple[str, Any]]:
    """The orders that are offered, each with its label. Where nothing is looked for there is no
    best match: what is newest comes first."""
    query = getattr(form, "query", None)
    if query is None or query.ranks:
        return [(str(value), label) for value, label in SORTS]
    others = [(str(value), label) for value, label in SORTS if value]
    newest = dict(others)[Sort.NEWEST]
    return [("", newest), *(one for one in others if one[0] != Sort.NEWEST)]


def _bands(form: SearchForm, values: Sequence[FacetValue]) -> Iterator[dict[str, Any]]:
    """The bands of prices, the lowest first: "Up to $25", "$25 – $50", "Over $50". The first asks
    for no lowest price, and the last for no highest one."""
    currency = current_store().currency
    for value in values:
        low, _, high = value.value.partition("-")
        least, bound = edges(value.value)
        is_first, is_last = least == 0, value is values[-1]
        if is_first:
            label, said = gettext("Up to %(high)s"), {"high": bound}
        elif is_last:
            label, said = gettext("Over %(low)s"), {"low": least}
        else:
            label, said = "%(low)s – %(high)s", {"low": least, "high": bound}
        brief = all(price == int(price) for price in said.values())
        # What is chosen is taken back.
        asks_low, asks_high = not (value.chosen or is_first), not (value.chosen or is_last)
        yield {
            "url": address(
                form, price_min=low if asks_low else "", price_max=high if asks_high else ""
            ),
            "count": value.count,
            "chosen": value.chosen,
            "label": label
            % {name: formatted(price, currency, brief=brief) for name, price in said.items()},
        }


def categories(form: SearchForm, counts: Mapping[str, int] | None) -> list[CategoryChoice]:
    """In the order of the tree; with `counts`, by slug, only those that have products, and the
    chosen one.

    Where they are more than `CATEGORIES`: those at the top, the way to the chosen one, what is
    beside that way, and what is below.
    """
    # What is wrong is none, and may be nothing that a database can look for (a NUL).
    slug = "" if "category" in form.errors else form.data.get("category")
    shown = Category.objects.all()
    if categories_narrowed():
        near = Q(depth=1)
        if chosen := shown.filter(slug=slug).first():
            for depth in range(1, chosen.depth + 1):
                path = chosen.path[: depth * Category.steplen]
                near |= Q(depth=depth + 1, path__startswith=path)
        shown = shown.filter(near)
    found = list(shown.values_list("path", "slug", "name", "depth"))
    names = {path: (name.casefold(), path) for path, _, name, _ in found}
    ends = range(Category.steplen, 256, Category.steplen)

    def place(row: tuple[str, str, str, int]) -> list[tuple[str, str]]:
        """Its name after those of the categories it is below, which are all shown."""
        return [names[row[0][:end]] for end in ends if end <= len(row[0])]

    return [
        CategoryChoice(
            one, name, depth - 1, one == slug, None if counts is None else counts.get(one)
        )
        for _, one, name, depth in sorted(found, key=place)
        if counts is None or one in counts or one == slug
    ]


def categories_narrowed() -> bool:
    """Whether they are so many that which are offered depends on the chosen one."""
    return Category.objects.count() > CATEGORIES


def filters_in_force(form: SearchForm) -> dict[str, str]:
    """What to call each filter that the form asks for, by its field: "material: leather"."""
    cleaned = getattr(form, "cleaned_data", {})
    return {
        name: _called(form, name, cleaned[name])
        for name in form.filters
        if cleaned.get(name) not in (None, "", False)
    }


@dataclass(frozen=True)
class Wish:
    """What a search asks for besides its words, photo and filters. `rest`: what its parameter,
    `name`, says without it."""

    label: str
    name: str
    rest: str = ""


def wishes(form: SearchForm) -> list[Wish]:
    """Words for pictures or for descriptions alone; products to be more like, or less like."""
    query = getattr(form, "query", None)
    if query is None:
        return []
    found = [
        Wish(label % {"words": Truncator(words).chars(60)}, name)
        for name, label, words in (
            ("looks", gettext("in pictures: “%(words)s”"), query.looks),
            ("about", gettext("in texts: “%(words)s”"), query.about),
        )
        if words
    ]
    for name, label, products in (
        ("more", gettext("more like %(title)s"), query.more),
        ("less", gettext("less like %(title)s"), query.less),
    ):
        for product in products:
            rest = ",".join(other.slug for other in products if other != product)
            found.append(Wish(label % {"title": product.title}, name, rest))
    return found


def _called(form: SearchForm, name: str, said: Any) -> str:
    match name:
        case "category":
            return str(said.name)
        case "price_min":
            return pgettext("price", "from %(price)s") % {"price": money(said)}
        case "price_max":
            return pgettext("price", "up to %(price)s") % {"price": money(said)}
        case "in_stock":
            return gettext("in stock")
        case "brand":
            return str(said)
        case "color":
            return str(said).replace("-", " ")
        case "size":
            return gettext("size %(size)s") % {"size": said.upper()}
        case "picture_color":
            return gettext("%(color)s in the picture") % {"color": BY_NAME[said].label}
    query = getattr(form, "query", None)  # there is none where something else was not right
    value = query.values[name].value if query else said.replace("-", " ")
    label = form.fields[name].label
    return f"{within_a_sentence(str(label))}: {within_a_sentence(value)}"
