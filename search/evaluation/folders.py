"""Folders whose names are labels: `DIR/dress/x.jpg`, `DIR/Fruit/Apple/Golden-Delicious/y.jpg`."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

# The import also makes Pillow know HEIC, here and in `_picture_suffixes`.
from shop.catalog.images import WELCOME_MAGIC


class UnusableFolder(Exception):
    """A folder cannot be evaluated; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class LabelledFile:
    """A picture file. `label`: the name of the folder that directly holds it. `identity`: equal
    for two paths that lead to the very same file."""

    path: Path
    label: str
    identity: tuple[int, int]  # device, inode


@dataclass(frozen=True)
class Skipped:
    """A picture file that cannot be used, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class LabelledFolder:
    """`files`: the labelled pictures under `root`, in the order of their paths; at least one.
    `skipped`: those that cannot be used."""

    root: Path
    files: list[LabelledFile]
    skipped: list[Skipped]


def read_folder(root: Path) -> LabelledFolder:
    """The labelled pictures under `root`, at any depth.

    A picture is what is named like one, or begins like one of those that the shop takes; other
    files may lie beside them. Nothing is decoded yet. Folders of one name are one label, wherever
    they are. What cannot be opened, and what lies directly in `root` and so has no label, is
    skipped with its reason. Raises `UnusableFolder` when nothing is left.
    """
    layout = f"Put each picture into a folder named after its label, such as {root}/dress/x.jpg."
    if not root.is_dir():
        wrong = "is not a folder" if root.exists() else "does not exist"
        raise UnusableFolder(f"{root} {wrong}. {layout}")
    found: list[LabelledFile] = []
    skipped: list[Skipped] = []
    unlabelled = 0
    for path in _walk(root, frozenset()):
        if not _is_picture(path):
            continue
        try:
            status = path.stat()
        except OSError as error:  # most often a link that leads nowhere
            skipped.append(Skipped(path, f"It cannot be read: {error.strerror}."))
            continue
        if not stat.S_ISREG(status.st_mode):
            skipped.append(Skipped(path, "It is no regular file."))
        elif path.parent == root:
            unlabelled += 1
            skipped.append(Skipped(path, f"It lies directly in {root}, so it has no label."))
        else:
            found.append(LabelledFile(path, path.parent.name, (status.st_dev, status.st_ino)))
    if not found and unlabelled:
        raise UnusableFolder(
            f"{root} has no folders with pictures: its {unlabelled} pictures lie directly in it, "
            f"so they have no label. {layout} If “{root.name}” is a label itself, name the folder "
            "that holds it."
        )
    if not found:
        why = f" that can be read ({skipped[0].path}: {skipped[0].reason})" if skipped else ""
        raise UnusableFolder(f"There are no pictures in {root}{why}. {layout}")
    return LabelledFolder(root, found, skipped)


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """Everything under `folder` that is no folder; links are followed, except back up."""
    real = folder.resolve()
    if real in above:
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise UnusableFolder(f"{folder} cannot be read: {error.strerror}.") from error
    for entry in entries:
        # Such as .cache folders, and the ._x.jpg that macOS writes beside x.jpg.
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _walk(entry, above | {real})
        else:
            yield entry


def _is_picture(path: Path) -> bool:
    if path.suffix.lower() in _picture_suffixes():
        return True
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return WELCOME_MAGIC.match(file.read(16)) is not None
    except OSError:
        return False


@cache
def _picture_suffixes() -> frozenset[str]:
    """What pictures are called, of whatever format: one that the shop does not take is to be
    named and skipped, not overlooked."""
    return frozenset(
        suffix
        for suffix, format in Image.registered_extensions().items()
        if Image.MIME.get(format, "").startswith("image/")
    )
