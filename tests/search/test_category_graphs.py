"""Which categories have a graph of their own, and when it is made and dropped."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from search import category_graphs, vector_indexes
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Category, Product, ProductImage
from tests.factories import CategoryFactory, ProductFactory
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def low_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(category_graphs, "PRODUCTS", 4)
    monkeypatch.setattr(vector_indexes, "KEEP_SECONDS", 0)
    monkeypatch.setattr(vector_indexes, "INDEXES_FROM", 4)
    monkeypatch.setattr(vector_indexes, "HNSW_FROM", 4)


def stock(category: Category, products: int, model: EmbeddingModel | None = None) -> None:
    for n in range(products):
        product = ProductFactory(category=category, images=1 if model else 0)
        if model:
            embed_image(product.images.get(), model, unit(1, n))


def wanted(existing: Collection[str] = ()) -> set[str]:
    """By slug: where a category is put in order among others, they move."""
    paths = category_graphs.wanted(existing)
    return set(Category.objects.filter(path__in=paths).values_list("slug", flat=True))


def path_of(slug: str) -> str:
    return Category.objects.get(slug=slug).path


def test_large_categories_should_have_graphs() -> None:
    shoes, hats, bags = (CategoryFactory(name=name) for name in ("Shoes", "Hats", "Bags"))
    stock(shoes, 5)
    stock(hats, 4)
    stock(bags, 3)

    assert wanted() == {"shoes", "hats"}


def test_a_category_is_as_large_as_what_is_below_it() -> None:
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    boots, sandals = (CategoryFactory(name=name, parent=shoes) for name in ("Boots", "Sandals"))
    stock(boots, 2)
    stock(sandals, 2)
    stock(hats, 3)

    assert wanted() == {"shoes"}


def test_a_category_that_is_nearly_all_of_a_larger_graph_needs_none() -> None:
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    boots = CategoryFactory(name="Boots", parent=shoes)
    stock(boots, 5)
    stock(hats, 2)

    assert wanted() == set(), "5 of 7 are more than NEARLY_ALL"
    stock(hats, 1)
    assert wanted() == {"shoes"}, "5 of 8; and boots are all shoes"


def test_in_a_large_shop_a_share_of_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(category_graphs, "SHARE", 0.5)
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    stock(shoes, 6)
    stock(hats, 4)

    assert wanted() == {"shoes"}


def test_a_graph_that_is_there_stays_until_its_category_is_much_smaller() -> None:
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    stock(shoes, 2)
    stock(hats, 3)

    assert wanted() == set()
    assert wanted([path_of("shoes")]) == {"shoes"}
    assert wanted([path_of("shoes"), "ZZZZ"]) == {"shoes"}


def test_a_graph_that_is_there_stays_though_it_is_a_little_more_of_the_larger_one() -> None:
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    stock(shoes, 8)
    stock(hats, 3)

    assert wanted() == set(), "8 of 11 are more than NEARLY_ALL"
    assert wanted([path_of("shoes")]) == {"shoes"}
    stock(shoes, 10)
    assert wanted([path_of("shoes")]) == set(), "18 of 21 are more than MORE"


def test_a_category_whose_path_is_longer_than_a_name_may_be_has_no_graph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(category_graphs, "LONGEST", 2 * Category.steplen)
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    boots = CategoryFactory(name="Boots", parent=shoes)
    stock(hats, 8)
    stock(shoes, 3)
    stock(CategoryFactory(name="Low", parent=boots), 5)

    assert wanted() == {"hats", "shoes", "boots"}


@pytest.mark.django_db(transaction=True)
def test_what_one_model_keeps_makes_no_graph_of_another_useless() -> None:
    live, building = make_model(), make_model(reference="other", state="building")
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    boots = CategoryFactory(name="Boots", parent=shoes)
    stock(shoes, 1, live)
    stock(boots, 7, live)
    stock(hats, 4, live)
    Embedding.objects.filter(status="pending").delete()
    of_shoes = vector_indexes.name(live.pk, f"image_{path_of('shoes')}")
    assert of_shoes in list(vector_indexes.update())
    sold = Product.objects.filter(category=hats)[:1].get()
    Product.objects.filter(pk=sold.pk).update(published=False)  # shoes are 8 of 11 now

    for picture in ProductImage.objects.all():
        embed_image(picture, building, unit(1))
    made = list(vector_indexes.update())

    assert vector_indexes.name(building.pk, f"image_{path_of('boots')}") in made
    assert not any(done.startswith("dropped") for done in made)
    assert not vector_indexes.update_due()


@pytest.mark.django_db(transaction=True)
def test_graphs_of_categories_are_made_used_and_dropped() -> None:
    model = make_model()
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    boots = CategoryFactory(name="Boots", parent=shoes)
    stock(boots, 4, model)
    stock(hats, 2, model)
    Embedding.objects.filter(status="pending").delete()  # graphs wait for what is still to come
    path = path_of("shoes")
    of_shoes = vector_indexes.name(model.pk, f"image_{path}")

    list(vector_indexes.update())

    assert of_shoes in vector_indexes.sizes(model)
    assert not vector_indexes.update_due()
    around = [
        vector_indexes.graph_around(model, "image", path_of(slug))
        for slug in ("shoes", "boots", "hats")
    ]
    assert around == [path, path, ""]
    assert vector_indexes.graph_around(model, "text", path) == ""

    kept = Product.objects.filter(category=boots).first()
    assert kept is not None
    Product.objects.filter(category=boots).exclude(pk=kept.pk).update(published=False)

    assert vector_indexes.update_due()
    assert list(vector_indexes.update()) == [f"dropped {of_shoes}"]
    assert vector_indexes.graph_around(model, "image", path) == ""
