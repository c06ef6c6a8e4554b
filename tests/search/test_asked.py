"""All that a query compares with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from pgvector import HalfVector
from PIL import Image

from search import background, router
from search.asked import LESS, MORE, UNWANTED_LOOKS, Asked, compose, look, read
from search.evidence import Evidence
from search.facts import Facts
from search.models import EmbeddingModel
from search.query import Leg, SearchQuery
from search.words import lexicon
from shop.catalog.images import TakenImage, take_in
from shop.catalog.models import Product
from tests.factories import CategoryFactory, ProductFactory, picture_bytes
from tests.search.vectors import embed_image, embed_text, make_model, unit

pytestmark = pytest.mark.django_db

PHOTO, NONSENSE = unit(0, 0, 0, 0, 1), unit(0, 0, 0, 0, 0, 1)
MEASURED = {
    "version": background._VERSION,
    "measured_at": 1.0,
    "pairs": {},
    "nonsense_scale": [1.0, 0.0],
    "splits": [1.0, 0.0],
}


class Encoder:
    """Texts have the vectors that are given; others, and words of several letters that it has
    not read, mean nothing."""

    int8: frozenset[str] = frozenset()

    def __init__(self, texts: Mapping[str, np.ndarray]) -> None:
        self.texts = texts

    def query_key(self, text: str) -> bytes:
        return text.encode()

    def encode_query_text(self, text: str) -> np.ndarray:
        return self.texts.get(text, NONSENSE)

    def encode_query_image(self, image: Image.Image) -> np.ndarray:
        return PHOTO

    def count_tokens(self, text: str) -> int:
        return 1 if text in WRITTEN else len(text)


SAID = {"red boots": unit(1), "red": unit(0, 1), "laces": unit(0, 0, 1), "boots": unit(1, 1)}
WRITTEN = {"couch", "boost", "shock", "rain", "turtleneck"}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> EmbeddingModel:
    encoder = Encoder(SAID)
    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: encoder)
    return make_model()


@pytest.fixture
def knowing(model: EmbeddingModel) -> EmbeddingModel:
    """A model that tells words from nonsense."""
    EmbeddingModel.objects.update(nonsense=HalfVector(NONSENSE), background=MEASURED)
    return EmbeddingModel.objects.get()


def pictured(model: EmbeddingModel, vector: np.ndarray, **values: Any) -> Product:
    product = ProductFactory(images=1, **values)
    embed_image(product.images.get(), model, vector)
    return product


def photo() -> TakenImage:
    return take_in(picture_bytes())


def asked(model: EmbeddingModel, **values: Any) -> Asked:
    query = SearchQuery(**values)
    facts = Facts()
    return look(read(query, facts), query, model, router.match(query.filters), facts)


def said(one: Asked) -> list[str]:
    return [term.said for term in one.words.terms]


def test_words_are_read_for_what_is_wanted_and_what_is_not() -> None:
    one = read(SearchQuery(text="red boots without laces"), Facts())

    assert said(one) == ["red", "boots"]
    assert [term.said for term in one.unwanted.terms] == ["laces"]
    assert one.intent.unwanted == ("laces",)
    assert max(one.colors, key=lambda name: one.colors[name]) == "red"


def test_a_colour_that_is_not_wanted_is_not_asked_for() -> None:
    assert read(SearchQuery(text="boots not black"), Facts()).colors == {}


def test_colours_are_read_from_the_words_for_pictures_and_terms_from_those_for_texts() -> None:
    one = read(SearchQuery(text="red mug", looks="green", about="boots"), Facts())

    assert "green" in one.colors and "red" not in one.colors
    assert said(one) == ["boots"]


def test_a_photo_alone_says_no_words() -> None:
    one = read(SearchQuery(photo=photo()), Facts())

    assert one == Asked()


def test_words_are_compared_with_pictures_and_with_texts(model: EmbeddingModel) -> None:
    one = asked(model, text="red boots")

    assert set(one.targets) == {Leg.IMAGE, Leg.TEXT}
    for target in one.targets.values():
        np.testing.assert_array_equal(target.vector, SAID["red boots"])
    assert one.queries == {Leg.IMAGE: "text", Leg.TEXT: "text"}
    assert (one.targets[Leg.IMAGE].across, one.targets[Leg.TEXT].across) == (True, False)


def test_pictures_are_compared_with_what_the_model_is_to_see(model: EmbeddingModel) -> None:
    one = asked(model, text="red boots", looks="red")

    np.testing.assert_array_equal(one.targets[Leg.IMAGE].vector, SAID["red"])
    np.testing.assert_array_equal(one.targets[Leg.TEXT].vector, SAID["red boots"])


def test_the_model_does_not_see_what_is_not_wanted(model: EmbeddingModel) -> None:
    one = asked(model, text="red boots without laces")

    (shift,) = one.shifts
    np.testing.assert_array_equal(one.targets[Leg.IMAGE].vector, SAID["red boots"])
    np.testing.assert_array_equal(shift.target.vector, SAID["laces"])
    assert (shift.query, shift.weight, shift.target.across) == ("text", -UNWANTED_LOOKS, True)


def test_a_photo_is_compared_with_pictures_alone(model: EmbeddingModel) -> None:
    one = asked(model, photo=photo())

    assert set(one.targets) == {Leg.IMAGE}
    np.testing.assert_array_equal(one.targets[Leg.IMAGE].vector, PHOTO)
    assert (one.queries[Leg.IMAGE], one.targets[Leg.IMAGE].across) == ("image", False)
    assert not one.kind


def test_words_beside_a_photo_change_it(model: EmbeddingModel) -> None:
    one = asked(model, text="red", photo=photo())

    target = one.targets[Leg.IMAGE]
    np.testing.assert_array_equal(target.vector, compose(PHOTO, SAID["red"]))
    assert (one.queries[Leg.IMAGE], target.across) == ("mixed", True)


def test_a_product_is_compared_by_its_picture_and_its_own_words(model: EmbeddingModel) -> None:
    product = pictured(model, unit(1, 2))
    embed_text(product, model, unit(3, 1))

    one = asked(model, like=product)

    np.testing.assert_allclose(one.targets[Leg.IMAGE].vector, unit(1, 2), atol=1e-3)
    np.testing.assert_allclose(one.targets[Leg.TEXT].vector, unit(3, 1), atol=1e-3)
    assert one.queries == {Leg.IMAGE: "image", Leg.TEXT: "text"}


def test_words_beside_a_product_change_its_picture(model: EmbeddingModel) -> None:
    one = asked(model, text="red", like=pictured(model, PHOTO))

    np.testing.assert_allclose(
        one.targets[Leg.IMAGE].vector, compose(PHOTO, SAID["red"]), atol=1e-3
    )
    assert one.queries[Leg.IMAGE] == "mixed"


@pytest.mark.parametrize("text", ["", "red"])
def test_a_product_without_a_picture_is_compared_with_pictures_as_words_are(
    model: EmbeddingModel, text: str
) -> None:
    product = ProductFactory()
    embed_text(product, model, unit(3, 1))

    one = asked(model, like=product, text=text)

    target = one.targets[Leg.IMAGE]
    assert target.vector @ unit(3, 1) > 0.7
    assert (one.queries[Leg.IMAGE], target.across) == ("text", True)


def test_a_product_that_is_not_embedded_yet_has_nothing_to_compare(model: EmbeddingModel) -> None:
    assert asked(model, like=ProductFactory()).targets == {}


def test_only_the_legs_that_are_asked_for_have_targets(model: EmbeddingModel) -> None:
    assert set(asked(model, text="red boots", legs=frozenset({Leg.TEXT})).targets) == {Leg.TEXT}
    assert set(asked(model, text="red boots", weighing={Leg.TEXT: 0}).targets) == {Leg.IMAGE}


def test_words_alone_need_no_encoder() -> None:
    without_encoder = make_model()

    one = asked(without_encoder, text="red boots", legs=frozenset({Leg.WORDS}))

    assert (one.targets, said(one)) == ({}, ["red", "boots"])


def test_examples_give_and_take(model: EmbeddingModel) -> None:
    more, less = pictured(model, unit(1)), pictured(model, unit(0, 1))
    pending = ProductFactory(images=1)

    one = asked(model, text="boots", more=(more, pending), less=(less,))

    assert [(shift.query, shift.weight) for shift in one.shifts] == [
        ("image", MORE),
        ("image", -LESS),
    ]
    for shift, vector in zip(one.shifts, (unit(1), unit(0, 1)), strict=True):
        np.testing.assert_array_equal(shift.target.vector, vector)
    np.testing.assert_array_equal(one.targets[Leg.IMAGE].vector, SAID["boots"])


def test_examples_alone_are_looked_for_where_the_first_is(model: EmbeddingModel) -> None:
    first, second = pictured(model, unit(1)), pictured(model, unit(0, 1))

    one = asked(model, more=(first, second))

    np.testing.assert_array_equal(one.targets[Leg.IMAGE].vector, unit(1))
    assert one.queries[Leg.IMAGE] == "image"


def test_what_is_to_be_less_like_is_never_looked_for(model: EmbeddingModel) -> None:
    pending, less = ProductFactory(images=1), pictured(model, unit(1))

    assert asked(model, more=(pending,), less=(less,)).targets == {}


def test_a_photo_in_a_colour_is_of_the_kind_that_looks_most_like_it(model: EmbeddingModel) -> None:
    for title in ("Alder mug", "Birk mug"):
        pictured(model, PHOTO, title=title)
    pictured(model, unit(1), title="Red boots")

    kind = asked(model, text="in red", photo=photo()).kind

    assert next(iter(kind.titles)) == "mug"
    assert "boot" not in kind.titles


def test_a_photo_of_a_picture_of_the_shop_is_of_its_products_kind_alone(
    model: EmbeddingModel,
) -> None:
    pictured(model, unit(0.1, 0, 0, 0, 1), title="Lamp")
    for _ in range(3):
        pictured(model, unit(0.3, 0, 0, 0, 1), title="Mug")

    assert list(asked(model, text="in red", photo=photo()).kind.titles) == ["lamp"]


def test_a_photo_of_something_else_is_what_all_that_is_near_is(model: EmbeddingModel) -> None:
    for title in ("Lamp", "Lamp", "Mug", "Mug"):
        pictured(model, unit(0.3, 0, 0, 0, 1), title=title)

    assert set(asked(model, text="in red", photo=photo()).kind.titles) == {"lamp", "mug"}


def test_a_product_is_of_the_kind_that_it_is_called_itself(model: EmbeddingModel) -> None:
    product = pictured(model, unit(1), title="Lamp")
    for _ in range(3):
        pictured(model, unit(1, 1), title="Mug")

    kind = asked(model, text="in red", like=product).kind

    assert next(iter(kind.titles)) == "lamp"


def test_where_words_name_a_category_the_photo_does_not_say_the_kind(
    model: EmbeddingModel,
) -> None:
    pictured(model, PHOTO, title="Mug")
    pictured(model, unit(1), title="Alder", category=CategoryFactory(name="Boots"))

    assert not asked(model, text="red boots", photo=photo()).kind
    assert asked(model, text="red alder", photo=photo()).kind


def test_kinds_are_asked_for_only_where_they_weigh(model: EmbeddingModel) -> None:
    pictured(model, PHOTO, title="Mug")

    assert not asked(model, text="in red", photo=photo(), weighing={Leg.KIND: 0}).kind


def test_a_couch_is_no_mistyped_pouch_while_boost_is_boots(knowing: EmbeddingModel) -> None:
    ProductFactory(title="Leather pouch")
    ProductFactory(title="Winter boots")
    lexicon.update()
    assert read(SearchQuery(text="couch boost"), Facts()).words.corrected == {
        "couch": "pouch",
        "boost": "boots",
    }

    one = asked(knowing, text="couch boost")

    assert one.words.corrected == {"boost": "boots"}
    assert one.words.unknown == ["couch"]
    assert one.sense.known < 1


def test_a_word_that_means_something_to_the_model_is_not_corrected(
    knowing: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProductFactory(title="Winter boots")
    lexicon.update()
    monkeypatch.setitem(SAID, "boost", unit(1))

    assert asked(knowing, text="boost").words.corrected == {}


def test_a_slip_that_means_something_to_the_model_by_chance_is_corrected(
    knowing: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProductFactory(title="Winter boots")
    lexicon.update()
    monkeypatch.setitem(SAID, "bootts", unit(1))

    assert asked(knowing, text="bootts").words.corrected == {"bootts": "boots"}


@pytest.mark.parametrize(
    ("said", "title", "corrected"),
    [("shock", "Wool sock", {}), ("rain", "Iron rail", {"rain": "rail"})],
)
def test_a_long_token_is_a_word_and_a_short_one_may_be_a_piece(
    said: str, title: str, corrected: dict[str, str], knowing: EmbeddingModel
) -> None:
    ProductFactory(title=title)
    lexicon.update()

    assert asked(knowing, text=said).words.corrected == corrected


def test_a_model_that_does_not_say_its_tokens_says_what_words_mean(
    knowing: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProductFactory(title="Winter boots")
    lexicon.update()
    monkeypatch.setattr("search.asked.token_counter", lambda encoder: None)
    monkeypatch.setitem(SAID, "boost", unit(1))

    assert asked(knowing, text="boost").words.corrected == {}
    assert asked(knowing, text="botos").words.corrected == {"botos": "boots"}


def test_while_nothing_is_known_of_the_model_corrections_stand(model: EmbeddingModel) -> None:
    ProductFactory(title="Leather pouch")
    lexicon.update()

    one = asked(model, text="couch")

    assert one.words.corrected == {"couch": "pouch"}
    assert one.sense == Evidence()


def test_sense_is_what_the_text_and_its_least_known_word_mean(knowing: EmbeddingModel) -> None:
    ProductFactory(title="Red boots")
    lexicon.update()

    whole = asked(knowing, text="red boots").sense
    word = asked(knowing, text="red turtleneck").sense
    mashed = asked(knowing, text="red xqzvkw").sense

    assert whole == Evidence()
    assert (word.meaning, word.supported, word.readable) == (0, 0, 1)
    assert (mashed.supported, mashed.readable) == (0, 0)
    assert 0 < word.known == mashed.known < 1


def test_a_photo_makes_all_the_sense_there_is(knowing: EmbeddingModel) -> None:
    assert asked(knowing, photo=photo()).sense == Evidence()


def test_a_category_that_a_word_is_not_corrected_to_is_not_named(knowing: EmbeddingModel) -> None:
    pictured(knowing, PHOTO, title="Sofa")
    ProductFactory(title="Leather pouch", category=CategoryFactory(name="Pouch"))
    lexicon.update()

    one = asked(knowing, text="couch", photo=photo())

    assert not one.words.name_a_kind
    assert one.kind
