"""Changes of how photos are put together: all at once by a way, or one by hand. Each can be undone.

Every change says how the photos of some drafts are to be, and `arrange` moves what differs. Vectors
follow a picture to its product (`search.indexing`), nothing is embedded anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from shop.catalog.models import Category, Product, ProductImage
from shop.catalog.signals import announce
from shop.celery import dispatch
from shop.intake import tasks
from shop.intake.drafts import is_untitled, new_drafts, title_for
from shop.intake.grouping import Group, propose
from shop.intake.models import Batch, Draft, File, Step, Way

STEPS_KEPT = 20
# What is remembered of a draft besides its photos.
REMEMBERED = ("common", "target_id", "category_id", "sku", "price", "stock")


class _Board:
    """The open drafts of a batch with their photos, locked against other changes."""

    def __init__(self, batch: Batch, actor: User) -> None:
        self.actor = actor
        self.batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        drafts = self.batch.drafts.filter(state=Draft.State.OPEN, product__isnull=False)
        self.drafts = {draft.pk: draft for draft in drafts.select_related("product")}
        by_product = {draft.product_id: draft.pk for draft in self.drafts.values()}
        images = ProductImage.objects.filter(product__in=by_product).select_related("file")
        self.images = {image.pk: image for image in images.order_by("position", "pk")}
        # As it is: the photos of each draft, in order.
        self.groups: dict[int, list[int]] = {pk: [] for pk in self.drafts}
        for image in self.images.values():
            self.groups[by_product[image.product_id]].append(image.pk)

    def title(self, draft: int) -> str:
        product = self.drafts[draft].product
        return product.title if product else ""

    def remember(self, said: str) -> None:
        """Keep how it is, to be undone, and log what is done; only the latest steps are kept."""
        groups = [
            {
                "draft": pk,
                "images": images,
                "title": self.title(pk),
                **{
                    name: str(value) if name == "price" and value is not None else value
                    for name in REMEMBERED
                    for value in [getattr(self.drafts[pk], name)]
                },
            }
            for pk, images in self.groups.items()
        ]
        Step.objects.create(batch=self.batch, said=said[:200], way=self.batch.way, groups=groups)
        old = Step.objects.filter(batch=self.batch).values_list("pk", flat=True)[STEPS_KEPT:]
        Step.objects.filter(pk__in=list(old)).delete()
        log(self.batch, self.actor, f"{said}.")

    def arrange(self, groups: Sequence[Group]) -> list[int]:
        """Move photos so that they are as `groups` says; the key of the draft of each group.

        No group is empty. Photos that no group names stay where they are. A draft that loses all
        its photos goes.
        """
        wanted = [self._here(group) for group in groups]
        chosen = self._drafts_for(wanted)
        missing = [place for place, draft in enumerate(chosen) if draft is None]
        made = new_drafts(
            self.batch,
            [(wanted[at].first, wanted[at].common, wanted[at].target) for at in missing],
        )
        for at, draft in zip(missing, made, strict=True):
            chosen[at] = draft.pk
            self.drafts[draft.pk] = draft
        keys = [pk for pk in chosen if pk is not None]
        moved: list[ProductImage] = []
        touched: set[int] = set()
        for pk, group in zip(keys, wanted, strict=True):
            product = self.drafts[pk].product_id
            for position, image in enumerate(self.images[one] for one in group.images):
                if (image.product_id, image.position) != (product, position):
                    touched |= {image.product_id, product or 0}
                    image.product_id, image.position = product or 0, position
                    moved.append(image)
        ProductImage.objects.bulk_update(moved, ["product", "position"], batch_size=500)
        holding = {image.product_id for image in self.images.values()}
        self.discard_drafts(
            pk for pk, draft in self.drafts.items() if draft.product_id not in holding
        )
        announce(sorted(touched - {0}))
        return keys

    def discard_drafts(self, drafts: Iterable[int]) -> None:
        going = list(drafts)
        if going:
            self.batch.drafts.filter(pk__in=going).update(state=Draft.State.GOING)
            dispatch(tasks.clear_drafts)

    def _here(self, group: Group) -> Group:
        """`group` with those of its photos that are still here."""
        images = [one for one in group.images if one in self.images]
        first = getattr(self.images[images[0]], "file", None) if images else None
        return Group(images, group.draft, group.common, group.target, group.first or first)

    def _drafts_for(self, groups: Sequence[Group]) -> list[int | None]:
        """Which draft each group is to be: the one it names, else that of most of its photos."""
        of = {image: pk for pk, images in self.groups.items() for image in images}
        taken = {one.draft for one in groups if one.draft in self.drafts}
        chosen: list[int | None] = []
        for group in groups:
            if group.draft in self.drafts:
                chosen.append(group.draft)
                continue
            held = [of[one] for one in group.images if of[one] not in taken]
            best = max(held, key=held.count) if held else None
            if best is not None:
                taken.add(best)
            chosen.append(best)
        return chosen


@transaction.atomic
def put_together(*, batch: Batch, way: str, actor: User) -> int:
    """Put all photos together by `way`; how many drafts there are then."""
    board = _Board(batch, actor)
    groups = propose(board.batch, way)
    board.remember(gettext("Put together by: %(way)s") % {"way": Way(way).label})
    before = {
        pk: title_for(board.batch.way, _file(board, images)) for pk, images in board.groups.items()
    }
    untouched = {
        pk
        for pk, title in before.items()
        if board.title(pk) == title or is_untitled(board.title(pk))
    }
    board.batch.way = way
    board.batch.save(update_fields=["way"])
    chosen = board.arrange(groups)
    drafts, products = [], []
    for pk, group in zip(chosen, groups, strict=True):
        draft = board.drafts[pk]
        if (draft.common, draft.target_id) != (group.common, group.target):
            draft.common, draft.target_id = group.common, group.target
            drafts.append(draft)
        title = title_for(way, group.first)
        if pk in untouched and draft.product and draft.product.title != title:
            draft.product.title = title
            products.append(draft.product)
    Draft.objects.bulk_update(drafts, ["common", "target"], batch_size=500)
    _retitle(products)
    return len(groups)


def _file(board: _Board, images: Sequence[int]) -> File | None:
    return getattr(board.images[images[0]], "file", None) if images else None


def _retitle(products: Sequence[Product]) -> None:
    for product in products:
        product.updated_at = timezone.now()
    Product.objects.bulk_update(products, ["title", "updated_at"], batch_size=500)
    announce([product.pk for product in products])


@transaction.atomic
def move(
    *, batch: Batch, images: Sequence[int], draft: int, actor: User, before: int | None = None
) -> None:
    """Put photos into a draft, before one of its photos or at its end; also to change the order."""
    board = _Board(batch, actor)
    if draft not in board.drafts:
        return
    moving = [one for one in images if one in board.images]
    kept = [one for one in board.groups[draft] if one not in moving]
    at = kept.index(before) if before in kept else len(kept)
    wanted = [*kept[:at], *moving, *kept[at:]]
    if wanted == board.groups[draft]:
        return
    said = ngettext(
        "%(count)d photo moved to “%(title)s”", "%(count)d photos moved to “%(title)s”", len(moving)
    )
    board.remember(said % {"count": len(moving), "title": board.title(draft)})
    board.arrange([Group(wanted, draft=draft)])


@transaction.atomic
def shift(*, batch: Batch, image: int, by: int, actor: User) -> None:
    """Move a photo within its draft, forwards by 1 or back by -1."""
    board = _Board(batch, actor)
    for pk, images in board.groups.items():
        if image in images:
            at = images.index(image)
            to = min(max(at + by, 0), len(images) - 1)
            if to == at:
                return
            rest = [one for one in images if one != image]
            board.remember(
                gettext("Order of the photos of “%(title)s”") % {"title": board.title(pk)}
            )
            board.arrange([Group([*rest[:to], image, *rest[to:]], draft=pk)])
            return


@transaction.atomic
def split(*, batch: Batch, images: Sequence[int], actor: User, each: bool = False) -> None:
    """Make photos a draft of their own; with `each`, one draft a photo."""
    board = _Board(batch, actor)
    moving = [one for one in images if one in board.images]
    if not moving:
        return
    said = ngettext(
        "%(count)d photo made a product of its own",
        "%(count)d photos made products of their own",
        len(moving),
    )
    board.remember(said % {"count": len(moving)})
    left = [
        Group(rest, draft=pk)
        for pk, held in board.groups.items()
        if any(one in moving for one in held)
        and (rest := [one for one in held if one not in moving])
    ]
    new = [Group([one]) for one in moving] if each else [Group(moving)]
    board.arrange([*left, *new])


@transaction.atomic
def merge(*, batch: Batch, drafts: Sequence[int], actor: User) -> None:
    """Make the photos of several drafts one draft, the first of them."""
    board = _Board(batch, actor)
    chosen = [pk for pk in drafts if pk in board.drafts]
    if len(chosen) < 2:
        return
    said = gettext("%(count)d products merged into “%(title)s”")
    board.remember(said % {"count": len(chosen), "title": board.title(chosen[0])})
    board.arrange([Group([one for pk in chosen for one in board.groups[pk]], draft=chosen[0])])


@transaction.atomic
def discard(*, batch: Batch, images: Sequence[int], actor: User) -> int:
    """Delete photos, and the drafts that have none left; how many. It cannot be undone."""
    board = _Board(batch, actor)
    going = [one for one in images if one in board.images]
    if going:
        rest = [
            Group([one for one in held if one not in going], draft=pk)
            for pk, held in board.groups.items()
        ]
        rest = [group for group in rest if group.images]
        whole = set(board.groups) - {group.draft for group in rest}
        taken = {one for pk in whole for one in board.groups[pk]}
        if single := [one for one in going if one not in taken]:
            *_, draft = board.arrange([*rest, Group(single)])
            whole.add(draft)
        board.discard_drafts(whole)
        said = ngettext("%(count)d photo discarded.", "%(count)d photos discarded.", len(going))
        log(batch, actor, said % {"count": len(going)}, DELETION)
        settle(batch)
    return len(going)


@transaction.atomic
def undo(*, batch: Batch, actor: User) -> str:
    """Take the latest change back; what it was, "" if there is none.

    What was discarded or accepted meanwhile stays so, and what arrived meanwhile stays where it is.
    """
    board = _Board(batch, actor)
    step = board.batch.steps.first()
    if step is None:
        return ""
    kept: list[dict[str, Any]] = [
        one for one in step.groups if any(image in board.images for image in one["images"])
    ]
    board.batch.way = step.way
    board.batch.save(update_fields=["way"])
    chosen = board.arrange([Group(one["images"], draft=one["draft"]) for one in kept])
    drafts, products = [], []
    # Which of what was chosen then is still there.
    there = {
        "category_id": _existing(Category, [one["category_id"] for one in kept]),
        "target_id": _existing(Product, [one["target_id"] for one in kept]),
    }
    for pk, one in zip(chosen, kept, strict=True):
        draft = board.drafts[pk]
        for name in REMEMBERED:
            value = one[name]
            setattr(draft, name, value if value in there.get(name, {value}) else None)
        drafts.append(draft)
        if draft.product and draft.product.title != one["title"]:
            draft.product.title = one["title"]
            products.append(draft.product)
    Draft.objects.bulk_update(
        drafts, [name.removesuffix("_id") for name in REMEMBERED], batch_size=500
    )
    _retitle(products)
    said: str = step.said
    step.delete()
    log(board.batch, actor, gettext("Undone: %(what)s.") % {"what": said})
    return said


def _existing(model: type[Model], keys: Iterable[int | None]) -> set[int]:
    wanted = {key for key in keys if key}
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))


def settle(batch: Batch) -> None:
    """Note whether nothing of the batch is left to be looked at."""
    left = batch.drafts.filter(state=Draft.State.OPEN).exists()
    missing = batch.files.filter(state=File.State.MISSING).exists()
    done = None if left or missing else timezone.now()
    Batch.objects.filter(pk=batch.pk).update(finished_at=done)


def log(batch: Batch, actor: User, said: str, flag: int = CHANGE) -> None:
    """One line on the batch, however many photos it is about."""
    LogEntry.objects.log_actions(
        user_id=actor.pk,
        queryset=[batch],
        action_flag=flag,
        change_message=said,
        single_object=True,
    )
