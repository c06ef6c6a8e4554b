"""What a merchant says of a pair, takes back, and does next. Nothing is merged by itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from search.duplicates.models import DuplicatePair
from shop.catalog.models import Product, ProductImage, Variant
from shop.catalog.signals import announce

State = DuplicatePair.State


class NotPossible(Exception):
    """What was asked for cannot be done; the message is for whoever asked."""


@transaction.atomic
def decide(*, pairs: Iterable[int], state: str, by: User) -> list[int]:
    """Say of open pairs (keys) that they are the same, or not; the keys of those that were open.

    All that is decided at once has one and the same time, by which it is taken back at once.
    """
    rows = DuplicatePair.objects.filter(pk__in=list(pairs), state=State.OPEN).order_by("pk")
    decided = list(rows.select_for_update().values_list("pk", flat=True))
    if not decided:
        return []
    DuplicatePair.objects.filter(pk__in=decided).update(
        state=state, decided_at=timezone.now(), decided_by=by
    )
    told = ngettext(
        "%(count)d pair of pictures: %(answer)s",
        "%(count)d pairs of pictures: %(answer)s",
        len(decided),
    )
    _log(decided[0], told % {"count": len(decided), "answer": State(state).label}, by)
    return decided


@transaction.atomic
def undo(*, pair: int, by: User) -> list[int]:
    """Take back what was decided of a pair, and of all that were decided in the same moment by the
    same person; the keys of those that are open again."""
    one = DuplicatePair.objects.filter(pk=pair).exclude(state=State.OPEN).first()
    if one is None:
        return []
    rows = DuplicatePair.objects.filter(decided_at=one.decided_at, decided_by=one.decided_by)
    rows = rows.exclude(state=State.OPEN).order_by("pk")
    opened = list(rows.select_for_update().values_list("pk", flat=True))
    DuplicatePair.objects.filter(pk__in=opened).update(
        state=State.OPEN, decided_at=None, decided_by=None
    )
    if opened:
        told = ngettext(
            "%(count)d pair of pictures is open again",
            "%(count)d pairs of pictures are open again",
            len(opened),
        )
        _log(opened[0], told % {"count": len(opened)}, by)
    return opened


def draft_picture(pair: DuplicatePair) -> ProductImage | None:
    """That of the two whose product is not on sale yet, of two drafts the newer one's; None where
    both are on sale."""
    sides = sorted((pair.image, pair.other), key=lambda image: -image.product_id)
    return next((image for image in sides if not image.product.published), None)


def other_than(pair: DuplicatePair, image: ProductImage) -> ProductImage:
    return pair.other if image.pk == pair.image_id else pair.image


@transaction.atomic
def take_picture(*, pair: int, by: User) -> tuple[Product, Product]:
    """Move the draft's picture to the other product, after its pictures; the draft, the product.

    Raises `NotPossible` where there is no draft, or the product has the file already.
    """
    found, image = _with_draft(pair)
    draft, target = image.product, other_than(found, image).product
    if target.images.filter(content_hash=image.content_hash).exists():
        raise NotPossible(
            gettext("“%(product)s” has this very file already. Delete the draft’s picture instead.")
            % {"product": target.title}
        )
    # Variants before their product, as all do who change both.
    Variant.objects.filter(product=draft, image=image).update(image=None)
    last = target.images.aggregate(last=Max("position"))["last"]
    image.product = target
    image.position = 0 if last is None else last + 1
    image.save(update_fields=["product", "position"])
    announce([draft.pk])
    told = gettext("A picture was moved from “%(draft)s” to “%(product)s”.") % {
        "draft": draft.title,
        "product": target.title,
    }
    for product in (draft, target):
        _log_product(product, told, by)
    return draft, target


@transaction.atomic
def delete_picture(*, pair: int, by: User) -> Product:
    """Delete the draft's picture, and the pair with it; the draft.

    Raises `NotPossible` where there is no draft.
    """
    _found, image = _with_draft(pair)
    draft = image.product
    image.delete()
    _log_product(draft, gettext("A picture that another product has was deleted."), by)
    return draft


def _with_draft(pair: int) -> tuple[DuplicatePair, ProductImage]:
    pairs = DuplicatePair.objects.select_related("image__product", "other__product")
    found = pairs.select_for_update(of=("self",)).filter(pk=pair).first()
    if found is None:
        raise NotPossible(gettext("One of the two pictures is gone by now. Nothing was done."))
    image = draft_picture(found)
    if image is None or found.image.product_id == found.other.product_id:
        raise NotPossible(
            gettext("Neither of the two products is a draft any more. Nothing was done.")
        )
    return found, image


def _log(pair: int, message: str, by: User) -> None:
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=DuplicatePair.objects.filter(pk=pair),
        action_flag=CHANGE,
        change_message=message,
        single_object=True,
    )


def _log_product(product: Product, message: str, by: User) -> None:
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[product],
        action_flag=CHANGE,
        change_message=message,
        single_object=True,
    )
