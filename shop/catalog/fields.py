"""The field through which every catalogue picture goes."""

from __future__ import annotations

import uuid
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from pictures.models import Picture, PictureField, PictureFieldFile, PillowPicture

from shop.catalog.images import TakenImage, take_in


def taken_from(file: File[Any]) -> TakenImage:
    """What intake makes of `file`; kept on it, so that a form and then a save decode once."""
    taken: TakenImage | None = getattr(file, "taken_image", None)
    if taken is None:
        taken = take_in(file, name=file.name)  # type: ignore[arg-type]
        file.taken_image = taken  # type: ignore[attr-defined]
    return taken


def delete_files(storage: Storage, name: str) -> None:
    """Delete a stored picture and its renditions, which lie in a folder of its name."""
    folder = str(PurePosixPath(name).with_suffix(""))
    try:
        _, renditions = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        renditions = []
    for rendition in renditions:
        storage.delete(f"{folder}/{rendition}")
    if renditions:
        storage.delete(folder)
    storage.delete(name)


class CatalogImageFile(PictureFieldFile):
    """The file of a picture: in the storage, or just come and to be taken in."""

    def take(self) -> TakenImage:
        """What intake makes of a file that is not stored yet."""
        return taken_from(self.file)

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store our own encoding of `content` under a name of our own."""
        taken = taken_from(content)
        instance = self.instance
        if not instance._state.adding:
            self._remember_former()
        instance.content_hash = taken.content_hash
        instance.source_hash = taken.source_hash
        instance.width, instance.height = taken.width, taken.height
        instance.preview = ""
        instance.renditions_ready = instance.avif_ready = False
        stored = ContentFile(taken.data)
        super().save(f"{uuid.uuid4().hex}{taken.suffix}", stored, save)

    def discard(self) -> None:
        """Delete the file and its renditions once the transaction commits; best effort.

        A file that some row names even then stays: the change may have been taken back, or rows
        may have been copied.
        """
        if self.name:
            delete = partial(
                _delete_unnamed, self.field, self.storage, self.name, self.instance.content_hash
            )
            transaction.on_commit(delete, robust=True)

    def _remember_former(self) -> None:
        """Have the file that the row names so far discarded once the row names another."""
        former = self.field.model._base_manager.filter(pk=self.instance.pk).first()
        if former is not None:
            self.instance.former_file = getattr(former, self.field.attname)

    def _get_image_dimensions(self) -> tuple[int, int]:
        if self._committed:
            size: tuple[int, int] = super()._get_image_dimensions()
            return size
        taken = self.take()
        return taken.width, taken.height

    @staticmethod
    def get_picture_files(
        *,
        file_name: str,
        img_width: int,
        img_height: int,
        storage: Storage,
        field: PictureField,
    ) -> dict[None, dict[str, dict[int, Picture]]]:
        """The renditions: those of `settings.PICTURE_WIDTHS`, as far as the picture reaches.

        django-pictures' own grid leaves out the picture's full width, so that a page which has
        room for all of an 800 pixel picture would show 600 of them, enlarged.
        """
        files: dict[str, dict[int, Picture]] = {}
        for file_type in field.file_types:
            grid = settings.PICTURE_WIDTHS[file_type]
            full = min(img_width, max(grid))
            files[file_type] = {
                width: PillowPicture(file_name, file_type, None, storage, width)
                for width in [*(width for width in sorted(grid) if width < full), full]
            }
        return {None: files}


def _delete_unnamed(field: models.Field, storage: Storage, name: str, content_hash: str) -> None:
    # The hash is there for its index: rows that share a file share its content.
    named = {"content_hash": content_hash, field.name: name}
    if not field.model._base_manager.filter(**named).exists():
        delete_files(storage, name)


class CatalogImageFormField(forms.FileField):
    """Runs intake while the form is checked, so that what is wrong is said beside the field.

    Unlike Django's own it never has Pillow guess among all formats it knows.
    """

    def __init__(self, **kwargs: Any) -> None:
        # An empty file gets intake's message, and the name of a file is not kept at all.
        super().__init__(**{**kwargs, "allow_empty_file": True, "max_length": None})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            taken_from(file)
        return file

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if isinstance(widget, forms.FileInput):
            attrs.setdefault("accept", "image/jpeg,image/png,image/webp,image/avif,image/gif,.heic")
        return attrs


class CatalogImageField(PictureField):
    """A picture field whose new files pass image intake, by whatever path they are saved.

    `save()`, `objects.create()`, `bulk_create()` and `row.image.save(name, file)` all store our
    own encoding under a generated name, and set with it what else `Pictured` has of a picture.
    `bulk_update()` does not save files (Django never does there) and says so. Raises
    `shop.catalog.images.ImageRejected` (a `ValidationError`) for bytes that are not welcome; a
    form shows it beside the field.

    When a row gets another file, `shop.catalog.signals` discards the former one, `former_file`.
    """

    attr_class = CatalogImageFile

    def update_dimension_fields(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: the size is written with the file, and no file is opened to find it."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        file = super().clean(value, model_instance)
        if isinstance(file, CatalogImageFile) and file and not file._committed:
            file.take()
        return file

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, CatalogImageFile) and value and not value._committed:
            raise ValueError("A new picture is saved by save() or bulk_create(), not by an update.")
        return super().get_prep_value(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": CatalogImageFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Without the settings of django-pictures: the widths of renditions are no schema."""
        name, path, args, kwargs = super().deconstruct()
        for setting in (
            "aspect_ratios",
            "container_width",
            "file_types",
            "pixel_densities",
            "grid_columns",
            "breakpoints",
        ):
            kwargs.pop(setting)
        return name, path, args, kwargs
