"""Files to import, and imports at each of their stages."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from shop.exchange import files, imports, running
from shop.exchange.models import CatalogImport

HEADER = "Title,SKU,Price,Stock"


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def many(count: int, price: str = "10.00") -> bytes:
    return table(*(f"Thing {number},T-{number},{price},5" for number in range(count)))


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def upload(data: bytes, name: str = "products.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def added(data: bytes, *, name: str = "products.csv", actor: Any = None) -> CatalogImport:
    """An import whose file has arrived."""
    run = CatalogImport.objects.create(
        file_name=name, file_size=len(data), actor=actor, language="en"
    )
    files.upload_of(run.key, name).write_bytes(data)
    return run


def checked(data: bytes, **options: Any) -> CatalogImport:
    run = added(data, **options)
    running.check_file(run.pk)
    run.refresh_from_db()
    return run


def started(data: bytes, *, actor: User, fetch: bool = False, **options: Any) -> CatalogImport:
    run = checked(data, actor=actor, **options)
    return imports.start_import(import_id=run.pk, fetch=fetch, actor=actor)
