"""The demo's hand-written judgements fit its products, and are what is bundled."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from demo.judging import HEADING, NATURAL, OTHER_WORDS, QUERIES, Natural, of, rows
from demo.products import Product, plan_products

BUNDLED = Path(__file__).resolve().parents[2] / "demo" / "judgements" / "natural.csv"


@pytest.fixture(scope="module")
def products() -> list[Product]:
    return plan_products(1)


def test_what_is_bundled_is_what_they_say_of_the_products_there_are(
    products: list[Product],
) -> None:
    """If not: `python -m demo.judging demo/judgements/natural.csv`, and by_rule.csv as
    docs/relevance.md says."""
    with BUNDLED.open(newline="", encoding="utf-8") as stream:
        bundled = list(csv.reader(stream))

    assert bundled == [list(HEADING), *([*map(str, row)] for row in rows(products))]


def test_every_query_has_something_right_and_no_query_wants_everything(
    products: list[Product],
) -> None:
    for query in QUERIES:
        grades = [query.grade(product) for product in products]
        assert max(grades) >= 2, query.words
        assert sum(grade > 0 for grade in grades) < 120, query.words


def test_no_query_is_there_twice_and_most_share_no_word_with_what_they_want(
    products: list[Product],
) -> None:
    kinds = {words: kind for words, _, _, _, kind in rows(products)}

    assert len(kinds) == len(QUERIES)
    assert list(kinds.values()).count(OTHER_WORDS) > len(QUERIES) / 2
    assert kinds["jacket with a hood"] == NATURAL
    assert kinds["brolly"] == OTHER_WORDS


def test_the_best_grade_that_fits_counts(products: list[Product]) -> None:
    query = Natural("boots", of("boots", colour="red|navy"), of("boots"), of("boots", "sandals"))

    for product in products:
        look = product.looks()[0]
        grade = query.grade(product)
        if look.kind == "boots":
            assert grade == (3 if {"red", "navy"} & {x.colour for x in product.looks()} else 2)
        else:
            assert grade == (1 if look.kind == "sandals" else 0)


def test_a_kind_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        of("hovercraft")
