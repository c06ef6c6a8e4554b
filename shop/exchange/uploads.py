"""Takes in the file of an import: straight to disk, bounded while it arrives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.utils.translation import gettext as _

from shop.exchange import files


class UploadRefused(Exception):
    """The upload cannot be taken; the message says why and what would be right."""


class ArrivedFile(UploadedFile):
    """An upload that lies in `EXCHANGE_ROOT` until it is kept; gone when it is closed."""

    def keep_at(self, path: Path) -> None:
        Path(cast(IO[bytes], self.file).name).replace(path)

    def close(self) -> None:
        try:
            super().close()
        except FileNotFoundError:  # it was kept
            pass


class DiskUploadHandler(FileUploadHandler):
    """Writes one file below `EXCHANGE_ROOT`. `refused` says why it was not taken, if it was not.

    What comes after that is read and thrown away: a browser shows an answer only when it has sent
    all.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.refused = ""
        self._file: IO[bytes]
        self._files = 0
        self._received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self._files:
            self._refuse(_("One file at a time, please. Put a table and its pictures in a ZIP."))
        self._files += 1
        file = tempfile.NamedTemporaryFile(  # noqa: SIM115  (the view closes it)
            dir=files.root(), prefix=files.ARRIVING
        )
        self._file = cast(IO[bytes], file)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > settings.IMPORT_MAX_BYTES:
            self._refuse(too_big())
        try:
            self._file.write(raw_data)
        except OSError as error:
            self._refuse(
                _("The server has no room for this file (%(reason)s). Nothing was imported.")
                % {"reason": error.strerror or error}
            )

    def file_complete(self, file_size: int) -> ArrivedFile:
        self._file.flush()
        self._file.seek(0)
        return ArrivedFile(
            file=cast(Any, self._file),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
        )

    def upload_interrupted(self) -> None:
        if self._files:
            self._file.close()

    def _refuse(self, why: str) -> None:
        self.refused = why
        self.upload_interrupted()
        raise StopUpload


def too_big() -> str:
    return _(
        "The file has more than the %(limit)s MB that fit through the browser. Split it, or leave "
        "the pictures out and name their addresses. Whoever runs the server can import a file of "
        "any size with the command “import_catalog”."
    ) % {"limit": settings.IMPORT_MAX_BYTES // 1024**2}
