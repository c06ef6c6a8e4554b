"""What might be meant by what is being typed: words, categories, products.

    typed -> its last word completed, by the shop's own words -> what is called so

The words before the last are taken as they stand, or as what they are a mistyped form of. Of the
shop, only what is on sale is suggested. This is asked with every few letters: everything is looked
up in an index, in a fixed number of statements, and in some hundreds of rows of however many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from search import sku, sorting
from search.filters import AFTER
from search.words import lexicon
from search.words.analysis import quoted, stems_of, tokens
from shop.catalog.choices import variants_of
from shop.catalog.models import Category, Product, ProductImage, Variant

# Nobody types a longer beginning in the hope of suggestions.
LONGEST = 80
MOST_WORDS, MOST_CATEGORIES, MOST_PRODUCTS = 3, 2, 4
# Of the last word, so many completions are looked for; a beginning of several more is any of them.
COMPLETIONS = 8
# Of products that hold the words, so many are looked at.
LOOKED_AT = 400
_HOLDING = """holding AS MATERIALIZED (
    SELECT product_id, words FROM search_document
     WHERE words @@ %(held)s::tsquery LIMIT %(looked_at)s
)"""


@dataclass(frozen=True)
class SuggestedCategory:
    """`within`: what the category above it is called; "" at the top."""

    category: Category
    within: str = ""


@dataclass(frozen=True)
class SuggestedProduct:
    """`variant`: whose price is shown, the cheapest, of those in stock if any is. `has_dearer`:
    whether others cost more."""

    product: Product
    variant: Variant
    has_dearer: bool

    @property
    def image(self) -> ProductImage | None:
        """The variant's own picture, if it has one; else the product's first."""
        pictures = list(self.product.images.all())
        own = [one for one in pictures if one.pk == self.variant.image_id]
        return next(iter([*own, *pictures]), None)


@dataclass(frozen=True)
class Suggestions:
    words: Sequence[str] = ()
    categories: Sequence[SuggestedCategory] = ()
    products: Sequence[SuggestedProduct] = ()

    def __len__(self) -> int:
        return len(self.words) + len(self.categories) + len(self.products)


@dataclass(frozen=True)
class _Typed:
    """What is being typed. `before`: the words before the last, as the shop writes them, and
    `stems` of each; `last`: the beginning; `completed`: what words it may become."""

    before: Sequence[str] = ()
    stems: Sequence[Sequence[str]] = ()
    last: str = ""
    completed: Sequence[str] = ()

    def query(self, stems: Mapping[str, Sequence[str]], place: str = "") -> str:
        """As PostgreSQL writes it, for the `stems` of completions; all of them stand in `place`."""
        ways = {_all_of([several], place) for several in stems.values() if several}
        if len(self.completed) < COMPLETIONS:  # else those are the beginning of most
            ways.add(f"{quoted(self.last)}:*{place.lstrip(':')}")
        before = [_all_of(self.stems, place)] if self.stems else []
        return " & ".join([*before, f"({' | '.join(f'({way})' for way in sorted(ways))})"])


def _all_of(stems: Iterable[Sequence[str]], place: str = "") -> str:
    return " & ".join(f"{quoted(stem)}{place}" for several in stems for stem in several)


def suggest(text: str) -> Suggestions:
    """What `text`, as far as it is typed, may be the beginning of; nothing for nothing."""
    said = " ".join(text[:LONGEST].split())
    numbered = _with_number(said)
    typed = _read(said)
    if typed is None:
        return Suggestions(products=_products(numbered))
    stems = stems_of(typed.completed)
    words = _words(typed, stems)
    keys = list(dict.fromkeys([*numbered, *_named(typed, stems)]))[:MOST_PRODUCTS]
    return Suggestions(words, _categories(typed), _products(keys))


def _read(said: str) -> _Typed | None:
    """None where there is no word, or one before the last that no product has."""
    found = tokens(said)
    if not found:
        return None
    *before, last = found
    completed = lexicon.completions(last, limit=COMPLETIONS)
    if not completed:
        completed = lexicon.mistyped_completions(last, limit=COMPLETIONS)
    kept, stems = _as_written(before)
    if kept is None:
        return None
    return _Typed(kept, stems, last, completed)


def _as_written(before: Sequence[str]) -> tuple[list[str] | None, list[list[str]]]:
    """The words that say something, each as it is or, the first that no product has, corrected;
    None where one is no word of the shop. Numbers that nothing is called by are left out."""
    stems = stems_of(before)
    counted = lexicon.frequencies({stem for several in stems.values() for stem in several})
    kept, corrected = [], False
    for word in before:
        if not stems[word]:
            kept.append(word)  # "for" says nothing, yet belongs to what was typed
        elif all(stem in counted for stem in stems[word]):
            kept.append(word)
        elif any(letter.isalpha() for letter in word):
            meant = [] if corrected else lexicon.corrections(word, limit=1)
            if not meant:
                return None, []
            corrected = True
            kept += meant
            stems |= stems_of(meant)
        else:
            kept.append(word)
            stems[word] = []
    return kept, [stems[word] for word in kept if stems[word]]


def _words(typed: _Typed, stems: Mapping[str, Sequence[str]]) -> list[str]:
    """What was typed with its last word completed, one form of a word. Behind other words: what
    something on sale holds beside them, most titles first; for many a thing is red or blue, and few
    are called "red blue"."""
    forms = {tuple(stems[word]): word for word in reversed(typed.completed) if stems[word]}
    said = {tuple(several) for several in typed.stems}
    completed = [
        word
        for word in typed.completed
        if word != typed.last and word in forms.values() and tuple(stems[word]) not in said
    ]
    if typed.stems and completed:
        together = {word: [*typed.stems, stems[word]] for word in completed}
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH {_HOLDING}
                SELECT word, count(*) FILTER (WHERE words @@ titled) AS titles
                  FROM unnest(%(words)s::text[], %(all)s::tsquery[], %(all_titled)s::tsquery[])
                       AS one (word, held, titled)
                  JOIN holding ON words @@ held
                 GROUP BY word
                """,  # noqa: S608  (ours)
                {
                    "held": typed.query(stems),
                    "looked_at": LOOKED_AT,
                    "words": completed,
                    "all": [_all_of(several) for several in together.values()],
                    "all_titled": [_all_of(several, ":A") for several in together.values()],
                },
            )
            titles = dict(cursor.fetchall())
        completed = sorted(filter(titles.__contains__, completed), key=lambda word: -titles[word])
    return [" ".join([*typed.before, word]) for word in completed[:MOST_WORDS]]


