"""What searches read of the desk: the live setting, and what is arranged by hand for which words.

All of it is kept by each process, which asks once a second whether anything has changed: one small
statement a second, however many searches there are, and every process follows within one.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from search.desk.models import Curation, RankingSetting
from search.query import Arranged, Leg, QueryKind, Setting

# Between two looks at whether anything has changed.
SECONDS = 0.9


@dataclass(frozen=True)
class _Arrangement:
    arranged: Arranged
    begins: datetime | None
    ends: datetime | None

    def is_active(self, now: datetime) -> bool:
        return not (self.begins and now < self.begins) and not (self.ends and now >= self.ends)


@dataclass(frozen=True)
class Live:
    """What is in force. `arrangements`: by words as `normalised` writes them."""

    setting: Setting = field(default_factory=Setting)
    arrangements: Mapping[str, _Arrangement] = field(default_factory=dict)

    def arranged(self, text: str) -> Arranged:
        """What is arranged, now, for a search by these words."""
        if not self.arrangements:
            return Arranged()
        found = self.arrangements.get(normalised(text))
        return found.arranged if found and found.is_active(timezone.now()) else Arranged()


@dataclass(frozen=True)
class _Kept:
    looked_at: float  # `time.monotonic`
    stamp: object
    live: Live


_kept: _Kept | None = None


def live() -> Live:
    """The setting and the arrangements in force, at most `SECONDS` old."""
    global _kept
    kept, now = _kept, time.monotonic()
    if kept is not None and now - kept.looked_at < SECONDS:
        return kept.live
    stamp = _stamp()
    found = kept.live if kept is not None and kept.stamp == stamp else _read()
    _kept = _Kept(now, stamp, found)
    return found


def forget(**_: Any) -> None:
    """Have the next `live` of this process look again."""
    global _kept
    _kept = None


post_save.connect(forget, sender=RankingSetting, dispatch_uid="forget-setting")
post_save.connect(forget, sender=Curation, dispatch_uid="forget-curation")
post_delete.connect(forget, sender=Curation, dispatch_uid="forget-curation")


def normalised(text: str) -> str:
    """Words as arrangements name them: in one spelling (NFKC), small letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_setting(weights: Mapping[str, Mapping[str, float]]) -> Setting:
    """The setting that a row's weights say; names that this version does not know are left out."""
    return Setting({
        QueryKind(kind): {
            Leg(leg): float(weight) for leg, weight in by_leg.items() if leg in list(Leg)
        }
        for kind, by_leg in weights.items()
        if kind in list(QueryKind)
    })  # fmt: skip


def _stamp() -> object:
    """What differs once anything has changed. Of rows that are changed, added and deleted none of
    these numbers stays as it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT max(id) FROM search_rankingsetting),
                   max(id), count(*), coalesce(sum(version), 0) FROM search_curation
            """
        )
        return cursor.fetchone()


def _read() -> Live:
    row = RankingSetting.objects.live()
    rows = Curation.objects.values_list("words", "pinned", "buried", "active_from", "active_until")
    return Live(
        read_setting(row.weights) if row else Setting(),
        {
            words: _Arrangement(Arranged(tuple(pinned), tuple(buried)), begins, ends)
            for words, pinned, buried, begins, ends in rows
        },
    )
