"""The merchant's questions: rates by position and kind, what is looked for in vain, never found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.utils import timezone

from search.events import insights
from search.events.insights import KindRate, Period, PositionRate, VainWords
from search.events.models import Click, FoundProduct, LoggedQuery
from search.models import Listing
from tests.factories import ProductFactory
from tests.search.events.conftest import asked

pytestmark = pytest.mark.django_db

WEEK = 7


@pytest.fixture
def period() -> Period:
    return Period.of_days(WEEK)


def click(query: LoggedQuery, position: int, *kinds: str) -> None:
    for kind in kinds or ("click",):
        Click.objects.create(query=query, product_id=100 + position, position=position, kind=kind)


def rows(found: Sequence[PositionRate]) -> list[tuple[int, int, int, int, int]]:
    return [(one.position, one.shown, one.clicks, one.carts, one.purchases) for one in found]


def test_rates_by_position(period: Period) -> None:
    first = asked(products=[1, 2, 3])
    second = asked(products=[1, 2, 3], seen=[1, 2])  # the third did not come into view
    third_page = asked(products=[7], first=49, page=3)
    click(first, 1, "click", "cart", "purchase")
    click(second, 1)
    click(second, 2)
    click(third_page, 49, "click")

    found = insights.by_position(period)

    assert rows(found) == [(1, 2, 2, 1, 1), (2, 2, 1, 0, 0), (3, 1, 0, 0, 0), (49, 1, 1, 0, 0)]
    assert [one.click_through for one in found] == [1.0, 0.5, 0.0, 1.0]


def test_rates_by_kind_count_a_search_once(period: Period) -> None:
    clicked, bought = asked(products=[1, 2]), asked(products=[1])
    asked(products=[])
    asked(products=[3], page=2, first=25)  # a later page of a search is none of its own
    asked("", products=[1], kind="photo")
    click(clicked, 1)
    click(clicked, 2)
    click(bought, 1, "click", "cart", "purchase")

    words, photo = insights.by_kind(period)

    assert words == KindRate("words", 3, 2, 1, 1, 1)
    assert photo == KindRate("photo", 1, 0, 0, 0, 0)
    assert words.click_rate == pytest.approx(2 / 3)
    assert words.purchase_rate == pytest.approx(1 / 3)


def test_what_was_looked_for_in_vain(period: Period) -> None:
    for _ in range(2):
        asked("hovercraft")
    unsure = asked("velvet sofa", products=[1], confident=False)
    click(unsure, 1)
    asked("boots", products=[1], confident=True)
    asked("mug", products=[1])
    asked("")
    asked("boots", page=2)

    assert insights.in_vain(period) == [
        VainWords("hovercraft", 2, 2, 0),
        VainWords("velvet sofa", 1, 0, 1),
    ]
    assert [one.words for one in insights.in_vain(period, at_least=2)] == ["hovercraft"]
    assert [one.words for one in insights.in_vain(period, limit=1)] == ["hovercraft"]


def test_what_no_search_has_found(period: Period) -> None:
    now = timezone.now()
    old, older, found, lately = [ProductFactory() for _ in range(4)]
    ProductFactory(published=False)
    ages = {old: 20, older: 30, found: 20, lately: 1}
    for product, days in ages.items():
        Listing.objects.filter(pk=product.pk).update(created_at=now - timedelta(days=days))
    FoundProduct.objects.create(product=found, day=now.date())
    FoundProduct.objects.create(product=old, day=now.date() - timedelta(days=WEEK + 1))

    assert insights.never_found(period) == [older.pk, old.pk]
    assert insights.never_found(period, limit=1) == [older.pk]


def test_what_is_older_than_the_period_is_not_looked_at(period: Period) -> None:
    at = timezone.now() - timedelta(days=WEEK, hours=1)
    click(asked(products=[1], at=at), 1)
    asked("hovercraft", at=at)

    assert insights.by_position(period) == []
    assert insights.by_kind(period) == []
    assert insights.in_vain(period) == []


def test_only_so_many_are_looked_at_and_it_says_so() -> None:
    now = timezone.now()
    for hours in (3, 2, 1):
        asked(products=[1, 2], at=now - timedelta(hours=hours))

    bounded = Period(now - timedelta(days=1), most=2)

    assert rows(insights.by_position(bounded)) == [(1, 2, 0, 0, 0), (2, 2, 0, 0, 0)]
    assert not bounded.is_whole()
    assert Period(now - timedelta(days=1), most=3).is_whole()


def test_an_empty_shop_has_no_insights(period: Period) -> None:
    assert insights.by_position(period) == insights.by_kind(period) == []
    assert insights.in_vain(period) == insights.never_found(period) == []
    assert period.is_whole()
