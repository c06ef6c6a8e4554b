"""What follows from a block's picture that changed or went: its files."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from shop.catalog.fields import CatalogImageFile
from shop.editorial.models import BlockPicture


@receiver(post_save, sender=BlockPicture)
def picture_saved(instance: BlockPicture, **_: Any) -> None:
    former: CatalogImageFile | None = instance.__dict__.pop("former_file", None)
    if former is not None:
        former.discard()


@receiver(post_delete, sender=BlockPicture)
def picture_deleted(instance: BlockPicture, **_: Any) -> None:
    instance.image.discard()
