"""What a merchant asks of events: where people click, what they look for in vain, what is never
found.

Every reader looks at the newest `MOST` searches of the time asked for, so that it takes as long in
a year as today; `Period` says whether those were all. Pages after the first are the same search:
they show and are clicked, but are not counted as searches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from search.events import query_ids

# Searches that one reader looks at: a second's work.
MOST = 200_000
# Positions that are told apart; a shopper hardly goes further.
POSITIONS = 96


@dataclass(frozen=True)
class Period:
    """What readers look at: searches since `since`, the newest `most` pages of them."""

    since: datetime
    most: int = MOST

    @classmethod
    def of_days(cls, days: int) -> Period:
        return cls(timezone.now() - timedelta(days=days))

    def parameters(self, **others: Any) -> dict[str, Any]:
        return {"since": query_ids.first_of(self.since), "most": self.most, **others}

    def is_whole(self) -> bool:
        """Whether `most` pages are all there are."""
        rows = _rows(
            "SELECT FROM search_loggedquery WHERE id >= %(since)s OFFSET %(most)s LIMIT 1",
            self.parameters(),
        )
        return not rows


# The searches of a period, as a table `asked`; and which clicks and impressions are theirs: ids are
# in the order of time, so those that are looked at are a range.
_ASKED = """
    asked AS MATERIALIZED (
        SELECT id, kind, page, found FROM search_loggedquery WHERE id >= %(since)s
         ORDER BY id DESC LIMIT %(most)s
    )
"""
_THEIRS = "query_id >= (SELECT id FROM asked ORDER BY id LIMIT 1)"


@dataclass(frozen=True)
class PositionRate:
    """How often a position was shown, and how many of those were opened, put in the cart, bought.

    Shown is what came into view, where a page told, and else what it held.
    """

    position: int
    shown: int
    clicks: int
    carts: int
    purchases: int

    @property
    def click_through(self) -> float:
        """In [0, 1]."""
        return self.clicks / self.shown if self.shown else 0.0


def by_position(period: Period) -> list[PositionRate]:
    """The first `POSITIONS` positions that were shown, in order."""
    rows = _rows(
        f"""
        WITH {_ASKED}, pages AS MATERIALIZED (
            SELECT first, products, seen FROM search_impression WHERE {_THEIRS}
        ), lengths AS (
            SELECT first, cardinality(products) AS length, count(*) AS times
              FROM pages WHERE seen IS NULL GROUP BY first, length
        ), shown AS (
            SELECT position, sum(times) AS times FROM (
                SELECT generate_series(first, first + length - 1) AS position, times FROM lengths
                UNION ALL
                SELECT unnest(seen), 1 FROM pages WHERE seen IS NOT NULL
            ) each GROUP BY position
        ), clicked AS (
            SELECT position, count(*) FILTER (WHERE kind = 'click') AS clicks,
                   count(*) FILTER (WHERE kind = 'cart') AS carts,
                   count(*) FILTER (WHERE kind = 'purchase') AS purchases
              FROM search_click WHERE {_THEIRS} GROUP BY position
        )
        SELECT position, times::bigint, coalesce(clicks, 0), coalesce(carts, 0),
               coalesce(purchases, 0)
          FROM shown LEFT JOIN clicked USING (position)
         WHERE position <= %(positions)s ORDER BY position
        """,  # noqa: S608  (a condition of our own; values are parameters)
        period.parameters(positions=POSITIONS),
    )
    return [PositionRate(*row) for row in rows]


@dataclass(frozen=True)
class KindRate:
    """Of the searches of one kind (`LoggedQuery.Kind`), how many led to what; a search counts once,
    however many of its results were opened."""

    kind: str
    searches: int
    clicked: int
    put_in_cart: int
    bought: int
    found_nothing: int

    @property
    def click_rate(self) -> float:
        """In [0, 1]. Later pages can be clicked and are no searches: never above 1 for that."""
        return min(1.0, self.clicked / self.searches) if self.searches else 0.0

    @property
    def purchase_rate(self) -> float:
        """In [0, 1]."""
        return min(1.0, self.bought / self.searches) if self.searches else 0.0


def by_kind(period: Period) -> list[KindRate]:
    """Each kind that was asked, most often first."""
    rows = _rows(
        f"""
        WITH {_ASKED}, led AS (
            SELECT query_id AS id, bool_or(kind = 'click') AS clicked,
                   bool_or(kind = 'cart') AS carted, bool_or(kind = 'purchase') AS bought
              FROM search_click WHERE {_THEIRS} GROUP BY query_id
        )
        SELECT kind, count(*) FILTER (WHERE page = 1) AS searches,
               count(*) FILTER (WHERE clicked), count(*) FILTER (WHERE carted),
               count(*) FILTER (WHERE bought), count(*) FILTER (WHERE page = 1 AND found = 0)
          FROM asked LEFT JOIN led USING (id)
         GROUP BY kind ORDER BY searches DESC, kind
        """,  # noqa: S608
        period.parameters(),
    )
    return [KindRate(*row) for row in rows]


@dataclass(frozen=True)
class DayCount:
    """Searches of one kind on one day, in the shop's time zone."""

    day: date
    kind: str
    searches: int
    found_nothing: int


