"""What a model's cosines are where nothing fits, measured on the shop's own vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pgvector import HalfVector

from search import background, indexing, pipeline
from search.background import FEWEST, GROWN, Background, measure, measure_due, of, split
from search.encoders import EncoderUnavailable
from search.encoders.base import token_counter
from search.models import Embedding, EmbeddingModel
from tests.factories import ProductFactory
from tests.search.vectors import embed_image, embed_text, make_model, unit

TITLE, PICTURE, NONSENSE = unit(1), unit(0, 1), unit(0, 0, 1)
MEASURED = {
    "version": background._VERSION,
    "measured_at": 1.0,
    "vectors": FEWEST,
    "pairs": {"text-image": [0.2, 0.1]},
    "nonsense_scale": [0.9, 0.1],
    "splits": [0.5, 0.1],
}

cosines = st.lists(st.floats(-1, 1) | st.just(float("nan")), max_size=20).map(np.array)


class Encoder:
    """Titles have one direction, and all that is no title another."""

    def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([TITLE if text.startswith("Boots") else NONSENSE for text in texts])

    def count_tokens(self, text: str) -> int:
        return 1 if text == "boots" else len(text)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Encoder:
    known = Encoder()
    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: known)
    return known


@pytest.fixture
def model(db: None) -> EmbeddingModel:
    return make_model()


def stock(model: EmbeddingModel, count: int = FEWEST, *, pictures: bool = False) -> None:
    for _ in range(count):
        product = ProductFactory(title="Boots", images=int(pictures))
        embed_text(product, model, unit(1, 1))
        if pictures:
            embed_image(product.images.get(), model, PICTURE)


def measured(model: EmbeddingModel) -> Background:
    assert measure(model)
    return of(EmbeddingModel.objects.get(pk=model.pk))


@given(cosines)
def test_whatever_the_cosines_known_pairs_are_what_they_are_measured_by(cosines) -> None:
    known = Background({"text-image": (0.2, 0.1)})

    np.testing.assert_allclose(
        known.standard("text", "image", cosines), (cosines - 0.2) / 0.1, atol=1e-9
    )


@given(cosines)
def test_whatever_the_cosines_without_a_background_they_are_measured_by_themselves(cosines) -> None:
    standard = Background({"text-image": (0.2, 0.1)}).standard("image", "image", cosines)

    told = standard[~np.isnan(cosines)]
    assert np.all(np.isnan(standard) == np.isnan(cosines))
    assert np.all(np.isfinite(told))
    assert not len(told) or told.mean() == pytest.approx(0, abs=1e-3)
    assert np.all(np.diff(told[np.argsort(cosines[~np.isnan(cosines)])]) >= 0)


def test_a_pair_that_never_differs_is_no_division_by_zero() -> None:
    known = Background({"text-image": (0.5, 0.0)})

    assert list(known.standard("text", "image", np.array([0.5, 0.75]))) == [0.0, 0.25]


def test_a_text_means_less_the_nearer_it_lies_to_nonsense() -> None:
    known = Background(nonsense=NONSENSE, nonsense_scale=(0.9, 0.1))

    assert known.meaning(TITLE) == 1
    assert known.meaning(NONSENSE) == 0
    assert 0 < known.meaning(unit(1, 0, 0.5)) < known.meaning(unit(1, 0, 0.3)) < 1


def test_a_word_is_less_readable_the_more_it_falls_to_pieces() -> None:
    known = Background(splits=(0.8, 0.0))

    assert known.readable("boots", lambda word: 1) == 1
    assert known.readable("boots", lambda word: 2) == pytest.approx(1 - 0.25 / 0.8)
    assert known.readable("jlasd", len) == 0


def test_what_is_not_known_is_believed() -> None:
    assert Background().meaning(NONSENSE) == 1
    assert Background().readable("jlasd", len) == 1
    assert Background(splits=(0.8, 0.0)).readable("jlasd", None) == 1


@pytest.mark.parametrize(
    ("word", "tokens", "share"), [("boots", 1, 0), ("boots", 3, 0.5), ("boots", 5, 1), ("x", 1, 0)]
)
def test_a_word_of_one_token_is_whole(word: str, tokens: int, share: float) -> None:
    assert split(word, lambda word: tokens) == share


def test_titles_mean_something_and_nonsense_nothing(model: EmbeddingModel, encoder) -> None:
    stock(model)

    known = measured(model)

    assert known.meaning(TITLE) == 1
    assert known.meaning(NONSENSE) == 0
    assert known.readable("boots", encoder.count_tokens) == 1
    assert known.readable("jlasd", encoder.count_tokens) == 0


def test_pairs_are_measured_by_kind(model: EmbeddingModel, encoder) -> None:
    stock(model, pictures=True)

    pairs = measured(model).pairs

    half = np.sqrt(0.5)
    assert {pair: mean for pair, (mean, _) in pairs.items()} == pytest.approx(
        {"text-text": half, "text-image": 0, "image-image": 1, "mixed-image": half}, abs=1e-3
    )
    assert all(deviation == pytest.approx(0, abs=1e-3) for _, deviation in pairs.values())


def test_a_shop_without_pictures_compares_texts_alone(model: EmbeddingModel, encoder) -> None:
    stock(model)

    assert set(measured(model).pairs) == {"text-text"}


def test_a_model_that_does_not_say_its_tokens_finds_all_readable(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Remote:
        encode_texts = Encoder.encode_texts

    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: Remote())
    stock(model)

    known = measured(model)

    assert known.splits is None
    assert known.meaning(NONSENSE) == 0


def test_what_is_not_on_sale_is_not_measured(model: EmbeddingModel, encoder) -> None:
    stock(model, FEWEST - 1)
    embed_text(ProductFactory(title="Boots", published=False), model, unit(1, 1))

    assert not measure(model)
    assert EmbeddingModel.objects.get(pk=model.pk).background == {}


def test_what_was_measured_by_another_version_is_not_known(model: EmbeddingModel) -> None:
    model.background = MEASURED | {"version": background._VERSION - 1}

    assert of(model) == Background()


def test_a_background_is_read_once_until_it_is_measured_anew(
    model: EmbeddingModel, django_assert_num_queries
) -> None:
    EmbeddingModel.objects.update(nonsense=HalfVector(3 * NONSENSE))
    model.background = MEASURED

    known = of(model)

    assert known.pairs == {"text-image": (0.2, 0.1)}
    assert (known.nonsense_scale, known.splits) == ((0.9, 0.1), (0.5, 0.1))
    np.testing.assert_array_equal(known.nonsense, NONSENSE)
    with django_assert_num_queries(0):
        assert of(model) is known
    model.background = MEASURED | {"measured_at": 2.0, "splits": None}
    assert of(model).splits is None


def test_it_is_measured_once_and_again_when_the_shop_has_grown(
    model: EmbeddingModel, encoder
) -> None:
    assert measure_due() == []
    stock(model)

    assert measure_due() == [model.name]
    assert measure_due() == []
    stock(model, int(FEWEST * (GROWN - 1)))
    assert measure_due() == [model.name]
    assert measure_due() == []


def test_it_is_measured_again_when_the_shop_has_shrunk(model: EmbeddingModel, encoder) -> None:
    stock(model, int(FEWEST * GROWN))
    assert measure_due() == [model.name]

    Embedding.objects.filter(pk__in=Embedding.objects.values("pk")[: FEWEST // 2]).delete()

    assert measure_due() == [model.name]


def test_in_a_large_shop_counting_waits(
    model: EmbeddingModel, encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(model)
    assert measure_due() == [model.name]
    monkeypatch.setattr(background, "SAMPLE", FEWEST - 1)
    stock(model)

    assert measure_due() == []
    monkeypatch.setattr(background, "LATER_SECONDS", 0)
    assert background._due(EmbeddingModel.objects.get())


def test_another_version_is_measured_anew(model: EmbeddingModel, encoder) -> None:
    stock(model)
    EmbeddingModel.objects.update(background=MEASURED | {"version": background._VERSION - 1})

    assert measure_due() == [model.name]
    assert EmbeddingModel.objects.get().background["version"] == background._VERSION


def test_what_was_measured_while_all_was_pending_is_measured_anew(
    model: EmbeddingModel, encoder
) -> None:
    stock(model)
    Embedding.objects.update(status=Embedding.Status.PENDING)
    assert measure_due() == [model.name]

    Embedding.objects.update(status=Embedding.Status.DONE)

    assert measure_due() == [model.name]
    assert measure_due() == []


def test_a_model_that_cannot_be_had_waits_and_keeps_no_other_from_it(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_model(name="other", reference="other", state=EmbeddingModel.State.BUILDING)
    retired = make_model(name="old", reference="old", state=EmbeddingModel.State.RETIRED)

    def encoder(self: EmbeddingModel) -> Encoder:
        if self.pk == model.pk:
            raise EncoderUnavailable("It is gone.")
        return Encoder()

    monkeypatch.setattr(EmbeddingModel, "encoder", encoder)
    for one in (model, other, retired):
        stock(one)

    assert measure_due() == [other.name]


def test_the_bundled_model_tells_words_from_nonsense(vitrine_mini: EmbeddingModel) -> None:
    for n in range(FEWEST):
        ProductFactory(title=f"{('Red', 'Blue')[n % 2]} {('boots', 'mug', 'lamp')[n % 3]}")
    indexing.mark_pending()
    for _ in pipeline.run():
        pass

    known = measured(vitrine_mini)

    encoder = vitrine_mini.encoder()
    boots, nonsense = encoder.encode_texts(["green boots", "xqzvkj wpfgh"])
    assert known.meaning(boots) > 0.5 > known.meaning(nonsense)
    count = token_counter(encoder)
    assert known.readable("turtleneck", count) > known.readable("xqzvkjw", count)
