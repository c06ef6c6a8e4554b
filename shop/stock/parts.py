"""Places where another app adds to the pages of stock, since stock knows no orders."""

from collections.abc import Callable, Collection, Mapping

# Say for some variants (by id) how many units were sold and are still in the house, beside those
# that are held for orders which are being paid.
sold_and_here: list[Callable[[Collection[int]], Mapping[int, int]]] = []
