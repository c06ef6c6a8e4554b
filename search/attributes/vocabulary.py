"""What is read from pictures: rows that an admin edits, and that the catalogue fills.

A shop that never looks at them has a sensible vocabulary: each attribute that a picture can show,
with the values that products have, where products have it. What an admin has decided by hand is
never changed from here but by `reset`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.db import connection, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext_noop

from search.attributes.models import VisualAttribute, VisualValue, wordings_of
from search.attributes.terms import AttributeTerms, ValueTerms
from shop.catalog.models import Attribute, AttributeValue, Category

# A change of how readers are made makes all anew.
ALGORITHM = 1

# Decisions follow from so many products, chosen by chance.
SAMPLE = 20_000
# Of a longer list nothing is read: each value more is one more to be mistaken for.
VALUES = 200
VALUES_OF_A_CATEGORY = 30
# Where more products than this have several values at once, one reading cannot tell which.
SEVERAL = 0.25
# A category has an attribute if so many of its products do (or two); one above, if those below that
# have it hold so much of it.
USED, MOSTLY = 0.05, 0.9

# A name with one of the first, or of nothing but the second: a sleeve's length can be seen.
_SIZES = {"size", "sizes", "größe", "groesse", "grösse", "taille", "talla"}
_MEASURES = {
    *("length", "width", "height", "depth", "weight", "volume", "capacity", "diameter", "waist"),
    *("inseam", "dimensions", "quantity", "pack", "länge", "breite", "höhe", "gewicht"),
}
COLOURS = {"color", "colors", "colour", "colours", "farbe", "couleur"}
_SIZE = re.compile(
    r"(?i)(?:x{0,4}[sl]|m|[2-6]xl|one size|(?:eu|us|uk|w|l|gr\.?|size)? ?\d+(?:[.,/x×-]\d+)* ?"
    r"(?:½|¼|¾)? ?(?:mm|cm|m|in|inch|ml|cl|l|g|kg|oz|lb|years?|months?|y|\"|″)?)"
)


def terms() -> list[AttributeTerms]:
    """All that is read from pictures now, by name; an attribute with fewer than two values is not.

    Beyond `VALUES`, the values that come first in the catalogue's own order.
    """
    values = VisualValue.objects.filter(enabled=True).order_by("value__position", "value_id")
    attributes = (
        VisualAttribute.objects.filter(enabled=True)
        .select_related("attribute")
        .prefetch_related(
            "categories",
            Prefetch("values", values.select_related("value").prefetch_related("categories")),
        )
        .order_by("attribute__name")
    )
    found = [
        AttributeTerms(
            pk=visual.attribute_id,
            name=visual.attribute.name,
            values=tuple(
                ValueTerms(
                    pk=one.value_id,
                    wordings=tuple(wordings_of(one.wordings) or [one.value.value]),
                    within=_paths(one.categories.all()),
                )
                for one in visual.values.all()[:VALUES]
            ),
            within=_paths(visual.categories.all()),
            floor=visual.floor,
            margin=visual.margin,
        )
        for visual in attributes
    ]
    return [one for one in found if len(one.values) > 1]


def fingerprint(vocabulary: Iterable[AttributeTerms]) -> str:
    """SHA-256, hex: the same as long as nothing changes what a reader would be."""
    content = json.dumps([ALGORITHM, *(asdict(one) for one in vocabulary)])
    return hashlib.sha256(content.encode()).hexdigest()


def complete() -> int:
    """Make the rows that are missing: for attributes that the catalogue has, and for values of
    those that are read. How many. Milliseconds where there is nothing to do."""
    made = 0
    for attribute in Attribute.objects.filter(visual=None):
        with transaction.atomic():
            visual, created = VisualAttribute.objects.get_or_create(
                attribute=attribute, defaults={"enabled": False}
            )
            made += created
            decide([visual])
    missing = AttributeValue.objects.filter(visual=None, attribute__visual__enabled=True)
    rows = [
        VisualValue(attribute_id=visual, value_id=value)
        for value, visual in missing.values_list("pk", "attribute__visual")
    ]
    VisualValue.objects.bulk_create(rows, ignore_conflicts=True)
    return made + len(rows)


def decide(attributes: Iterable[VisualAttribute]) -> None:
    """Say of each whether and where it is read, by what the products have. Those that were decided
    by hand are left alone."""
    automatic = [visual for visual in attributes if not visual.by_hand]
    if not automatic:
        return
    uses = _uses({visual.attribute_id for visual in automatic})
    paths = dict(Category.objects.values_list("path", "pk"))
    totals = _products_by_category()
    for visual in automatic:
        use = uses[visual.attribute_id]
        names = set(AttributeValue.objects.filter(attribute=visual.attribute_id)
                    .values_list("value", flat=True)[:VALUES + 1])  # fmt: skip
        visual.note = _objection(visual.attribute, names, use)
        visual.enabled = not visual.note
        visual.save(update_fields=["enabled", "note"])
        within = _within(use.products, totals) if visual.enabled else []
        visual.categories.set([paths[path] for path in within if path in paths])


def decide_all() -> None:
    """`decide` for all that was not decided by hand."""
    decide(VisualAttribute.objects.filter(by_hand=False).select_related("attribute"))


def reset(attributes: Iterable[VisualAttribute]) -> None:
    """Forget what was decided by hand, and decide by what the products have: attributes, and the
    wordings and categories of their values."""
    with transaction.atomic():
        chosen = list(attributes)
        for visual in chosen:
            visual.by_hand = False
            visual.floor = None
            visual.margin = VisualAttribute._meta.get_field("margin").get_default()
            visual.save(update_fields=["by_hand", "floor", "margin"])
            visual.values.all().delete()
        decide(chosen)
    complete()


@dataclass
class Use:
    """How a sample of products uses an attribute. `products`: how many have it, by the path of
    their category; `several`: how many have more than one value; `values`: of each category."""

    products: Counter[str] = field(default_factory=Counter)
    several: int = 0
    values: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def _objection(attribute: Attribute, names: Collection[str], use: Use) -> str:
    """Why it is not read from pictures by default; "" if it is."""
    words = set(re.findall(r"\w+", f"{attribute.name} {attribute.slug}".casefold()))
    if (
        words & _SIZES
        or words <= _MEASURES
        or (names and sum(map(_is_size, names)) > len(names) / 2)
    ):
        return gettext_noop("No picture shows a size.")
    if words & COLOURS:
        return gettext_noop("Colours are read from the pixels, which tell them better.")
    if len(names) < 2:
        return gettext_noop("It has a single value: there is nothing to tell apart.")
    if len(names) > VALUES:
        return gettext_noop("It has more than %(number)s values.") % {"number": VALUES}
    most = max(map(len, use.values.values()), default=0)
    if most > VALUES_OF_A_CATEGORY:
        told = gettext_noop("A category has %(number)s of its values: too many to tell apart.")
        return told % {"number": most}
    having = use.products.total()
    if having and use.several > SEVERAL * having:
        told = gettext_noop("%(number)s of the products with it have several values at once.")
        return told % {"number": f"{use.several / having:.0%}"}
    return ""


def _is_size(name: str) -> bool:
    return _SIZE.fullmatch(name.strip()) is not None


def _within(having: Mapping[str, int], totals: Mapping[str, int]) -> list[str]:
    """The paths of the largest categories most of whose products are in categories that use it; []
    for the whole shop, and where nothing uses it."""
    used = {
        path: totals[path]
        for path, count in having.items()
        if path in totals and (count >= 2 or count >= USED * totals[path])
    }

    def largest(path: str) -> list[str]:
        below = sum(count for other, count in totals.items() if other.startswith(path))
        held = sum(count for other, count in used.items() if other.startswith(path))
        if not held:
            return []
        if held >= MOSTLY * below:
            return [path]
        length = len(path) + Category.steplen
        # What is in the category itself, and in none below, cannot be had without the rest.
        children = {other[:length] for other in used if other.startswith(path) and other != path}
        return [path] if path in used else [one for c in sorted(children) for one in largest(c)]

    found = largest("")
    return [] if found == [""] else found


def _paths(categories: Iterable[Category]) -> tuple[str, ...]:
    return tuple(sorted(category.path for category in categories))


_SAMPLED = """
    WITH sampled AS MATERIALIZED (
        SELECT product.id, category.path
          FROM (SELECT id, category_id FROM catalog_product
                 ORDER BY hashint8(id) LIMIT %(sample)s) product
          JOIN catalog_category category ON category.id = product.category_id
    )
