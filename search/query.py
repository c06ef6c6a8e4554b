"""One `SearchQuery`, made by one form that the page, the API and the command line share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from search import crops, price_words
from search.colors.subject import Box
from search.filters import Filters
from shop.catalog.images import TakenImage, take_in
from shop.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Product,
    Variant,
    VariantQuerySet,
)

PAGE_SIZE = 24
# A shopper does not read further, and what nobody reads need not be ranked.
WINDOW = 1000
MAX_PAGE = -(-WINDOW // PAGE_SIZE)
MAX_WORDS = 500  # characters


class Leg(StrEnum):
    """A way of finding products; `search.fusion` makes one order of all."""

    IMAGE = "image"  # vectors of pictures
    TEXT = "text"  # vectors of product texts
    WORDS = "words"  # words of texts, as they are written
    COLOR = "color"  # colours of pictures, by their pixels
    KIND = "kind"  # what a photo shows, as the products are called that look like it


# What a deviation above the background is worth; what it is worth to hold all words, to be all of
# the colour, and to be called all that the photo shows.
DEFAULT_WEIGHTS: Mapping[Leg, float] = {
    Leg.IMAGE: 0.5,
    Leg.TEXT: 0.5,
    Leg.WORDS: 36.0,
    Leg.COLOR: 4.0,
}
# A picture alone: what looks like it, and of that sooner what is the same thing.
PICTURE_WEIGHTS: Mapping[Leg, float] = {**DEFAULT_WEIGHTS, Leg.KIND: 2.0}
# Words beside a picture say how it should differ ("in red"): the picture says what it is.
COMPOSED_WEIGHTS: Mapping[Leg, float] = {
    Leg.IMAGE: 1.0,
    Leg.TEXT: 0.0,
    Leg.WORDS: 16.0,
    Leg.COLOR: 4.0,
    Leg.KIND: 18.0,
}
HIGHEST_WEIGHT = 1_000
# Products that a search can be told to be more, or less, like.
MOST_EXAMPLES = 5


@dataclass(frozen=True)
class SearchQuery:
    """What a shopper looks for, and within what. Prices are in the shop's currency."""

    text: str = ""
    photo: TakenImage | None = None
    like: Product | None = None
    category: Category | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    in_stock: bool = False
    brand: str = ""
    # By the slug of the attribute: of the variant, or of its product as a whole.
    values: Mapping[str, AttributeValue] = field(default_factory=dict)
    legs: frozenset[Leg] = frozenset(Leg)
    page: int = 1
    # Other words for pictures, or for descriptions, than `text`.
    looks: str = ""
    about: str = ""
    # More, and less, of what these products look like.
    more: tuple[Product, ...] = ()
    less: tuple[Product, ...] = ()
    # Instead of the weights for this kind of query.
    weighing: Mapping[Leg, float] = field(default_factory=dict)

    @property
    def for_pictures(self) -> str:
        """The words that pictures are compared with."""
        return self.looks or self.text

    @property
    def for_texts(self) -> str:
        """The words that descriptions are compared with, and that are looked up in texts."""
        return self.about or self.text

    @property
    def said(self) -> bool:
        """Whether there are words of any kind."""
        return bool(self.text or self.looks or self.about)

    @property
    def ranks(self) -> bool:
        """Whether there is something to rank by; else it is browsing, within filters."""
        return bool(self.said or self.photo or self.like or self.more)

    @property
    def weights(self) -> Mapping[Leg, float]:
        """The weight of each leg that is to be used, for this kind of query."""
        usual = DEFAULT_WEIGHTS
        if self.photo is not None or self.like is not None:
            usual = COMPOSED_WEIGHTS if self.said else PICTURE_WEIGHTS
        weights = {**usual, **self.weighing}
        return {leg: weight for leg, weight in weights.items() if leg in self.legs}

    @property
    def filters(self) -> Filters:
        """All that a product must be, for SQL."""
        return Filters(
            path=self.category.path if self.category else "",
            brand=self.brand,
            values=tuple(sorted(value.pk for value in self.values.values())),
            price_min=self.price_min,
            price_max=self.price_max,
            in_stock=self.in_stock,
            without=self.like.pk if self.like else None,
        )

    @property
    def narrows_variants(self) -> bool:
        """Whether a published variant of a product that passes may fail to pass."""
        return bool(self.in_stock or self.values) or (self.price_min, self.price_max) != (
            None,
            None,
        )

    def variants(self) -> VariantQuerySet:
        """The variants that pass: price, stock and values hold of one and the same variant."""
        found = Variant.objects.published().priced(at_least=self.price_min, at_most=self.price_max)
        if self.in_stock:
            found = found.in_stock()
        for value in self.values.values():
            found = found.with_value(value)
        return found


