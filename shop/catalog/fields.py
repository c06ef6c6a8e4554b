"""The field through which every catalogue picture goes."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from pictures.models import PictureField, PictureFieldFile

from shop.catalog.images import take_in


class CatalogImageField(PictureField):
    """A picture field whose new files pass image intake, by whatever path they are saved.

    `pre_save` runs for `save()`, `bulk_create()` and `bulk_update()` alike, so the admin, the API,
    the importer and a shell all store our own re-encoding under a generated name. Also fills the
    model's `content_hash`, `source_hash` and resets `renditions_ready`. Raises
    `shop.catalog.images.ImageRejected` (a `ValidationError`) for bytes that are not welcome.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        file: PictureFieldFile = getattr(model_instance, self.attname)
        if file and not file._committed:
            file.open()
            taken = take_in(file.file, name=file.name)
            setattr(
                model_instance,
                self.attname,
                ContentFile(taken.data, name=f"{uuid.uuid4().hex}{taken.suffix}"),
            )
            model_instance.content_hash = taken.content_hash  # type: ignore[attr-defined]
            model_instance.source_hash = taken.source_hash  # type: ignore[attr-defined]
            model_instance.renditions_ready = False  # type: ignore[attr-defined]
        return super().pre_save(model_instance, add)
