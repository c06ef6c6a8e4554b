"""The file of an import: a table with pictures beside it, or a ZIP that holds both.

Nothing outside the table's folder or the ZIP is ever read, and nothing is read whole that could be
of any length.
"""

from __future__ import annotations

import codecs
import csv
import lzma
import posixpath
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

MAX_RECORD = 4 * 1024 * 1024
MAX_TABLE_IN_ZIP = 1024**3
csv.field_size_limit(MAX_RECORD)  # a description alone may be that long
DELIMITERS = ",;\t"
# So many lines may stand above the titles of the columns.
LINES_ABOVE = 10
# What a broken ZIP, or a broken member of one, can raise: at its directory, at names that are none
# (UnicodeDecodeError is a ValueError), at versions and passwords, and in each way of packing.
ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, struct.error),
)
TABLES = (".csv", ".tsv", ".txt", ".xml", ".xlsx")


class UnreadableFile(Exception):
    """The file as a whole cannot be imported; the message says why and what would be right."""


class PictureUnavailable(Exception):
    """A picture that the file names cannot be read; the message says why."""


class Source(Protocol):
    """An opened file: its table, as often as wanted, and the pictures beside it."""

    def open_table(self) -> IO[bytes]: ...

    def read_picture(self, path: str) -> bytes:
        """The bytes at a path relative to the table, or `PictureUnavailable`.

        At most one byte more than image intake takes.
        """

    def check_picture(self, path: str) -> None:
        """Raise `PictureUnavailable` if there is no such file; reads nothing of it."""


@contextmanager
def open_source(path: Path, *, beside: bool = True) -> Iterator[Source]:
    """Open the file at `path`, whichever kind it is.

    `beside`: whether the pictures of a table may lie in its folder, which is so for a file that
    someone wrote there, and not for one that was uploaded.
    """
    with ExitStack() as opened:
        try:
            if path.is_dir():
                raise UnreadableFile(
                    _("%(path)s is a folder. Name the file in it, or a ZIP.") % {"path": path}
                )
            source: Source
            if zipfile.is_zipfile(path) and not is_workbook(path):
                source = _Archive(opened.enter_context(zipfile.ZipFile(path)), opened)
            else:
                source = _Folder(path, beside=beside)
                source.open_table().close()
        except FileNotFoundError as error:
            raise UnreadableFile(_("There is no file %(path)s.") % {"path": path}) from error
        except OSError as error:
            raise UnreadableFile(
                _("%(path)s cannot be read: %(reason)s.")
                % {"path": path, "reason": error.strerror or error}
            ) from error
        except ZIP_ERRORS as error:
            raise UnreadableFile(
                _("%(name)s is a damaged ZIP: %(reason)s.") % {"name": path.name, "reason": error}
            ) from error
        yield source