"""


_TOTALS = f"{_SAMPLED} SELECT path, count(*) FROM sampled GROUP BY path"  # noqa: S608

_USES = f"""
    {_SAMPLED}
    SELECT value.attribute_id, sampled.path, array_agg(DISTINCT value.id)
      FROM sampled
      JOIN LATERAL (
          SELECT attributevalue_id FROM catalog_product_attributes own
           WHERE own.product_id = sampled.id
          UNION
          SELECT attributevalue_id FROM catalog_variant variant
            JOIN catalog_variant_options option ON option.variant_id = variant.id
           WHERE variant.product_id = sampled.id
      ) has ON TRUE
      JOIN catalog_attributevalue value ON value.id = has.attributevalue_id
     WHERE value.attribute_id = ANY(%(attributes)s)
     GROUP BY sampled.id, sampled.path, value.attribute_id
"""  # noqa: S608  (constants only)


def _products_by_category() -> dict[str, int]:
    """How many products of the sample are in the category at each path itself."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"sample": SAMPLE})
        return dict(cursor.fetchall())


def _uses(attributes: Collection[int]) -> dict[int, Use]:
    """How the sample uses these attributes (keys), on products and as options of variants."""
    uses: dict[int, Use] = {pk: Use() for pk in attributes}
    with connection.cursor() as cursor:
        cursor.execute(_USES, {"sample": SAMPLE, "attributes": list(attributes)})
        for attribute, path, values in cursor:
            use = uses[attribute]
            use.products[path] += 1
            use.several += len(values) > 1
            use.values[path].update(values)
    return uses
