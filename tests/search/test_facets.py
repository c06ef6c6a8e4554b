"""What a search's results have in common, counted."""

import random
from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from search import background, ranking, router
from search.choices import choices
from search.colors.names import INDEX
from search.facets import bands
from search.forms import SearchForm
from search.models import EmbeddingModel, PictureColors
from search.service import SearchPage, search
from search.words import lexicon
from shop.catalog.models import Product, ProductImage, Variant
from tests.factories import CategoryFactory, ProductFactory
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db

COLORS, SIZES, MATERIALS = ("Red", "Blue", "Green"), ("S", "M", "L"), ("Wool", "Cotton")
SEEN = ("red", "green", "white")


def ask(**data: str) -> SearchPage:
    form = SearchForm(data)
    assert form.is_valid(), form.errors
    return search(form.query)


def counts(page: SearchPage, name: str) -> dict[str, int]:
    found = [facet for facet in page.facets if facet.name == name]
    return {value.value: value.count for facet in found for value in facet.values}


def draw_shop(chance: random.Random) -> None:
    categories = [CategoryFactory(name=name) for name in ("Tops", "Bottoms")]
    for n in range(14):
        product = ProductFactory(
            title=f"{chance.choice(['Shirt', 'Shorts'])} {n}",
            category=chance.choice(categories),
            brand=chance.choice(["Acme", "Zeta", ""]),
            attributes={"material": chance.choice(MATERIALS)},
            variants=[
                {
                    "price": Decimal(chance.randrange(5, 60)),
                    "stock": chance.randrange(2),
                    "published": chance.random() < 0.8,
                    "options": {"color": chance.choice(COLORS), "size": chance.choice(SIZES)},
                }
                for _ in range(chance.randrange(1, 4))
            ],
        )
        draw_pictures(product, chance)


def draw_pictures(product: Product, chance: random.Random) -> None:
    """Up to three, some of variants, each of up to two colours; there are no files behind them."""
    pictures = [
        ProductImage.objects.create(product=product, position=n, content_hash=f"{product.pk}-{n}")
        for n in range(chance.randrange(4))
    ]
    for picture in pictures:
        seen = sorted(INDEX[name] for name in chance.sample(SEEN, chance.randrange(3)))
        PictureColors.objects.filter(image=picture).update(main=seen)
    for variant in product.variants.all():
        variant.image = chance.choice([None, *pictures[:2]])
        variant.save()


def passing(product: Product, asked: dict[str, str]) -> list[Variant]:
    """The published variants of a product that pass, one filter after another, in Python."""

    def values(variant: Variant) -> set[tuple[str, str]]:
        held = [*variant.options.all(), *product.attributes.all()]
        return {(value.attribute.slug, value.slug) for value in held}

    if asked.get("category", product.category.slug) != product.category.slug:
        return []
    if asked.get("brand", product.brand) != product.brand:
        return []
    return [
        variant
        for variant in product.variants.all()
        if variant.published
        and ("price_min" not in asked or variant.price >= Decimal(asked["price_min"]))
        and ("price_max" not in asked or variant.price <= Decimal(asked["price_max"]))
        and ("in_stock" not in asked or variant.stock > 0)
        and all(
            (name, asked[name]) in values(variant)
            for name in ("color", "size", "material")
            if name in asked
        )
        and ("picture_color" not in asked or asked["picture_color"] in seen(variant))
    ]


def seen(variant: Variant) -> set[str]:
    """The colours of its own picture, and of those of its product that belong to none."""
    pictures = ProductImage.objects.filter(product=variant.product).select_related("colors")
    return {
        name
        for picture in pictures
        if picture.pk == variant.image_id or not picture.variants.exists()
        for name in SEEN
        if INDEX[name] in picture.colors.main
    }


