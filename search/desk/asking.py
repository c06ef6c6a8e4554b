"""The shop's own search, asked as the desk asks it: with the live setting, or with a tried one."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image

from search.desk.models import JudgedSearch
from search.forms import SearchForm
from search.query import Leg
from shop.catalog.images import TakenImage
from shop.catalog.models import Product


def photo_of(search: JudgedSearch) -> TakenImage | None:
    """The photo that it is asked with, as it was taken in."""
    if search.photo is None:
        return None
    data = bytes(search.photo)
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
        width, height = image.size
    return TakenImage(data, ".jpg", width, height, search.photo_hash, search.photo_hash)


def form_of(
    words: str = "",
    like: Product | None = None,
    photo: TakenImage | None = None,
    *,
    weights: Mapping[Leg, float] | None = None,
) -> SearchForm:
    """The search's own form. With `weights` instead of those of the live setting."""
    written = ",".join(f"{leg}:{weight!r}" for leg, weight in (weights or {}).items())
    data = {"q": words, "like": like.slug if like else "", "weights": written}
    return SearchForm(data, photo=photo)


def form_for(search: JudgedSearch, weights: Mapping[Leg, float] | None = None) -> SearchForm:
    """The form of a judged search."""
    return form_of(search.words, search.like, photo_of(search), weights=weights)
