"""What checks of recall found: kept for 90 days, and said in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import ngettext

from search.models import EmbeddingModel, RecallCheck
from shop.formats import percent

KEEP = timedelta(days=90)
# The products of a first page; recall is that of them.
FIRST = 24
# Below it a search misses more than one product of a page.
FINE = 0.95


@dataclass(frozen=True)
class Latest:
    """The last check of the live model: a row for each way, one at least."""

    checks: Sequence[RecallCheck]

    @property
    def checked_at(self) -> datetime:
        return self.checks[0].checked_at

    @property
    def samples(self) -> int:
        return sum(check.samples for check in self.checks)

    @property
    def recall(self) -> float:
        """The mean over all samples, in [0, 1]."""
        return sum(check.recall * check.samples for check in self.checks) / self.samples

    @property
    def fine(self) -> bool:
        return self.recall >= FINE

    def __str__(self) -> str:
        return ngettext(
            "Of the first %(first)d products an exact search would show, the search shows "
            "%(share)s (%(samples)d sample of %(origin)s, %(time)s ago).",
            "Of the first %(first)d products an exact search would show, the search shows "
            "%(share)s (%(samples)d samples of %(origin)s, %(time)s ago).",
            self.samples,
        ) % {
            "first": FIRST,
            "share": percent(self.recall, decimals=1),
            "samples": self.samples,
            "origin": RecallCheck.Origin(self.checks[0].origin).label,
            "time": timesince(self.checked_at, depth=1),
        }


def latest() -> Latest | None:
    """The last check of the live model; None before the first."""
    checks = RecallCheck.objects.filter(model__state=EmbeddingModel.State.LIVE)
    last = checks.order_by("-checked_at").values("checked_at")[:1]
    found = list(checks.filter(checked_at=last).order_by("way"))
    return Latest(found) if found else None


def keep(checks: Iterable[RecallCheck]) -> None:
    """Store new checks, and delete those that are too old."""
    RecallCheck.objects.bulk_create(checks)
    RecallCheck.objects.filter(checked_at__lt=timezone.now() - KEEP).delete()
