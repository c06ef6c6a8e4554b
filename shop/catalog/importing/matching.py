"""The categories and attribute values that an import names: found, or made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
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

    What was renamed since is found by its slug.

    A dry run makes nothing: what would be made gets a number below zero in place of an id.
    `new_categories` and `new_attributes` are the names of what was made, or would be.
    """

    def __init__(self, *, dry_run: bool) -> None:
        self._dry_run = dry_run
        self._placeholders = count(-1, -1)
        self.new_categories: list[str] = []
        self.new_attributes: list[str] = []
        self.refresh()

    def refresh(self) -> None:
        """Read again what there is."""
        self._attributes: dict[str, int] = {}
        self._attribute_names: dict[int, str] = {}
        for pk, name, slug in Attribute.objects.values_list("pk", "name", "slug"):
            self._know_attribute(pk, name, slug)
        self._values: dict[tuple[int, str], int] = {}
        self._value_texts: dict[int, str] = {}
        rows = AttributeValue.objects.order_by("-pk").values_list(
            "pk", "attribute_id", "value", "slug"
        )
        for pk, attribute, value, slug in rows.iterator():
            self._know_value(pk, attribute, value, slug)
        # By parent, and below it by name and by slug: a category renamed in the admin is found.
        self._categories: dict[tuple[int | None, str], int] = {}
        self._paths: dict[int, tuple[str, ...]] = {}
        above: list[int] = []
        for category in Category.objects.get_tree():
            del above[category.depth - 1 :]
            parent = above[-1] if above else None
            self._know_category(category.pk, parent, category.name, category.slug)
            above.append(category.pk)

    def _know_attribute(self, pk: int, name: str, slug: str) -> None:
        self._attribute_names[pk] = name
        self._attributes[f"exactly {name}"] = pk
        self._attributes.setdefault(f"name {_folded_attribute(name)}", pk)
        if _is_renamed(slug, slug_of(name, limit=80)):
            self._attributes[f"slug {slug}"] = pk

    def _know_value(self, pk: int, attribute: int, value: str, slug: str) -> None:
        self._value_texts[pk] = value
        self._values[attribute, f"exactly {value}"] = pk
        self._values[attribute, f"name {folded(value)}"] = pk
        if _is_renamed(slug, slug_of(value, limit=120)):
            self._values[attribute, f"slug {slug}"] = pk

    def _know_category(self, pk: int, parent: int | None, name: str, slug: str) -> None:
        self._paths[pk] = path = (*(self._paths[parent] if parent is not None else ()), name)
        self._categories.setdefault((parent, f"exactly {name}"), pk)
        self._categories.setdefault((parent, f"name {folded(name)}"), pk)
        if _is_renamed(slug, slug_of(" ".join(path), limit=154)):
            self._categories.setdefault((parent, f"slug {slug}"), pk)

    # --- Names of what was found ------------------------------------------------------------------

    def category_name(self, pk: int) -> str:
        return " > ".join(self._paths.get(pk, ()))

    def attribute_name(self, pk: int) -> str:
        return self._attribute_names.get(pk, "")

    def value_text(self, pk: int) -> str:
        return self._value_texts.get(pk, "")

    # --- What is meant ----------------------------------------------------------------------------

    def category(self, names: Sequence[str], *, present: int | None = None) -> int:
        """The category at the end of a path such as Men, Tops, Jackets.

        `present` is that of the product, which stays where two of one name are beside each other.
        """
        if present is not None and self._paths.get(present) == tuple(names):
            return present
        parent: int | None = None
        path = ""
        for name in names:
            path = f"{path} {name}".strip()
            slug = slug_of(path, limit=154)
            ways = (f"exactly {name}", f"name {folded(name)}", f"slug {slug}")
            found = next(
                (
                    self._categories[parent, way]
                    for way in ways
                    if (parent, way) in self._categories
                ),
                None,
            )
            if found is None:
                found = self._make_category(parent, name, path)
                self._know_category(found, parent, name, slug)
                self.new_categories.append(self.category_name(found))
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
        shown = name.replace("_", " ")[:80].strip()
        shown = shown[:1].upper() + shown[1:]
        ways = (f"exactly {name}", f"name {_folded_attribute(shown)}", f"slug {slug}")
        found = next((self._attributes[way] for way in ways if way in self._attributes), None)
        if found is None:
            found = next(self._placeholders)
            if not self._dry_run:
                free = free_slug(slug, among=Attribute.objects.all(), limit=80)
                found = Attribute.objects.create(name=shown, slug=free).pk
            self._know_attribute(found, shown, slug)
            self.new_attributes.append(shown)
        return found

    def _value(self, attribute: int, value: str) -> int:
        slug = slug_of(value, limit=120)
        ways = (f"exactly {value}", f"name {folded(value)}", f"slug {slug}")
        found = next(
            (self._values[attribute, way] for way in ways if (attribute, way) in self._values), None
        )
        if found is None:
            found = next(self._placeholders)
            if not self._dry_run:
                beside = AttributeValue.objects.filter(attribute_id=attribute)
                found = AttributeValue.objects.create(
                    attribute_id=attribute,
                    slug=free_slug(value, among=beside, limit=120),
                    value=value[:120],
                    position=_position(value),
                ).pk
            self._know_value(found, attribute, value[:120], slug)
        return found

    def _make_category(self, parent: int | None, name: str, path: str) -> int:
        if self._dry_run:
            return next(self._placeholders)
        above = None if parent is None else Category.objects.get(pk=parent)
        free = free_slug(path, among=Category.objects.all(), limit=160)
        return create_category(name=name, parent=above, slug=free).pk


def folded(name: str) -> str:
    """The same for names that mean the same: "T-Shirt" and "t shirt", "Beigé" and "beige". Signs
    count, since "½" is not "12", and "C++" not "C"."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(one for one in bare if unicodedata.category(one) != "Mn")
    return re.sub(r"(?<=[^\W_])[\s_-]+(?=[^\W_])", " ", bare).strip()


def _folded_attribute(name: str) -> str:
    name = folded(name)
    return SAME.get(name, name)


def _is_renamed(slug: str, own: str) -> bool:
    """Whether a thing got its slug by another name than the present one, whose slug is `own`."""
    return re.fullmatch(rf"{re.escape(own)}(-\d+)?", slug) is None


def _position(value: str) -> int:
    """The place among the values of an attribute: 0, in the order of letters, for most."""
    if re.fullmatch(r"\d{1,4}(\.\d)?", value, re.ASCII):
        return min(int(float(value) * 10), LAST_NUMBER)
    size = value.lower()
    return LAST_NUMBER + 1 + SIZES.index(size) if size in SIZES else 0
