"""Every leg gives min(depth, matching) products, whichever way it is searched; which way that is;
and how PostgreSQL goes it.

The thresholds are lowered, so that a hundred products take the ways that a hundred thousand do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pgvector import HalfVector

from search import category_graphs, retrieval, router, vector_indexes
from search.colors.names import INDEX
from search.connection import raw_connection
from search.filters import Filters
from search.models import Embedding, EmbeddingModel, PictureColors
from search.retrieval import Target
from search.router import Way
from shop.catalog.models import Category, Product, ProductImage, Variant
from tests.factories import CategoryFactory, attribute_value
from tests.search.vectors import DIMENSION, make_model

pytestmark = pytest.mark.django_db

DEPTH = 24
CATEGORIES = 4
FLOOD = 300  # near-equal pictures of one product: more than any way's candidates


@pytest.fixture(autouse=True)
def low_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 12)
    monkeypatch.setattr(router, "GRAPH_CANDIDATES", 30)
    # Else the graph is asked for more than there is, and what comes after it is never needed.
    monkeypatch.setattr(router, "GRAPH_MOST", 120)
    monkeypatch.setattr(router, "GRAPH_MOST_IN_CATEGORY", 120)
    monkeypatch.setattr(router, "SIGNATURE_CANDIDATES", 60)
    monkeypatch.setattr(category_graphs, "PRODUCTS", 30)
    monkeypatch.setattr(vector_indexes, "KEEP_SECONDS", 0)
    monkeypatch.setattr(vector_indexes, "INDEXES_FROM", 1)
    monkeypatch.setattr(vector_indexes, "HNSW_FROM", 1)
    monkeypatch.setattr(vector_indexes, "THRESHOLDS_FROM", 10)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Catalogue:
    """Products whose vectors lie around the centre of their category; 30% are not published, and
    one has `FLOOD` near-equal pictures."""

    def __init__(self, seed: int, products: int, *, flood: bool) -> None:
        chance = np.random.default_rng(seed)
        self.model = make_model()
        self.centres = chance.normal(size=(CATEGORIES, DIMENSION)) * 3
        top = CategoryFactory(name="Top")
        names = ("Below", "Beside", "Other")
        self.categories = [top] + [
            CategoryFactory(name=name, parent=top if name == "Below" else None) for name in names
        ]
        self.categories = list(
            Category.objects.filter(slug__in=["top", "below", "beside", "other"])
        )
        self.colors = [attribute_value("color", name) for name in ("Red", "Blue")]
        self.sizes = [attribute_value("size", name) for name in ("S", "M")]
        self.places = chance.choice(CATEGORIES, size=products, p=[0.6, 0.2, 0.15, 0.05])
        self.published = chance.random(products) > 0.3
        rows = Product.objects.bulk_create(
            Product(
                category=self.categories[self.places[n]],
                title=f"Product {n}",
                slug=f"product-{n}",
                brand="Acme" if n % 3 else "Globex",
                published=bool(self.published[n]),
            )
            for n in range(products)
        )
        self.keys = [row.pk for row in rows]
        variants = Variant.objects.bulk_create(
            Variant(
                product=row,
                sku=f"{n}-{k}",
                price=int(chance.integers(1, 9)),
                stock=int(chance.integers(0, 3)),
                published=bool(chance.random() > 0.1),
            )
            for n, row in enumerate(rows)
            for k in range(2)
        )
        Variant.options.through.objects.bulk_create(
            Variant.options.through(variant=variant, attributevalue=values[int(chance.integers(2))])
            for variant in variants
            for values in (self.colors, self.sizes)
        )
        counts = chance.integers(1, 4, size=products)
        if flood:
            counts[0] = FLOOD
        pictures = ProductImage.objects.bulk_create(
            ProductImage(product=row, position=k, content_hash=f"{n}-{k}")
            for n, row in enumerate(rows)
            for k in range(counts[n])
        )
        self.red = {picture.pk for picture in pictures if chance.random() < 0.4}
        PictureColors.objects.filter(pk__in=self.red).update(main=[INDEX["red"]])
        owner = {key: n for n, key in enumerate(self.keys)}
        own = self.centres[self.places] + chance.normal(size=(products, DIMENSION))
        self.vectors: dict[int, list[np.ndarray]] = {key: [] for key in self.keys}
        self.red_vectors: dict[int, list[np.ndarray]] = {key: [] for key in self.keys}
        made = []
        for picture in pictures:
            n = owner[picture.product_id]
            spread = 0.01 if counts[n] == FLOOD else 0.3
            vector = own[n] + chance.normal(size=DIMENSION) * spread
            vector = (vector / np.linalg.norm(vector)).astype(np.float16).astype(np.float32)
            self.vectors[picture.product_id].append(vector)
            if picture.pk in self.red:
                self.red_vectors[picture.product_id].append(vector)
            made.append(
                Embedding(
                    model=self.model,
                    kind="image",
                    product_id=picture.product_id,
                    image=picture,
                    vector=HalfVector(vector),
                    status="done",
                )
            )
        Embedding.objects.bulk_create(made)
        with connection.cursor() as cursor:  # what is checked later stands in the way of an index
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            list(vector_indexes.ensure(self.model))
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def target(self, category: int, seed: int) -> Target:
        """A vector near the centre of a category, which may be another than is filtered by."""
        chance = np.random.default_rng(seed)
        vector = self.centres[category] + chance.normal(size=DIMENSION)
        return Target((vector / np.linalg.norm(vector)).astype(np.float32), "image", self.model)

    def matching(self, filters: Filters) -> list[int]:
        """By brute force, over products and their variants."""
        found = []
        for product in Product.objects.filter(published=True).select_related("category"):
            if not product.category.path.startswith(filters.path):
                continue
            if filters.brand not in ("", product.brand) or product.pk == filters.without:
                continue
            if filters.picture_color and not self.red_vectors[product.pk]:
                continue
            if any(self.passes(variant, filters) for variant in product.variants.all()):
                found.append(product.pk)
        return found

    def passes(self, variant: Variant, filters: Filters) -> bool:
        values = {value.pk for value in variant.options.all()}
        return (
            variant.published
            and (filters.price_min is None or variant.price >= filters.price_min)
            and (filters.price_max is None or variant.price <= filters.price_max)
            and (variant.stock > 0 or not filters.in_stock)
            and set(filters.values) <= values
        )

    def nearest(
        self, target: Target, products: list[int], depth: int, *, red: bool = False
    ) -> list[float]:
        """The scores that an exact search gives, best first; by `red` pictures alone."""
        vectors = self.red_vectors if red else self.vectors
        scores = [max(float(v @ target.vector) for v in vectors[key]) for key in products]
        return sorted(scores, reverse=True)[:depth]


def some_filters(catalogue: Catalogue, chosen: dict[str, Any]) -> Filters:
    values = [catalogue.colors[0].pk] if chosen["color"] else []
    values += [catalogue.sizes[0].pk] if chosen["size"] else []
    low, high = sorted(chosen["prices"])
    return Filters(
        path="" if chosen["category"] is None else catalogue.categories[chosen["category"]].path,
        brand=chosen["brand"],
        values=tuple(sorted(values)),
        price_min=Decimal(low) if chosen["bounds"] & 1 else None,
        price_max=Decimal(high) if chosen["bounds"] & 2 else None,
        in_stock=chosen["in_stock"],
        without=catalogue.keys[1] if chosen["without"] else None,
        picture_color="red" if chosen["red"] else "",
    )


choices = st.fixed_dictionaries(
    {
        "category": st.sampled_from([None, 0, 0, 1, 2, 3]),
        "brand": st.sampled_from(["", "", "Acme", "Globex"]),
        "color": st.booleans(),
        "size": st.booleans(),
        "prices": st.tuples(st.integers(1, 9), st.integers(1, 9)),
        "bounds": st.sampled_from([0, 0, 1, 2, 3]),
        "in_stock": st.booleans(),
        "without": st.booleans(),
        "red": st.sampled_from([False, False, True]),
    }
)


@given(
    seed=st.integers(0, 2**32 - 1),
    flood=st.booleans(),
    chosen=st.lists(choices, min_size=4, max_size=8),
    origin=st.integers(0, CATEGORIES - 1),
)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_leg_is_never_short_of_a_product(
    seed: int, flood: bool, chosen: list[dict[str, Any]], origin: int
) -> None:
    with undone():
        catalogue = Catalogue(seed, 120, flood=flood)
        target = catalogue.target(origin, seed)
        for choice in [*chosen, {**chosen[0], "category": None, "bounds": 0}]:
            filters = some_filters(catalogue, choice)
            expected = catalogue.matching(filters)

            matching = router.match(filters)
            found = router.nearest(target, matching, depth=DEPTH)

            keys = [hit.product_id for hit in found.hits]
            scores = [hit.score for hit in found.hits]
            assert matching.count == min(len(expected), router.EXACT_PRODUCTS)
            assert matching.few == (len(expected) <= router.EXACT_PRODUCTS)
            assert len(set(keys)) == len(keys)
            assert set(keys) <= set(expected)
            assert scores == sorted(scores, reverse=True)
            if not filters.values:  # else a picture of another colour does not count
                assert len(keys) == min(DEPTH, len(expected))
                if found.way is Way.EXACT:
                    red = bool(filters.picture_color)
                    best = catalogue.nearest(target, expected, DEPTH, red=red)
                    assert scores == pytest.approx(best, abs=2e-3)


def test_nothing_filtered_is_searched_by_the_graph() -> None:
    catalogue = Catalogue(1, 120, flood=False)

    found = router.nearest(catalogue.target(0, 1), router.match(Filters()), depth=DEPTH)

    assert (found.way, len(found.hits)) == (Way.GRAPH, DEPTH)


def test_a_small_category_is_searched_exactly() -> None:
    catalogue = Catalogue(1, 120, flood=False)
    filters = Filters(path=catalogue.categories[3].path)

    found = router.nearest(catalogue.target(0, 1), router.match(filters), depth=DEPTH)

    assert found.way is Way.EXACT
    assert len(found.hits) == len(catalogue.matching(filters)) < 12


def test_a_large_category_that_is_far_from_the_query_is_searched_by_signatures() -> None:
    catalogue = Catalogue(1, 120, flood=False)
    filters = Filters(path=catalogue.categories[2].path)
    assert len(catalogue.matching(filters)) > 12

    found = router.nearest(catalogue.target(0, 1), router.match(filters), depth=10)

    assert (found.way, len(found.hits)) == (Way.SIGNATURES, 10)


def test_a_large_category_with_a_graph_of_its_own_is_searched_by_it() -> None:
    catalogue = Catalogue(1, 120, flood=False)
    filters = Filters(path=catalogue.categories[0].path)
    matching = catalogue.matching(filters)
    assert len(matching) > 30
    target = catalogue.target(2, 1)

    found = router.nearest(target, router.match(filters), depth=DEPTH)

    assert (found.way, len(found.hits)) == (Way.GRAPH, DEPTH)
    best = catalogue.nearest(target, matching, DEPTH)
    assert [hit.score for hit in found.hits] == pytest.approx(best, abs=2e-3)


def test_one_product_with_hundreds_of_near_equal_pictures_does_not_fill_a_leg() -> None:
    catalogue = Catalogue(2, 120, flood=True)
    Product.objects.filter(pk=catalogue.keys[0]).update(published=True)
    vector = catalogue.vectors[catalogue.keys[0]][0]
    target = Target(vector, "image", catalogue.model)

    for filters in (Filters(), Filters(path=catalogue.categories[catalogue.places[0]].path)):
        found = router.nearest(target, router.match(filters), depth=DEPTH)

        assert found.hits[0].product_id == catalogue.keys[0]
        assert len(found.hits) == min(DEPTH, len(catalogue.matching(filters)))


# --- Plans --------------------------------------------------------------------------------------


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], str]:
    """What the server would do for the statement that a call executes, as prepared (with a plan for
    any values) and as not."""

    def plan(call: Callable[[], Any]) -> str:
        kept: list[tuple[str, Any]] = []
        execute = retrieval._rows
        monkeypatch.setattr(
            retrieval,
            "_rows",
            lambda statement, parameters, **_: kept.append((statement, parameters)) or [],
        )
        call()
        monkeypatch.setattr(retrieval, "_rows", execute)
        statement, parameters = kept[-1]  # the graph's walk is told its breadth before
        lines = []
        for mode in ("force_custom_plan", "force_generic_plan"):
            raw_connection().execute(f"SET plan_cache_mode = {mode}")
            rows = execute(f"EXPLAIN {statement}", parameters)
            lines += [str(line) for (line,) in rows]
            if mode == "force_custom_plan":
                lines.append("-- prepared:")
        raw_connection().execute("RESET plan_cache_mode")
        return "\n".join(lines)

    return plan


@pytest.mark.django_db(transaction=True)
def test_the_plan_of_each_way(
    plans: Callable[[Callable[[], Any]], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(category_graphs, "PRODUCTS", 5_000)
    model = large_catalogue()
    target = Target(np.ones(DIMENSION, dtype=np.float32) / DIMENSION**0.5, "image", model)
    small = Filters(path=Category.objects.get(slug="category-3").path)
    cheap = Filters(path=small.path, price_max=Decimal(20))
    name = vector_indexes.name

    exact = plans(lambda: retrieval.exact_in_category(target, small, limit=96))
    among = plans(lambda: retrieval.exact_among(target, Filters(), [5, 6, 7], limit=96))
    graph = plans(lambda: retrieval.by_graph(target, Filters(), candidates=200))
    signatures = plans(lambda: retrieval.by_signatures(target, small, candidates=800, limit=96))

    assert exact.count(f"Index Only Scan using {name(model.pk, 'exact')}") == 2, exact
    assert among.count("Index Scan using embedding_leg") == 2, among
    assert graph.count(f"Index Scan using {name(model.pk, 'image')}") == 2, graph
    assert signatures.count(f"Index Only Scan using {name(model.pk, 'signatures')}") == 2, (
        signatures
    )
    whole = plans(lambda: retrieval.by_graph(target, small, candidates=200, within=small.path))
    part = plans(lambda: retrieval.by_graph(target, cheap, candidates=200, within=small.path))
    for plan in (whole, part):
        assert plan.count(f"Index Scan using {name(model.pk, f'image_{small.path}')}") == 2, plan
    for plan in (exact, among, graph, signatures, whole, part):
        assert "Seq Scan on search_embedding " not in plan


def large_catalogue() -> EmbeddingModel:
    """20,000 embedded products in 4 categories, by SQL."""
    model = make_model()
    for n in range(4):
        CategoryFactory(name=f"Category {n}")
    # The triggers' plans go by what the planner knows of the tables: by nothing, or by what other
    # tests left, 20,000 rows may take minutes. So a few come first, and are counted.
    for first, last in ((1, 500), (501, 20_000)):
        add_products(first, last)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_embedding (model_id, kind, product_id, image_id, content_hash,
                                          status, attempts, error, updated_at, vector)
            SELECT %s, 'image', product_id, id, '', 'done', 0, '', now(),
                   ARRAY(SELECT sin(id * d) FROM generate_series(1, 8) d)::real[]::halfvec
              FROM catalog_productimage
            """,
            [model.pk],
        )
        cursor.execute("ANALYZE")
    list(vector_indexes.ensure(model))
    return model


@transaction.atomic  # a product that is committed without a variant is given one
def add_products(first: int, last: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO catalog_product (category_id, title, slug, brand, description, published,
                                         created_at, updated_at)
            SELECT category.id, 'P', 'p' || n, '', '', true, now(), now()
              FROM generate_series(%s, %s) n
              JOIN catalog_category category ON category.slug = 'category-' || mod(n, 4)
            """,
            [first, last],
        )
        cursor.execute(
            """
            INSERT INTO catalog_variant (product_id, sku, price, stock, published, position)
            SELECT id, slug, 1 + mod(id, 50), 1, true, 0 FROM catalog_product product
             WHERE NOT EXISTS (SELECT FROM catalog_variant WHERE product_id = product.id);
            INSERT INTO catalog_productimage (product_id, image, width, height, alt, position,
                content_hash, source_hash, renditions_ready, created_at)
            SELECT id, '', 0, 0, '', 0, slug, '', true, now() FROM catalog_product product
             WHERE NOT EXISTS (SELECT FROM catalog_productimage WHERE product_id = product.id);
            ANALYZE
            """
        )
