"""The tables of the insights page as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext

from search.events import insights, report
from search.events.insights import Period
from search.events.report import AT_LEAST, KINDS, NEVER, VAIN, Report
from shop.catalog.models import Product
from shop.spreadsheets import Cell

Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]


def _percent(share: float) -> Decimal:
    return Decimal(100 * share).quantize(Decimal("0.1"))


def _over_time(found: Report) -> Table:
    header = [gettext("from"), gettext("to"), *(str(label) for label in KINDS.values())]
    header.append(gettext("found nothing"))
    rows: list[Sequence[Cell]] = [
        [
            one.first.isoformat(),
            one.last.isoformat(),
            *(one.searches.get(kind, 0) for kind in KINDS),
            one.found_nothing,
        ]
        for one in report.over_time(found)
    ]
    return header, rows


def _kinds(found: Report) -> Table:
    header = [
        gettext("kind of search"),
        gettext("searches"),
        gettext("opened a result"),
        gettext("put in the cart"),
        gettext("bought"),
        gettext("found nothing"),
        gettext("opened, per cent"),
        gettext("bought, per cent"),
    ]
    rows: list[Sequence[Cell]] = [
        [
            str(KINDS[one.kind]),
            one.searches,
            one.clicked,
            one.put_in_cart,
            one.bought,
            one.found_nothing,
            _percent(one.click_rate),
            _percent(one.purchase_rate),
        ]
        for one in found.by_kind
        if one.kind in KINDS
    ]
    return header, rows


def _positions(found: Report) -> Table:
    header = [
        gettext("place"),
        gettext("seen"),
        gettext("opened"),
        gettext("put in the cart"),
        gettext("bought"),
        gettext("opened, per cent"),
    ]
    rows: list[Sequence[Cell]] = [
        [one.position, one.shown, one.clicks, one.carts, one.purchases, _percent(one.click_through)]
        for one in found.by_position
    ]
    return header, rows


def _photos(found: Report) -> Table:
    rows: list[Sequence[Cell]] = [
        [table.title, row.label, row.photos]
        for table in report.trait_tables(found.traits, limit=1_000)
        for row in table.rows
    ]
    return [gettext("what"), gettext("value"), gettext("photos")], rows


def _vain(found: Report) -> Table:
    header = [
        gettext("words"),
        gettext("searches"),
        gettext("found nothing"),
        gettext("found nothing close"),
        gettext("opened a result all the same"),
    ]
    period = Period.of_days(found.days)
    rows: list[Sequence[Cell]] = [
        [one.words, one.times, one.found_nothing, one.times - one.found_nothing, one.clicked]
        for one in insights.in_vain(period, limit=VAIN, at_least=AT_LEAST)
    ]
    return header, rows


def _never(found: Report) -> Table:
    keys = insights.never_found(Period.of_days(found.days), limit=NEVER)
    products = Product.objects.only("title", "slug", "brand").in_bulk(keys)
    rows: list[Sequence[Cell]] = [
        [one.title, one.brand, one.slug] for key in keys if (one := products.get(key)) is not None
    ]
    return [gettext("product"), gettext("brand"), gettext("handle")], rows


TABLES: dict[str, Callable[[Report], Table]] = {
    "over-time": _over_time,
    "kinds": _kinds,
    "places": _positions,
    "photos": _photos,
    "words-in-vain": _vain,
    "never-found": _never,
}
