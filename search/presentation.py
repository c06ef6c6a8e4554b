"""A page of results as the API and `manage.py search --json` give it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from search import crops
from search.forms import SearchForm
from search.results import Result
from search.seen import seen_in
from search.service import SearchPage


def as_data(
    page: SearchPage,
    *,
    absolute: Callable[[str], str] = lambda url: url,
    page_address: Callable[[int], str | None] = lambda number: None,
    explain: bool = False,
    query_id: str = "",
) -> dict[str, Any]:
    """JSON's own types, but for prices: strings, since money is decimal.

    `absolute` makes a full address of a path; `page_address` gives the address of another page;
    `explain` adds how the search was done.
    """
    data = {
        "total": page.total,
        "total_relation": "eq" if page.counted else "gte",
        "page": page.number,
        "pages": page.pages,
        "results": [_result(result, absolute, explain) for result in page.results],
        "next": page_address(page.number + 1) if page.has_next else None,
        "previous": page_address(page.number - 1) if page.number > 1 else None,
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count}
                for value in facet.values
            ]
            for facet in page.facets
        },
        "faceted": page.faceted,
        "nothing_close": page.nothing_close,
        "corrected": dict(page.corrected),
        "notice": page.notice,
        "query_id": query_id,
    }
    if explain:
        data["explain"] = page.facts.as_data()
    return data


def described(form: SearchForm) -> dict[str, Any]:
    """What the photo of a valid form shows, or the part of it that is searched with, in JSON's own
    types; and the part that might be meant, where none was chosen. Empty without a photo."""
    photo = form.query.photo
    if photo is None or form.photo is None:
        return {}
    seen = seen_in(photo)
    chosen = form.cleaned_data["crop"]
    subject = None if chosen else crops.proposed(form.photo)
    return {
        "subject": crops.written(subject) if subject else None,
        "colors": [
            {
                "name": color.name,
                "label": color.label,
                "hex": color.hex,
                "share": round(color.share, 3),
            }
            for color in seen.colors
        ],
        "attributes": [
            {
                "name": reading.attribute.slug,
                "value": reading.value.slug,
                "label": reading.label,
                "confidence": round(reading.confidence, 3),
            }
            for reading in seen.readings
        ],
    }


def _result(result: Result, absolute: Callable[[str], str], explain: bool) -> dict[str, Any]:
    why = {
        "pinned": result.pinned,
        "parts": dict(result.parts),
        "words": [
            {"said": match.said, "found": match.word, "in": match.place} for match in result.words
        ],
    }
    pictures = {image.pk: image for image in result.product.images.all()}
    return {
        "sku": result.variant.sku,
        "handle": result.product.slug,
        "title": result.product.title,
        "category": result.product.category.slug,
        "price": str(result.variant.price),
        "in_stock": result.in_stock,
        "score": result.score,
        "image": absolute(result.image.image.url) if result.image else None,
        "url": absolute(result.product.get_absolute_url()),
        "swatches": [
            {
                "hex": swatch.hex,
                "name": swatch.name,
                "share": swatch.share,
                "image": absolute(pictures[swatch.image_id].image.url),
            }
            for swatch in result.swatches
            if swatch.image_id in pictures  # else deleted since
        ],
        **({"why": why} if explain else {}),
    }