def _with_prices_said(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was sent, with the prices that its words say as the filters that they are; filters that
    were sent stand."""
    said = data.get("q")
    if not isinstance(said, str) or data.get("price_min") or data.get("price_max"):
        return data
    text, low, high = price_words.read(said[: 2 * MAX_WORDS])
    if low is None and high is None:
        return data
    prices = {"price_min": low, "price_max": high}
    changed = {"q": text} | {
        name: str(price) for name, price in prices.items() if price is not None
    }
    return {**{name: data.get(name) for name in data}, **changed}


class TextField(forms.CharField):
    """Text that a database can hold. JSON can carry half a character; an address cannot."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise forms.ValidationError("This is not valid Unicode text.") from error
        return text


class SearchForm(forms.Form):
    """Reads a search from a request. `clean()` leaves the `SearchQuery` in `self.query`.

    `photo` is a picture that the shopper sent before and that the page has kept. Besides the fields
    below, each attribute of the shop is one, by its slug: `?material=leather`.
    """

    q = TextField(
        required=False,
        label="Words",
        validators=[
            MaxLengthValidator(
                MAX_WORDS, "Use at most %(limit_value)d characters, not %(show_value)d."
            )
        ],
    )
    image = forms.FileField(required=False, label="Photo", allow_empty_file=True)
    crop = TextField(required=False, max_length=60, label="Part of the photo")
    like = TextField(required=False, max_length=200, label="Similar to")
    category = TextField(required=False, max_length=160, label="Category")
    price_min = forms.DecimalField(required=False, label="Lowest price", max_digits=12)
    price_max = forms.DecimalField(required=False, label="Highest price", max_digits=12)
    in_stock = TextField(required=False, max_length=10, label="In stock")
    brand = TextField(required=False, max_length=120, label="Brand")
    color = TextField(required=False, max_length=120, label="Colour")
    size = TextField(required=False, max_length=120, label="Size")
    looks = TextField(required=False, max_length=MAX_WORDS, label="Words for pictures")
    about = TextField(required=False, max_length=MAX_WORDS, label="Words for descriptions")
    more = TextField(required=False, max_length=1_100, label="More like")
    less = TextField(required=False, max_length=1_100, label="Less like")
    legs = TextField(required=False, max_length=60, label="Legs")
    weights = TextField(required=False, max_length=120, label="Weights")
    page = forms.IntegerField(required=False, label="Page")
    # Not of the query: whether the answer is to say how it was found.
    explain = TextField(required=False, max_length=10, label="Explain")

    query: SearchQuery

    def __init__(self, *args: Any, photo: TakenImage | None = None, **kwargs: Any) -> None:
        self.photo = photo
        super().__init__(*args, **kwargs)
        self.data = _with_prices_said(self.data)
        self.attributes = ["color", "size"]
        # What is not printable (a NUL, half a character of JSON) no database can look for.
        others = [
            name
            for name in self.data
            if name not in self.base_fields and len(name) <= 80 and name.isprintable()
        ]
        if others:
            for attribute in Attribute.objects.filter(slug__in=others):
                self.fields[attribute.slug] = TextField(
                    required=False, max_length=120, label=attribute.name
                )
                self.attributes.append(attribute.slug)

    @property
    def filters(self) -> list[str]:
        """The names of the fields that narrow a search, whatever it looks for."""
        return ["category", "price_min", "price_max", "in_stock", "brand", *self.attributes]

    def clean_image(self) -> TakenImage | None:
        file = self.cleaned_data["image"]
        return take_in(file, name=file.name) if file else self.photo

    def clean_crop(self) -> Box | None:
        text = self.cleaned_data["crop"]
        try:
            return crops.read(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_like(self) -> Product | None:
        slug = self.cleaned_data["like"]
        if not slug:
            return None
        product = Product.objects.published().filter(slug=slug).first()
        if product is None:
            raise forms.ValidationError(f"There is no product “{slug[:80]}”.")
        return product

    def clean_more(self) -> tuple[Product, ...]:
        return self._products("more")

    def clean_less(self) -> tuple[Product, ...]:
        return self._products("less")

    def _products(self, name: str) -> tuple[Product, ...]:
        slugs = [slug.strip() for slug in self.cleaned_data[name].split(",") if slug.strip()]
        if len(slugs) > MOST_EXAMPLES:
            raise forms.ValidationError(f"Name at most {MOST_EXAMPLES} products, not {len(slugs)}.")
        found = {one.slug: one for one in Product.objects.published().filter(slug__in=slugs)}
        for slug in slugs:
            if slug not in found:
                raise forms.ValidationError(f"There is no product “{slug[:80]}”.")
        return tuple(found[slug] for slug in dict.fromkeys(slugs))

    def clean_weights(self) -> dict[Leg, float]:
        weights = {}
        for part in self.cleaned_data["weights"].split(","):
            if not part.strip():
                continue
            name, _, said = (piece.strip() for piece in part.partition(":"))
            if name not in list(Leg):
                raise forms.ValidationError(
                    f"There is no leg “{name}”. Choose among {', '.join(Leg)}."
                )
            try:
                weight = float(said)
            except ValueError:
                weight = -1.0
            if not 0 <= weight <= HIGHEST_WEIGHT:
                raise forms.ValidationError(
                    f"The weight of {name} is a number from 0 to {HIGHEST_WEIGHT:,}, as in "
                    f"“{name}:1.5”; not “{said}”."
                )
            weights[Leg(name)] = weight
        return weights

    def clean_category(self) -> Category | None:
        slug = self.cleaned_data["category"]
        if not slug:
            return None
        category = Category.objects.filter(slug=slug).first()
        if category is None:
            raise forms.ValidationError(f"There is no category “{slug[:80]}”.")
        return category

    def clean_price_min(self) -> Decimal | None:
        return self._price("price_min")

    def clean_price_max(self) -> Decimal | None:
        return self._price("price_max")

    def _price(self, name: str) -> Decimal | None:
        price: Decimal | None = self.cleaned_data[name]
        if price is not None and price < 0:
            raise forms.ValidationError("A price cannot be below zero.")
        # Nothing has no digits to count, so its exponent may be any: 0E999999999.
        return Decimal(0) if price == 0 else price

    def clean_in_stock(self) -> bool:
        return self._flag("in_stock")

    def clean_explain(self) -> bool:
        return self._flag("explain")

    def _flag(self, name: str) -> bool:
        said = self.cleaned_data[name].lower()
        if said in ("1", "true", "on", "yes"):
            return True
        if said in ("", "0", "false", "off", "no"):
            return False
        raise forms.ValidationError("Say true or false.")

    def clean_brand(self) -> str:
        brand: str = self.cleaned_data["brand"]
        if brand and not Product.objects.filter(brand=brand).exists():
            raise forms.ValidationError(f"There is no brand “{brand[:80]}”.")
        return brand

    def _clean_values(self, data: dict[str, Any]) -> dict[str, AttributeValue]:
        """The value of each attribute that is asked for."""
        asked = {name: data[name] for name in self.attributes if data.get(name)}
        found = {}
        for name, slug in asked.items():
            value = AttributeValue.objects.filter(attribute__slug=name, slug=slug).first()
            if value is None:
                label = str(self.fields[name].label).lower()
                self.add_error(name, f"There is no {label} “{slug[:80]}”.")
            else:
                found[name] = value
        return found

    def clean_legs(self) -> frozenset[Leg]:
        names = [name.strip() for name in self.cleaned_data["legs"].split(",") if name.strip()]
        unknown = [name for name in names if name not in list(Leg)]
        if unknown:
            raise forms.ValidationError(
                f"There is no leg “{unknown[0]}”. Choose among {', '.join(Leg)}."
            )
        return frozenset(Leg(name) for name in names) or frozenset(Leg)

    def clean_page(self) -> int:
        page: int | None = self.cleaned_data["page"]
        if page is None:
            return 1
        if not 1 <= page <= MAX_PAGE:
            raise forms.ValidationError(
                f"Pages go from 1 to {MAX_PAGE}: a search shows its first {WINDOW:,} results. "
                "Narrow it by category or price to see others."
            )
        return page

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("price_min"), data.get("price_max")
        if low is not None and high is not None and low > high:
            self.add_error("price_min", "The lowest price is above the highest.")
        if data.get("image") and data.get("like"):
            self.add_error("like", "Search by a photo or by a product, not by both.")
        values = self._clean_values(data)
        if self.errors:
            return data
        photo: TakenImage | None = data["image"]
        self.query = SearchQuery(
            text=" ".join(data["q"].split()),
            photo=crops.cut(photo, data["crop"]) if photo and data["crop"] else photo,
            like=data["like"],
            category=data["category"],
            price_min=low,
            price_max=high,
            in_stock=data["in_stock"],
            brand=data["brand"],
            values=values,
            legs=data["legs"],
            page=data["page"],
            looks=" ".join(data["looks"].split()),
            about=" ".join(data["about"].split()),
            more=data["more"],
            less=data["less"],
            weighing=data["weights"],
        )
        if not self.query.ranks and not self.query.filters.any:
            raise forms.ValidationError(
                "Say what you look for: words, a photo, or at least a category or another filter.",
                code="empty",
            )
        return data