def counted(asked: dict[str, str], name: str) -> dict[str, int]:
    """The facet of that name, counted product by product."""
    own = ("price_min", "price_max") if name == "price" else (name,)
    others = {key: value for key, value in asked.items() if key not in own}
    found: Counter[str] = Counter()
    for product in Product.objects.filter(published=True):
        offered = passing(product, others)
        if not offered:
            continue
        if name == "category":
            found[product.category.slug] += 1
        elif name == "brand":
            found.update([product.brand] if product.brand else [])
        elif name == "picture_color":
            found.update({color for variant in offered for color in seen(variant)})
        else:
            found.update(
                {
                    value.slug
                    for variant in offered
                    for value in [*variant.options.all(), *product.attributes.all()]
                    if value.attribute.slug == name
                }
            )
    if name in asked:
        found.setdefault(asked[name], 0)
    return dict(found)


@pytest.mark.parametrize("seed", range(8))
def test_counts_are_those_of_counting_each_product(seed: int) -> None:
    # given a shop, and filters, any of them
    chance = random.Random(seed)
    draw_shop(chance)
    possible = {
        "category": ["tops", "bottoms"],
        "brand": ["Acme", "Zeta"],
        "color": ["red", "blue", "green"],
        "size": ["s", "m", "l"],
        "material": ["wool", "cotton"],
        "price_max": ["30"],
        "in_stock": ["1"],
        "picture_color": [*SEEN],
    }

    for _ in range(5):
        names = chance.sample(sorted(possible), chance.randrange(1, 4))
        asked = {name: chance.choice(possible[name]) for name in names}
        try:
            page = ask(**asked)
        except AssertionError:  # nothing in this shop has such a value
            continue

        for name in ("category", "brand", "color", "size", "material", "picture_color"):
            assert counts(page, name) == counted(asked, name), (asked, name)


def test_bands_of_prices_say_what_choosing_them_would_show() -> None:
    for price in (5, 8, 12, 19, 24, 33, 48, 60):
        ProductFactory(variants=[{"price": Decimal(price)}])

    page = ask(in_stock="0", price_min="0")
    found = counts(page, "price")

    assert len(found) > 2
    for band, count in found.items():
        low, high = band.split("-")
        assert ask(price_min=low, price_max=high).total == count


def bands_of(**asked: str) -> list[dict[str, Any]]:
    form = SearchForm(asked)
    assert form.is_valid()
    return choices(form, search(form.query))["price_bands"]


def test_bands_are_said_as_people_say_prices() -> None:
    for price in (5, 8, 12, 19, 24, 33, 48, 60):
        ProductFactory(variants=[{"price": Decimal(price)}])

    with translation.override("en"):
        labels = [band["label"] for band in bands_of(price_min="0")]
    with translation.override("de"):
        german = [band["label"] for band in bands_of(price_min="0")]

    assert labels == ["Up to $8", "$8 – $20", "$20 – $25", "$25 – $50", "Over $50"]
    assert [" ".join(label.split()) for label in german][::4] == ["Bis 8 $", "Über 50 $"]


def test_cents_are_said_where_a_bound_has_them() -> None:
    for price in ("1.5", "2", "2.4", "3", "4"):
        ProductFactory(variants=[{"price": Decimal(price)}])

    labels = [band["label"] for band in bands_of(price_min="0")]

    assert labels[1:] == ["$2.00 – $2.50", "$3 – $4", "Over $4"]


def test_a_band_at_an_end_asks_for_one_bound_and_is_taken_back() -> None:
    for price in (5, 8, 12, 19, 24, 33, 48, 60):
        ProductFactory(variants=[{"price": Decimal(price)}])
    first, *_, last = bands_of(price_min="0")

    assert first["url"] == "/search/?price_max=7.99"
    assert last["url"] == "/search/?price_min=50"
    for band in (first, last):
        asked = dict(parse_qsl(urlsplit(band["url"]).query))
        chosen = [one for one in bands_of(**asked) if one["chosen"]]
        assert [(one["label"], one["url"]) for one in chosen] == [(band["label"], "/search/")]


@given(st.lists(st.decimals(0, 100_000, places=2), max_size=60))
@example([Decimal("0.07"), Decimal("0.08")])
def test_whatever_prices_there_are_bands_hold_all_of_them(prices) -> None:
    found = bands(sorted(prices))

    if found:
        assert all(sum(low <= price <= high for low, high in found) == 1 for price in prices)


