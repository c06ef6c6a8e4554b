"""Products as the lab holds them, made without a database; and vectors for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from search.evaluation.catalogue import Catalogue, Item, Variation
from search.evaluation.combining import unit
from search.evaluation.stored import Stored

_keys = iter(range(1, 1_000_000))


def item(
    handle: str,
    title: str = "",
    *,
    category: str = "Things",
    brand: str = "",
    description: str = "",
    skus: Sequence[str] = (),
    images: int = 0,
    **values: str,
) -> Item:
    """A product; `category` such as "Shoes > Boots", `values` by attribute, "Red|Blue" for two."""
    key = next(_keys)
    return Item(
        pk=key,
        handle=handle,
        title=title or handle.replace("-", " ").title(),
        brand=brand,
        description=description,
        categories=tuple(category.split(" > ")),
        values={slug: frozenset(text.lower().split("|")) for slug, text in values.items()},
        variants=tuple(Variation(sku, {}, None) for sku in skus or [f"SKU-{key}"]),
        images=tuple(key * 10 + n for n in range(images)),
    )


def shop(*items: Item) -> Catalogue:
    return Catalogue(list(items))


def stored(
    pictures: Mapping[int, Sequence[Sequence[float]]],
    texts: Mapping[int, Sequence[float]],
    count: int,
    dimension: int = 2,
) -> Stored:
    """Vectors by the row of their product; of any length, made unit."""
    owners = [row for row in sorted(pictures) for _ in pictures[row]]
    vectors = [vector for row in sorted(pictures) for vector in pictures[row]]
    text_rows = np.zeros((count, dimension))
    for row, vector in texts.items():
        text_rows[row] = vector
    return Stored(
        pictures=unit(np.array(vectors, np.float32).reshape(-1, dimension)),
        owners=np.array(owners, np.int64),
        images=np.arange(len(owners), dtype=np.int64),
        texts=unit(text_rows),
        has_text=np.array([row in texts for row in range(count)]),
    )
