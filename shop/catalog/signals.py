"""Tells others that products changed, and starts what follows from a changed picture.

`product_changed` is sent inside the transaction, with `product_ids: list[int]`, whenever anything
changes that a product shows: the product itself, its attributes, variants, options, pictures, or
the names of its category or attribute values. Of a deleted product it says the former id.

Writes that go past Django's signals (`bulk_create`, `update`, SQL) call `announce` themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import Signal, receiver

from shop.catalog import tasks
from shop.catalog.fields import CatalogImageFile
from shop.catalog.models import Attribute, AttributeValue, Category, Product, ProductImage, Variant
from shop.catalog.pictured import Pictured, pictured_models
from shop.celery import dispatch

product_changed = Signal()

# A receiver gets so many products at once: renaming "Women" may concern half the shop.
AT_ONCE = 1000


def announce(product_ids: Iterable[int]) -> None:
    """Send `product_changed` for these products, some at a time."""
    ids = list(dict.fromkeys(product_ids))
    for start in range(0, len(ids), AT_ONCE):
        product_changed.send(sender=Product, product_ids=ids[start : start + AT_ONCE])


def _ids(products: QuerySet[Product]) -> list[int]:
    return list(products.order_by("pk").values_list("pk", flat=True).distinct())


# --- The product and what belongs to it ---------------------------------------------------------


@receiver([post_save, post_delete], sender=Product)
def product_saved(instance: Product, raw: bool = False, **_: Any) -> None:
    if not raw:
        announce([instance.pk])


@receiver(pre_delete, sender=Product)
def product_goes(instance: Product, **_: Any) -> None:
    """Those who sell lock variants first, and then the lines of carts, which go along here."""
    rows = Variant.objects.filter(product=instance).order_by("pk")
    len(rows.select_for_update().values_list("pk"))


@receiver([post_save, post_delete], sender=Variant)
@receiver([post_save, post_delete], sender=ProductImage)
def part_saved(
    sender: type[Model],
    instance: Variant | ProductImage,
    raw: bool = False,
    origin: Model | QuerySet[Any] | None = None,
    **_: Any,
) -> None:
    # Deleted with its product, which is announced when it is gone as a whole.
    with_product = origin is not None and getattr(origin, "model", type(origin)) is not sender
    if not raw and not with_product:
        announce([instance.product_id])


@receiver(m2m_changed, sender=Product.attributes.through)
@receiver(m2m_changed, sender=Variant.options.through)
def values_changed(
    instance: Model, action: str, pk_set: set[int] | None, model: type[Model], **_: Any
) -> None:
    """Attributes of a product or options of a variant, from whichever side they were set."""
    if action == "pre_clear" and isinstance(instance, AttributeValue):
        # Which ones they were is gone afterwards.
        instance._cleared = _with_value(Q(pk=instance.pk))  # type: ignore[attr-defined]
    if action not in ("post_add", "post_remove", "post_clear") or pk_set == set():
        return
    if isinstance(instance, Product):
        announce([instance.pk])
    elif isinstance(instance, Variant):
        announce([instance.product_id])
    elif action == "post_clear":
        announce(instance.__dict__.pop("_cleared", []))
    elif model is Product:
        announce(pk_set or ())
    else:
        announce(_ids(Product.objects.filter(variants__in=pk_set or ())))


# --- Names that products show -------------------------------------------------------------------


def _with_value(values: Q) -> list[int]:
    found = AttributeValue.objects.filter(values)
    return _ids(Product.objects.filter(Q(attributes__in=found) | Q(variants__options__in=found)))


def _names(row: Model) -> tuple[Any, ...]:
    return tuple(getattr(row, name, None) for name in ("name", "value", "slug"))


@receiver(pre_save, sender=Category)
@receiver(pre_save, sender=Attribute)
@receiver(pre_save, sender=AttributeValue)
def remember_names(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:
    former = None
    if not raw and not instance._state.adding:
        former = sender._base_manager.filter(pk=instance.pk).first()
    renamed = former is not None and _names(former) != _names(instance)
    instance._renamed = renamed  # type: ignore[attr-defined]


@receiver(post_save, sender=Category)
def category_renamed(instance: Category, **_: Any) -> None:
    if instance.__dict__.pop("_renamed", False):
        announce(_ids(Product.objects.in_category(instance)))


@receiver(post_save, sender=Attribute)
def attribute_renamed(instance: Attribute, **_: Any) -> None:
    if instance.__dict__.pop("_renamed", False):
        announce(_with_value(Q(attribute=instance)))


@receiver(post_save, sender=AttributeValue)
def value_renamed(instance: AttributeValue, **_: Any) -> None:
    if instance.__dict__.pop("_renamed", False):
        announce(_with_value(Q(pk=instance.pk)))


# --- Files of pictures --------------------------------------------------------------------------


def picture_saved(instance: Pictured, raw: bool = False, **_: Any) -> None:
    former: CatalogImageFile | None = instance.__dict__.pop("former_file", None)
    if former is not None:
        former.discard()
    if not raw and instance.image and not instance.renditions_ready:
        model = instance._meta.label_lower
        dispatch(tasks.make_renditions, image_id=instance.pk, model=model)


def picture_deleted(instance: Pictured, **_: Any) -> None:
    instance.image.discard()


for _pictured in pictured_models():
    post_save.connect(picture_saved, sender=_pictured)
    post_delete.connect(picture_deleted, sender=_pictured)
