"""The file of an import: a CSV with pictures beside it, or a ZIP that holds both.

Nothing outside the CSV's folder or the ZIP is ever read, and nothing is read whole that could be
of any length.
"""

from __future__ import annotations

import codecs
import csv
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from django.conf import settings

MAX_RECORD = 4 * 1024 * 1024
MAX_CSV_IN_ZIP = 1024**3
DELIMITERS = ",;\t"


class UnreadableFile(Exception):
    """The file as a whole cannot be imported; the message says why and what would be right."""


class PictureUnavailable(Exception):
    """A picture that the file names cannot be read; the message says why."""


class Source(Protocol):
    """An opened file: its CSV, as often as wanted, and the pictures beside it."""

    def open_csv(self) -> IO[bytes]: ...

    def read_picture(self, path: str) -> bytes:
        """The bytes at a path relative to the CSV, or `PictureUnavailable`.

        At most one byte more than image intake takes.
        """


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open the file at `path`, whichever kind it is."""
    with ExitStack() as opened:
        try:
            if path.is_dir():
                raise UnreadableFile(f"{path} is a folder. Name the CSV in it, or a ZIP.")
            source: Source
            if zipfile.is_zipfile(path):
                source = _Archive(opened.enter_context(zipfile.ZipFile(path)))
            else:
                source = _Folder(path)
                source.open_csv().close()
        except FileNotFoundError as error:
            raise UnreadableFile(f"There is no file {path}.") from error
        except zipfile.BadZipFile as error:
            raise UnreadableFile(f"{path.name} is a damaged ZIP: {error}.") from error
        except OSError as error:
            raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}.") from error
        yield source


def _inside(path: str) -> PurePosixPath:
    """`path` if it is relative and stays where it is, or `PictureUnavailable`."""
    if "://" in path:
        raise PictureUnavailable(
            "pictures are not fetched from the net; put the picture beside the file"
        )
    parts = PurePosixPath(path.replace("\\", "/"))
    drive = ":" in path.partition("/")[0]
    if parts.is_absolute() or ".." in parts.parts or "\0" in path or drive:
        raise PictureUnavailable(f"the path {path!r} leads out of the folder of the file")
    return parts


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = path.parent.resolve()

    def open_csv(self) -> IO[bytes]:
        return self._path.open("rb")

    def read_picture(self, path: str) -> bytes:
        try:
            file = self._folder.joinpath(_inside(path)).resolve()
            if not file.is_relative_to(self._folder):  # a symbolic link
                raise PictureUnavailable(f"the path {path!r} leads out of the folder of the file")
            if not file.is_file():
                raise PictureUnavailable(f"there is no picture {path!r} beside the file")
            with file.open("rb") as opened:
                return opened.read(settings.IMAGE_MAX_BYTES + 1)
        except OSError as error:
            reason = error.strerror or str(error)
            raise PictureUnavailable(f"the picture {path!r} cannot be read: {reason}") from error


class _Archive:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {
            posixpath.normpath(info.filename): info
            for info in archive.infolist()
            if not info.is_dir() and not info.filename.startswith("__MACOSX/")
        }
        tables = [name for name in self._members if name.lower().endswith(".csv")]
        if len(tables) != 1:
            found = ", ".join(sorted(tables)[:5]) or "none"
            raise UnreadableFile(f"A ZIP must hold one CSV and its pictures; CSVs found: {found}.")
        self._csv = self._members[tables[0]]
        self._folder = posixpath.dirname(tables[0])
        if self._csv.file_size > MAX_CSV_IN_ZIP:
            raise UnreadableFile("The CSV in the ZIP has more than a gigabyte. Split it.")

    def open_csv(self) -> IO[bytes]:
        try:
            return self._archive.open(self._csv)
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or packed oddly
            raise UnreadableFile(f"The CSV in the ZIP cannot be read: {error}.") from error

    def read_picture(self, path: str) -> bytes:
        name = posixpath.normpath(posixpath.join(self._folder, str(_inside(path))))
        info = self._members.get(name)
        if info is None:
            raise PictureUnavailable(f"there is no picture {path!r} in the ZIP")
        try:
            with self._archive.open(info) as opened:
                return opened.read(settings.IMAGE_MAX_BYTES + 1)
        except (RuntimeError, NotImplementedError, OSError, EOFError) as error:
            raise PictureUnavailable(f"the picture {path!r} cannot be read: {error}") from error
        except (zipfile.BadZipFile, zlib.error) as error:
            raise PictureUnavailable(f"the picture {path!r} is damaged in the ZIP") from error


def read_records(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The records of the CSV, each with its number as a spreadsheet counts: the first is 1."""
    with source.open_csv() as file:
        lines = _Lines(file)
        first = next(iter(lines), "")
        if not first.strip():
            raise UnreadableFile("The file is empty.")
        delimiter = max(DELIMITERS, key=first.count)
        records = csv.reader(_chain(first, lines), delimiter=delimiter)
        number = 0
        while True:
            try:
                record = next(records, None)
            except csv.Error as error:
                raise UnreadableFile(
                    f"Line {number + 1} is no CSV: {error}. Is a quotation mark not closed?"
                ) from error
            if record is None:
                return
            number += 1
            lines.start_record(number)
            yield number, record


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


class _Lines:
    """Lines of text that are not too long, nor are too many for one record."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._record = 0
        self._left = MAX_RECORD

    def start_record(self, number: int) -> None:
        self._record, self._left = number, MAX_RECORD

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._readline()
        self._left -= len(line)
        if self._left < 0:
            raise UnreadableFile(
                f"Line {self._record + 1} has more than {MAX_RECORD // 1024**2} MB: this is no "
                "product CSV, or a quotation mark is not closed."
            )
        if not line:
            raise StopIteration
        try:
            return line.decode("utf-8-sig" if line.startswith(codecs.BOM_UTF8) else "utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"Line {self._record + 1} is not UTF-8 text. Save the file as “CSV UTF-8”."
            ) from error

    def _readline(self) -> bytes:
        try:
            return self._file.readline(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnreadableFile("The CSV in the ZIP is damaged.") from error
        except OSError as error:
            raise UnreadableFile(f"The file cannot be read on: {error}.") from error
