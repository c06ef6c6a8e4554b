"""What the admin makes of drafts: products, or pictures of products that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from shop.catalog import stock_changes
from shop.catalog.models import Product, ProductImage, Variant
from shop.catalog.signals import announce
from shop.intake import parts
from shop.intake.arranging import log, settle
from shop.intake.drafts import UNNAMED, is_untitled, new_products
from shop.intake.models import Batch, Draft
from shop.intake.skus import free_skus, free_slugs
from shop.locks import hold_to_commit
from shop.stock import services as stock

# So long it can be taken back.
REGRET = timedelta(hours=1)
SURE = 0.5  # a category that is guessed with less is not proposed
PER_VARIANT = "DRAFT-"  # the variant that the database gives a product that has none


@dataclass
class Accepted:
    """How many products were made, how many got pictures, and what the others lack (by draft)."""

    made: int = 0
    extended: int = 0
    problems: dict[int, dict[str, str]] = field(default_factory=dict)


def open_drafts(batch: Batch) -> QuerySet[Draft]:
    drafts = batch.drafts.filter(state=Draft.State.OPEN, product__isnull=False)
    return drafts.select_related("product", "target").order_by("pk")


def guess_categories(drafts: Iterable[Draft]) -> dict[int, int]:
    """For those drafts (by key) that have no category: the key of one that is likely enough."""
    without = {draft.product_id: draft.pk for draft in drafts if draft.category_id is None}
    products = [pk for pk in without if pk is not None]
    best: dict[int, tuple[int, float]] = {}
    for guesser in parts.category_guessers if products else ():
        for product, (category, sure) in guesser(products).items():
            if sure >= max(SURE, best.get(product, (0, 0.0))[1]):
                best[product] = category, sure
    return {without[product]: category for product, (category, _sure) in best.items()}


def save_drafts(*, batch: Batch, values: Mapping[int, Mapping[str, Any]], actor: User) -> None:
    """Keep what was typed: for drafts, by key, title, category_id, sku, price and stock."""
    with transaction.atomic():
        Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        drafts = list(open_drafts(batch).filter(pk__in=list(values)))
        retitled, changed = [], {}
        for draft in drafts:
            for name, value in values[draft.pk].items():
                if name != "title":
                    if getattr(draft, name) != value:
                        setattr(draft, name, value)
                        changed[draft.pk] = draft
                elif value and draft.product and draft.product.title != value:
                    draft.product.title, draft.product.updated_at = value, timezone.now()
                    retitled.append(draft.product)
                    changed[draft.pk] = draft
        if not changed:
            return
        Draft.objects.bulk_update(
            changed.values(), ["category", "sku", "price", "stock"], batch_size=500
        )
        Product.objects.bulk_update(retitled, ["title", "updated_at"], batch_size=500)
        announce([product.pk for product in retitled])
        said = ngettext("%(count)d draft edited.", "%(count)d drafts edited.", len(changed))
        log(batch, actor, said % {"count": len(changed)})


@transaction.atomic
def fill_down(*, batch: Batch, values: Mapping[str, Any], over: bool, actor: User) -> int:
    """Give all drafts of the batch these values (category_id, price, stock), where they have none;
    with `over`, everywhere. How many drafts there are."""
    drafts = batch.drafts.filter(state=Draft.State.OPEN, target=None)
    for name, value in values.items():
        concerned = drafts if over else drafts.filter(**{f"{name}__isnull": True})
        concerned.update(**{name: value})
    count = drafts.count()
    said = ngettext("Filled in for %(count)d draft.", "Filled in for %(count)d drafts.", count)
    log(batch, actor, said % {"count": count})
    return count


def stand_alone(*, batch: Batch, draft: int, actor: User) -> None:
    """Make a draft a product of its own, though its name says that of one that exists."""
    if batch.drafts.filter(pk=draft, state=Draft.State.OPEN).update(target=None, common=""):
        log(batch, actor, gettext("A draft is made a product of its own."))


@transaction.atomic
def accept(
    *, batch: Batch, actor: User, published: bool, drafts: Collection[int] | None = None
) -> Accepted:
    """Accept these drafts, or all: those that are complete become products, the others stay."""
    Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    # Photos of one name in two batches get one SKU, and one slug: whoever comes second is told.
    hold_to_commit("accept-drafts")
    found = open_drafts(batch)
    if drafts is not None:
        found = found.filter(pk__in=list(drafts))
    rows = list(found)
    guessed = guess_categories(rows)
    for draft in rows:
        draft.category_id = draft.category_id or guessed.get(draft.pk)
    problems = _problems(rows)
    accepted = Accepted(problems=problems)
    good = [draft for draft in rows if draft.pk not in problems]
    now = timezone.now()
    if own := [draft for draft in good if draft.target is None]:
        _make_products(own, published=published, actor=actor)
        accepted.made = len(own)
    extending = [draft for draft in good if draft.target is not None]
    emptied = _extend(extending)
    accepted.extended = len(extending)
    for draft in good:
        draft.state, draft.accepted_at = Draft.State.ACCEPTED, now
    Draft.objects.bulk_update(
        good,
        ["category", "sku", "stock", "state", "accepted_at", "product", "added"],
        batch_size=500,
    )
    Product.objects.filter(pk__in=emptied, published=False).delete()
    settle(batch)
    if good:
        said = ngettext("%(count)d draft accepted.", "%(count)d drafts accepted.", len(good))
        log(batch, actor, said % {"count": len(good)})
    return accepted


def _problems(drafts: Sequence[Draft]) -> dict[int, dict[str, str]]:
    """What drafts lack, by draft and field."""
    typed = [draft.sku for draft in drafts if draft.sku and draft.target is None]
    twice = {sku for sku, count in Counter(typed).items() if count > 1}
    owners = {
        sku: (product, title)
        for sku, product, title in Variant.objects.filter(sku__in=typed).values_list(
            "sku", "product", "product__title"
        )
    }
    found: dict[int, dict[str, str]] = {}
    for draft in drafts:
        if draft.target is not None:
            continue
        lacks: dict[str, str] = {}
        if is_untitled(str(draft.product)):
            lacks["title"] = gettext("Give it a title.")
        if draft.category_id is None:
            lacks["category"] = gettext("Choose a category.")
        if draft.price is None:
            lacks["price"] = gettext("Enter a price.")
        owner, title = owners.get(draft.sku, (draft.product_id, ""))
        if owner != draft.product_id:
            lacks["sku"] = gettext("“%(title)s” has this SKU. Choose another.") % {"title": title}
        elif draft.sku in twice:
            lacks["sku"] = gettext("Another row has this SKU. Each product needs its own.")
        if lacks:
            found[draft.pk] = lacks
    return found


def _make_products(drafts: Sequence[Draft], *, published: bool, actor: User) -> None:
    without = [draft for draft in drafts if not draft.sku]
    titles = [str(draft.product) for draft in without]
    known = [draft.sku for draft in drafts if draft.sku]
    for draft, sku in zip(without, free_skus(titles, but=known), strict=True):
        draft.sku = sku
    ids = [draft.product_id for draft in drafts if draft.product_id]
    Variant.objects.filter(product__in=ids).lock()
    now = timezone.now()
    products = [draft.product for draft in drafts if draft.product]
    slugs = free_slugs([product.title for product in products], but=ids)
    for product, draft, slug in zip(products, drafts, slugs, strict=True):
        if product.slug.startswith(UNNAMED):
            product.slug = slug
        product.category_id = draft.category_id or product.category_id
        product.published, product.updated_at = published, now
    former = {
        variant.product_id: variant
        for variant in Variant.objects.filter(product__in=ids).order_by("-pk")
        if not variant.sku.startswith(PER_VARIANT)
    }
    with stock.because(reason=stock.Reason.INITIAL, actor=actor):
        Variant.objects.bulk_create(
            Variant(
                product=draft.product,
                sku=draft.sku,
                price=draft.price or Decimal(0),
                stock=draft.stock or 0,
            )
            for draft in drafts
            if draft.product_id not in former
        )
    # Those that were accepted before, and taken back: shoppers may have bought some meanwhile.
    for draft in drafts:
        if variant := former.get(draft.product_id or 0):
            Variant.objects.filter(pk=variant.pk).update(sku=draft.sku, price=draft.price)
            by = (draft.stock or 0) - variant.stock
            if by:
                stock_changes.adjust(variant_id=variant.pk, by=by, actor=actor)
    Product.objects.bulk_update(
        products, ["slug", "category", "published", "updated_at"], batch_size=500
    )
    _number_pictures(ids)
    announce(ids)


def _number_pictures(products: Sequence[int]) -> None:
    """Places from 0 on, without gaps."""
    next_place: Counter[int] = Counter()
    changed = []
    for image in ProductImage.objects.filter(product__in=products).order_by("position", "pk"):
        place = next_place[image.product_id]
        next_place[image.product_id] += 1
        if image.position != place:
            image.position = place
            changed.append(image)
    ProductImage.objects.bulk_update(changed, ["position"], batch_size=500)


def _extend(drafts: Sequence[Draft]) -> list[int]:
    """Move the photos of drafts behind those of the products that they are for; the products that
    held them until now."""
    if not drafts:
        return []
    targets = [draft.target_id for draft in drafts if draft.target_id]
    held = ProductImage.objects.filter(product__in=targets)
    has = set(held.values_list("product", "content_hash"))
    places = Counter(dict(held.values_list("product").annotate(n=Count("pk")).order_by()))
    images: dict[int, list[ProductImage]] = {}
    of = ProductImage.objects.filter(product__in=[draft.product_id for draft in drafts])
    for image in of.order_by("position", "pk"):
        images.setdefault(image.product_id, []).append(image)
    moved = []
    for draft in drafts:
        target = draft.target_id or 0
        added = []
        for image in images.get(draft.product_id or 0, ()):
            if (target, image.content_hash) in has:
                continue  # added otherwise meanwhile; it goes with the draft
            has.add((target, image.content_hash))
            image.product_id, image.position = target, places[target]
            places[target] += 1
            added.append(image)
        draft.added = [image.pk for image in added]
        moved += added
    emptied = [draft.product_id for draft in drafts if draft.product_id]
    for draft in drafts:
        draft.product = None
    ProductImage.objects.bulk_update(moved, ["product", "position"], batch_size=500)
    announce([*targets, *emptied])
    return emptied


@dataclass(frozen=True)
class Acceptance:
    """Drafts that were accepted together, and can be taken back."""

    at: datetime
    count: int

    @property
    def key(self) -> str:
        return self.at.isoformat()


def acceptances(batch: Batch) -> list[Acceptance]:
    """The latest ones that can still be taken back, the latest first."""
    since = timezone.now() - REGRET
    rows = batch.drafts.filter(state=Draft.State.ACCEPTED, accepted_at__gt=since)
    times = rows.values_list("accepted_at").annotate(n=Count("pk")).order_by("-accepted_at")
    return [Acceptance(at, count) for at, count in times[:5]]


@transaction.atomic
def take_back(*, batch: Batch, at: datetime, actor: User) -> int:
    """Make drafts again of what was accepted at a time; how many. Products leave the shop, and
    photos leave the products that they were added to. What was sold meanwhile stays sold."""
    Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    since = timezone.now() - REGRET
    rows = list(
        batch.drafts.filter(
            Q(product__isnull=False) | Q(target__isnull=False),
            state=Draft.State.ACCEPTED,
            accepted_at=at,
            accepted_at__gt=since,
        )
        .select_related("target")
        .order_by("pk")
    )
    own = [draft.product_id for draft in rows if draft.product_id]
    Variant.objects.filter(product__in=own).lock()
    Product.objects.filter(pk__in=own).update(published=False, updated_at=timezone.now())
    announce(own)
    extended = [draft for draft in rows if draft.product_id is None and draft.target_id]
    _withdraw(extended)
    for draft in rows:
        draft.state, draft.accepted_at, draft.added = Draft.State.OPEN, None, []
    Draft.objects.bulk_update(rows, ["state", "accepted_at", "added", "product"], batch_size=500)
    settle(batch)
    if rows:
        said = ngettext(
            "%(count)d accepted draft taken back.",
            "%(count)d accepted drafts taken back.",
            len(rows),
        )
        log(batch, actor, said % {"count": len(rows)})
    return len(rows)


def _withdraw(drafts: Sequence[Draft]) -> None:
    """Give drafts a product of their own again, with the photos that they had added to another."""
    images = ProductImage.objects.in_bulk([pk for draft in drafts for pk in draft.added])
    moved: list[ProductImage] = []
    touched: set[int] = set()
    products = new_products([str(draft.target) for draft in drafts])
    for draft, product in zip(drafts, products, strict=True):
        draft.product = product
        for position, pk in enumerate(draft.added):
            image = images.get(pk)
            if image is not None and image.product_id == draft.target_id:
                touched |= {image.product_id, product.pk}
                image.product_id, image.position = product.pk, position
                moved.append(image)
    ProductImage.objects.bulk_update(moved, ["product", "position"], batch_size=500)
    announce(sorted(touched))
