"""What a request asks for, checked: a form that the page, the API and the command line share -> a
`SearchQuery`, or what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search import crops, hints, price_words, spots
from search.colors.names import INDEX, NAMES
from search.colors.subject import Box
from search.desk.live import live
from search.models import Listing
from search.query import (
    HIGHEST_WEIGHT,
    MAX_PAGE,
    MAX_WORDS,
    MOST_EXAMPLES,
    WINDOW,
    Leg,
    SearchQuery,
    Sort,
)
from shop.catalog.images import TakenImage, take_in
from shop.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Product,
)
from shop.editorial.models import Spot
from shop.formats import number

# The fields that are true or false.
FLAGS = ("in_stock", "explain", "describe")
SORTS = (
    (Sort.BEST, _("Best match")),
    (Sort.PRICE, _("Lowest price")),
    (Sort.DEAREST, _("Highest price")),
    (Sort.NEWEST, _("Newest")),
)
# What Django's own messages leave out: what would be right.
NO_PRICE = {"invalid": _("A price is a number, such as 25 or 49.90.")}
NO_SPOT = _("This picture is no longer shown.")
NO_PAGE = {"invalid": _("A page is a whole number, such as 2.")}
HIGHEST_KEY = 2**63 - 1
# Of a shop's names, so many are looked at for what was meant.
MOST_NAMES = 2_000


def _with_prices_said(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was sent, with the prices that its words say as the filters that they are, in place of
    those that were sent: words are what is said last."""
    said = data.get("q")
    if not isinstance(said, str):
        return data
    text, low, high = price_words.read(said[: 2 * MAX_WORDS])
    if low is None and high is None:
        return data
    prices = {"price_min": low, "price_max": high}
    changed = {"q": text} | {
        name: "" if price is None else str(price) for name, price in prices.items()
    }
    return {**{name: data.get(name) for name in data}, **changed}


def _not_there(told: str, said: str, known: QuerySet[Any, str], **names: str) -> str:
    """The message for a name that the shop does not have; `told` has a place for it."""
    return told % {"said": said[:80], **names} + hints.instead(said, known[:MOST_NAMES])


def _no_product(handle: str) -> str:
    """The message for a handle that no product on sale has."""
    alike = Product.objects.published().filter(slug__istartswith=handle[:2])
    meant = hints.closest(
        handle, alike.order_by("slug").values_list("slug", flat=True)[:MOST_NAMES]
    )
    told = gettext("There is no product “%(said)s”.") % {"said": handle[:80]}
    return f"{told} {hints.did_you_mean(meant)}" if meant else told


def _no_leg(name: str) -> str:
    told = gettext("There is no leg “%(name)s”. Choose among %(names)s.")
    return told % {"name": name, "names": ", ".join(Leg)}