def by_day(period: Period) -> list[DayCount]:
    """Each day that was asked something, in order."""
    rows = _rows(
        """
        WITH asked AS MATERIALIZED (
            SELECT hour, kind, page, found FROM search_loggedquery WHERE id >= %(since)s
             ORDER BY id DESC LIMIT %(most)s
        )
        SELECT (hour AT TIME ZONE %(zone)s)::date AS day, kind, count(*),
               count(*) FILTER (WHERE found = 0)
          FROM asked WHERE page = 1 GROUP BY day, kind ORDER BY day, kind
        """,
        period.parameters(zone=timezone.get_current_timezone_name()),
    )
    return [DayCount(*row) for row in rows]


@dataclass(frozen=True)
class Trait:
    """Something that photos showed: a colour (`attribute` ""), or a value of an attribute; by their
    names in addresses."""

    attribute: str
    value: str
    photos: int


@dataclass(frozen=True)
class Traits:
    """What searches by photo had in common: of `photos`, most often first."""

    photos: int
    found: list[Trait]


def by_trait(period: Period, *, at_least: int = 1, limit: int = 200) -> Traits:
    """The colours and attributes of photos that shoppers searched with; those that so many had."""
    rows = _rows(
        """
        WITH asked AS MATERIALIZED (
            SELECT kind, page, traits FROM search_loggedquery WHERE id >= %(since)s
             ORDER BY id DESC LIMIT %(most)s
        ), photos AS MATERIALIZED (
            SELECT traits FROM asked WHERE page = 1 AND kind IN ('photo', 'both')
               AND traits <> '{}'
        ), found AS (
            SELECT '' AS attribute, color AS value
              FROM photos, jsonb_array_elements_text(traits -> 'colors') color
            UNION ALL
            SELECT one.key, one.value FROM photos, jsonb_each_text(traits -> 'attributes') one
        )
        SELECT NULL, NULL, count(*) FROM photos
        UNION ALL (
            SELECT attribute, value, count(*) AS times FROM found GROUP BY attribute, value
            HAVING count(*) >= %(at_least)s ORDER BY times DESC, attribute, value LIMIT %(limit)s
        )
        """,
        period.parameters(at_least=at_least, limit=limit),
    )
    (_, _, photos), *found = rows
    return Traits(photos, [Trait(*row) for row in found])


@dataclass(frozen=True)
class VainWords:
    """Words that were searched `times` times and found nothing, or nothing close. `clicked`: how
    often a result was opened all the same."""

    words: str
    times: int
    found_nothing: int
    clicked: int


def in_vain(period: Period, *, limit: int = 100, at_least: int = 1) -> list[VainWords]:
    """The words that were most often looked for in vain; those of `at_least` so many searches.

    Of one search alone they may say something of whoever typed them.
    """
    rows = _rows(
        """
        WITH vain AS MATERIALIZED (
            SELECT id, words, found FROM search_loggedquery
             WHERE id >= %(since)s AND page = 1 AND words <> ''
               AND (found = 0 OR confident = false)
             ORDER BY id DESC LIMIT %(most)s
        )
        SELECT words, count(*) AS times, count(*) FILTER (WHERE found = 0),
               count(*) FILTER (WHERE EXISTS (
                   SELECT FROM search_click click WHERE click.query_id = vain.id
               ))
          FROM vain GROUP BY words HAVING count(*) >= %(at_least)s
         ORDER BY times DESC, words LIMIT %(limit)s
        """,
        period.parameters(limit=limit, at_least=at_least),
    )
    return [VainWords(*row) for row in rows]


def never_found(period: Period, *, limit: int = 100) -> list[int]:
    """The keys of products on sale that no search has shown since, longest on sale first.

    Those that came on sale within the period are left out: they had less of a chance. Browsing, by
    filters alone, is no search here.
    """
    rows = _rows(
        """
        SELECT listing.product_id
          FROM search_listing listing
          LEFT JOIN search_foundproduct found USING (product_id)
         WHERE (found.day IS NULL OR found.day < %(day)s) AND listing.created_at < %(day)s
         ORDER BY listing.created_at, listing.product_id LIMIT %(limit)s
        """,
        {"day": period.since.date(), "limit": limit},
    )
    return [product for (product,) in rows]


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
