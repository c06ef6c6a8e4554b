"""The little grammar that captions and the shop's texts share."""

import re

import pytest

from demo.assortment import KINDS
from demo.products import plan_products
from demo.words import is_one, repeats, with_article


def test_articles() -> None:
    assert with_article("mug") == "a mug"
    assert with_article("umbrella") == "an umbrella"
    assert with_article("one-piece swimsuit") == "a one-piece swimsuit"


@pytest.mark.parametrize("noun", ["mug", "wine glass", "pair of gloves", "hat with a brim"])
def test_one_thing(noun: str) -> None:
    assert is_one(noun)


@pytest.mark.parametrize("noun", ["mugs", "cups and saucers", "trousers", "sleepwear", "cacti"])
def test_several_things_or_none_to_count(noun: str) -> None:
    assert not is_one(noun)


def test_every_usual_name_of_several_is_a_plural() -> None:
    for kind in KINDS.values():
        assert not is_one(kind.many), kind.many


def test_a_noun_says_its_material_once() -> None:
    assert repeats("glass", "wine glasses")
    assert repeats("natural rubber", "rubber duck")
    assert not repeats("straw", "strap bag")


def test_titles_say_no_word_twice() -> None:
    for product in plan_products(1, 300):
        words = re.findall(r"[a-z]+", product.title.lower())

        assert len(words) == len(set(words)), product.title


def test_descriptions_have_the_right_article() -> None:
    for product in plan_products(1, 300):
        assert not re.search(r"\ba [aeiu]", product.body, re.IGNORECASE), product.body
        assert not re.search(r"\ban [^aeiou]", product.body, re.IGNORECASE), product.body