class TextField(forms.CharField):
    """Text that a database can hold. JSON can carry half a character; an address cannot."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise forms.ValidationError(gettext("This is not valid Unicode text.")) from error
        return text


class SortField(TextField):
    """One of `SORTS`: text first, so that what is none of them can be told."""

    choices = SORTS

    def clean(self, value: Any) -> Sort:
        said = super().clean(value)
        try:
            return Sort(said)
        except ValueError:
            told = gettext("There is no order “%(said)s”. Choose among %(names)s.")
            names = ", ".join(sort for sort in Sort if sort)
            raise forms.ValidationError(told % {"said": said[:80], "names": names}) from None


class SearchForm(forms.Form):
    """Reads a search from a request. `clean()` leaves the `SearchQuery` in `self.query`.

    `photo` is a picture that the shopper sent before and that the page has kept; or, once it is
    clean, whatever picture is searched with, whole. Besides the fields below, each attribute of the
    shop is one, by its slug: `?material=leather`.
    """

    q = TextField(
        required=False,
        label=_("Words"),
        validators=[
            MaxLengthValidator(
                MAX_WORDS, _("Use at most %(limit_value)d characters, not %(show_value)d.")
            )
        ],
    )
    image = forms.FileField(required=False, label=_("Photo"), allow_empty_file=True)
    crop = TextField(required=False, max_length=60, label=_("Part of the photo"))
    spot = TextField(required=False, max_length=20, label=_("Part of a picture of the shop"))
    like = TextField(required=False, max_length=200, label=_("Similar to"))
    category = TextField(required=False, max_length=160, label=_("Category"))
    price_min = forms.DecimalField(
        required=False, label=_("Lowest price"), max_digits=12, error_messages=NO_PRICE
    )
    price_max = forms.DecimalField(
        required=False, label=_("Highest price"), max_digits=12, error_messages=NO_PRICE
    )
    in_stock = TextField(required=False, max_length=10, label=_("In stock"))
    brand = TextField(required=False, max_length=120, label=_("Brand"))
    color = TextField(required=False, max_length=120, label=_("Colour"))
    size = TextField(required=False, max_length=120, label=_("Size"))
    picture_color = TextField(required=False, max_length=120, label=_("Colour in the picture"))
    looks = TextField(required=False, max_length=MAX_WORDS, label=_("Words for pictures"))
    about = TextField(required=False, max_length=MAX_WORDS, label=_("Words for descriptions"))
    more = TextField(required=False, max_length=1_100, label=_("More like"))
    less = TextField(required=False, max_length=1_100, label=_("Less like"))
    legs = TextField(required=False, max_length=60, label=_("Legs"))
    weights = TextField(required=False, max_length=120, label=_("Weights"))
    sort = SortField(required=False, label=_("Sort by"))
    page = forms.IntegerField(required=False, label=_("Page"), error_messages=NO_PAGE)
    # Not of the query: whether the answer is to say how it was found, and what the photo shows.
    explain = TextField(required=False, max_length=10, label=_("Explain"))
    describe = TextField(required=False, max_length=10, label=_("Describe"))

    query: SearchQuery
    found_spot: Spot | None = None  # whose picture is searched with, once it is clean

    def __init__(self, *args: Any, photo: TakenImage | None = None, **kwargs: Any) -> None:
        self.photo = photo
        super().__init__(*args, **kwargs)
        self.data = _with_prices_said(self.data)
        self.attributes = ["color", "size"]
        # What is not printable (a NUL, half a character of JSON) no database can look for.
        asked = [
            name
            for name in self.data
            if (name not in self.base_fields and len(name) <= 80 and name.isprintable())
            or (name in self.attributes and self.data[name])
        ]
        if asked:
            for attribute in Attribute.objects.filter(slug__in=asked):
                if attribute.slug in self.attributes:  # the shop has a name for it
                    self.fields[attribute.slug].label = attribute.name
                    continue
                self.fields[attribute.slug] = TextField(
                    required=False, max_length=120, label=attribute.name
                )
                self.attributes.append(attribute.slug)

    @property
    def filters(self) -> list[str]:
        """The names of the fields that narrow a search, whatever it looks for."""
        return [
            "category",
            "price_min",
            "price_max",
            "in_stock",
            "brand",
            "picture_color",
            *self.attributes,
        ]

    def clean_image(self) -> TakenImage | None:
        file = self.cleaned_data["image"]
        return take_in(file, name=file.name) if file else self.photo

    def clean_crop(self) -> Box | None:
        text = self.cleaned_data["crop"]
        try:
            return crops.read(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_spot(self) -> TakenImage | None:
        """What is in the spot of a picture of the shop's."""
        said = self.cleaned_data["spot"]
        if not said:
            return None
        known = said.isascii() and said.isdigit() and int(said) <= HIGHEST_KEY
        spot = spots.find(int(said)) if known else None
        photo = spots.photo_of(spot) if spot else None
        self.found_spot = spot
        if photo is None:
            raise forms.ValidationError(NO_SPOT, code="gone")
        return photo

    def clean_like(self) -> Product | None:
        slug = self.cleaned_data["like"]
        if not slug:
            return None
        product = Product.objects.published().filter(slug=slug).first()
        if product is None:
            raise forms.ValidationError(_no_product(slug))
        return product

    def clean_more(self) -> tuple[Product, ...]:
        return self._products("more")

    def clean_less(self) -> tuple[Product, ...]:
        return self._products("less")

    def _products(self, name: str) -> tuple[Product, ...]:
        slugs = [slug.strip() for slug in self.cleaned_data[name].split(",") if slug.strip()]
        if len(slugs) > MOST_EXAMPLES:
            raise forms.ValidationError(
                gettext("Name at most %(most)d products, not %(count)d.")
                % {"most": MOST_EXAMPLES, "count": len(slugs)}
            )
        if not slugs:
            return ()
        found = {one.slug: one for one in Product.objects.published().filter(slug__in=slugs)}
        for slug in slugs:
            if slug not in found:
                raise forms.ValidationError(_no_product(slug))
        return tuple(found[slug] for slug in dict.fromkeys(slugs))

    def clean_weights(self) -> dict[Leg, float]:
        weights = {}
        for part in self.cleaned_data["weights"].split(","):
            if not part.strip():
                continue
            name, _, said = (piece.strip() for piece in part.partition(":"))
            if name not in list(Leg):
                raise forms.ValidationError(_no_leg(name))
            try:
                weight = float(said)
            except ValueError:
                weight = -1.0
            if not 0 <= weight <= HIGHEST_WEIGHT:
                raise forms.ValidationError(
                    gettext(
                        "The weight of %(leg)s is a number from 0 to %(most)s, as in "
                        "“%(leg)s:1.5”; not “%(said)s”."
                    )
                    % {"leg": name, "most": number(HIGHEST_WEIGHT), "said": said}
                )
            weights[Leg(name)] = weight
        return weights

    def clean_category(self) -> Category | None:
        slug = self.cleaned_data["category"]
        if not slug:
            return None
        category = Category.objects.filter(slug=slug).first()
        if category is None:
            known = Category.objects.order_by("depth", "name").values_list("slug", flat=True)
            raise forms.ValidationError(
                _not_there(gettext("There is no category “%(said)s”."), slug, known)
            )
        return category

    def clean_price_min(self) -> Decimal | None:
        return self._price("price_min")

    def clean_price_max(self) -> Decimal | None:
        return self._price("price_max")

    def _price(self, name: str) -> Decimal | None:
        price: Decimal | None = self.cleaned_data[name]
        if price is not None and price < 0:
            raise forms.ValidationError(gettext("A price cannot be below zero."))
        # Nothing has no digits to count, so its exponent may be any: 0E999999999.
        return Decimal(0) if price == 0 else price

    def clean_in_stock(self) -> bool:
        return self._flag("in_stock")

    def clean_explain(self) -> bool:
        return self._flag("explain")

    def clean_describe(self) -> bool:
        return self._flag("describe")

    def _flag(self, name: str) -> bool:
        said = self.cleaned_data[name].lower()
        if said in ("1", "true", "on", "yes"):
            return True
        if said in ("", "0", "false", "off", "no"):
            return False
        raise forms.ValidationError(gettext("Say true or false."))

    def clean_brand(self) -> str:
        brand: str = self.cleaned_data["brand"]
        if brand and not Product.objects.filter(brand=brand).exists():
            on_sale = Listing.objects.exclude(brand="").order_by("brand")
            known = on_sale.values_list("brand", flat=True).distinct()
            raise forms.ValidationError(
                _not_there(gettext("There is no brand “%(said)s”."), brand, known)
            )
        return brand

    def clean_picture_color(self) -> str:
        name: str = self.cleaned_data["picture_color"]
        if name and name not in INDEX:
            raise forms.ValidationError(
                gettext("There is no colour “%(said)s”. Choose among %(names)s.")
                % {"said": name[:80], "names": ", ".join(NAMES)}
            )
        return name

    def _clean_values(self, data: dict[str, Any]) -> dict[str, AttributeValue]:
        """The value of each attribute that is asked for."""
        asked = {name: data[name] for name in self.attributes if data.get(name)}
        found = {}
        for name, slug in asked.items():
            value = AttributeValue.objects.filter(attribute__slug=name, slug=slug).first()
            if value is None:
                label = hints.within_a_sentence(str(self.fields[name].label))
                told = gettext("There is no %(attribute)s “%(said)s”.")
                values = AttributeValue.objects.filter(attribute__slug=name)
                known = values.order_by("position", "value").values_list("slug", flat=True)
                self.add_error(name, _not_there(told, slug, known, attribute=label))
            else:
                found[name] = value
        return found

    def clean_legs(self) -> frozenset[Leg]:
        names = [name.strip() for name in self.cleaned_data["legs"].split(",") if name.strip()]
        unknown = [name for name in names if name not in list(Leg)]
        if unknown:
            raise forms.ValidationError(_no_leg(unknown[0]))
        return frozenset(Leg(name) for name in names) or frozenset(Leg)

    def clean_page(self) -> int:
        page: int | None = self.cleaned_data["page"]
        if page is None:
            return 1
        if not 1 <= page <= MAX_PAGE:
            raise forms.ValidationError(
                gettext(
                    "Pages go from 1 to %(last)d: a search shows its first %(most)s results. "
                    "Narrow it by category or price to see others."
                )
                % {"last": MAX_PAGE, "most": number(WINDOW)}
            )
        return page

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("price_min"), data.get("price_max")
        if low is not None and high is not None and low > high:
            self.add_error("price_min", gettext("The lowest price is above the highest."))
        self.photo = data.get("image") or data.get("spot")
        if self.photo and data.get("like"):
            self.add_error("like", gettext("Search by a photo or by a product, not by both."))
        values = self._clean_values(data)
        if self.errors:
            return data
        photo = self.photo
        text, cheaper = " ".join(data["q"].split()), False
        if photo or data["like"]:
            text, cheaper = price_words.cheaper(text)
        in_force = live()
        self.query = SearchQuery(
            text=text,
            cheaper=cheaper,
            photo=crops.cut(photo, data["crop"]) if photo and data["crop"] else photo,
            like=data["like"],
            category=data["category"],
            price_min=low,
            price_max=high,
            in_stock=data["in_stock"],
            brand=data["brand"],
            picture_color=data["picture_color"],
            values=values,
            legs=data["legs"],
            sort=data["sort"],
            page=data["page"],
            looks=" ".join(data["looks"].split()),
            about=" ".join(data["about"].split()),
            more=data["more"],
            less=data["less"],
            weighing=data["weights"],
            setting=in_force.setting,
        )
        if self.query.by_words_alone:
            self.query = replace(self.query, arranged=in_force.arranged(text))
        # All there is, in an order: that is something to look for.
        if not self.query.ranks and not self.query.filters.any and not self.query.sort:
            raise forms.ValidationError(
                gettext(
                    "Say what you look for: words, a photo, or at least a category or another "
                    "filter."
                ),
                code="empty",
            )
        if self.query.only_denies:
            raise forms.ValidationError(
                gettext("Say what you look for, too: “%(said)s” only says what to leave out.")
                % {"said": self.query.text or self.query.for_pictures}
            )
        if self.query.ranks and not self.query.compares:
            raise forms.ValidationError(
                gettext(
                    "With these weights and legs nothing is compared: words need one of image, "
                    "text and words above 0, a product image or text, a photo image."
                )
            )
        return data
