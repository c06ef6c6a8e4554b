"""What the style guide shows of each component: a template, and what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import ProductImage
from shop.editorial.home import Marker
from shop.editorial.models import Block, Spot
from shop.orders.models import Order
from shop.orders.states import State
from shop.styleguide import samples
from shop.stylesheet import FOLDER

THEMES = ("light", "dark")
ICONS = settings.BASE_DIR / "templates" / "icons"
# What must be there once on a page, or differ from its like.
_UNIQUE = re.compile(
    r"(?<![\w-])(id|for|href|aria-labelledby|aria-describedby|aria-controls|aria-owns|aria-label"
    r'|popovertarget|list|data-suggestions-list)="(#?)([^"]*)"'
)


@dataclass(frozen=True)
class Specimen:
    """A component with its states. `context` is asked when it is shown."""

    title: str | Promise
    template: str
    context: Callable[[], Mapping[str, Any]] = field(default=dict)

    @property
    def slug(self) -> str:
        return slugify(self.template.rpartition("/")[2].removesuffix(".html"))

    def shown(self, request: HttpRequest) -> dict[str, SafeString]:
        """Its HTML by theme. The two differ in what may be there but once on a page."""
        html = render_to_string(self.template, dict(self.context()), request)
        return {theme: in_theme(html, theme) for theme in THEMES}


def in_theme(html: str, theme: str) -> SafeString:
    """The same HTML with names of its own, so that it can stand on a page twice."""

    def renamed(match: re.Match[str]) -> str:
        name, anchor, value = match.groups()
        if name == "href" and not (anchor and value):
            return match[0]
        if name == "aria-label":
            return f'aria-label="{value}, {theme}"'
        own = [f"{one}-{theme}" for one in value.split()]
        if name == "aria-labelledby":
            own.append(f"theme-{theme}")  # which the page says once
        return f'{name}="{anchor}{" ".join(own)}"'

    return mark_safe(_UNIQUE.sub(renamed, html))  # noqa: S308  (it comes from templates)


def _products() -> Mapping[str, Any]:
    image: list[ProductImage | None] = [*samples.pictures(4), *[None] * 4]
    return {
        "plain": samples.product("Walking boots", image=image[0]),
        "from_price": samples.product("Linen shirt", price="49", dearer="59", image=image[1]),
        "reduced": samples.product("Oak chair", price="80", former="100", image=image[2]),
        "sold_out": samples.product("Desk lamp", stock=0, image=image[3]),
        "bare": samples.product("What has no picture yet", brand=""),
        "swatches": samples.COLORS,
    }


def _offer() -> Mapping[str, Any]:
    return {
        "prices": [samples.variant(), samples.variant(price="80", former="100")],
        "stocks": [samples.variant(stock=left) for left in (12, 3, 0)],
    }


def _form() -> Mapping[str, Any]:
    typed = {"wrong-name": "Grace Hopper", "wrong-email": "grace@", "wrong-country": "US"}
    wrong = samples.SampleForm(typed, prefix="wrong")
    return {"form": samples.SampleForm(prefix="empty"), "wrong": wrong}


def _gallery() -> Mapping[str, Any]:
    product = samples.product("Walking boots")
    return {"product": product, "images": samples.pictures()}


def _buying() -> Mapping[str, Any]:
    groups = samples.option_groups()
    return {"option_groups": groups, "variant": samples.variant(), "chosen_url": "#"}


def _cart() -> Mapping[str, Any]:
    lines, totals = samples.cart_lines()
    return {"items": lines, "totals": totals, "voucher_code": "TEN", "delivery_name": "Parcel"}


def _orders() -> Mapping[str, Any]:
    return {"orders": [Order(state=state) for state in State]}


def _look() -> Mapping[str, Any]:
    """A picture with two spots."""
    block = Block(pk=-1, title=str(_("Shop this look")), text=str(_("For long walks.")))
    places = ((0.15, 0.2, "Walking boots"), (0.55, 0.5, "Linen shirt"))
    spots = [
        Spot(label=label, x=Decimal(x), y=Decimal(y), width=Decimal("0.3"), height=Decimal("0.3"))
        for x, y, label in places
    ]
    markers = [Marker(spot, number, "#look") for number, spot in enumerate(spots, start=1)]
    picture = next(iter(samples.pictures(1)), None)
    shown = SimpleNamespace(block=block, picture=picture, markers=markers, is_first=False)
    return {"shown": shown}


def _stars() -> Mapping[str, Any]:
    return {"values": [Decimal(value) for value in ("0", "2.5", "4.3", "5")]}


def _chips() -> Mapping[str, Any]:
    """With each colour that has a dot in `swatches.css`."""
    css = (FOLDER / "swatches.css").read_text()
    return {"swatches": samples.COLORS, "color_names": re.findall(r'data-color="(\w+)"', css)}


def _icons() -> Mapping[str, Any]:
    names = sorted(path.stem for path in ICONS.glob("*.html") if path.stem != "swatch")
    return {"icons": [(name, f"icons/{name}.html") for name in names]}


SPECIMENS: list[Specimen] = [
    Specimen(_("Buttons and links"), "styleguide/buttons.html"),
    Specimen(_("Icons"), "styleguide/icons.html", _icons),
    Specimen(_("Fields"), "styleguide/fields.html", _form),
    Specimen(_("Chips and dots"), "styleguide/chips.html", _chips),
    Specimen(_("Notes and messages"), "styleguide/notes.html"),
    Specimen(_("Cards"), "styleguide/cards.html", _products),
    Specimen(_("Price and stock"), "styleguide/offer.html", _offer),
    Specimen(_("Gallery"), "styleguide/gallery.html", _gallery),
    Specimen(_("Options and buying"), "styleguide/buying.html", _buying),
    Specimen(_("A look with its spots"), "styleguide/look.html", _look),
    Specimen(_("Stars"), "styleguide/stars.html", _stars),
    Specimen(_("Cart"), "styleguide/cart.html", _cart),
    Specimen(_("States of an order"), "styleguide/orders.html", _orders),
    Specimen(_("Where one is"), "styleguide/places.html"),
    Specimen(_("When there is nothing"), "styleguide/empty.html"),
]
