"""SKUs and slugs that are free, made from titles, for many at once."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence

from django.utils.text import slugify

from shop.catalog.models import Product, Variant
from shop.catalog.slugs import slug_of

LONGEST = 24  # characters of a title that a SKU begins with
TRIED = 12  # numbers behind it, before it gets a random end


def free_skus(titles: Sequence[str], *, but: Collection[str] = ()) -> list[str]:
    """A SKU for each title, of no variant, none of `but`, and each once: RED-BOOT, RED-BOOT-2."""
    bases = [slugify(title).upper()[:LONGEST].strip("-") or "ITEM" for title in titles]
    candidates = {one for base in set(bases) for one in _numbered(base)}
    taken = set(Variant.objects.filter(sku__in=candidates).values_list("sku", flat=True))
    return _choose(bases, taken | set(but))


def free_slugs(titles: Sequence[str], *, but: Iterable[int]) -> list[str]:
    """A slug for each title, of no product but those with the keys `but`, and each once."""
    bases = [slug_of(title, limit=190) for title in titles]
    candidates = {one for base in set(bases) for one in _numbered(base)}
    others = Product.objects.filter(slug__in=candidates).exclude(pk__in=list(but))
    return _choose(bases, set(others.values_list("slug", flat=True)))


def _numbered(base: str) -> list[str]:
    return [base, *(f"{base}-{n}" for n in range(2, TRIED))]


def _choose(bases: Sequence[str], taken: set[str]) -> list[str]:
    chosen = []
    for base in bases:
        free = next((one for one in _numbered(base) if one not in taken), None)
        one = free or f"{base}-{secrets.token_hex(3)}"
        taken.add(one)
        chosen.append(one)
    return chosen
