"""What the filter panel offers, and how filters in force are called."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Q

from search.query import SearchForm, option_values
from shop.catalog.models import Category
from shop.catalog.templatetags.catalog_pictures import money

# Nobody reads a longer list to the end.
CATEGORIES = 60
# A longer list helps nobody; an address may name any brand.
BRANDS = 100


def choices(form: SearchForm) -> dict[str, Any]:
    """For the panel's templates: slug, name and whether it is chosen, of each that is offered."""
    chosen = form.data.get("brand", "")
    return {
        "categories": categories(form),
        "brands": [
            (name, name == chosen) for name in sorted({*brands(), chosen} - {""}, key=str.casefold)
        ],
        **{
            plural: [
                (value.slug, value.value, value.slug == form.data.get(attribute))
                for value in option_values(attribute)
            ]
            for attribute, plural in (("color", "colors"), ("size", "sizes"))
        },
    }


def categories(form: SearchForm) -> list[tuple[str, str, int, bool]]:
    """Slug, name, depth below the top, and whether it is chosen, in the order of the tree.

    Where they are more than `CATEGORIES`: those at the top, the way to the chosen one, what is
    beside that way, and what is below.
    """
    slug = form.data.get("category")
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

    return [(one, name, depth - 1, one == slug) for _, one, name, depth in sorted(found, key=place)]


def categories_narrowed() -> bool:
    """Whether they are so many that which are offered depends on the chosen one."""
    return Category.objects.count() > CATEGORIES


def brands() -> list[str]:
    """The brands of what is on sale, at most `BRANDS`, by name.

    From one brand of the index to the next: reading all listings to find a few brands would take
    longer than the search.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE found AS (
                (SELECT brand FROM search_listing WHERE brand > '' ORDER BY brand LIMIT 1)
                UNION ALL
                SELECT (SELECT listing.brand FROM search_listing listing
                         WHERE listing.brand > found.brand ORDER BY listing.brand LIMIT 1)
                  FROM found WHERE found.brand IS NOT NULL
            )
            SELECT brand FROM found WHERE brand IS NOT NULL LIMIT %s
            """,
            [BRANDS],
        )
        return [brand for (brand,) in cursor]


def filters_in_force(form: SearchForm) -> dict[str, str]:
    """What to call each filter that the form asks for, by its field: "material: leather"."""
    cleaned = getattr(form, "cleaned_data", {})
    return {
        name: _called(form, name, cleaned[name])
        for name in form.filters
        if cleaned.get(name) not in (None, "", False)
    }


def _called(form: SearchForm, name: str, said: Any) -> str:
    match name:
        case "category":
            return str(said.name)
        case "price_min":
            return f"from {money(said)}"
        case "price_max":
            return f"up to {money(said)}"
        case "in_stock":
            return "in stock"
        case "brand":
            return str(said)
        case "color":
            return str(said).replace("-", " ")
        case "size":
            return f"size {said.upper()}"
    query = getattr(form, "query", None)  # there is none where something else was not right
    value = query.values[name].value if query else said.replace("-", " ")
    label = form.fields[name].label
    return f"{_within_a_sentence(str(label))}: {_within_a_sentence(value)}"


def _within_a_sentence(words: str) -> str:
    """Without the capital of a sentence's first word; names and abbreviations keep theirs."""
    return words.lower() if words == words.capitalize() else words
