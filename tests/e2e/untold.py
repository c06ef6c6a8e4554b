"""Products without a category, for which one is suggested; for tests of the browser:
shop.run("from tests.e2e.untold import add; add()")
"""

from search.models import ProductSuggestion
from shop.catalog.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory
from tests.search.enrichment.shops import completion

TITLES = [f"Untold {number}" for number in range(3)]


def add() -> None:
    found = Category.objects.filter(name="Uncategorised").first()
    without = found or CategoryFactory(name="Uncategorised")
    boots = Category.objects.get(name="Boots")
    for number, title in enumerate(TITLES):
        # The counters of this process begin anew: what must be unique is named.
        product = ProductFactory(
            title=title,
            slug=f"untold-{number}",
            category=without,
            variants=[{"sku": f"UNTOLD-{number}"}],
        )
        completion(product, category=boots, calibrated=0.99 - number / 100)


def assert_in(*names: str) -> None:
    """In order, the names of the categories that they are in."""
    products = Product.objects.filter(title__in=TITLES).order_by("title")
    found = tuple(products.values_list("category__name", flat=True))
    assert found == names, found


def assert_states(*states: str) -> None:
    """In order, what became of the suggestions."""
    rows = ProductSuggestion.objects.filter(product__title__in=TITLES, kind="category")
    found = tuple(rows.order_by("product__title").values_list("state", flat=True))
    assert found == states, found


def clear() -> None:
    Product.objects.filter(title__in=TITLES).delete()
