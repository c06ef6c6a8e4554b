"""What tests of the browser add to the shop goes again, so that each module finds the same shop:
shop.run("from tests.e2e.leftovers import remember; remember()")
"""

from shop.catalog.models import Category, Product

_found: dict[str, set[int]] = {}


def remember() -> None:
    """All that there is now stays."""
    for model in (Product, Category):
        _found[model.__name__] = set(model.objects.values_list("pk", flat=True))


def remove() -> None:
    """Products and categories that have come since."""
    Product.objects.exclude(pk__in=_found["Product"]).delete()
    Category.objects.exclude(pk__in=_found["Category"]).delete()
