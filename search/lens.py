"""The lens: the shopper's photo, or the product whose like is asked for, beside what it finds."""

from __future__ import annotations

from typing import Any

from search import crops
from search.addresses import address, has_address
from search.forms import SearchForm
from search.refinements import refinements
from search.service import SearchPage
from shop.catalog.images import TakenImage

WHOLE = (0.0, 0.0, 1.0, 1.0)
# Where the box is held: corners and sides, by the points of the compass.
HANDLES = ("n", "e", "s", "w", "nw", "ne", "se", "sw")


def lens_context(
    form: SearchForm, page: SearchPage | None, photo: TakenImage | None
) -> dict[str, Any]:
    """What the lens shows and leads to: the part of the photo that is searched with, the part that
    might be meant, how the next search might differ. "lens": whether there is one."""
    query = getattr(form, "query", None)
    like = query.like if query is not None and photo is None else None
    context: dict[str, Any] = {
        "lens": photo is not None or like is not None,
        "lens_like": like,
        "lens_like_picture": like.images.order_by("position", "pk").first() if like else None,
        "lens_photo": photo,
        "remove_photo_url": address(form, photo="", spot="", crop="", like=""),
        "refinements": [],
    }
    if page is not None and query is not None:
        groups = refinements(query, form.data.get("q", ""), query.photo or photo, page)
        context["refinements"] = [
            (group, [(each, address(form, **each.changes)) for each in group.refinements])
            for group in groups
        ]
    if photo is None or not has_address(form):
        return context
    box = form.cleaned_data.get("crop")
    if subject := crops.proposed(photo):
        context["subject"] = crops.written(subject)
        context["subject_chosen"] = box is not None and crops.written(box) == context["subject"]
        context["subject_url"] = address(form, crop=context["subject"])
    left, top, right, bottom = box or WHOLE
    context["crop"] = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    context["crop_handles"] = HANDLES
    context["cropped"] = box is not None
    context["whole_photo_url"] = address(form, crop="")
    return context
