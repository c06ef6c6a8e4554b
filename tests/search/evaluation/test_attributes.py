"""`manage.py evaluate attributes`, and its measures."""

from __future__ import annotations

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from search.evaluation.attributes import calibration_error, macro_f1
from search.models import EmbeddingModel
from tests.factories import ProductFactory
from tests.search.attributes.shops import make_shop
from tests.search.vectors import make_model


def evaluate(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", "attributes", "--folds", "4", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_json_has_every_measure_of_both_ways_with_intervals(vitrine_mini: EmbeddingModel) -> None:
    make_shop(vitrine_mini)

    report = json.loads(evaluate("--json"))

    assert report["attributes"] == {"pattern": {"products": 80, "values": 2, "commonest": 0.5}}
    assert report["queries"] == {"pattern.product": 80, "pattern.photo": 80}
    for way in ("product", "photo"):
        assert report[f"pattern.{way}.accuracy"] > 0.95
        assert report[f"pattern.{way}.macro_f1"] > 0.95
        assert report[f"pattern.{way}.sure_accuracy"] > 0.95
        low, high = report["intervals"][f"pattern.{way}.accuracy"]
        assert 0 <= low <= report[f"pattern.{way}.accuracy"] <= high <= 1
    assert (report["model"], report["folds"]) == ("vitrine-mini", 4)


@pytest.mark.django_db
def test_without_json_it_is_a_table(vitrine_mini: EmbeddingModel) -> None:
    make_shop(vitrine_mini, known=20)

    lines = evaluate("--without", "prior").splitlines()

    assert lines[0] == "pattern: 40 products, 2 values, the commonest 50%"
    assert lines[1].split() == ["product", "photo"]
    assert [line.split()[0] for line in lines[2:9]] == [
        "right", "macro-F1", "share", "right", "share", "right", "expected",
    ]  # fmt: skip
    assert lines[-1] == "model: vitrine-mini"


@pytest.mark.django_db
def test_an_attribute_may_be_named_that_the_shop_does_not_read(
    vitrine_mini: EmbeddingModel,
) -> None:
    shop = make_shop(vitrine_mini, known=10)
    for product in shop.products:
        ProductFactory(slug=f"size-{product.pk}", attributes={"size": "S"})

    assert "size: 0 products" in evaluate("--attribute", "size")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--attribute", "nowhere"], "There is no attribute nowhere. There are: pattern."),
        (["--folds", "1"], "--folds: at least 2."),
        ([], "0 products have pictures under by-hand: at least two are needed."),
    ],
)
def test_what_cannot_be_evaluated_is_said(arguments: list[str], message: str) -> None:
    make_model()
    for pattern in ("Plain", "Striped"):
        ProductFactory(attributes={"pattern": pattern})

    with pytest.raises(CommandError, match=message):
        evaluate(*arguments)


@pytest.mark.django_db
def test_without_a_model_there_is_nothing_to_evaluate() -> None:
    with pytest.raises(CommandError, match="No model is live"):
        evaluate()


def test_macro_f1_counts_every_value_alike() -> None:
    # Nine of the first, all right; of two of the second one is taken for the first.
    right = np.eye(2, dtype=np.bool_)[[0] * 9 + [1, 1]]
    values = np.array([0] * 9 + [1, 0])

    expected = (2 * 9 / (9 + 10) + 2 * 1 / (1 + 2)) / 2
    assert macro_f1(right, values) == pytest.approx(expected)


def test_of_several_values_the_one_that_was_read_is_the_right_one() -> None:
    assert macro_f1(np.ones((3, 2), np.bool_), np.array([0, 1, 1])) == 1.0


def test_calibration_error_is_the_distance_of_confidence_from_what_is_right() -> None:
    confidence = np.array([0.95, 0.95, 0.45, 0.45])
    hits = np.array([1.0, 1.0, 0.0, 1.0])

    assert calibration_error(confidence, hits) == pytest.approx(0.5 * 0.05 + 0.5 * 0.05)