def test_facets_are_of_what_is_shown_not_of_the_shop() -> None:
    ProductFactory(title="Boots", category=CategoryFactory(name="Shoes"))
    ProductFactory(title="Mug", category=CategoryFactory(name="Cups"))

    assert counts(ask(q="boots", legs="words"), "category") == {"shoes": 1}


def test_of_more_than_are_ranked_facets_are_of_the_best_and_not_of_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 3)
    monkeypatch.setattr(ranking, "DEPTH_WITHOUT_WORDS", 2)
    monkeypatch.setattr(ranking, "PAGE_SIZE", 1)
    model = make_model()
    asked, *alike = (ProductFactory(brand="Alike", images=1) for _ in range(3))
    newer = [ProductFactory(brand="Newer", images=1) for _ in range(3)]
    for product in (asked, *alike):
        embed_image(product.images.get(), model, unit(1))
    for product in newer:
        embed_image(product.images.get(), model, unit(1, 0.9))

    page = ask(like=asked.slug, weights="kind:0")

    assert counts(page, "brand") == {"Alike": 2}
    assert page.faceted == 2
    assert len(page.results) == 5


def test_who_looks_around_has_facets_of_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 1)
    boots = CategoryFactory(name="Boots")
    for _ in range(3):
        ProductFactory(brand="Acme", category=boots)

    assert counts(ask(category="boots"), "brand") == {"Acme": 3}


@pytest.mark.parametrize("seed", range(4))
def test_choosing_a_value_shows_as_many_as_were_counted(seed: int) -> None:
    chance = random.Random(seed)
    for n in range(24):
        said = chance.choices(("Warm", "Boots", "Red", "Leather"), k=2)
        ProductFactory(
            title=" ".join([*said, str(n)]),
            description=chance.choice(("Red boots, warm.", "Of leather.", "")),
            brand=chance.choice(("Acme", "Zeta")),
            variants=[{"options": {"color": chance.choice(COLORS)}}],
        )
    said = "warm red boots"

    page = ask(q=said, legs="words")

    assert 0 < page.total < 24  # there is a tail, and it is cut
    for name in ("brand", "color"):
        counted = counts(page, name)
        assert counted == {
            value: ask(q=said, legs="words", **{name: value}).total for value in counted
        }


def test_where_a_filter_leaves_nothing_as_close_nothing_is_shown() -> None:
    ProductFactory(title="Warm red boots", brand="Acme")
    ProductFactory(title="Mug", description="A red mug.", brand="Zeta")

    assert ask(q="warm red boots", legs="words").total == 1
    page = ask(q="warm red boots", legs="words", brand="Zeta")
    assert (page.total, page.nothing_close) == (0, True)


def test_what_a_product_is_stays_so_whatever_facet_is_chosen() -> None:
    model = make_model()
    pairs = {"image-image": [0.1, 0.1], "text-text": [0.1, 0.1]}
    measured = {"pairs": pairs, "nonsense_scale": [1.0, 0.0], "splits": None}
    EmbeddingModel.objects.update(
        background={**measured, "version": background._VERSION, "measured_at": 1.0}
    )
    categories = {name: CategoryFactory(name=name.capitalize()) for name in ("mug", "hat")}
    for n, brand in enumerate(["Acme", "Zeta"] * 4):
        for title, looks in (("mug", unit(1, 0.05 * n)), ("hat", unit(0.5, 1 + 0.05 * n))):
            product = ProductFactory(
                slug=f"{title}-{n}",
                title=title,
                brand=brand,
                category=categories[title],
                images=1,
            )
            embed_image(product.images.get(), model, looks)
    lexicon.update()

    page = ask(like="mug-0")

    for name in ("brand", "category"):
        counted = counts(page, name)
        assert counted == {v: ask(like="mug-0", **{name: v}).total for v in counted}
    assert counts(page, "category") == {"mug": 7}
    assert ask(like="mug-0", category="hat").total == 8
