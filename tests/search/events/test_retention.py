"""What is old goes: words, then all; in batches; and everything at once where that is wanted."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from search.events import buffer, retention, tasks
from search.events.models import BoughtTogether, Click, FoundProduct, Impression, LoggedQuery
from tests.factories import ProductFactory
from tests.search.events.conftest import asked, record

pytestmark = pytest.mark.django_db


def ago(**span: int) -> LoggedQuery:
    query = asked("boots", [1, 2], at=timezone.now() - timedelta(**span))
    Click.objects.create(query=query, product_id=1, position=1, kind="click")
    return query


def test_events_go_with_their_days(settings: Any) -> None:
    settings.EVENTS_DAYS = 10
    for days in (11, 12, 400):
        ago(days=days)
    young = ago(days=9, hours=22)

    tasks.forget_old()

    assert LoggedQuery.objects.get() == young
    assert Impression.objects.get().query_id == young.pk
    assert Click.objects.get().query_id == young.pk


def test_they_go_in_batches_and_within_a_time() -> None:
    for _ in range(7):
        ago(days=400)

    assert retention.forget_old(batch=3, budget_seconds=0) == 0
    assert LoggedQuery.objects.count() == 7
    assert retention.forget_old(batch=3) == 7
    assert not Impression.objects.exists() and not Click.objects.exists()


def test_words_may_go_earlier(settings: Any) -> None:
    settings.EVENTS_WORDS_DAYS = 2
    for _ in range(5):
        ago(days=3)
    young = ago(days=1)

    retention.forget_old(batch=2)

    assert LoggedQuery.objects.count() == 6
    assert LoggedQuery.objects.get(words="boots") == young


def test_without_words_kept_those_that_are_there_go(settings: Any) -> None:
    settings.EVENTS_WORDS_DAYS = 0
    ago(hours=1)

    retention.forget_old()

    assert LoggedQuery.objects.get().words == ""


def test_days_of_found_products_go_too(settings: Any) -> None:
    settings.EVENTS_DAYS = 10
    today = timezone.now().date()
    FoundProduct.objects.create(product_id=1, day=today - timedelta(days=11))
    FoundProduct.objects.create(product_id=2, day=today - timedelta(days=9))

    retention.forget_old()

    assert FoundProduct.objects.get().product_id == 2


def test_turned_off_what_there_is_still_goes(settings: Any) -> None:
    settings.EVENTS = False
    ago(days=400)

    tasks.forget_old()

    assert not LoggedQuery.objects.exists()


@pytest.mark.django_db(transaction=True)  # TRUNCATE wants no rows whose constraints wait
def test_the_command_tells_and_forgets_all() -> None:
    ago(days=1)
    ago(days=3)
    BoughtTogether.objects.create(product_id=1, other_id=2, weight=1)
    FoundProduct.objects.create(product_id=1, day=timezone.now().date())
    ProductFactory(title="Boots")
    record({"q": "boots"})
    told = json.loads(call("status", "--json"))
    assert told["queries"] == told["clicks"] == 2
    assert told["waiting"] == 1
    assert told["kept"] is True and told["days"] == 90
    assert "queries" in call("status")

    assert "Forgotten" in call("forget", "--all")

    assert buffer.waiting() == 0
    for model in (LoggedQuery, Impression, Click, FoundProduct, BoughtTogether):
        assert not model.objects.exists()


def call(*arguments: str) -> str:
    out = StringIO()
    call_command("events", *arguments, stdout=out)
    return out.getvalue()
