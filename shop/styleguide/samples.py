"""Products and what goes with them, made up for the style guide and saved nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.cart.lines import LineShown
from shop.cart.models import CartLine
from shop.cart.totals import Item, Totals, add_up
from shop.catalog.choices import Choice, OptionGroup, variants_of
from shop.catalog.models import Attribute, AttributeValue, Product, ProductImage, Variant
from shop.store.current import current_store


@dataclass(frozen=True)
class Color:
    """A colour that a product comes in."""

    hex: str
    label: str


COLORS = [Color("#c62a2a", "red"), Color("#1e2a52", "navy"), Color("#d6be9a", "beige")]


def pictures(number: int = 3) -> list[ProductImage]:
    """The newest of the shop's own, for none that is made up looks like them; fewer, if any."""
    ready = ProductImage.objects.filter(renditions_ready=True, position=0)
    return list(ready.select_related("product").order_by("-pk")[:number])


def product(
    title: str,
    *,
    price: str = "129",
    dearer: str = "",
    former: str = "",
    stock: int = 12,
    image: ProductImage | None = None,
    brand: str = "Atelier",
) -> Product:
    """As `for_cards()` reads it. Its address is that of whose picture it borrows."""
    slug = image.product.slug if image else "none"
    made = Product(pk=-1, title=title, slug=slug, brand=brand)
    variants = [
        Variant(
            product=made,
            sku=f"S-{place}",
            price=Decimal(one),
            compare_at_price=Decimal(former) if former else None,
            stock=stock,
        )
        for place, one in enumerate(filter(None, (price, dearer)))
    ]
    made.on_sale = variants  # type: ignore[attr-defined]
    made._prefetched_objects_cache = {"images": [image] if image else []}  # type: ignore[attr-defined]
    return made


def variant(*, price: str = "129", former: str = "", stock: int = 12) -> Variant:
    return variants_of(product("Walking boots", price=price, former=former, stock=stock))[0]


def option_groups() -> list[OptionGroup]:
    """A colour that is chosen, one to be had, one that is sold out and one that is impossible."""
    color = Attribute(name=str(_("Colour")), slug="color")
    values = [
        AttributeValue(pk=-place, attribute=color, value=name, slug=name.lower())
        for place, name in enumerate(("Red", "Navy", "Green", "Beige"), start=1)
    ]
    states = ((True, True, True), (False, True, True), (False, True, False), (False, False, True))
    choices = [
        Choice(value, "#", selected=selected, possible=possible, in_stock=in_stock)
        for value, (selected, possible, in_stock) in zip(values, states, strict=True)
    ]
    return [OptionGroup(color, values[0], choices)]


def cart_lines() -> tuple[list[LineShown], Totals]:
    """A line as it should be, and one whose quantity was wrong."""
    images: list[ProductImage | None] = [*pictures(2), None, None]
    shown = []
    for place, (title, error) in enumerate(
        (("Walking boots", ""), ("Oak chair", str(_("Only 3 of this are left."))))
    ):
        image = images[place]
        chosen = variants_of(product(title, stock=3 if error else 40, image=image))[0]
        line = CartLine(pk=-1 - place, variant=chosen, quantity=2)
        shown.append(
            LineShown(
                line=line,
                variant=chosen,
                picture=image,
                options_text="Red, M",
                url="#",
                amount=2 * chosen.price,
                shown_quantity=9 if error else 2,
                error=error,
            )
        )
    store = current_store()
    totals = add_up(
        [Item(one.variant.price, one.line.quantity, Decimal(19)) for one in shown],
        currency=store.currency,
        prices_include_tax=store.prices_include_tax,
        discount=Decimal(20),
        delivery=Decimal("4.90"),
    )
    return shown, totals


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Full name"))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write to you about your order alone."),
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=[("DE", "Germany"), ("US", "United States")]
    )
    words = forms.CharField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=_("Keep this address in my account"))
