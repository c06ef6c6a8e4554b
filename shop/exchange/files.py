"""The files of imports and exports: each run's in a folder of its own below `EXCHANGE_ROOT`.

No proxy serves that place and nobody guesses a folder's name; only the pages give the files out.
Web processes and workers share it.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.text import get_valid_filename

PREVIEW = "preview.csv"
ARRIVING = ".arriving-"  # begins the name of a file that is being uploaded


def root() -> Path:
    folder = Path(settings.EXCHANGE_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def folder_of(key: UUID) -> Path:
    """The folder of a run; made if need be."""
    folder = root() / str(key)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def upload_of(key: UUID, name: str) -> Path:
    """Where the file that was uploaded under this name lies, beside nothing else.

    Its name is what errors call it.
    """
    folder = folder_of(key) / "upload"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / _harmless(name)


def remove(key: UUID) -> None:
    """Remove a run's folder with all that is in it."""
    shutil.rmtree(root() / str(key), ignore_errors=True)


def remove_abandoned(seconds: float) -> int:
    """Remove what was not uploaded to its end and is older than `seconds`; how many files."""
    removed = 0
    for file in root().glob(f"{ARRIVING}*"):
        if time.time() - file.stat().st_mtime > seconds:
            file.unlink(missing_ok=True)
            removed += 1
    return removed


def _harmless(name: str) -> str:
    """A name without folders, of characters that any file system takes."""
    plain = get_valid_filename(Path(name).name.strip() or "file").lstrip(".-") or "file"
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:80]}{dot}{suffix[:10]}" if dot else plain[:80]
