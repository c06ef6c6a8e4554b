"""From examples to a reader, in numpy alone."""

from dataclasses import replace

import numpy as np
import pytest

from search.attributes.categories import learn_categories
from search.attributes.learning import (
    CROWD,
    FLOOR_UNTESTED,
    TESTED_FROM,
    Evidence,
    Examples,
    _Lesson,
    learn,
)
from search.attributes.reader import Found, Reader
from search.attributes.terms import ValueTerms
from search.attributes.tree import PARENT_EXAMPLES, Tree
from tests.search.attributes import shops
from tests.search.attributes.shops import (
    BOOTS,
    CANVAS,
    LEATHER,
    MATERIAL,
    MUGS,
    PATTERN,
    PLAIN,
    STRIPED,
    TERMS,
)

SCALE = 15.0


def found_in(
    reader: Reader, *, striped: bool, kind: int = 0, path: str | None = None, seed: int = 50
) -> dict[int, Found]:
    """What a new picture shows, by attribute; of the category at `path`, or guessed."""
    vectors = shops.vectors_of(np.array([kind]), np.array([striped]), seed=seed)
    nodes = reader.guess(vectors) if path is None else reader.known([path])
    return {
        found.attribute_id: found for _, found in reader.read(vectors, nodes, guessed=path is None)
    }


@pytest.fixture(scope="module")
def reader() -> Reader:
    return learn(shops.examples(), TERMS, shops.texts(), SCALE)


@pytest.mark.parametrize("path", [BOOTS, None])
@pytest.mark.parametrize("striped", [True, False])
def test_what_pictures_show_is_read_and_sure(
    reader: Reader, striped: bool, path: str | None
) -> None:
    found = found_in(reader, striped=striped, path=path)[PATTERN]

    assert found.value_id == (STRIPED if striped else PLAIN)
    assert found.sure
    assert 0 <= found.margin <= found.confidence <= 1
    assert found.prototypes


def test_what_no_picture_shows_is_left_unsure(reader: Reader) -> None:
    readings = [found_in(reader, striped=False, seed=seed)[MATERIAL] for seed in range(40)]

    assert not any(found.sure for found in readings)


def test_examples_teach_what_the_wordings_do_not() -> None:
    reader = learn(shops.examples(), TERMS, shops.texts(telling=False), SCALE)

    assert found_in(reader, striped=True, path=MUGS, kind=1)[PATTERN].value_id == STRIPED
    assert found_in(reader, striped=False, path=MUGS, kind=1)[PATTERN].value_id == PLAIN


def test_wordings_alone_tell_where_there_are_no_examples() -> None:
    reader = learn(shops.examples(known=0.0), TERMS, shops.texts(), SCALE)

    found = found_in(reader, striped=True, path=BOOTS)[PATTERN]

    assert found.value_id == STRIPED
    assert not found.prototypes
    assert found.sure == (found.confidence >= FLOOR_UNTESTED)


def test_without_examples_nothing_is_sure_under_a_model_that_does_not_say_how_sharp_it_is() -> None:
    reader = learn(shops.examples(known=0.0), TERMS, shops.texts(), None)

    assert not found_in(reader, striped=True, path=BOOTS)[PATTERN].sure


def test_an_empty_shop_can_be_learnt_from() -> None:
    nothing = Examples(
        np.empty((0, 16), np.float32),
        [],
        {PATTERN: np.empty((0, 2), np.bool_), MATERIAL: np.empty((0, 2), np.bool_)},
    )

    reader = learn(nothing, TERMS, shops.texts(), SCALE)

    assert found_in(reader, striped=True)[PATTERN].value_id == STRIPED


def test_a_floor_that_an_admin_sets_is_the_floor() -> None:
    strict = [replace(one, floor=1.1) for one in TERMS]
    lax = [replace(one, floor=0.0) for one in TERMS]

    never = learn(shops.examples(), strict, shops.texts(), SCALE)
    always = learn(shops.examples(), lax, shops.texts(), SCALE)

    assert not any(found.sure for found in found_in(never, striped=True).values())
    assert all(found.sure for found in found_in(always, striped=True).values())


def test_an_attribute_is_read_in_its_categories_alone() -> None:
    shoes = [replace(TERMS[0], within=(BOOTS[:4],)), TERMS[1]]

    reader = learn(shops.examples(), shoes, shops.texts(), SCALE)

    assert PATTERN in found_in(reader, striped=True, path=BOOTS)
    assert PATTERN not in found_in(reader, striped=True, path=MUGS, kind=1)
    # A photo that shows a mug has no such attribute either.
    assert PATTERN in found_in(reader, striped=True, kind=0)
    assert PATTERN not in found_in(reader, striped=True, kind=1)


