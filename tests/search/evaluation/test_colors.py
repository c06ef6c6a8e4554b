"""`manage.py evaluate colors`: the colours of pictures beside what they are sold as."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.evaluation.colors import NothingJudged, evaluate_colors, judged_pictures
from shop.catalog.models import Product
from tests.factories import ProductFactory, VariantFactory
from tests.search.colors.stored import picture_of

pytestmark = pytest.mark.django_db


def sold(value: str, *names: str, seed: int = 0) -> Product:
    """A product of a picture in these named colours, sold as `value`."""
    product = ProductFactory(variants=[])
    image = picture_of(product, *names, seed=seed)
    VariantFactory(product=product, image=image, options={"color": value})
    return product


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", "colors", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_pictures_of_variants_are_judged_by_their_colour() -> None:
    sold("Red", "red")
    sold("Weinrot", "red", seed=1)
    sold("Multi", "green", seed=2)
    # Of two colours, and of none.
    both = ProductFactory(variants=[])
    image = picture_of(both, "blue", seed=3)
    for value in ("Blue", "Red"):
        VariantFactory(product=both, image=image, options={"color": value})
    VariantFactory(product=both, options={"color": "Green"})

    judged, unnamed = judged_pictures()

    assert [one.value for one in judged] == ["Red", "Weinrot"]
    assert unnamed == {"Multi": 1}


def test_measures_are_of_what_is_seen() -> None:
    sold("Red", "red")
    sold("Blue", "navy", seed=1)
    sold("Green", "yellow", "yellow", "green", seed=2)
    sold("Yellow", "grey", seed=3)

    report = evaluate_colors()

    assert report.measures["dominant"].tolist() == [1, 1, 0, 0]
    assert report.measures["first_two"].tolist() == [1, 1, 1, 0]
    # "Yellow" is a word of the shop, and is answered better by the third.
    assert report.measures["own_word"].tolist()[:3] == [1, 1, 0]
    assert report.measures["own_two"].tolist()[:3] == [1, 1, 1]
    assert report.by_value["Green"] == {"yellow": 1}
    assert [miss.value for miss in report.misses] == ["Green", "Yellow"]


def test_json_is_one_object_with_intervals() -> None:
    sold("Red", "red")
    sold("Grey", "blue", seed=1)

    report = json.loads(run("--json"))

    assert report["dominant"] == 0.5
    low, high = report["intervals"]["dominant"]
    assert low <= 0.5 <= high
    assert report["pictures"] == 2
    assert report["by_color"]["Red"] == {"pictures": 1, "dominant": 1.0, "found": {"red": 1}}
    assert report["misses"][0]["color"] == "Grey"


def test_the_table_names_each_colour_and_what_was_missed() -> None:
    sold("Red", "red")
    sold("Grey", "blue", seed=1)

    out = run("--misses")

    assert "largest share" in out
    assert "Grey         1   0.00  blue 1" in out
    assert "Grey; found blue" in out


def test_without_anything_to_judge_it_says_what_is_needed() -> None:
    ProductFactory(images=1)

    with pytest.raises(NothingJudged):
        evaluate_colors()
    with pytest.raises(CommandError, match="has a picture of its own"):
        run()
