"""`manage.py events insights`, and arguments that are no good."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search.events.models import Click
from search.management.commands import events
from search.models import Listing
from tests.factories import ProductFactory
from tests.search.events.conftest import asked

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("events", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def month() -> None:
    """Two searches that found something, of which one was opened, and three in vain."""
    opened = asked("boots", products=[1, 2])
    asked("", products=[1], kind="photo")
    for words in ("hovercraft", "hovercraft", "my name"):
        asked(words)
    Click.objects.create(query=opened, product_id=1, position=1, kind="click")
    ProductFactory(title="Odd hat", slug="odd-hat")
    Listing.objects.update(created_at=timezone.now() - timedelta(days=60))


def test_json_has_all_that_is_known(month: None) -> None:
    report = json.loads(run("insights", "--days", "30", "--json"))

    assert (report["days"], report["all"]) == (30, True)
    assert (report["searches"], report["found_nothing"]) == (5, 3)
    assert report["kinds"][0] == {
        "kind": "words",
        "searches": 4,
        "clicked": 1,
        "put_in_cart": 0,
        "bought": 0,
        "found_nothing": 3,
        "click_rate": 0.25,
        "purchase_rate": 0,
    }
    assert [(rate["position"], rate["shown"]) for rate in report["positions"]] == [(1, 2), (2, 1)]
    assert report["positions"][0]["click_through"] == 0.5
    # What one search alone had may say something of whoever typed it.
    assert [(row["words"], row["times"]) for row in report["in_vain"]] == [("hovercraft", 2)]
    assert report["never_found"] == [{"product": "odd-hat", "title": "Odd hat"}]


def test_without_json_it_is_tables(month: None) -> None:
    told = run("insights", "--days", "30", "--at-least", "1")

    assert told.startswith("5 searches in 30 days, 3 of them found nothing\n")
    rows = [line.split() for line in told.splitlines()]
    assert ["words", "4", "1", "25.0%", "0", "0", "3"] in rows
    assert ["1", "2", "1", "50.0%", "0", "0"] in rows
    assert ["my", "name", "1", "1", "0"] in rows
    assert ["Odd", "hat", "odd-hat"] in rows


def test_long_tables_are_cut_and_say_so(month: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "SHOWN", 1)

    told = run("insights", "--at-least", "1")

    assert "hovercraft" in told
    assert "my name" not in told
    assert told.count("... and 1 more") == 3


def test_a_shop_without_searches_says_so() -> None:
    assert run("insights") == "0 searches in 90 days, 0 of them found nothing\n"


@pytest.mark.parametrize("arguments", [("insights", "--days", "0"), ("insights", "--days", "x")])
def test_a_period_is_a_day_at_least(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="no number of at least 1"):
        run(*arguments)


def test_judgements_that_cannot_be_written_are_told_before_they_are_made(tmp_path: Path) -> None:
    # Nothing was searched: making them would say so.
    with pytest.raises(CommandError, match="x cannot be written: No such file or directory"):
        run("judgements", str(tmp_path / "nowhere" / "x"))