def _named(typed: _Typed, stems: Mapping[str, Sequence[str]]) -> list[int]:
    """Products that hold all words, those first that have them in their titles, or there the last,
    which says more often what they are; and then those in stock, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH {_HOLDING}
            SELECT listing.product_id FROM holding JOIN search_listing listing USING (product_id)
             ORDER BY words @@ %(titled)s::tsquery DESC, words @@ %(last_titled)s::tsquery DESC,
                      listing.in_stock DESC, listing.created_at DESC, listing.product_id DESC
             LIMIT %(limit)s
            """,  # noqa: S608  (ours)
            {
                "held": typed.query(stems),
                "titled": typed.query(stems, ":A"),
                "last_titled": replace(typed, stems=()).query(stems, ":A"),
                "looked_at": LOOKED_AT,
                "limit": MOST_PRODUCTS,
            },
        )
        return [product for (product,) in cursor]


def _with_number(said: str) -> list[int]:
    """Products whose article's number begins so."""
    return sku.beginning_with(said, most=MOST_PRODUCTS) if sku.numbered(said) else []


def _categories(typed: _Typed) -> list[SuggestedCategory]:
    """Those with products on sale that are called so, with what they are in: of all words first,
    then of the last. All names are read: they are few, and to search them would take as long."""
    rows = list(Category.objects.order_by("depth", "name").values_list("pk", "path", "name"))
    names = {path: name for _, path, name in rows}
    beginnings = tuple({typed.last, *typed.completed})
    before = [word.lower() for word in typed.before]
    found: list[tuple[int, str, int]] = []
    for n, (_, path, name) in enumerate(rows):
        own = _words_of(name)
        if not any(word.startswith(beginnings) for word in own):
            continue
        step = Category.steplen
        line = {
            word
            for end in range(step, len(path) + 1, step)
            for word in _words_of(names.get(path[:end], ""))
        }
        missing = sum(1 for word in before if word not in line)
        found.append((missing, path, n))
    found.sort(key=lambda one: (one[0], one[2]))
    return _on_sale([path for _, path, _ in found], names)


def _on_sale(paths: Sequence[str], names: Mapping[str, str]) -> list[SuggestedCategory]:
    """The first of those categories that have something on sale, in their order."""
    looked_at = paths[: 4 * MOST_CATEGORIES]
    if not looked_at:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked FROM unnest(%s::text[]) asked
             WHERE EXISTS (SELECT FROM search_listing listing
                            WHERE listing.path >= asked COLLATE "C"
                              AND listing.path < (asked || %s) COLLATE "C")
            """,
            [list(looked_at), AFTER],
        )
        on_sale = {path for (path,) in cursor}
    kept = [path for path in looked_at if path in on_sale][:MOST_CATEGORIES]
    categories = {one.path: one for one in Category.objects.filter(path__in=kept)}
    return [
        SuggestedCategory(categories[path], names.get(path[: -Category.steplen], ""))
        for path in kept
        if path in categories
    ]


def _words_of(name: str) -> list[str]:
    return [word.lower() for word in tokens(name)]


def _products(keys: Sequence[int]) -> list[SuggestedProduct]:
    products = Product.objects.published().for_cards().in_bulk(keys)
    found = []
    for key in keys:
        if key not in products or not (variants := variants_of(products[key])):
            continue  # sold or hidden at this moment
        cheapest = sorting.offered(variants)[0]
        dearer = any(one.price > cheapest.price for one in variants)
        found.append(SuggestedProduct(products[key], cheapest, dearer))
    return found
