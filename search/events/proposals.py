"""Words of the shop that might be what was looked for in vain: to be added as synonyms.

Two ways: as it is written (`search.words.lexicon`), and as it is meant. For the latter the search
looks which products' texts lie nearest to what was asked; what many of their titles say, and few
others in the shop, is proposed.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Collection

from django.core.cache import cache

from search import query_vectors, router
from search.encoders import EncoderUnavailable
from search.filters import Filters
from search.models import Embedding, EmbeddingModel, Listing, Word
from search.retrieval import Target
from search.words import lexicon
from shop.catalog.models import Product

MOST = 3
# The nearest products that are looked at, and how large a share of them must say a word.
NEAREST, LEAST_SHARE = 10, 0.3
KEEP_SECONDS = 3600
_WORD = re.compile(r"[^\W\d_]{3,}")


def propose(phrases: Collection[str]) -> dict[str, list[str]]:
    """For each of `phrases`, at most `MOST` words; remembered for an hour."""
    model = EmbeddingModel.objects.live()
    keys = {phrase: _key(phrase, model) for phrase in phrases}
    kept = cache.get_many(keys.values())
    found = {}
    for phrase, key in keys.items():
        if key not in kept:
            kept[key] = _propose(phrase, model)
            cache.set(key, kept[key], KEEP_SECONDS)
        found[phrase] = kept[key]
    return found


def _key(phrase: str, model: EmbeddingModel | None) -> str:
    said = hashlib.sha256(phrase.encode()).hexdigest()
    return f"synonym-proposals:2:{model.pk if model else 0}:{said}"


def _propose(phrase: str, model: EmbeddingModel | None) -> list[str]:
    said = set(_WORD.findall(phrase.casefold()))
    found = [*_as_written(phrase), *(_as_meant(phrase, model) if model else [])]
    return [one for one in dict.fromkeys(found) if one not in said][:MOST]


def _as_written(phrase: str) -> list[str]:
    """Of a single word: what it may be a mistyped form of, or written together of."""
    if " " in phrase:
        return []
    parts = lexicon.parts(phrase)
    return [*lexicon.corrections(phrase, limit=2), *([" ".join(parts)] if parts else [])]


def _as_meant(phrase: str, model: EmbeddingModel) -> list[str]:
    try:
        vector = query_vectors.of_text(phrase, model)
    except EncoderUnavailable:
        return []
    target = Target(vector, Embedding.Kind.TEXT, model)
    hits = router.nearest(target, router.match(Filters()), depth=NEAREST).hits
    titles = Product.objects.filter(pk__in=[hit.product_id for hit in hits[:NEAREST]])
    said: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for title in titles.values_list("title", flat=True):
        words = _WORD.findall(title.casefold())
        said.update(set(words))
        ends.update(words[-1:])
    least = max(2, LEAST_SHARE * len(hits[:NEAREST]))
    often = [word for word, count in said.items() if count >= least]
    known = dict(Word.objects.filter(word__in=often, named__gt=0).values_list("word", "named"))
    # Of how many products there are, as far as it matters for what is rare.
    products = max([Listing.objects.order_by().values("pk")[:100_000].count(), *known.values()])

    def worth(word: str) -> float:
        # What a title ends with mostly says what the thing is.
        return (said[word] + ends[word]) * math.log(1 + products / known[word])

    return sorted(known, key=lambda word: (-worth(word), word))
