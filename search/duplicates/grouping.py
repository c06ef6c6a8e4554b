"""Uploaded pictures that look like one thing, for the merchant to accept as one product."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from django.apps import apps

from search.duplicates.finding import near_equal


def connect() -> None:
    """Offer it to uploads, where the shop has them."""
    if apps.is_installed("shop.intake"):
        parts = import_module("shop.intake.parts")
        parts.groupers.append(group_by_looks)


def group_by_looks(images: Sequence[int]) -> list[list[int]]:
    """Groups of `images` (keys of pictures), each of two or more, in the order in which they came.

    A picture joins the group whose first it is near to: chains, of which the ends have little in
    common, do not become one.
    """
    near: dict[int, dict[int, float]] = {}
    for one, other, similarity in near_equal(images):
        near.setdefault(one, {})[other] = similarity
        near.setdefault(other, {})[one] = similarity
    groups: list[list[int]] = []
    for image in dict.fromkeys(images):
        nearest = max(
            (group for group in groups if group[0] in near.get(image, {})),
            key=lambda group: near[image][group[0]],
            default=None,
        )
        if nearest is None:
            groups.append([image])
        else:
            nearest.append(image)
    return [group for group in groups if len(group) > 1]
