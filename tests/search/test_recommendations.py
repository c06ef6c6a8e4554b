"""What a product's page shows beside it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from search.events import bought_together
from search.models import EmbeddingModel
from search.recommendations import GOES_WITH, SIMILAR, goes_with, similar_to
from shop.catalog.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def model() -> EmbeddingModel:
    return make_model()


def pictured(
    model: EmbeddingModel, *looks: float, title: str = "Thing", category: Category | None = None
) -> Product:
    product = ProductFactory(title=title, category=category or CategoryFactory(), images=1)
    embed_image(product.images.get(), model, unit(*looks))
    return product


def titles(products: list[Product]) -> list[str]:
    return [product.title for product in products]


def crowded(model: EmbeddingModel, product: Product) -> None:
    """With as many that look just like it as are shown to be similar."""
    for _ in range(SIMILAR):
        pictured(model, 1, title="Alike", category=product.category)


def ordered(*products: Product, times: int = 3) -> None:
    keys = [product.pk for product in products]
    bought_together.count([keys] * times, timezone.now().date())


def test_similar_is_what_looks_most_like_it_and_not_itself(model: EmbeddingModel) -> None:
    product = pictured(model, 1)
    pictured(model, 1, 0.9, title="Far")
    pictured(model, 1, 0.1, title="Near")

    assert titles(similar_to(product)) == ["Near", "Far"]


def test_so_many_are_similar(model: EmbeddingModel) -> None:
    product = pictured(model, 1)
    for n in range(SIMILAR + 1):
        pictured(model, 1, n)

    assert len(similar_to(product)) == SIMILAR


def test_without_a_model_or_a_picture_nothing_is_similar() -> None:
    product = ProductFactory()
    assert similar_to(product) == goes_with(product) == []

    pictured(make_model(), 1)

    assert similar_to(product) == goes_with(product) == []


def test_what_is_no_longer_on_sale_is_not_shown_however_lately_it_was_found(
    model: EmbeddingModel,
) -> None:
    product, near = pictured(model, 1), pictured(model, 1, 0.1, title="Near")
    pictured(model, 1, 0.9, title="Far")
    assert titles(similar_to(product)) == ["Near", "Far"]

    Product.objects.filter(pk=near.pk).update(published=False)

    assert titles(similar_to(product)) == ["Far"]


def test_what_was_found_is_kept_until_the_product_changes(model: EmbeddingModel) -> None:
    product, near = pictured(model, 1), pictured(model, 1, 0.1, title="Near")
    assert similar_to(product) == [near]
    embed_image(near.images.get(), model, unit(1, 0.9))
    pictured(model, 1, 0.2, title="New")

    assert titles(similar_to(product)) == ["Near"]
    product.save()
    assert titles(similar_to(product)) == ["New", "Near"]


def test_nothing_found_is_looked_for_again(model: EmbeddingModel) -> None:
    product = pictured(model, 1)
    assert similar_to(product) == []

    pictured(model, 1, title="New")

    assert titles(similar_to(product)) == ["New"]


def test_until_orders_tell_the_most_alike_of_each_category_beside_goes_with_it(
    model: EmbeddingModel,
) -> None:
    clothes = CategoryFactory(name="Clothes")
    scarves, mittens, hats = (
        CategoryFactory(name=name, parent=clothes) for name in ("Scarves", "Mittens", "Hats")
    )
    scarf = pictured(model, 1, category=scarves)
    pictured(model, 1, title="Red scarf", category=scarves)
    pictured(model, 1, 0.5, title="Red hat", category=hats)
    pictured(model, 1, 0.1, title="Red mittens", category=mittens)
    pictured(model, 0, 1, title="Blue mittens", category=mittens)
    pictured(model, 1, 0.2, title="Mug", category=CategoryFactory(name="Mugs"))
    crowded(model, scarf)

    assert titles(goes_with(scarf)) == ["Red mittens", "Red hat"]


def test_what_goes_with_it_is_of_another_branch_of_its_department(model: EmbeddingModel) -> None:
    women = CategoryFactory(name="Women")
    tops, bottoms = (CategoryFactory(name=name, parent=women) for name in ("Tops", "Bottoms"))
    jacket = pictured(model, 1, category=CategoryFactory(name="Jackets", parent=tops))
    pictured(model, 1, 0.1, title="Hoodie", category=CategoryFactory(name="Hoodies", parent=tops))
    trousers = CategoryFactory(name="Trousers", parent=bottoms)
    pictured(model, 1, 0.5, title="Trousers", category=trousers)
    crowded(model, jacket)

    assert titles(goes_with(jacket)) == ["Trousers"]


def test_nothing_is_shown_twice(model: EmbeddingModel) -> None:
    product = pictured(model, 1)
    pictured(model, 1, 0.1, title="Near")

    assert titles(similar_to(product)) == ["Near"]
    assert goes_with(product) == []


def test_where_no_category_is_beside_all_of_its_depth_are(model: EmbeddingModel) -> None:
    clothes, kitchen = CategoryFactory(name="Clothes"), CategoryFactory(name="Kitchen")
    scarf = pictured(model, 1, category=CategoryFactory(name="Scarves", parent=clothes))
    pictured(model, 1, 0.1, title="Mug", category=CategoryFactory(name="Mugs", parent=kitchen))
    crowded(model, scarf)

    assert titles(goes_with(scarf)) == ["Mug"]


def test_what_was_bought_with_it_comes_first_and_is_filled_up(model: EmbeddingModel) -> None:
    boots = pictured(model, 1, title="Boots")
    socks = pictured(model, 0, 1, title="Socks")
    pictured(model, 1, 0.1, title="Bag")
    crowded(model, boots)
    ordered(boots, socks)

    assert titles(goes_with(boots)) == ["Socks", "Bag"]


def test_enough_orders_say_all_that_goes_with_it(model: EmbeddingModel) -> None:
    boots = pictured(model, 1)
    bought = [pictured(model, 0, 1, title=f"Bought {n}") for n in range(GOES_WITH)]
    pictured(model, 1, title="Bag")
    ordered(boots, *bought)

    assert set(titles(goes_with(boots))) == {one.title for one in bought}
