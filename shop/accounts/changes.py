"""Who changed what in the admin: Django's own log, read so that a million entries take no longer
than ten. Nothing is counted; pages go on from an entry, not from a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import CharField, IntegerField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

# Words are looked for among the newest so many entries that pass the rest.
SEARCHED = 100_000


@dataclass(frozen=True)
class Wanted:
    """Which entries: of a person (key), of a kind of thing (key of a content type), added, changed
    or deleted (Django's flag), of some days, both included, with some words in them."""

    person: int | None = None
    kind: int | None = None
    flag: int | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""


def entries(wanted: Wanted) -> QuerySet[LogEntry]:
    """Those that are wanted, newest first."""
    rows = LogEntry.objects.order_by("-action_time", "-pk")
    if wanted.person is not None:
        rows = rows.filter(user=wanted.person)
    if wanted.kind is not None:
        rows = rows.filter(content_type=wanted.kind)
    if wanted.flag is not None:
        rows = rows.filter(action_flag=wanted.flag)
    if wanted.since is not None:
        rows = rows.filter(action_time__gte=_midnight(wanted.since))
    if wanted.until is not None:
        rows = rows.filter(action_time__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.words:
        said = Q(object_repr__icontains=wanted.words) | Q(change_message__icontains=wanted.words)
        # In a sub-query: the newest are taken first, and looked through then.
        newest = rows.values("pk")[:SEARCHED]
        rows = LogEntry.objects.filter(pk__in=newest).filter(said).order_by("-action_time", "-pk")
    return rows.select_related("user", "content_type")


def before(rows: QuerySet[LogEntry], entry: int) -> QuerySet[LogEntry]:
    """Those older than an entry (its key); all, where it is gone."""
    last = LogEntry.objects.filter(pk=entry).values_list("action_time", flat=True).first()
    if last is None:
        return rows
    older = Q(action_time__lt=last) | Q(action_time=last, pk__lt=entry)
    return rows.filter(older, action_time__lte=last)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


# --- What there is to choose from ----------------------------------------------------------------


def people() -> list[User]:
    """Whoever changed something, by name."""
    found = User.objects.filter(pk__in=_different("user_id"))
    return sorted(found, key=lambda user: name_of(user).casefold())


def kinds() -> list[ContentType]:
    """The kinds of things that were changed, by name."""
    types = ContentType.objects.in_bulk(_different("content_type_id"))
    return sorted(types.values(), key=lambda one: kind_of(one).casefold())


def _different(column: str) -> list[int]:
    """The values of an indexed column, each looked up from the one before: as many steps as there
    are values, however many rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE each AS (
                (SELECT {column} AS value FROM django_admin_log
                  WHERE {column} IS NOT NULL ORDER BY {column} LIMIT 1)
                UNION ALL
                SELECT (SELECT {column} FROM django_admin_log
                         WHERE {column} > each.value ORDER BY {column} LIMIT 1)
                  FROM each WHERE each.value IS NOT NULL
            )
            SELECT value FROM each WHERE value IS NOT NULL
            """  # noqa: S608  (names of ours)
        )
        return [value for (value,) in cursor.fetchall()]


# --- What an entry says --------------------------------------------------------------------------


def name_of(user: User) -> str:
    """What to call whoever changed something."""
    if not user.is_active and user.username.startswith("deleted-"):
        return gettext("somebody who left")
    return user.get_full_name() or user.email or user.username


def kind_of(content_type: ContentType | None) -> str:
    """The kind of thing, as the admin calls it."""
    model = content_type.model_class() if content_type else None
    if model is not None:
        return capfirst(str(model._meta.verbose_name))
    return capfirst(content_type.model) if content_type else gettext("Something that is no more")


def links(found: Sequence[LogEntry], request: HttpRequest) -> dict[int, str]:
    """By the key of an entry, the page of its thing: where that is still there, and whoever asks
    may see it. One query for all kinds together."""
    by_type: dict[int, list[LogEntry]] = defaultdict(list)
    for entry in found:
        if entry.content_type_id and entry.object_id:
            by_type[entry.content_type_id].append(entry)
    lookups = []
    linked: dict[tuple[int, str], str] = {}
    for key, of_type in by_type.items():
        content_type = of_type[0].content_type
        model = content_type.model_class() if content_type else None
        if model is None or not admin.site.is_registered(model):
            continue
        if not admin.site.get_model_admin(model).has_view_permission(request):
            continue
        wanted = set(_valid(model, (str(entry.object_id) for entry in of_type)))
        pages = {(key, one): page for one in wanted if (page := _page(model, one))}
        if pages:
            linked |= pages
            lookups.append(_existing(model, key, wanted))
    if not lookups:
        return {}
    first, *others = lookups
    there = set(first.union(*others, all=True) if others else first)
    return {
        entry.pk: linked[at]
        for entry in found
        if (at := (entry.content_type_id or 0, str(entry.object_id))) in there and at in linked
    }


def _existing(model: type[Model], key: int, wanted: set[str]) -> QuerySet[Model, tuple[int, str]]:
    rows = model._base_manager.filter(pk__in=wanted).order_by()
    return rows.annotate(
        of_type=Value(key, output_field=IntegerField()), named=Cast("pk", CharField())
    ).values_list("of_type", "named")


def _valid(model: type[Model], keys: Iterable[str]) -> Iterable[str]:
    """Those that may be keys of the model."""
    for key in keys:
        try:
            model._meta.pk.to_python(key)
        except ValidationError:
            continue
        yield key


def _page(model: type[Model], key: str) -> str:
    """Of the thing; of all of its kind, where each has none of its own."""
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    try:
        return reverse(f"{base}_change", args=[quote(key)])
    except NoReverseMatch:
        pass
    try:
        return reverse(f"{base}_changelist")
    except NoReverseMatch:
        return ""
