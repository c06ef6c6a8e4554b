"""The categories and attribute values that an import names: found, or made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from shop.catalog.models import Attribute, AttributeValue, Category
from shop.catalog.services import create_category
from shop.catalog.slugs import free_slug, slug_of

# One thing under two spellings.
SAME = {"colour": "color"}
# Sizes in the order of people, not of letters; numbers come before them.
SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "xxxl", "3xl", "4xl", "5xl")
LAST_NUMBER = 30_000


class Matches:
    """Finds by name, and makes what is not there yet; each name is looked up once.

    A dry run makes nothing: what would be made gets a number below zero in place of an id.
    """

    def __init__(self, *, dry_run: bool) -> None:
        self._dry_run = dry_run
        self._placeholders = count(-1, -1)
        self.refresh()

    def refresh(self) -> None:
        """Read again what there is."""
        self._attributes = dict(Attribute.objects.values_list("slug", "pk"))
        self._attribute_names = {
            name.casefold(): pk for name, pk in Attribute.objects.values_list("name", "pk")
        }
        self._values = {
            (attribute, slug): pk
            for attribute, slug, pk in AttributeValue.objects.values_list(
                "attribute_id", "slug", "pk"
            )
        }
        # By parent, and below it by name and by slug: a category renamed in the admin is found.
        self._categories: dict[tuple[int | None, str], int] = {}
        above: list[int] = []
        for category in Category.objects.get_tree():
            del above[category.depth - 1 :]
            parent = above[-1] if above else None
            self._categories[parent, f"slug {category.slug}"] = category.pk
            self._categories[parent, f"name {category.name.casefold()}"] = category.pk
            above.append(category.pk)

    def category(self, names: Iterable[str]) -> int:
        """The category at the end of a path such as Men, Tops, Jackets."""
        parent: int | None = None
        path = ""
        for name in names:
            path = f"{path} {name}".strip()
            slug = slug_of(path, limit=154)
            found = self._categories.get((parent, f"name {name.casefold()}"))
            if found is None:
                found = self._categories.get((parent, f"slug {slug}"))
            if found is None:
                found = self._make_category(parent, name, path)
                self._categories[parent, f"slug {slug}"] = found
                self._categories[parent, f"name {name.casefold()}"] = found
            parent = found
        if parent is None:
            raise ValueError("A category needs at least one name.")
        return parent

    def values(self, pairs: Iterable[tuple[str, str]]) -> dict[int, set[int]]:
        """For pairs of attribute and value: the ids of the values by that of the attribute."""
        found: dict[int, set[int]] = {}
        for name, value in pairs:
            attribute = self._attribute(name)
            found.setdefault(attribute, set()).add(self._value(attribute, value))
        return found

    def _attribute(self, name: str) -> int:
        slug = slug_of(name, limit=80)
        slug = SAME.get(slug, slug)
        name = name.replace("_", " ")[:80].strip()
        name = name[:1].upper() + name[1:]
        found = self._attributes.get(slug) or self._attribute_names.get(name.casefold())
        if found is None:
            found = next(self._placeholders)
            if not self._dry_run:
                found = Attribute.objects.create(name=name, slug=slug).pk
            self._attributes[slug] = self._attribute_names[name.casefold()] = found
        return found

    def _value(self, attribute: int, value: str) -> int:
        slug = slug_of(value, limit=120)
        found = self._values.get((attribute, slug))
        if found is None:
            found = next(self._placeholders)
            if not self._dry_run:
                found = AttributeValue.objects.create(
                    attribute_id=attribute, slug=slug, value=value[:120], position=_position(value)
                ).pk
            self._values[attribute, slug] = found
        return found

    def _make_category(self, parent: int | None, name: str, path: str) -> int:
        if self._dry_run:
            return next(self._placeholders)
        above = None if parent is None else Category.objects.get(pk=parent)
        free = free_slug(path, among=Category.objects.all(), limit=160)
        return create_category(name=name, parent=above, slug=free).pk


def _position(value: str) -> int:
    """The place among the values of an attribute: 0, in the order of letters, for most."""
    if re.fullmatch(r"\d{1,4}(\.\d)?", value, re.ASCII):
        return min(int(float(value) * 10), LAST_NUMBER)
    size = value.lower()
    return LAST_NUMBER + 1 + SIZES.index(size) if size in SIZES else 0
