"""From query to page."""

import io

import numpy as np
import pytest
from PIL import Image

from search import ranking
from search.asked import WORDS_ONLY, SearchUnavailable, compose
from search.encoders import EncoderUnavailable
from search.forms import SearchForm
from search.models import EmbeddingModel
from search.service import PageNotFound, SearchPage, search
from shop.catalog.models import ProductImage
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    VariantFactory,
    picture_bytes,
    upload,
)
from tests.search.colors.stored import paint
from tests.search.vectors import embed_image, embed_text, make_model, unit

pytestmark = pytest.mark.django_db


def ask(files: dict | None = None, **data: str) -> SearchPage:
    form = SearchForm(data, files)
    assert form.is_valid(), form.errors
    return search(form.query)


def titles(page: SearchPage) -> list[str]:
    return [result.product.title for result in page.results]


def test_more_like_this_orders_by_looks_and_leaves_the_product_out() -> None:
    model = make_model()
    asked, near, far = (ProductFactory(title=name, images=1) for name in ("Asked", "Near", "Far"))
    for product, vector in ((asked, unit(1)), (near, unit(1, 0.2)), (far, unit(0, 1))):
        embed_image(product.images.get(), model, vector)

    page = ask(like=asked.slug)

    assert titles(page) == ["Near", "Far"]
    assert page.total == 2


def test_the_picture_that_matched_is_shown_and_with_it_its_variant() -> None:
    model = make_model()
    asked = ProductFactory(images=1)
    embed_image(asked.images.get(), model, unit(0, 1))
    product = ProductFactory(
        images=2, variants=[{"sku": "red", "stock": 1}, {"sku": "blue", "stock": 1}]
    )
    red, blue = product.images.all()
    embed_image(red, model, unit(1))
    embed_image(blue, model, unit(0, 1))
    product.variants.filter(sku="red").update(image=red)
    product.variants.filter(sku="blue").update(image=blue)

    (result,) = ask(like=asked.slug).results

    assert (result.image, result.variant.sku) == (blue, "blue")


def test_a_colour_in_the_picture_shows_that_picture_and_its_variant() -> None:
    product = ProductFactory(title="Boots", images=3, variants=[])
    red, blue, detail = product.images.order_by("position")
    for image, color in ((red, "red"), (blue, "blue"), (detail, "blue")):
        paint(image, **{color: 900})
    VariantFactory(product=product, image=red, sku="red")
    VariantFactory(product=product, image=blue, sku="blue")

    (result,) = ask(q="boots", picture_color="blue", legs="words").results

    assert (result.image, result.variant.sku) == (blue, "blue")
    assert [swatch.name for swatch in result.comes_in] == ["red", "blue"]


def test_what_comes_in_one_colour_has_no_swatches_to_choose_from() -> None:
    product = ProductFactory(title="Boots", images=1)
    paint(product.images.get(), red=600, white=400)

    (result,) = ask(q="boots", legs="words").results

    assert len(result.swatches) == 2
    assert not result.comes_in


def test_a_colour_filter_shows_the_picture_of_that_colour() -> None:
    model = make_model()
    asked = ProductFactory(images=1)
    embed_image(asked.images.get(), model, unit(0, 1))
    product = ProductFactory(
        images=2,
        variants=[
            {"sku": "red", "options": {"color": "Red"}},
            {"sku": "blue", "options": {"color": "Blue"}},
        ],
    )
    red, blue = product.images.all()
    embed_image(red, model, unit(1))
    embed_image(blue, model, unit(0, 1))
    product.variants.filter(sku="red").update(image=red)
    product.variants.filter(sku="blue").update(image=blue)

    (result,) = ask(like=asked.slug, color="red").results

    assert (result.image, result.variant.sku) == (red, "red")


def test_what_is_not_embedded_yet_comes_last_rather_than_not_at_all() -> None:
    model = make_model()
    asked, near = ProductFactory(images=1), ProductFactory(title="Near", images=1)
    embed_image(asked.images.get(), model, unit(1))
    embed_image(near.images.get(), model, unit(1))
    ProductFactory(title="Pending", images=1)

    assert titles(ask(like=asked.slug)) == ["Near", "Pending"]


