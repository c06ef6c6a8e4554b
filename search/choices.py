"""What the filter panel offers, and how filters in force are called."""

from __future__ import annotations

from typing import Any

from django.db import connection

from search.query import SearchForm, option_values
from shop.catalog.models import Category
from shop.catalog.templatetags.catalog_pictures import money

# A longer list helps nobody; an address may name any brand.
BRANDS = 100


def choices(form: SearchForm) -> dict[str, Any]:
    """For the panel's templates: slug, name and whether it is chosen, of each that is offered."""
    chosen, category = form.data.get("brand", ""), form.data.get("category")
    return {
        "categories": [
            (slug, name, depth - 1, slug == category)
            for slug, name, depth in Category.objects.order_by("path").values_list(
                "slug", "name", "depth"
            )
        ],
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
