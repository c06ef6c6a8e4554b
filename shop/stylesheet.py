"""The shop's one stylesheet, `css/shop.css`: the files that `FILES` names, one after another.

A page that links twenty files waits for twenty answers before it shows anything. To add a file,
write it into `static/css/` and name it in `FILES`. `runserver` makes the sheet anew when a file has
changed; elsewhere `collectstatic` makes, names and compresses it as any other file.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseStorageFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/shop.css"
FOLDER = settings.BASE_DIR / "static" / "css"

# Later files may say otherwise than earlier ones: what all share comes first.
FILES = (
    "tokens.css",
    "base.css",
    "layout.css",
    "languages.css",
    "catalog.css",
    "picture.css",
    "home.css",
    "product.css",
    "gallery.css",
    "buy.css",
    "shelf.css",
    "swatches.css",
    "search.css",
    "suggestions.css",
    "results.css",
    "lens.css",
    "filters.css",
    "for-you.css",
    "forms.css",
    "account.css",
    "cart.css",
    "checkout.css",
    "pages.css",
    "payments.css",
    "orders.css",
    "wishes.css",
    "reviews.css",
    "errors.css",
)


class SheetStorage(FileSystemStorage):
    """A folder of this process whose one file is made when somebody looks for it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vitrine-css-")
        super().__init__(location=self._folder.name)

    def exists(self, name: str) -> bool:
        if name == NAME:
            self._write()
        return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        self._write()
        return super().listdir(path)

    def _write(self) -> None:
        """The sheet, as old as the newest of its files."""
        target = Path(self.path(NAME))
        newest = max((FOLDER / name).stat().st_mtime_ns for name in FILES)
        if target.exists() and target.stat().st_mtime_ns == newest:
            return
        target.parent.mkdir(exist_ok=True)
        parts = [f"/* {name} */\n{(FOLDER / name).read_text()}" for name in FILES]
        # Whole or not at all: another thread may be reading.
        with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False) as file:
            file.write("\n".join(parts))
        Path(file.name).chmod(0o644)
        os.utime(file.name, ns=(newest, newest))
        Path(file.name).replace(target)


class StylesheetFinder(BaseStorageFinder):
    """Offers the sheet to `runserver` and `collectstatic`."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(SheetStorage(), *arguments, **options)
