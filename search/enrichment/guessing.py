"""Which category products may be of that are just being made from pictures."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from search.attributes.examples import pictures_of
from search.enrichment import stored
from search.enrichment.enricher import guess_groups, stems_of_titles
from search.enrichment.models import Kind
from search.models import EmbeddingModel


def guess_categories(products: Sequence[int]) -> dict[int, tuple[int, float]]:
    """The likeliest category (key) of each of these products (keys), and how sure that is, in
    [0, 1]: the share of such guesses that is right. What has no picture yet that was looked at, or
    could be anything, is left out. Nothing is stored."""
    model = EmbeddingModel.objects.live()
    loaded = stored.load(model) if model else None
    if model is None or loaded is None:
        return {}
    pictured = pictures_of(products, model)
    keys = pictured.products.tolist()
    guesser = loaded.enricher.guesser
    if not keys:
        return {}
    shares = guesser.shares(pictured.vectors, stems_of_titles(keys))
    found = {}
    for product, chosen in zip(keys, guesser.choose(shares), strict=True):
        if chosen is None:
            continue
        node, share = chosen
        sure = loaded.confidence(str(Kind.CATEGORY), share, guess_groups(guesser, node))
        found[product] = int(guesser.keys[node]), sure
    return found


def connect() -> None:
    """Offer it to uploads of many pictures, where the shop has them."""
    if find_spec("shop.intake") and find_spec("shop.intake.parts"):
        import_module("shop.intake.parts").category_guessers.append(guess_categories)
