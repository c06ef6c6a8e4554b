"""Judgements from clicks: positions are allowed for, and what nobody looked at is not judged."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from search.events.insights import Period
from search.events.judgements import Judgement, judgements, propensities
from search.events.models import Click, LoggedQuery
from search.events.position_bias import PRIOR_MEAN, estimate
from shop.catalog.models import Product
from tests.factories import ProductFactory
from tests.search.events.conftest import asked

# --- The bias of positions ----------------------------------------------------------------------


def clicks_of_shoppers(
    eta: float, *, pairs: int, searches: int, seed: int = 0, settled: bool = False
) -> tuple[np.ndarray, ...]:
    """Rows for `estimate`, and the attractiveness of each pair: shoppers who look at position k
    with k ^ -eta, and at whom the better products stand higher. `settled`: always at one place."""
    chance = np.random.default_rng(seed)
    attraction = np.sort(chance.beta(1, 4, pairs))[::-1]
    shown: dict[tuple[int, int], list[int]] = {}
    for _ in range(searches):
        noise = 0 if settled else 0.15
        order = np.argsort(-(attraction + chance.normal(0, noise, pairs)))
        for place, pair in enumerate(order, start=1):
            seen = chance.random() < place**-eta
            row = shown.setdefault((int(pair), place), [0, 0])
            row[0] += 1
            row[1] += int(seen and chance.random() < attraction[pair])
    rows = sorted(shown.items())
    keys, counts = np.array([key for key, _ in rows]), np.array([value for _, value in rows])
    return keys[:, 0], keys[:, 1], counts[:, 0], counts[:, 1], attraction


@pytest.mark.parametrize("eta", [0.3, 0.7, 1.2])
def test_the_bias_is_found_though_the_better_stand_higher(eta: float) -> None:
    *rows, _ = clicks_of_shoppers(eta, pairs=20, searches=4000)

    found = estimate(*rows)

    assert found.eta == pytest.approx(eta, abs=0.1)
    assert found.clicks > 1000


def test_what_always_stands_at_one_place_says_nothing_of_it() -> None:
    *rows, _ = clicks_of_shoppers(0.3, pairs=20, searches=500, settled=True)

    found = estimate(*rows)

    assert found.eta == pytest.approx(PRIOR_MEAN)
    assert found.clicks == 0


def test_with_few_clicks_the_prior_holds() -> None:
    found = estimate(np.array([0, 0]), np.array([1, 9]), np.array([5, 5]), np.array([0, 1]))

    assert 0 < found.eta < PRIOR_MEAN


def test_without_any_rows_there_is_the_prior() -> None:
    nothing = np.array([], np.int64)

    assert estimate(nothing, nothing, nothing, nothing).eta == PRIOR_MEAN


def test_correcting_for_it_orders_products_better_than_bare_rates() -> None:
    pairs, positions, shown, clicks, attraction = clicks_of_shoppers(1.0, pairs=20, searches=4000)
    looks = shown * estimate(pairs, positions, shown, clicks).at(positions)

    total = np.bincount(pairs, clicks)
    bare, corrected = total / np.bincount(pairs, shown), total / np.bincount(pairs, looks)

    def error(rates: np.ndarray) -> float:
        return float(np.abs(rates / rates.mean() - attraction / attraction.mean()).mean())

    assert error(corrected) < error(bare) / 2


# --- Judgements ---------------------------------------------------------------------------------


@pytest.fixture
def products(db: None) -> list[Product]:
    return [ProductFactory(slug=f"p{n}", variants=[{"sku": f"SKU-P{n}"}]) for n in range(5)]


def search_for(
    words: str, products: list[Product], opened: dict[int, list[str]], times: int, **values: Any
) -> None:
    """`times` searches that showed `products`; `opened`: kinds of clicks by place in the list."""
    for _ in range(times):
        query: LoggedQuery = asked(words, [one.pk for one in products], **values)
        for place, kinds in opened.items():
            for kind in kinds:
                Click.objects.create(
                    query=query, product=products[place], position=place + 1, kind=kind
                )


def found(**options: Any) -> dict[str, Judgement]:
    return {one.product: one for one in judgements(Period.of_days(7), **options)}


def test_grades(products: list[Product]) -> None:
    search_for("boots", products, {}, 30)
    search_for("boots", products, {0: ["click"], 2: ["click"]}, 10)
    search_for("boots", products, {1: ["click"]}, 4)
    search_for("boots", products, {3: ["cart"]}, 1)
    search_for("boots", products, {0: ["click", "cart", "purchase"]}, 1)

    graded = found()

    assert {name: one.grade for name, one in graded.items()} == {
        "p0": 3,  # bought
        "p2": 2,  # opened as often as the first, though it stood lower
        "p3": 2,  # put in the cart
        "p1": 1,
        "p4": 0,
    }
    first = graded["p0"]
    assert (first.query, first.sku, first.shown) == ("boots", "SKU-P0", 46)
    assert (first.clicks, first.carts, first.purchases) == (11, 1, 1)
    assert first.looks == 46
    assert graded["p2"].looks < 46
    assert graded["p2"].rate > graded["p1"].rate


def test_what_was_looked_at_too_little_is_not_judged(products: list[Product]) -> None:
    search_for("boots", products, {0: ["click"]}, 4)

    assert set(found()) == {"p0"}


def test_what_did_not_come_into_view_was_not_looked_at(products: list[Product]) -> None:
    search_for("boots", products, {0: ["click"]}, 20, seen=[1, 2])

    graded = found()

    assert set(graded) == {"p0", "p1"}
    assert graded["p1"].shown == 20


@pytest.mark.parametrize(
    "values", [{"filters": {"color": "red"}}, {"kind": "both"}, {"kind": "like"}, {"words": ""}]
)
def test_only_bare_words_are_judged(products: list[Product], values: dict[str, Any]) -> None:
    search_for(values.pop("words", "boots"), products, {0: ["click"]}, 10, **values)

    assert found() == {}


def test_words_that_hardly_anybody_typed_are_left_out(products: list[Product]) -> None:
    search_for("alice's boots", products, {0: ["click", "purchase"]}, 2)

    assert found() == {}


def test_products_that_are_gone_are_left_out(products: list[Product]) -> None:
    search_for("boots", products, {0: ["click"], 1: ["click"]}, 10)
    products[0].delete()

    assert "p0" not in found()


def test_propensities_of_the_period(products: list[Product]) -> None:
    search_for("boots", products, {0: ["click"]}, 30)
    search_for("boots", products[::-1], {4: ["click"]}, 30)

    # As often at the fifth place as at the first: positions do not matter here.
    assert propensities(Period.of_days(7)).eta < 0.2


# --- The command --------------------------------------------------------------------------------


def test_the_command_writes_json_lines(products: list[Product], tmp_path: Path) -> None:
    search_for("boots", products, {0: ["click", "purchase"]}, 10)
    file = tmp_path / "judgements.jsonl"
    out = StringIO()

    call_command("events", "judgements", str(file), stdout=out)

    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert lines[0] | {"looks": 0, "rate": 0} == {
        "query": "boots",
        "product": "p0",
        "sku": "SKU-P0",
        "grade": 3,
        "shown": 10,
        "clicks": 10,
        "carts": 0,
        "purchases": 10,
        "looks": 0,
        "rate": 0,
    }
    assert f"{len(lines)} judgements" in out.getvalue()


def test_without_clicks_the_command_says_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing to judge by"):
        call_command("events", "judgements", str(tmp_path / "judgements.jsonl"))
    assert not list(tmp_path.iterdir())