def test_browsing_shows_the_newest_first() -> None:
    boots = CategoryFactory(name="Boots")
    for name in ("Old", "New"):
        ProductFactory(title=name, category=boots)
    ProductFactory(title="Elsewhere")

    page = ask(category="boots")

    assert titles(page) == ["New", "Old"]
    assert page.total == 2


def test_a_page_beyond_the_last_is_an_error_that_says_how_many_there_are() -> None:
    boots = CategoryFactory(name="Boots")
    ProductFactory(category=boots)

    with pytest.raises(PageNotFound, match="This search has 1 page, not 2"):
        ask(category="boots", page="2")


def test_categories_are_counted_without_their_own_filter() -> None:
    boots, mugs = CategoryFactory(name="Boots"), CategoryFactory(name="Mugs")
    ProductFactory(category=boots)
    for _ in range(2):
        ProductFactory(category=mugs)

    page = ask(category="boots", in_stock="on")

    (categories, *_) = page.facets
    assert [(value.value, value.count) for value in categories.values] == [
        ("mugs", 2),
        ("boots", 1),
    ]


def test_without_an_encoder_words_are_searched_and_it_says_so() -> None:
    make_model()
    ProductFactory(title="Red boots")
    ProductFactory(title="Green mug")

    page = ask(q="boots", legs="image")

    assert titles(page) == ["Red boots"]
    assert page.total == 1
    assert page.notice == WORDS_ONLY


def test_words_reach_categories_attributes_and_options() -> None:
    boots = CategoryFactory(name="Boots")
    ProductFactory(title="Kestrel", category=boots, variants=[{"options": {"color": "Red"}}])
    ProductFactory(title="Linden", category=boots, variants=[{"options": {"color": "Blue"}}])
    ProductFactory(title="Nell", attributes={"material": "Leather"})
    ProductFactory(title="Mug in blue")

    assert titles(ask(q="red boots")) == ["Kestrel", "Linden"]
    assert titles(ask(q="leather")) == ["Nell"]
    assert set(titles(ask(q="blue"))) == {"Linden", "Mug in blue"}


def test_without_an_encoder_a_photo_alone_cannot_be_searched() -> None:
    make_model()

    with pytest.raises(SearchUnavailable, match="Try words"):
        ask(files={"image": upload(picture_bytes())})


def test_the_words_leg_alone_finds_only_what_holds_them_and_needs_no_encoder() -> None:
    make_model()
    ProductFactory(title="Red boots")
    ProductFactory(title="Green mug")

    page = ask(q="boots", legs="words")

    assert (titles(page), page.total, page.notice) == (["Red boots"], 1, "")
    assert [value.count for value in page.facets[0].values] == [1]


def test_before_any_model_is_built_words_are_searched() -> None:
    ProductFactory(title="Red boots")

    assert titles(ask(q="boots")) == ["Red boots"]


def test_more_like_a_product_that_is_not_embedded_yet() -> None:
    make_model()
    product = ProductFactory()
    ProductFactory(title="Another")

    page = ask(like=product.slug)

    assert (titles(page), page.notice) == (["Another"], ranking.NOT_READY)


def test_where_nothing_is_shown_nothing_is_called_the_newest() -> None:
    make_model()
    asked = ProductFactory()

    page = ask(like=asked.slug)

    assert (titles(page), page.notice) == ([], "")


def test_the_variant_that_the_words_ask_for_is_shown_with_its_picture() -> None:
    model = make_model()
    asked = ProductFactory(images=1)
    embed_image(asked.images.get(), model, unit(1))
    product = ProductFactory(
        title="Boots",
        images=2,
        variants=[
            {"sku": "red-38", "options": {"color": "Red", "size": "38"}},
            {"sku": "blue-38", "options": {"color": "Blue", "size": "38"}},
            {"sku": "blue-39", "options": {"color": "Blue", "size": "39"}},
        ],
    )
    red, blue = product.images.all()
    embed_image(red, model, unit(1))
    embed_image(blue, model, unit(0, 1))
    product.variants.filter(sku="red-38").update(image=red)
    product.variants.filter(sku__startswith="blue").update(image=blue)

    def shown(said: str) -> tuple[str, ProductImage]:
        (result,) = [one for one in ask(like=asked.slug, q=said).results if one.product == product]
        return result.variant.sku, result.image

    assert shown("boots") == ("red-38", red)
    assert shown("blue boots") == ("blue-38", blue)
    assert shown("boots 39") == ("blue-39", blue)
    assert shown("boots not red") == ("blue-38", blue)


