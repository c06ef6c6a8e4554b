"""What search shows in the shop's style guide, of its own templates."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _

from search.facets import Facet, FacetValue
from search.lens import HANDLES
from search.refinements import Group, Refinement
from search.suggestions import SuggestedCategory, SuggestedProduct, Suggestions
from shop.catalog.choices import variants_of
from shop.catalog.models import Category, ProductImage
from shop.styleguide import samples
from shop.styleguide.specimens import SPECIMENS, Specimen


def connect() -> None:
    SPECIMENS.extend(
        [
            Specimen(_("Search bar"), "search/styleguide/search-bar.html"),
            Specimen(_("Suggestions"), "search/styleguide/suggestions.html", _suggestions),
            Specimen(_("Lens with its box"), "search/styleguide/lens.html", _lens),
            Specimen(_("Results"), "search/styleguide/results.html", _results),
            Specimen(_("Facets"), "search/styleguide/facets.html", _facets),
            Specimen(_("Nothing close"), "search/styleguide/nothing.html", _nothing),
        ]
    )


def _picture() -> ProductImage | None:
    return next(iter(samples.pictures(1)), None)


def _suggestions() -> Mapping[str, Any]:
    product = samples.product("Walking boots", price="120", dearer="140", image=_picture())
    boots = Category(name="Boots", slug="boots")
    return {
        "suggestions": Suggestions(
            words=["boots", "boots red"],
            categories=[SuggestedCategory(boots, within="Shoes")],
            products=[SuggestedProduct(product, variants_of(product)[0], has_dearer=True)],
        )
    }


def _lens() -> Mapping[str, Any]:
    picture = _picture()
    seen = [Refinement(words, {}, chosen) for words, chosen in (("leather", True), ("high", False))]
    colors = [Refinement(color, {}, color=color) for color in ("red", "navy", "green")]
    groups = [Group(str(_("Seen in it")), seen), Group(str(_("In another colour")), colors, True)]
    return {
        "lens_photo": picture,
        "lens_like_picture": None,
        "photo_url": picture.image.url if picture else "",
        "crop": {"x": 0.2, "y": 0.15, "width": 0.6, "height": 0.7},
        "crop_handles": HANDLES,
        "cropped": True,
        "subject_url": "#lens",
        "whole_photo_url": "#lens",
        "remove_photo_url": "#lens",
        "refinements": [(group, [(one, "#lens") for one in group.refinements]) for group in groups],
    }


def _results() -> Mapping[str, Any]:
    reasons = [
        SimpleNamespace(label=_("Looks"), share=0.7, percent="70 %"),
        SimpleNamespace(label=_("Words"), share=0.3, percent="30 %"),
    ]
    product = samples.product("Walking boots", image=_picture())
    result = SimpleNamespace(
        product=product, parts=True, words=True, held=[_("It says “boots”.")], reasons=reasons
    )
    return {"one": SimpleNamespace(result=result, more_url="#results", less_url="#results")}


def _facets() -> Mapping[str, Any]:
    def facet(name: str, label: Any, *values: tuple[str, int, bool]) -> Facet:
        shown = [FacetValue(word.lower(), word, count, chosen) for word, count, chosen in values]
        return Facet(name, label, shown)

    return {
        "facets": [
            facet("size", _("Size"), ("S", 3, False), ("M", 12, True), ("L", 7, False)),
            facet("brand", _("Brand"), ("Atelier", 12, False), ("Meadow", 4, False)),
            facet("picture_color", _("Colour"), ("Red", 9, True), ("Navy", 4, False)),
        ],
        "form": {},
    }


def _nothing() -> Mapping[str, Any]:
    way = SimpleNamespace
    return {
        "page": SimpleNamespace(nothing_close=True),
        "ways_out": SimpleNamespace(
            filters=[way(label="M", url="#nothing", total=12)],
            unfiltered=way(url="#nothing", total=38),
            words=[way(label="red boots", url="#nothing", total=9)],
        ),
    }
