"""What the insights page shows: the readers of `search.events.insights`, asked together and kept
for some minutes, and in the form of charts and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from search.colors.names import BY_NAME
from search.events import charts, insights, tasks
from search.events.charts import Columns
from search.events.insights import (
    MOST,
    DayCount,
    KindRate,
    Period,
    PositionRate,
    Traits,
    VainWords,
)
from search.events.models import LoggedQuery
from shop.catalog.models import AttributeValue
from shop.celery import dispatch
from shop.formats import number, percent

PERIODS = (7, 30, 90)
# Words that fewer searches had, and colours of fewer photos, may say something of one person.
AT_LEAST = 2
VAIN_SHOWN, NEVER_SHOWN, TRAITS_SHOWN = 25, 24, 10
VAIN, NEVER = 1_000, 10_000  # in a file
# Positions of a chart: two pages of results.
CHARTED = 24
# A report is made anew when somebody looks at it after so many seconds.
FRESH_SECONDS = 300
KEEP_SECONDS = 24 * 3600
# More searches than this are counted in the background: 200,000 take ten seconds.
AT_ONCE = 10_000
# Weeks, where there are more days than this.
DAYS_EACH = 31

Kind = LoggedQuery.Kind
KINDS: dict[str, Promise] = {
    Kind.WORDS: _("By words"),
    Kind.PHOTO: _("By photo"),
    Kind.BOTH: _("By photo and words"),
    Kind.LIKE: _("More like a product"),
    Kind.BROWSE: _("By filters alone"),
}
# What the chart over time stacks, from below. Filters alone are no search.
SERIES: Sequence[tuple[Promise, tuple[str, ...]]] = (
    (_("by words"), (Kind.WORDS,)),
    (_("by photo"), (Kind.PHOTO, Kind.BOTH)),
    (_("more like a product"), (Kind.LIKE,)),
)


@dataclass(frozen=True)
class Report:
    """What readers found of `days` days at `made_at`. `whole`: False where there were more searches
    than the newest `most`, at which they looked. `more`: whether more of them are being counted."""

    days: int
    made_at: datetime
    most: int
    whole: bool
    more: bool
    by_day: list[DayCount]
    by_kind: list[KindRate]
    by_position: list[PositionRate]
    traits: Traits
    vain: list[VainWords]
    never: list[int]


def report(days: int) -> Report:
    """Of the last `days` days, at most some minutes old where that is soon counted.

    Where there are many searches: as a worker has counted them last, which is asked to do so anew;
    until one has, of the newest.
    """
    kept: Report | None = cache.get(f"{_KEPT}{days}")
    age = (timezone.now() - kept.made_at).total_seconds() if kept else 0
    if kept is not None and age < FRESH_SECONDS and not kept.more:
        return kept
    if kept is None or (kept.whole and kept.most == AT_ONCE):
        kept = make(days, most=AT_ONCE)
    if not (kept.whole and kept.most == AT_ONCE) and cache.add(f"{_ASKED}{days}", 1, 60):
        dispatch(tasks.make_report, days=days)
    return kept


_KEPT, _ASKED = "search.insights:2:", "search.insights-asked:2:"


def forget() -> None:
    """Have reports be made anew."""
    cache.delete_many([f"{name}{days}" for days in PERIODS for name in (_KEPT, _ASKED)])


def make(days: int, *, most: int = MOST) -> Report:
    """Count the newest `most` searches of the last `days` days, and keep the report."""
    period = Period(Period.of_days(days).since, most)
    whole = period.is_whole()
    found = Report(
        days,
        timezone.now(),
        most,
        whole,
        not whole and most < MOST,
        insights.by_day(period),
        insights.by_kind(period),
        insights.by_position(period),
        insights.by_trait(period, at_least=AT_LEAST),
        insights.in_vain(period, limit=VAIN_SHOWN, at_least=AT_LEAST),
        insights.never_found(period, limit=NEVER_SHOWN),
    )
    cache.set(f"{_KEPT}{days}", found, KEEP_SECONDS)
    return found


@dataclass(frozen=True)
class Bucket:
    """A day, or a week of days from `first` on; how many searches of each kind."""

    first: date
    last: date
    searches: dict[str, int]
    found_nothing: int

    @property
    def total(self) -> int:
        """Searches; filters alone are none."""
        return sum(count for kind, count in self.searches.items() if kind != Kind.BROWSE)

    @property
    def label(self) -> str:
        return date_format(self.first, "MONTH_DAY_FORMAT")

    @property
    def span(self) -> str:
        if self.first == self.last:
            return self.label
        return f"{self.label} – {date_format(self.last, 'MONTH_DAY_FORMAT')}"


def over_time(found: Report) -> list[Bucket]:
    """Every day until today, those without a search too; by weeks where there are many.

    Where not all searches were looked at, from the first whole day that was.
    """
    today = timezone.localdate(found.made_at)
    first = today - timedelta(days=found.days - 1)
    if not found.whole and found.by_day:
        first = max(first, found.by_day[0].day + timedelta(days=1))
    step = 1 if found.days <= DAYS_EACH else 7
    by_day: dict[date, list[DayCount]] = defaultdict(list)
    for one in found.by_day:
        by_day[one.day].append(one)
    buckets = []
    last = today
    while last >= first:
        begins = max(first, last - timedelta(days=step - 1))
        searches: dict[str, int] = defaultdict(int)
        nothing = 0
        for ago in range((last - begins).days + 1):
            for one in by_day[begins + timedelta(days=ago)]:
                searches[one.kind] += one.searches
                nothing += one.found_nothing if one.kind != Kind.BROWSE else 0
        buckets.append(Bucket(begins, last, dict(searches), nothing))
        last = begins - timedelta(days=1)
    return buckets[::-1]


def time_chart(buckets: Sequence[Bucket]) -> Columns | None:
    """Searches over time; None where there were none."""
    rows, told = [], []
    for one in buckets:
        values = [sum(one.searches.get(kind, 0) for kind in kinds) for _label, kinds in SERIES]
        rows.append((one.label, values))
        searches = ngettext("%(count)s search", "%(count)s searches", sum(values))
        parts = [
            f"{number(value)} {label}"
            for value, (label, _kinds) in zip(values, SERIES, strict=True)
            if value
        ]
        said = searches % {"count": number(sum(values))}
        told.append(f"{one.span}: {said}" + (f" ({', '.join(parts)})" if len(parts) > 1 else ""))
    most = max((sum(values) for _label, values in rows), default=0)
    if not most:
        return None
    top = max(charts.nice_top(most), 2)  # there is no half of a search
    return charts.columns(rows, told=told, ticks=[number(top), number(top / 2)], top=top)


def position_chart(found: Report) -> Columns | None:
    """How often results are opened, by where they stand; None where nothing was shown."""
    shown = [one for one in found.by_position if one.position <= CHARTED]
    most = max((one.click_through for one in shown), default=0.0)
    if not most:
        return None
    top = charts.nice_top(most)
    told = [
        gettext("Place %(place)s: opened %(share)s of the times that it was seen")
        % {"place": number(one.position), "share": percent(one.click_through, decimals=1)}
        for one in shown
    ]
    rows = [(number(one.position), [one.click_through]) for one in shown]
    decimals = 0 if top >= 0.02 else 1
    ticks = [percent(value, decimals=decimals) for value in (top, top / 2)]
    return charts.columns(rows, told=told, ticks=ticks, top=top)


def kind_rows(found: Report) -> list[dict[str, Any]]:
    """A row for each kind: how many led to what, with bars for two shares."""
    most = max((max(one.click_rate, one.purchase_rate) for one in found.by_kind), default=0.0)
    return [
        {
            "label": KINDS[one.kind],
            "searches": number(one.searches),
            "opened": percent(one.click_rate),
            "opened_bar": charts.share(one.click_rate, most),
            "bought": percent(one.purchase_rate, decimals=1),
            "bought_bar": charts.share(one.purchase_rate, most),
            "nothing": percent(one.found_nothing / one.searches if one.searches else 0),
        }
        for one in found.by_kind
        if one.kind in KINDS
    ]


@dataclass(frozen=True)
class TraitRow:
    """`shade`: a colour's, as `#rrggbb`, or ""."""

    label: str
    shade: str
    photos: int
    share: str
    bar: str


