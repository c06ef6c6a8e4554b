"""The field of the shop's logo: like every picture, its bytes pass the intake first."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile

from shop.catalog.fields import CatalogImageFormField, taken_from


class LogoFile(FieldFile):
    """The file of a logo: in the storage, or just come and to be taken in."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store our own encoding of `content` under a name of our own, and its size in the row."""
        taken = taken_from(content)
        row: Any = self.instance
        row.logo_width, row.logo_height = taken.width, taken.height
        super().save(f"{uuid.uuid4().hex}{taken.suffix}", ContentFile(taken.data), save)


class LogoField(models.FileField):
    """Stores what `shop.catalog.images.take_in` makes of a file.

    Raises its `ImageRejected` for bytes that are not welcome; a form shows it beside the field.
    """

    attr_class = LogoFile

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": CatalogImageFormField, **kwargs})