def test_a_value_is_looked_for_in_its_categories_alone() -> None:
    dotted = ValueTerms(13, ("dotted",), within=(MUGS,))
    values = (*TERMS[0].values, dotted)
    known = shops.examples()
    known.values[PATTERN] = np.pad(known.values[PATTERN], ((0, 0), (0, 1)))
    texts = shops.texts()
    texts[PATTERN] = shops.axes(8, 16)[[6, 7, 5]]  # stripes look like dots

    reader = learn(known, [replace(TERMS[0], values=values)], texts, SCALE)
    boots = reader.attributes[0].confidences(known.vectors[:1], reader.known([BOOTS]))
    mugs = reader.attributes[0].confidences(known.vectors[:1], reader.known([MUGS]))

    assert boots[0, 2] == 0
    assert mugs[0, 2] > 0


def test_where_there_is_nothing_to_choose_from_nothing_is_read() -> None:
    only = [
        replace(
            TERMS[0],
            values=(ValueTerms(PLAIN, ("plain",)), ValueTerms(STRIPED, ("striped",), (MUGS,))),
        )
    ]

    reader = learn(shops.examples(), only, shops.texts(), SCALE)

    assert found_in(reader, striped=False, path=BOOTS) == {}


def test_what_a_category_has_counts() -> None:
    known = shops.examples(80)
    boots = np.array([path == BOOTS for path in known.paths])
    known.values[MATERIAL] = np.stack([boots, ~boots], axis=1)

    reader = learn(known, TERMS, shops.texts(), SCALE)

    assert found_in(reader, striped=False, kind=0, path=BOOTS)[MATERIAL].value_id == LEATHER
    assert found_in(reader, striped=False, kind=1, path=MUGS)[MATERIAL].value_id == CANVAS


def test_what_is_left_out_counts_nothing() -> None:
    reader = learn(shops.examples(), TERMS, shops.texts(), SCALE, without=[Evidence.PROTOTYPES])

    assert not found_in(reader, striped=True)[PATTERN].prototypes
    assert reader.attributes[0].offsets.any() == 0


def test_fewer_examples_than_can_be_tested_leave_the_floor_as_without() -> None:
    few = shops.examples(TESTED_FROM - 2)

    reader = learn(few, TERMS, shops.texts(), SCALE)

    assert reader.attributes[0].floors.tolist() == pytest.approx([FLOOR_UNTESTED] * 2)


@pytest.mark.parametrize("count", [20, CROWD * 16])
def test_each_example_is_judged_by_prototypes_without_it(count: int) -> None:
    """Against a lesson that was given all other examples."""
    known = shops.examples(count)
    tree = Tree.of(known.paths)
    categories = learn_categories(known.vectors, tree)
    used = np.ones(3, np.float32)
    lesson = _Lesson(categories, TERMS[0], known.values[PATTERN], shops.texts()[PATTERN], used)
    left = 7
    nodes = np.zeros((1, len(tree.paths)), np.float32)
    nodes[0, tree.own[left]] = 1

    scores = lesson._prototypes_without(np.array([left]), nodes)[0]

    unlike = np.delete(lesson.unlike, left, axis=0)
    residuals = np.delete(lesson.residuals, left, axis=0)
    counts = np.delete(lesson.shares, left, axis=0).sum(axis=0)
    means = (unlike.T @ residuals) / (counts + PARENT_EXAMPLES)[:, None]
    precision = lesson.space.precision
    pull = precision.pulls[left]
    down = precision.downdates[left] * np.outer(pull, pull)
    expected = means @ (precision.inverse + down) @ lesson.residuals[left]
    assert np.allclose(scores, expected, atol=1e-3)


@pytest.mark.parametrize("count", [120, CROWD * 16])
def test_a_product_that_was_there_without_its_value_is_read_like_any_other(count: int) -> None:
    known = shops.examples(count)
    waiting = shops.vectors_of(np.array([0, 1] * 6), np.array([True, False] * 6), seed=33)
    beside = Examples(
        np.concatenate([known.vectors, waiting]),
        [*known.paths, *[BOOTS, MUGS] * 6],
        {pk: np.pad(values, ((0, 12), (0, 0))) for pk, values in known.values.items()},
    )

    reader = learn(beside, TERMS, shops.texts(telling=False), SCALE)

    nodes = reader.known([BOOTS, MUGS] * 6)
    found = [one for _, one in reader.read(waiting, nodes, guessed=False)][:12]
    assert [one.value_id for one in found] == [STRIPED, PLAIN] * 6
    assert sum(one.sure for one in found) >= 10


def test_a_reader_survives_being_kept(reader: Reader) -> None:
    kept = Reader.from_bytes(reader.to_bytes())

    for path in (BOOTS, None):
        for place in range(5):
            before = found_in(reader, striped=True, path=path, seed=place)
            after = found_in(kept, striped=True, path=path, seed=place)
            assert before.keys() == after.keys()
            for attribute, found in before.items():
                assert after[attribute].value_id == found.value_id
                assert after[attribute].confidence == pytest.approx(found.confidence, abs=0.01)


def test_a_category_that_the_reader_does_not_know_is_read_as_the_next_above(
    reader: Reader,
) -> None:
    known = reader.known([BOOTS + "0007", "0009"])

    assert [reader.nodes[place] for place in known.argmax(axis=1)] == [BOOTS, ""]
