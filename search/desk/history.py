"""Saving a setting for shoppers, its history, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.db import connection, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext

from search.desk.live import read_setting
from search.desk.models import KIND_LABELS, RankingSetting
from search.desk.sliders import Change, changes, compares
from search.query import Leg, QueryKind, Setting

MOST_NOTE = 200  # characters


class NotSaved(Exception):
    """A setting cannot be saved; the message says why, for merchants."""


@dataclass(frozen=True)
class Entry:
    """A setting in the history. `changes`: to the one before it."""

    row: RankingSetting
    changes: Sequence[Change]
    is_live: bool
    is_usual: bool  # all as Vitrine comes


@transaction.atomic
def save_setting(
    *,
    kind: QueryKind,
    weights: Mapping[Leg, float],
    note: str,
    based_on: int | None,
    by: Any,
) -> RankingSetting:
    """Make `weights` what searches of this kind follow. Raises `NotSaved`.

    `based_on`: the key of the setting that was live where it was tried; if another was saved since,
    nobody has seen what the two together do.
    """
    live = _locked()
    if (live.pk if live else None) != based_on:
        raise NotSaved(_saved_since(live))
    if not compares(kind, weights):
        raise NotSaved(
            gettext(
                "With this nothing would be found: move at least one of the sliders for looks, "
                "description or words up."
            )
        )
    before = live.weights if live else {}
    own = {str(leg): weight for leg, weight in weights.items()}
    after = {**before, str(kind): own}
    if not list(changes(read_setting(before), read_setting(after))):
        raise NotSaved(gettext("Nothing is changed: move a slider first."))
    return _added(after, note=note, by=by, before=before)


@transaction.atomic
def bring_back(*, setting: RankingSetting, by: Any) -> RankingSetting:
    """Make an earlier setting live again. Raises `NotSaved` if nothing would change."""
    live = _locked()
    before = live.weights if live else {}
    return _added(setting.weights, by=by, before=before, brings_back=setting)


@transaction.atomic
def back_to_usual(*, by: Any) -> RankingSetting:
    """Make all as Vitrine comes. Raises `NotSaved` if it is."""
    live = _locked()
    note = gettext("Back to how Vitrine comes")
    return _added({}, by=by, before=live.weights if live else {}, note=note)


def previous(live: RankingSetting) -> RankingSetting | None:
    """The setting that was live before; None where that was how Vitrine comes."""
    return RankingSetting.objects.filter(pk__lt=live.pk).order_by("-pk").first()


@transaction.atomic
def undo(*, based_on: int, by: Any) -> RankingSetting:
    """Go back to what was live before the setting `based_on`, which must be live. Raises
    `NotSaved`."""
    live = _locked()
    if live is None or live.pk != based_on:
        raise NotSaved(_saved_since(live))
    before = previous(live)
    if before is None:
        return back_to_usual(by=by)
    return bring_back(setting=before, by=by)


def entries(*, most: int = 50) -> list[Entry]:
    """The history, newest first; in one statement."""
    rows = list(RankingSetting.objects.newest_first()[: most + 1])
    settings = [read_setting(row.weights) for row in rows]
    usual = Setting()
    found = []
    for place, row in enumerate(rows[:most]):
        before = settings[place + 1] if place + 1 < len(rows) else usual
        found.append(
            Entry(
                row,
                list(changes(before, settings[place])),
                is_live=place == 0,
                is_usual=not list(changes(usual, settings[place])),
            )
        )
    return found


def _locked() -> RankingSetting | None:
    """The live setting; nobody else saves one until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('ranking-setting', 0))")
    return RankingSetting.objects.select_related("saved_by").live()


def _added(
    weights: dict[str, Any],
    *,
    by: Any,
    before: dict[str, Any],
    note: str = "",
    brings_back: RankingSetting | None = None,
) -> RankingSetting:
    told = list(changes(read_setting(before), read_setting(weights)))
    if not told:
        raise NotSaved(gettext("Searches follow this setting already."))
    row = RankingSetting.objects.create(
        weights=weights,
        note=" ".join(note.split())[:MOST_NOTE],
        brings_back=brings_back,
        saved_by=by,
    )
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[row],
        action_flag=ADDITION,
        change_message="; ".join(_told(change) for change in told),
        single_object=True,
    )
    return row


def _told(change: Change) -> str:
    return gettext("%(kind)s: %(way)s, %(before)s → %(after)s") % {
        "kind": KIND_LABELS[change.kind],
        "way": change.label,
        "before": change.before,
        "after": change.after,
    }


def _saved_since(live: RankingSetting | None) -> str:
    if live is None:
        return gettext("The setting was changed since. Load the page again and look once more.")
    saved_at = timezone.localtime(live.saved_at)
    return gettext(
        "%(who)s saved another setting on %(when)s, so this one was not saved. Load the page "
        "again: it compares with the new one."
    ) % {
        "who": live.saved_by or gettext("Somebody"),
        "when": formats.date_format(saved_at, "SHORT_DATETIME_FORMAT"),
    }
