"""Room on the disk for files that are written bit by bit."""

import shutil
from pathlib import Path


def require_space(folder: Path, size: int) -> None:
    """OSError where `size` bytes more do not fit; found out in the middle, it ends the process."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise OSError(
            f"{folder} has {free / 1e9:.1f} GB free, and {size / 1e9:.1f} GB are needed: "
            "make room, or name another --cache."
        )
