"""Runs an export from the products to the file."""

from __future__ import annotations

import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import urljoin

from django.conf import settings

from shop.catalog.exporting.products import ExportedProduct, read_products
from shop.catalog.exporting.writers import WRITERS, Writer
from shop.catalog.models import Product, ProductImage, ProductQuerySet

Progress = Callable[[int, int], None]


@dataclass
class ExportReport:
    """What an export wrote. `left_out` says what the format has no room for."""

    format: str
    products: int = 0
    variants: int = 0
    pictures: int = 0
    pictures_missing: int = 0
    seconds: float = 0.0
    cancelled: bool = False
    left_out: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def export_catalog(
    format: str,
    file: Path | IO[bytes],
    *,
    products: ProductQuerySet | None = None,
    with_pictures: bool = False,
    base_url: str = "",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportReport:
    """Write `products`, or all of them, in one of the `FORMATS` to `file`, product by product.

    With pictures the file is a ZIP of the table and its pictures; without, pictures are addresses
    at `base_url`, or at the shop's own. The order is that in which the products came, so that the
    same catalogue gives the same file. A path gets the file when it is whole, and nothing if
    `cancelled` says so before.
    """
    started = time.monotonic()
    base = (base_url or settings.SHOP_URL).rstrip("/")
    wanted = Product.objects.all() if products is None else products
    if format.startswith("google"):
        wanted = wanted.published()
    report = ExportReport(format)
    kind = WRITERS[format]
    with _opened(file, report) as out:
        if with_pictures:
            _write_zip(kind, out, wanted, base, report, progress, cancelled)
        else:
            writer = kind(out, base)
            _write(writer, wanted, base, _at(base), None, report, progress, cancelled)
    report.seconds = round(time.monotonic() - started, 2)
    return report


@contextmanager
def _opened(file: Path | IO[bytes], report: ExportReport) -> Iterator[IO[bytes]]:
    """The file to write into; one at a path is put there when it is whole."""
    if not isinstance(file, Path):
        yield file
        return
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as out:
        part = Path(out.name)
        try:
            yield out.file
            out.close()
            if not report.cancelled:
                part.chmod(0o644)
                part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def _at(base: str) -> Callable[[ProductImage], str]:
    def address(row: ProductImage) -> str:
        return urljoin(f"{base}/", row.image.url)

    return address


def _in_zip(row: ProductImage) -> str:
    return f"pictures/{PurePosixPath(row.image.name).name}"


def _write_zip(
    kind: type[Writer],
    out: IO[bytes],
    products: ProductQuerySet,
    base: str,
    report: ExportReport,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    with zipfile.ZipFile(out, "w") as archive, tempfile.TemporaryFile() as table:

        def add_pictures(product: ExportedProduct) -> None:
            for picture in product.pictures:
                try:
                    with picture.row.image.storage.open(picture.row.image.name, "rb") as stored:
                        data = stored.read()
                except OSError:
                    report.pictures_missing += 1
                    continue
                report.pictures += 1
                # Pictures are packed already.
                archive.writestr(_entry(picture.address), data, zipfile.ZIP_STORED)

        writer = kind(table, base)
        _write(writer, products, base, _in_zip, add_pictures, report, progress, cancelled)
        table.seek(0)
        with archive.open(
            _entry(f"products{kind.suffix}", zipfile.ZIP_DEFLATED), "w", force_zip64=True
        ) as packed:
            while chunk := table.read(1024**2):
                packed.write(chunk)


def _entry(name: str, compress_type: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """A file in the ZIP, of no time of its own: the same catalogue gives the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = compress_type
    entry.external_attr = 0o644 << 16
    return entry


def _write(
    writer: Writer,
    products: ProductQuerySet,
    base: str,
    address: Callable[[ProductImage], str],
    on_product: Callable[[ExportedProduct], None] | None,
    report: ExportReport,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    total = products.count() if progress is not None else 0
    writer.begin()
    for product in read_products(products, base=base, address=address):
        if cancelled is not None and cancelled():
            report.cancelled = True
            break
        writer.write(product)
        if on_product is not None:
            on_product(product)
        report.products += 1
        report.variants += len(product.variants)
        if progress is not None:
            progress(report.products, total)
    writer.end()
    report.left_out = writer.left_out
