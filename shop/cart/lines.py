"""Lines of a cart as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from shop.cart.models import CartLine
from shop.cart.totals import Totals
from shop.catalog.models import ProductImage, Variant

# From here on the page says how many are left.
FEW = 5


@dataclass(frozen=True)
class LineShown:
    """A line, what it costs, and what was wrong with the quantity that was typed."""

    line: CartLine
    variant: Variant
    picture: ProductImage | None
    options_text: str
    url: str
    amount: Decimal
    shown_quantity: int | str
    error: str = ""
    is_first_error: bool = False

    @property
    def name(self) -> str:
        """The product with its options, for those who do not see the line around a button."""
        title = self.variant.product.title
        return f"{title}, {self.options_text}" if self.options_text else title

    @property
    def few_left(self) -> bool:
        return self.variant.stock <= max(FEW, self.line.quantity)


def lines_shown(
    lines: Sequence[CartLine],
    totals: Totals,
    errors: Mapping[str, tuple[str, str]] | None = None,
) -> list[LineShown]:
    """Lines that were read with `in_full()`. `errors` has what was typed, and why not, by SKU."""
    shown: list[LineShown] = []
    for line, item in zip(lines, totals.items, strict=True):
        variant, product = line.variant, line.variant.product
        options = sorted(variant.options.all(), key=lambda one: one.attribute.name)
        typed, error = (errors or {}).get(variant.sku, ("", ""))
        query = urlencode({"variant": variant.sku})
        shown.append(
            LineShown(
                line=line,
                variant=variant,
                picture=variant.image or next(iter(product.images.all()), None),
                options_text=", ".join(one.value for one in options),
                url=f"{product.get_absolute_url()}?{query}",
                amount=item.amount,
                shown_quantity=typed if error else line.quantity,
                error=error,
                is_first_error=bool(error) and not any(one.error for one in shown),
            )
        )
    return shown
