"""Photos as tests drop them."""

from __future__ import annotations

from django.contrib.auth.models import User

from shop.catalog.models import ProductImage
from shop.intake.models import Batch, Draft, File
from shop.intake.receiving import Announced, create_batch, receive
from tests.factories import picture_bytes


def admin() -> User:
    found = User.objects.filter(username="admin").first()
    return found or User.objects.create_superuser("admin", "admin@example.com", "none")


def drop(*paths: str, batch: Batch | None = None) -> Batch:
    """Drop files with these paths, each another picture."""
    batch = batch or create_batch(owner=admin())
    for path in paths:
        drop_one(batch, path)
    return batch


def drop_one(batch: Batch, path: str, data: bytes | None = None, *, key: str = "") -> File:
    folder, _slash, name = path.rpartition("/")
    seed = sum(ord(character) * place for place, character in enumerate(path, 1))
    return receive(
        batch=batch,
        announced=Announced(key or path, name, folder),
        file=picture_bytes(seed=seed) if data is None else data,
    )


def drafts(batch: Batch) -> list[Draft]:
    return list(
        batch.drafts.filter(state=Draft.State.OPEN).select_related("product").order_by("pk")
    )


def groups(batch: Batch) -> list[list[str]]:
    """The names of the photos of each draft that is to be looked at, in order."""
    return [
        [image.file.name for image in images_of(draft)]  # type: ignore[attr-defined]
        for draft in drafts(batch)
    ]


def images_of(draft: Draft) -> list[ProductImage]:
    return list(
        ProductImage.objects.filter(product=draft.product_id)
        .select_related("file")
        .order_by("position", "pk")
    )


def keys(batch: Batch, *names: str) -> list[int]:
    found = dict(batch.files.filter(name__in=names).values_list("name", "image"))
    return [key for name in names if (key := found[name]) is not None]