def test_of_a_product_that_comes_in_both_not_red_means_the_other() -> None:
    ProductFactory(title="Boots", variants=[{"options": {"color": "Red"}}])
    both = ProductFactory(
        title="Boots",
        variants=[
            {"sku": "r", "options": {"color": "Red"}},
            {"sku": "b", "options": {"color": "Blue"}},
        ],
    )

    first, *_ = ask(q="boots not red", legs="words").results

    assert (first.product, first.variant.sku) == (both, "b")


def test_cheaper_beside_a_product_is_below_its_price() -> None:
    model = make_model()
    asked, dear, fair = (
        ProductFactory(title=title, images=1, variants=[{"price": price}])
        for title, price in (("Asked", "40"), ("Dear", "40"), ("Fair", "39.99"))
    )
    for product in (asked, dear, fair):
        embed_image(product.images.get(), model, unit(1))

    page = ask(like=asked.slug, q="cheaper")

    assert titles(page) == ["Fair"]
    assert page.notice == "Only what costs less than it, $40.00."


def test_cheaper_beside_a_photo_is_below_the_price_of_what_is_most_like_it(
    vitrine_mini: EmbeddingModel,
) -> None:
    photo = picture_bytes((64, 64), color="#c8232c")
    seen = vitrine_mini.encoder().encode_query_image(Image.open(io.BytesIO(photo)))
    alike = ProductFactory(title="Alike", images=1, variants=[{"price": "40"}])
    fair = ProductFactory(title="Fair", images=1, variants=[{"price": "30"}])
    embed_image(alike.images.get(), vitrine_mini, seen)
    embed_image(fair.images.get(), vitrine_mini, unit(1, dimension=vitrine_mini.dimension))

    page = ask({"image": upload(photo)}, q="cheaper")

    assert titles(page) == ["Fair"]
    assert page.notice == "Only what costs less than what is most like your photo, $40.00."


def test_words_rank_what_holds_them_first(vitrine_mini: EmbeddingModel) -> None:
    for n in range(30):
        product = ProductFactory(title=f"Thing {n}")
        embed_text(product, vitrine_mini, unit(1, n, dimension=vitrine_mini.dimension))
    ProductFactory(title="Zanzibar")

    page = ask(q="zanzibar")

    assert titles(page)[0] == "Zanzibar"
    assert page.total == 31
    assert len(page.results) == 24


def test_changed_weights_are_never_compared_with_old_vectors(vitrine_mini: EmbeddingModel) -> None:
    EmbeddingModel.objects.update(checksum="f" * 64)

    with pytest.raises(EncoderUnavailable, match="model build vitrine-mini"):
        EmbeddingModel.objects.get().encoder()


def test_a_running_process_loads_weights_that_changed(
    vitrine_mini: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = vitrine_mini.encoder()
    monkeypatch.setattr(loaded, "checksum", "0" * 64)  # as one that was loaded before they changed

    assert vitrine_mini.encoder().checksum == vitrine_mini.checksum


def test_composition_lies_between_photo_and_words() -> None:
    photo, words = unit(1), unit(0, 1)

    mixed = compose(photo, words)

    assert np.linalg.norm(mixed) == pytest.approx(1)
    assert 0 < mixed @ photo < 1 and 0 < mixed @ words < 1
    assert compose(photo, None) is photo
    assert compose(None, None) is None


def test_a_number_shows_its_own_variant_and_nothing_else() -> None:
    ProductFactory(
        title="Boots",
        variants=[{"sku": "BT-1-37"}, {"sku": "BT-1-38", "options": {"size": "38"}}],
    )
    ProductFactory(title="Boots 38")

    (exact,) = ask(q="bt-1-38", legs="words").results
    (said,) = ask(q="BT-1-3 38", legs="words").results

    assert (exact.variant.sku, said.variant.sku) == ("BT-1-38", "BT-1-38")
