"""What every row with a picture has: products', and those that the shop composes pages of."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.catalog.fields import CatalogImageField

# Written with a file, since they say something about it.
DERIVED = (
    *("width", "height", "content_hash", "source_hash"),
    *("preview", "renditions_ready", "avif_ready"),
)


def placed(row: Pictured, name: str) -> str:
    """Where the file of a row is stored: in the folder of its model."""
    return f"{row.picture_folder}/{name}"


class Pictured(models.Model):
    """A row with a picture, of which `shop.catalog.renditions` makes smaller files.

    However a file gets here, its bytes pass `shop.catalog.images.take_in` first: what is stored is
    our own re-encoding. `content_hash` is the SHA-256 of the stored bytes, `source_hash` that of
    the bytes that came, by which a repeated import knows a picture without decoding it.

    `renditions_ready`: the WebP files exist, and pages offer them. `avif_ready`: so do the AVIF
    files, which follow when nothing else is to be done. `preview`: a tiny WebP as base64, which
    pages show until the picture is there; "" until it is made.
    """

    picture_folder: ClassVar[str]

    image = CatalogImageField(
        _("picture"),
        upload_to=placed,
        width_field="width",
        height_field="height",
        max_length=200,
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    content_hash = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    source_hash = models.CharField(max_length=64, editable=False, blank=True)
    preview = models.TextField(editable=False, blank=True, default="", db_default="")
    renditions_ready = models.BooleanField(default=False, editable=False)
    avif_ready = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A new file changes the columns derived from it, so they must be written with it.
        fields = kwargs.get("update_fields")
        if fields is not None and "image" in fields:
            kwargs["update_fields"] = {*fields, *DERIVED}
        super().save(*args, **kwargs)


def pictured_models() -> list[type[Pictured]]:
    """All models of rows with a picture."""
    return [model for model in apps.get_models() if issubclass(model, Pictured)]
