"""Pins and burials: what is arranged by hand for the words of a search, one step at a time, each of
which can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from search.desk.live import normalised
from search.desk.models import Curation
from search.query import PAGE_SIZE
from shop.catalog.models import Product
from shop.keys import key_of

# A first page of pins is the merchant's whole say; and what is buried makes every page look deeper.
MOST_PINNED = PAGE_SIZE
MOST_BURIED = 50


class NotArranged(Exception):
    """It cannot be arranged so; the message says why, for merchants."""


@dataclass(frozen=True)
class Places:
    """Keys of products: those that come first, in their order, and those that come last."""

    pinned: tuple[int, ...] = ()
    buried: tuple[int, ...] = ()


@dataclass(frozen=True)
class Done:
    """`told`: what was done. `before`: the places before it, to go back to. `changed`: whether
    those are others now."""

    told: str
    before: Places
    changed: bool = True


def places(words: str) -> Places:
    """What is arranged for these words, whether it is in force now or not."""
    row = Curation.objects.filter(words=normalised(words)).first()
    return _of(row) if row else Places()


def pin(*, words: str, product: Product, by: Any, first: bool = False) -> Done:
    """Let `product` come first, after what is pinned already; or before it."""

    def change(now: Places) -> Places:
        others = tuple(key for key in now.pinned if key != product.pk)
        pinned = (product.pk, *others) if first else (*others, product.pk)
        return Places(pinned, tuple(key for key in now.buried if key != product.pk))

    return _change(words, change, by, gettext("“%(title)s” is pinned for “%(words)s”."), product)


def unpin(*, words: str, product: Product, by: Any) -> Done:
    """Let it stand where the search finds it."""

    def change(now: Places) -> Places:
        return Places(tuple(key for key in now.pinned if key != product.pk), now.buried)

    told = gettext("“%(title)s” is no longer pinned for “%(words)s”.")
    return _change(words, change, by, told, product)


def bury(*, words: str, product: Product, by: Any) -> Done:
    """Let it come after all others."""

    def change(now: Places) -> Places:
        others = tuple(key for key in now.buried if key != product.pk)
        return Places(tuple(key for key in now.pinned if key != product.pk), (*others, product.pk))

    told = gettext("“%(title)s” now comes last for “%(words)s”.")
    return _change(words, change, by, told, product)


def unbury(*, words: str, product: Product, by: Any) -> Done:
    """Let it stand where the search finds it."""

    def change(now: Places) -> Places:
        return Places(now.pinned, tuple(key for key in now.buried if key != product.pk))

    told = gettext("“%(title)s” no longer comes last for “%(words)s”.")
    return _change(words, change, by, told, product)


def put_back(*, words: str, before: Places, by: Any) -> Done:
    """Arrange as it was."""
    pinned = tuple(dict.fromkeys(before.pinned))
    buried = tuple(key for key in dict.fromkeys(before.buried) if key not in pinned)
    told = gettext("Taken back for “%(words)s”.")
    return _change(words, lambda now: Places(pinned, buried), by, told, None)


@transaction.atomic
def _change(words: str, change: Any, by: Any, told: str, product: Product | None) -> Done:
    said = normalised(words)
    if not said:
        raise NotArranged(gettext("Results are arranged for words: write some first."))
    row = _locked(said)
    before = _of(row)
    after: Places = _existing(change(before))
    if len(after.pinned) > MOST_PINNED:
        raise NotArranged(
            gettext("At most %(most)d products are pinned for one search: the first page.")
            % {"most": MOST_PINNED}
        )
    if len(after.buried) > MOST_BURIED:
        raise NotArranged(
            gettext("At most %(most)d products are put last for one search.")
            % {"most": MOST_BURIED}
        )
    message = told % {"title": product.title if product else "", "words": said}
    if after == before:
        return Done(message, before, changed=False)
    row.pinned, row.buried = list(after.pinned), list(after.buried)
    row.version += 1
    row.changed_by = by
    row.save()
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[row],
        action_flag=CHANGE,
        change_message=message,
        single_object=True,
    )
    return Done(message, before)


def _locked(words: str) -> Curation:
    """The row of these words, made if need be; nobody else changes it until this ends."""
    rows = Curation.objects.select_for_update()
    row = rows.filter(words=words).first()
    if row is not None:
        return row
    try:
        with transaction.atomic():
            Curation.objects.create(words=words)
    except IntegrityError:  # somebody else was faster
        pass
    return rows.get(words=words)


def _existing(places: Places) -> Places:
    """Without products that were deleted since: nobody could take them out."""
    keys = {*places.pinned, *places.buried}
    known = set(Product.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return Places(
        tuple(key for key in places.pinned if key in known),
        tuple(key for key in places.buried if key in known),
    )


def _of(row: Curation) -> Places:
    return Places(tuple(row.pinned), tuple(row.buried))


def read_keys(said: str, *, most: int) -> Sequence[int]:
    """Keys as a page sends them, "3,17"; none of what is no key."""
    keys = [key for part in said.split(",") if (key := key_of(part)) is not None]
    return keys[:most]
