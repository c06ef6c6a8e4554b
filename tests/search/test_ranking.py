"""From a query to one order, and where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pytest
from pgvector import HalfVector
from PIL import Image

from search import background, ranking, router
from search.asked import WORDS_ONLY, ask
from search.facts import Facts
from search.models import EmbeddingModel
from search.query import PAGE_SIZE, Leg, SearchQuery
from search.ranking import FULL_TEXT, Ranking, rank
from search.words import lexicon
from shop.catalog.images import TakenImage, take_in
from shop.catalog.models import Product
from tests.factories import ProductFactory, picture_bytes
from tests.search.vectors import embed_image, embed_text, make_model, unit

pytestmark = pytest.mark.django_db

MUG, BOOTS, RED, BLUE, NONSENSE = np.eye(8, dtype=np.float32)[:5]
PAIRS = {"text-text": [0.1, 0.1], "text-image": [0.1, 0.1], "image-image": [0.1, 0.1]}


class Encoder:
    """Sees a blue mug in each photo, and boots in all that is red."""

    int8: frozenset[str] = frozenset()
    texts: Mapping[str, np.ndarray] = {"in red": unit(0, 2, 1), "boots": BOOTS}

    def query_key(self, text: str) -> bytes:
        return text.encode()

    def encode_query_text(self, text: str) -> np.ndarray:
        return self.texts.get(text, NONSENSE)

    def encode_query_image(self, image: Image.Image) -> np.ndarray:
        return unit(1, 0, 0, 1)

    def count_tokens(self, text: str) -> int:
        return 1 if text in self.texts else len(text)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> EmbeddingModel:
    encoder = Encoder()
    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: encoder)
    return make_model()


@pytest.fixture
def measured(model: EmbeddingModel) -> EmbeddingModel:
    """A model whose background is known: where scores end, and what means nothing."""
    EmbeddingModel.objects.update(
        nonsense=HalfVector(NONSENSE),
        background={
            "version": background._VERSION,
            "measured_at": 1.0,
            "pairs": PAIRS,
            "nonsense_scale": [1.0, 0.0],
            "splits": [1.0, 0.0],
        },
    )
    return EmbeddingModel.objects.get()


def pictured(model: EmbeddingModel, vector: np.ndarray, title: str, **values: Any) -> Product:
    product = ProductFactory(title=title, images=1, **values)
    embed_image(product.images.get(), model, vector / np.linalg.norm(vector))
    return product


def photo() -> TakenImage:
    return take_in(picture_bytes())


def ranked(**values: Any) -> Ranking:
    query = SearchQuery(**values)
    return answer(query, Facts())


def answer(query: SearchQuery, facts: Facts) -> Ranking:
    matching = router.match(query.filters)
    return rank(query, ask(query, matching, facts), matching, facts)


def titles(one: Ranking) -> list[str]:
    known = dict(Product.objects.values_list("pk", "title"))
    return [known[place.product_id] for place in one.ranked]


def mugs_and_boots(model: EmbeddingModel) -> None:
    for name in ("Alder", "Birk", "Calla"):
        pictured(model, MUG + BLUE, f"{name} blue mug")
        pictured(model, MUG + RED, f"{name} red mug")
        pictured(model, BOOTS + RED, f"{name} red boots")
        pictured(model, BOOTS + BLUE, f"{name} blue boots")
    lexicon.update()


def kinds_of(names: Iterable[str]) -> list[str]:
    return [name.split(" ", 1)[1] for name in names]


def test_a_photo_in_red_brings_red_things_of_its_kind_before_red_things_of_others(
    model: EmbeddingModel,
) -> None:
    mugs_and_boots(model)
    composed = {"text": "in red", "photo": photo()}

    by_looks = kinds_of(titles(ranked(**composed, legs=frozenset({Leg.IMAGE}))))
    by_all = kinds_of(titles(ranked(**composed)))

    assert by_looks.index("red boots") < by_looks.index("red mug")
    assert by_all[:3] == ["red mug"] * 3
    assert len(by_all) == 12


def test_the_kind_of_the_photo_brings_others_that_are_called_so(model: EmbeddingModel) -> None:
    mugs_and_boots(model)
    ProductFactory(title="Dune mug")
    composed = {"text": "in red", "photo": photo()}

    assert "Dune mug" in titles(ranked(**composed))
    assert "Dune mug" not in titles(ranked(**composed, weighing={Leg.KIND: 0}))


def test_a_picture_is_believed_whatever_is_said_beside_it(measured: EmbeddingModel) -> None:
    mugs_and_boots(measured)

    found = ranked(text="qwrtz plok", photo=photo())

    assert found.close
    assert kinds_of(titles(found))[:3] == ["blue mug"] * 3
    assert found.notice == (
        "No product says “qwrtz plok”, so these are mostly what looks like your photo."
    )


@pytest.mark.parametrize("said", ["!!!", "the", "🥾", "((%"])
def test_what_has_no_words_and_means_nothing_finds_nothing(
    measured: EmbeddingModel, said: str
) -> None:
    mugs_and_boots(measured)

    found = ranked(text=said)

    assert (found.close, found.ranked) == (False, [])


def test_for_a_photo_alone_what_looks_most_like_it_is_first_and_then_its_kind(
    model: EmbeddingModel,
) -> None:
    pictured(model, unit(9, 6, 0, 9), "Grey lamp")
    for nearness, name in ((8, "Alder"), (7, "Birk"), (5.8, "Dune")):
        pictured(model, unit(nearness, 6, 0, nearness), f"{name} hat")
    pictured(model, unit(6, 6, 0, 6), "Grey vase")

    found = titles(ranked(photo=photo()))

    assert found == ["Grey lamp", "Alder hat", "Birk hat", "Dune hat", "Grey vase"]


def test_what_a_photo_shows_is_found_without_its_looks(model: EmbeddingModel) -> None:
    mugs_and_boots(model)

    found = titles(ranked(photo=photo(), legs=frozenset((Leg.TEXT, Leg.KIND))))

    assert set(kinds_of(found)) == {"blue mug", "red mug"}


def test_each_leg_says_what_it_gave(model: EmbeddingModel) -> None:
    mugs_and_boots(model)

    first, *_ = ranked(text="in red", photo=photo()).ranked

    assert set(first.parts) == {Leg.IMAGE, Leg.WORDS, Leg.COLOR, Leg.KIND}
    assert sum(first.parts.values()) == pytest.approx(first.total)


def test_without_an_encoder_only_what_holds_the_words_is_found_and_it_says_so() -> None:
    make_model()
    for title in ("Blue mug", "Red boots"):
        ProductFactory(title=title)
    facts = Facts()
    query = SearchQuery(text="blue mug", photo=photo())

    found = answer(query, facts)

    assert titles(found) == ["Blue mug"]
    assert (found.notice, found.complete, found.close) == (WORDS_ONLY, False, True)
    assert facts.ways == {Leg.WORDS: FULL_TEXT}


def test_without_an_encoder_words_that_nobody_holds_find_nothing_close() -> None:
    make_model()
    ProductFactory(title="Mug")

    found = ranked(text="zanzibar")

    assert (found.ranked, found.close) == ([], False)


def test_what_has_the_sku_comes_first_and_once(model: EmbeddingModel) -> None:
    pictured(model, NONSENSE, "Looks so")
    far = pictured(model, MUG, "Mug", variants=[{"sku": "100-200"}])

    found = ranked(text="100-200")

    assert titles(found) == ["Mug", "Looks so"]
    assert found.ranked[0].score == 1
    assert found.ranked[0].image_id == far.images.get().pk


def test_an_sku_is_close_though_nothing_else_is(measured: EmbeddingModel) -> None:
    pictured(measured, NONSENSE, "Looks so")
    pictured(measured, MUG, "Mug", variants=[{"sku": "BT-100"}])

    found = ranked(text="BT-100")

    assert titles(found) == ["Mug"]
    assert found.close


def test_the_tail_is_cut(measured: EmbeddingModel) -> None:
    for share in (0.0, 0.5, 3.0):
        pictured(measured, BOOTS + share * MUG, f"Far {share}")

    found = ranked(text="boots", legs=frozenset({Leg.IMAGE}))

    assert titles(found) == ["Far 0.0", "Far 0.5"]
    assert found.cut


def test_without_a_background_nothing_is_cut(model: EmbeddingModel) -> None:
    for share in (0.0, 0.5, 3.0):
        pictured(model, BOOTS + share * MUG, f"Far {share}")

    found = ranked(text="boots", legs=frozenset({Leg.IMAGE}))

    assert titles(found) == ["Far 0.0", "Far 0.5", "Far 3.0"]
    assert not found.cut


def test_for_nonsense_nothing_is_close_however_near_it_lies(measured: EmbeddingModel) -> None:
    pictured(measured, NONSENSE, "Mug")

    found = ranked(text="jlasd")

    assert (found.ranked, found.close, found.cut) == ([], False, True)
    assert found.confidence < 0.24


def test_a_photo_is_believed(measured: EmbeddingModel) -> None:
    pictured(measured, MUG, "Mug")

    found = ranked(photo=photo())

    assert titles(found) == ["Mug"]
    assert found.close


def test_where_nothing_looks_like_it_nothing_is_close(measured: EmbeddingModel) -> None:
    pictured(measured, -MUG, "Anti-mug")

    found = ranked(photo=photo())

    assert (found.ranked, found.close) == ([], False)


def test_more_like_a_product_without_a_picture_is_found_by_its_text(
    measured: EmbeddingModel,
) -> None:
    # given pictures that are much nearer to each other than to any text
    EmbeddingModel.objects.update(
        background=measured.background | {"pairs": PAIRS | {"image-image": [0.9, 0.02]}}
    )
    like = ProductFactory(title="Boots")
    embed_text(like, measured, BOOTS)
    near = pictured(measured, BOOTS + MUG, "Near")
    embed_text(near, measured, unit(1, 2))

    assert titles(ranked(like=like)) == ["Near"]


def test_what_holds_words_that_are_not_wanted_comes_later(model: EmbeddingModel) -> None:
    for title in ("Boots with laces", "Boots"):
        pictured(model, BOOTS, title)
    lexicon.update()

    assert titles(ranked(text="boots")) == ["Boots with laces", "Boots"]
    assert titles(ranked(text="boots without laces")) == ["Boots", "Boots with laces"]
    by_words = ranked(text="boots without laces", legs=frozenset({Leg.WORDS}))
    assert titles(by_words) == ["Boots"]


def test_what_looks_like_what_is_not_wanted_comes_later(model: EmbeddingModel) -> None:
    pictured(model, BOOTS + 0.5 * NONSENSE, "Looks so")
    pictured(model, BOOTS + MUG, "Looks otherwise")
    pictured(model, MUG, "Mug")
    by_looks = {"legs": frozenset({Leg.IMAGE})}

    assert titles(ranked(text="boots", **by_looks))[0] == "Looks so"
    assert titles(ranked(text="boots without laces", **by_looks)) == [
        "Looks otherwise",
        "Mug",
        "Looks so",
    ]


def test_a_leg_that_is_not_asked_for_gives_nothing(model: EmbeddingModel) -> None:
    product = pictured(model, BOOTS, "Shoe")
    embed_text(product, model, BOOTS)
    ProductFactory(title="Boots")

    found = ranked(text="boots", legs=frozenset({Leg.TEXT}))

    assert [set(one.parts) for one in found.ranked] == [{Leg.TEXT}]


def test_a_deeper_page_leaves_the_first_ones_as_they_were(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "DEPTH", PAGE_SIZE)
    for n in range(2 * PAGE_SIZE):
        product = ProductFactory(title=f"Shoe {n}")
        embed_text(product, model, unit(0.1 * n, 1))

    first, deeper = ranked(text="boots"), ranked(text="boots", page=2)

    assert deeper.ranked[:PAGE_SIZE] == first.ranked[:PAGE_SIZE]
    assert len({one.product_id for one in deeper.ranked}) == len(deeper.ranked) == 2 * PAGE_SIZE


def test_pages_on_which_legs_found_different_products_repeat_none(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 1)
    monkeypatch.setattr(ranking, "DEPTH", PAGE_SIZE)
    like = pictured(model, unit(1), "Asked")
    groups = {  # title: how many, their pictures, their texts
        "Looks so": (PAGE_SIZE, unit(1, -0.2), unit(1, -0.2)),
        "Means so": (PAGE_SIZE, unit(-0.2, 1), unit(-0.2, 1)),
        "Boots in name": (2 * PAGE_SIZE + 6, unit(0, 0, 1), unit(0, 0, 1)),
        # Found by the deeper search alone, which has them before most of the others.
        "Nearly, in both": (2 * PAGE_SIZE, unit(1, 0.4), unit(0.4, 1)),
    }
    for title, (count, looks, means) in groups.items():
        for _ in range(count):
            embed_text(pictured(model, looks, title), model, means)

    asked = {"like": like, "text": "boots", "weighing": {Leg.WORDS: 0.1}}
    pages = [
        ranked(**asked, page=page).ranked[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        for page in range(1, 8)
    ]

    found = [one.product_id for page in pages for one in page]
    assert len(found) == len(set(found)) == sum(count for count, *_ in groups.values())


def test_browsing_ranks_nothing() -> None:
    ProductFactory()

    assert ranked() == Ranking()


def test_as_many_reach_the_bar_whatever_page_is_asked_for(measured: EmbeddingModel) -> None:
    for n in range(3 * PAGE_SIZE + 6):
        pictured(measured, unit(1, 0.01 * n), f"Thing {n}", description="For a picnic.")
    lexicon.update()

    assert {len(ranked(text="picnic", page=page).ranked) for page in (1, 2, 4)} == {78}


def test_of_thousands_the_first_pages_are_found_first_and_say_that_it_goes_on(
    measured: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 1)
    monkeypatch.setattr(ranking, "DEPTH_WITHOUT_WORDS", 2 * PAGE_SIZE)
    like = pictured(measured, unit(1), "Thing")
    for n in range(3 * PAGE_SIZE):
        pictured(measured, unit(1, 0.001 * n), "Thing")

    first, second = (ranked(like=like, page=page, weighing={Leg.KIND: 0}) for page in (1, 2))

    assert (len(first.ranked), first.goes_on) == (2 * PAGE_SIZE, True)
    assert (len(second.ranked), second.goes_on) == (3 * PAGE_SIZE, False)
    assert titles(second)[:PAGE_SIZE] == titles(first)[:PAGE_SIZE]


def test_a_number_that_is_denied_has_no_lane(measured: EmbeddingModel) -> None:
    mugs_and_boots(measured)
    ProductFactory(title="Grey boots", variants=[{"sku": "BT-1000"}])

    assert "Grey boots" not in titles(ranked(text="boots not bt-1000"))[:1]
    assert len(ranked(text="boots not bt-1000").ranked) > 1
