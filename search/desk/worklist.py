"""What to look at first: what shoppers search for most, what they searched for lately, and what
they searched for in vain; each with how many of its results are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Count

from search.desk.models import JudgedSearch
from search.events import insights
from search.events.insights import Period

DAYS = 30
# The newest searches that are looked at: some hundredths of a second.
MOST = 20_000
SHOWN = 12


@dataclass(frozen=True)
class Asked:
    """Words that shoppers wrote; `times` in the last `DAYS` days; `judged`: results."""

    words: str
    times: int
    judged: int = 0


@dataclass(frozen=True)
class Worklist:
    frequent: Sequence[Asked]
    recent: Sequence[Asked]
    in_vain: Sequence[Asked]


def worklist() -> Worklist:
    """In a fixed number of statements, however much was searched."""
    period = replace(Period.of_days(DAYS), most=MOST)
    frequent, recent = _asked(period)
    vain = [Asked(one.words, one.times) for one in insights.in_vain(period, limit=SHOWN)]
    judged = _judged({one.words for one in (*frequent, *recent, *vain)})
    lists = (
        [replace(one, judged=judged.get(one.words, 0)) for one in each]
        for each in (frequent, recent, vain)
    )
    return Worklist(*lists)


def judged_searches(*, most: int = 50) -> list[JudgedSearch]:
    """Those with judgements, the last judged first, each with how many `judged`."""
    rows = JudgedSearch.objects.annotate(judged=Count("judgements")).filter(judged__gt=0)
    return list(rows.select_related("like").defer("photo").order_by("-pk")[:most])


def _asked(period: Period) -> tuple[list[Asked], list[Asked]]:
    """Words most often asked, and those asked last."""
    statement = """
        WITH asked AS MATERIALIZED (
            SELECT id, words FROM search_loggedquery
             WHERE id >= %(since)s AND words <> '' AND page = 1 AND kind = 'words'
             ORDER BY id DESC LIMIT %(most)s
        ), counted AS (
            SELECT words, count(*) AS times, max(id::text) AS last FROM asked GROUP BY words
        )
        (SELECT 'often', words, times FROM counted ORDER BY times DESC, words LIMIT %(shown)s)
        UNION ALL
        (SELECT 'lately', words, times FROM counted ORDER BY last DESC LIMIT %(shown)s)
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, period.parameters(shown=SHOWN))
        rows = cursor.fetchall()
    often = [Asked(words, times) for which, words, times in rows if which == "often"]
    return often, [Asked(words, times) for which, words, times in rows if which == "lately"]


def _judged(words: set[str]) -> dict[str, int]:
    rows = JudgedSearch.objects.filter(words__in=words, like=None, photo_hash="")
    return dict(rows.annotate(judged=Count("judgements")).values_list("words", "judged"))
