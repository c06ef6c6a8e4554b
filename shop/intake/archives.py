"""Photos in a ZIP that came with a form, without a script that would have unpacked it.

Nothing is written under a name that stands in the ZIP; no member is read further than a picture may
be long, and none is looked at after the time is over.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext

from shop.catalog.importing.source import ZIP_ERRORS
from shop.formats import number
from shop.intake.names import is_hidden
from shop.intake.receiving import MOST_FILES

SECONDS = 45.0  # of one request


class UnreadableArchive(Exception):
    """The ZIP as a whole cannot be read; the message says why."""


@dataclass(frozen=True)
class Member:
    """A file in a ZIP: its data, at most one byte more than is taken; None, and why, if it cannot
    be read."""

    path: str
    size: int
    data: bytes | None
    problem: str = ""


def is_archive(file: BinaryIO) -> bool:
    file.seek(0)
    beginning = file.read(4)
    file.seek(0)
    return beginning == b"PK\x03\x04"


def members_of(file: BinaryIO) -> Iterator[Member]:
    """The files of a ZIP that may be photos, for as long as there is time."""
    try:
        archive = zipfile.ZipFile(file)
    except ZIP_ERRORS as error:
        raise UnreadableArchive(
            gettext("The ZIP is damaged. Make it anew, or choose the photos themselves.")
        ) from error
    with archive:
        infos = [
            info
            for info in archive.infolist()
            if not info.is_dir() and not is_hidden(info.filename)
        ]
        if len(infos) > MOST_FILES:
            raise UnreadableArchive(
                gettext("The ZIP holds %(count)s files: at most %(most)s are taken. Split it.")
                % {"count": number(len(infos)), "most": number(MOST_FILES)}
            )
        end = time.monotonic() + SECONDS
        for info in infos:
            if time.monotonic() > end:
                return
            yield _read(archive, info)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    path, size = info.filename, info.file_size
    try:
        with archive.open(info) as opened:
            return Member(path, size, opened.read(settings.IMAGE_MAX_BYTES + 1))
    except NotImplementedError:  # which is a RuntimeError
        problem = gettext("It is packed in a way that we cannot read. Make the ZIP anew.")
    except RuntimeError:
        problem = gettext("It is protected by a password. Make a ZIP without one.")
    except ZIP_ERRORS:
        problem = gettext("It is damaged in the ZIP.")
    return Member(path, size, None, problem)