def is_workbook(file: Path | IO[bytes]) -> bool:
    """Whether a ZIP is in truth a workbook of Excel."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except ZIP_ERRORS:
        return False


def read_beginning(source: Source, size: int) -> bytes:
    """The first bytes of the table."""
    with source.open_table() as file:
        try:
            return file.read(size)
        except ZIP_ERRORS as error:
            raise _damaged_table() from error


def _damaged_table() -> UnreadableFile:
    return UnreadableFile(_("The table in the ZIP is damaged."))


def is_address(path: str) -> bool:
    return "://" in path


def _inside(path: str) -> PurePosixPath:
    """`path` if it is relative and stays where it is, or `PictureUnavailable`."""
    parts = PurePosixPath(path.replace("\\", "/"))
    drive = ":" in path.partition("/")[0]
    if parts.is_absolute() or ".." in parts.parts or "\0" in path or drive:
        raise PictureUnavailable(
            _("the path %(path)s leads out of the folder of the file") % {"path": repr(path)}
        )
    return parts


class _Folder:
    def __init__(self, path: Path, *, beside: bool) -> None:
        self._path = path
        self._folder = path.parent.resolve()
        self._beside = beside

    def open_table(self) -> IO[bytes]:
        return self._path.open("rb")

    def check_picture(self, path: str) -> None:
        try:
            self._find(path)
        except OSError as error:
            raise _unreadable(path, error) from error

    def read_picture(self, path: str) -> bytes:
        try:
            with self._find(path).open("rb") as opened:
                return opened.read(settings.IMAGE_MAX_BYTES + 1)
        except OSError as error:
            raise _unreadable(path, error) from error

    def _find(self, path: str) -> Path:
        if not self._beside:
            raise PictureUnavailable(
                _(
                    "the picture %(path)s did not come with the file: put the file and its "
                    "pictures into one ZIP"
                )
                % {"path": repr(path)}
            )
        file = self._folder.joinpath(_inside(path)).resolve()
        if not file.is_relative_to(self._folder):  # a symbolic link
            raise PictureUnavailable(
                _("the path %(path)s leads out of the folder of the file") % {"path": repr(path)}
            )
        if not file.is_file():
            raise PictureUnavailable(
                _("there is no picture %(path)s beside the file") % {"path": repr(path)}
            )
        return file


def _unreadable(path: str, error: OSError) -> PictureUnavailable:
    return PictureUnavailable(
        _("the picture %(path)s cannot be read: %(reason)s")
        % {"path": repr(path), "reason": error.strerror or str(error)}
    )


class _Archive:
    def __init__(self, archive: zipfile.ZipFile, opened: ExitStack) -> None:
        self._archive = archive
        self._opened = opened
        self._unpacked: Path | None = None
        self._members = {
            posixpath.normpath(info.filename): info
            for info in archive.infolist()
            if not info.is_dir() and not info.filename.startswith("__MACOSX/")
        }
        tables = [name for name in self._members if name.lower().endswith(TABLES)]
        if len(tables) != 1:
            # A text that tells about the pictures is no table.
            tables = [name for name in tables if not name.lower().endswith(".txt")]
        if len(tables) != 1:
            raise UnreadableFile(
                _(
                    "A ZIP must hold one table (%(kinds)s) and its pictures; tables found: "
                    "%(found)s."
                )
                % {
                    "kinds": ", ".join(kind[1:].upper() for kind in TABLES),
                    "found": ", ".join(sorted(tables)[:5]) or _("none"),
                }
            )
        self._table = self._members[tables[0]]
        self._folder = posixpath.dirname(tables[0])
        if self._table.file_size > MAX_TABLE_IN_ZIP:
            raise UnreadableFile(_("The table in the ZIP has more than a gigabyte. Split it."))

    def open_table(self) -> IO[bytes]:
        try:
            if self._table.filename.lower().endswith(".xlsx"):
                return self._unpack().open("rb")  # a ZIP itself, which is read from many places
            return self._archive.open(self._table)
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or packed oddly
            raise UnreadableFile(
                _("The table in the ZIP cannot be read: %(reason)s.") % {"reason": error}
            ) from error
        except ZIP_ERRORS as error:
            raise _damaged_table() from error

    def _unpack(self) -> Path:
        if self._unpacked is None:
            folder = self._opened.enter_context(tempfile.TemporaryDirectory(prefix="vitrine-"))
            file = Path(folder, "table.xlsx")
            with self._archive.open(self._table) as packed, file.open("wb") as out:
                shutil.copyfileobj(packed, out)
            self._unpacked = file
        return self._unpacked

    def check_picture(self, path: str) -> None:
        self._find(path)

    def _find(self, path: str) -> zipfile.ZipInfo:
        name = posixpath.normpath(posixpath.join(self._folder, str(_inside(path))))
        info = self._members.get(name)
        if info is None:
            raise PictureUnavailable(
                _("there is no picture %(path)s in the ZIP") % {"path": repr(path)}
            )
        return info

    def read_picture(self, path: str) -> bytes:
        info = self._find(path)
        try:
            with self._archive.open(info) as opened:
                return opened.read(settings.IMAGE_MAX_BYTES + 1)
        except (RuntimeError, NotImplementedError) as error:
            raise PictureUnavailable(
                _("the picture %(path)s cannot be read: %(reason)s")
                % {"path": repr(path), "reason": error}
            ) from error
        except ZIP_ERRORS as error:
            raise PictureUnavailable(
                _("the picture %(path)s is damaged in the ZIP") % {"path": repr(path)}
            ) from error


def read_records(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV, each with its number as a spreadsheet counts: the first is 1."""
    with source.open_table() as file:
        lines = _Lines(file)
        head: list[str] = []
        for line in islice(lines, LINES_ABOVE):
            head.append(line)
            if any(map(line.count, DELIMITERS)):
                break  # else a heading, above the titles
        if not any(line.strip() for line in head):
            raise UnreadableFile(_("The file is empty."))
        delimiter = max(DELIMITERS, key=head[-1].count)
        number = 0
        begun = False

        def followed() -> Iterator[str]:
            nonlocal begun
            for line in chain(head, lines):
                begun = True
                yield line
            if begun:  # only within quotation marks does a record go on behind its line
                raise UnreadableFile(
                    _(
                        "Line %(line)s has a quotation mark that is not closed: all that follows "
                        "would be one cell. Close it, or write it twice where the text has one."
                    )
                    % {"line": number + 1}
                )

        records = csv.reader(followed(), delimiter=delimiter)
        while True:
            try:
                record = next(records, None)
            except csv.Error as error:
                raise UnreadableFile(
                    _("Line %(line)s is no CSV: %(reason)s. Is a quotation mark not closed?")
                    % {"line": number + 1, "reason": error}
                ) from error
            if record is None:
                return
            begun = False
            number += 1
            lines.start_record(number)
            yield number, record


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
                _(
                    "Line %(line)s has more than %(limit)s MB: this is no product CSV, or a "
                    "quotation mark is not closed."
                )
                % {"line": self._record + 1, "limit": MAX_RECORD // 1024**2}
            )
        if not line:
            raise StopIteration
        try:
            return line.decode("utf-8-sig" if line.startswith(codecs.BOM_UTF8) else "utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                _("Line %(line)s is not UTF-8 text. Save the file as “CSV UTF-8”.")
                % {"line": self._record + 1}
            ) from error

    def _readline(self) -> bytes:
        try:
            return self._file.readline(self._left + 1)
        except OSError as error:
            raise UnreadableFile(
                _("The file cannot be read on: %(reason)s.") % {"reason": error}
            ) from error
        except ZIP_ERRORS as error:
            raise _damaged_table() from error
