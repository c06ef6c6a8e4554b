"""Taking photos in: files are announced, then sent one a request, in any order and as often as need
be. What was taken in once is not taken in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext

from shop.catalog.images import ImageRejected, TakenImage, take_in
from shop.catalog.models import Product, ProductImage
from shop.formats import number
from shop.intake.drafts import new_drafts, unsorted_category
from shop.intake.grouping import common_for
from shop.intake.models import Batch, Draft, File
from shop.intake.names import clean_folder, clean_name

MOST_FILES = 2000  # of one batch
LAST_PLACE = 32_767  # what the column of a picture's position holds


class TooManyFiles(Exception):
    """A batch takes no more files; the message says how many it takes."""


class Busy(Exception):
    """Nothing is wrong with the file: it is to be sent again in a moment."""


@dataclass(frozen=True)
class Announced:
    """A file as its sender describes it. `size` in bytes; 0 if it is not told."""

    key: str
    name: str
    folder: str = ""
    size: int = 0


def create_batch(*, owner: User | None) -> Batch:
    """A batch without photos; the category that they wait in is made if need be."""
    unsorted_category()
    return Batch.objects.create(owner=owner)


def announce_files(*, batch: Batch, files: Sequence[Announced]) -> dict[str, File]:
    """Note which files are to come; all of them by key, with what became of those that came.

    What is larger than is taken is refused here, before it is sent. Raises `TooManyFiles`.
    """
    with transaction.atomic():
        Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
        there = batch.files.count()
        known = _by_key(batch, files)
        new = {one.key: one for one in files if one.key not in known}
        if there + len(new) > MOST_FILES:
            raise TooManyFiles(
                gettext(
                    "One upload takes %(most)s photos: these would be %(count)s. Finish this one, "
                    "then begin another."
                )
                % {"most": number(MOST_FILES), "count": number(there + len(new))}
            )
        File.objects.bulk_create(
            [
                _refused_by_size(
                    File(
                        batch=batch,
                        key=one.key,
                        place=there + place,
                        name=clean_name(one.name),
                        folder=clean_folder(one.folder),
                    ),
                    one.size,
                )
                for place, one in enumerate(new.values())
            ]
        )
        lost = [one.pk for one in known.values() if is_lost(one)]
        if lost:
            File.objects.filter(pk__in=lost).update(state=File.State.MISSING)
        return _by_key(batch, files)


def is_lost(file: File) -> bool:
    """Whether its picture was stored, and has been deleted since."""
    held = file.image_id if file.state == File.State.STORED else file.product_id
    return file.state in (File.State.STORED, File.State.KNOWN) and held is None


def _by_key(batch: Batch, files: Sequence[Announced]) -> dict[str, File]:
    rows = batch.files.filter(key__in=[one.key for one in files]).select_related("product")
    return {row.key: row for row in rows}


def _refused_by_size(row: File, size: int) -> File:
    if size > settings.IMAGE_MAX_BYTES:
        row.state = File.State.REFUSED
        row.reason = gettext(
            "The file has %(size)s MB: at most %(limit)s MB are taken. Send a smaller copy of the "
            "picture."
        ) % {
            "size": number(round(size / 1024**2, 1)),
            "limit": number(settings.IMAGE_MAX_BYTES / 1024**2),
        }
    return row


def receive(*, batch: Batch, announced: Announced, file: BinaryIO | bytes) -> File:
    """Take one file in; what became of it: stored, known (and where) or refused (and why).

    Sent again, it is answered as before. Raises `Busy`, `TooManyFiles`.
    """
    row = _by_key(batch, [announced]).get(announced.key)
    if row is None or is_lost(row):
        row = announce_files(batch=batch, files=[announced])[announced.key]
    if row.state in (File.State.STORED, File.State.KNOWN):
        return row
    try:
        taken = take_in(file, name=row.name)
    except ImageRejected as error:
        if error.code == "busy":
            raise Busy(" ".join(error.messages)) from error
        row.state, row.reason = File.State.REFUSED, " ".join(error.messages)
        row.save(update_fields=["state", "reason"])
        return row
    return _store(batch.pk, row.pk, taken)


def _store(batch_id: int, file_id: int, taken: TakenImage) -> File:
    image = ProductImage(image=_as_file(taken))
    try:
        with transaction.atomic():
            # One at a time of a batch: two photos of one thing make one draft.
            batch = Batch.objects.select_for_update(no_key=True).get(pk=batch_id)
            row = File.objects.select_related("product").get(pk=file_id)
            if row.state in (File.State.STORED, File.State.KNOWN):
                return row  # a first attempt, whose answer was lost, came through meanwhile
            _lock_content(taken.content_hash)
            if there := _product_with(taken.content_hash):
                row.product, row.state = there, File.State.KNOWN
            else:
                image.product = _draft_for(batch, row)
                image.position = min(row.place, LAST_PLACE)
                image.save()
                row.image, row.state = image, File.State.STORED
                if batch.finished_at:
                    batch.finished_at = None
                    batch.save(update_fields=["finished_at"])
            row.reason = ""
            row.save(update_fields=["image", "product", "state", "reason"])
            return row
    except BaseException:
        # The row is taken back; so is its file.
        if image.image._committed and image.image.name:
            image.image.storage.delete(image.image.name)
        raise


def _as_file(taken: TakenImage) -> ContentFile[bytes]:
    """A file that the field need not take in again."""
    file = ContentFile(taken.data, name=f"photo{taken.suffix}")
    file.taken_image = taken  # type: ignore[attr-defined]
    return file


def _lock_content(content_hash: str) -> None:
    """The same picture in another batch, at this moment, waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"intake:{content_hash}"]
        )


def _product_with(content_hash: str) -> Product | None:
    images = ProductImage.objects.filter(content_hash=content_hash)
    going = Draft.State.GOING
    found = images.exclude(product__draft__state=going).select_related("product").first()
    return found.product if found else None


def _draft_for(batch: Batch, file: File) -> Product:
    """The product whose photos this one belongs to, by the way that the batch is put together."""
    common, target = common_for(batch.way, [file])[file.pk]
    if common:
        drafts = batch.drafts.filter(common=common, state=Draft.State.OPEN)
        if found := Product.objects.filter(draft__in=drafts).order_by("pk").first():
            return found
    (draft,) = new_drafts(batch, [(file, common, target)])
    return Product.objects.get(draft=draft)


def counts_of(batches: Sequence[Batch]) -> dict[int, dict[str, int]]:
    """How many files of each batch are in each state; every state is there."""
    found: dict[int, dict[str, int]] = {
        batch.pk: dict.fromkeys(File.State.values, 0) for batch in batches
    }
    rows = File.objects.filter(batch__in=batches).values_list("batch", "state")
    for batch, state, count in rows.annotate(n=Count("pk")).order_by():
        found[batch][state] = count
    return found