@dataclass(frozen=True)
class TraitTable:
    title: str
    rows: list[TraitRow]


def trait_tables(found: Traits, *, limit: int = TRAITS_SHOWN) -> list[TraitTable]:
    """Colours first, then each attribute that photos showed, the most common first."""
    values = AttributeValue.objects.filter(
        attribute__slug__in={one.attribute for one in found.found if one.attribute},
        slug__in={one.value for one in found.found},
    ).select_related("attribute")
    names = {(one.attribute.slug, one.slug): one for one in values}
    tables: dict[str, list[TraitRow]] = {gettext("Colours"): []}
    for one in found.found:
        if one.attribute:
            value = names.get((one.attribute, one.value))
            if value is None:  # it was deleted since
                continue
            title, label, shade = value.attribute.name, value.value, ""
        elif one.value in BY_NAME:
            color = BY_NAME[one.value]
            title, label, shade = gettext("Colours"), color.label, f"#{color.shades[0]}"
        else:
            continue
        rows = tables.setdefault(title, [])
        most = rows[0].photos if rows else one.photos
        part = percent(one.photos / found.photos)
        if len(rows) < limit:
            bar = charts.share(one.photos, most)
            rows.append(TraitRow(label, shade, one.photos, part, bar))
    return [TraitTable(title, rows) for title, rows in tables.items() if rows]


def totals(found: Report) -> dict[str, str]:
    """All kinds together; filters alone are no search."""
    kinds = [one for one in found.by_kind if one.kind != Kind.BROWSE]
    searches = sum(one.searches for one in kinds)

    def part(count: int, *, decimals: int = 0) -> str:
        return percent(min(1.0, count / searches) if searches else 0, decimals=decimals)

    return {
        "searches": number(searches),
        "opened": part(sum(one.clicked for one in kinds)),
        "bought": part(sum(one.bought for one in kinds), decimals=1),
        "nothing": part(sum(one.found_nothing for one in kinds)),
    }
