"""The folder of exported models, shared by all processes of an installation.

    MODEL_CACHE/
      vitrine-mini-1f0c.../    one export: manifest.json, text.onnx, image.onnx, ...
      references/              which export a reference has, so that finding it reads no weights
      locks/

An export's name comes from its reference and its source files, so changed weights never meet a
stale export. The manifest is written last and the folder appears by one rename, so an export is
whole or not there. Nothing in this module needs torch.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from search.encoders.base import EncoderUnavailable
from search.encoders.presets import local_directory, resolve

logger = logging.getLogger(__name__)

# Part of an export's name: raise it when the exporter writes something else.
FORMAT = 2
# A download of a large model on a slow line, and its export.
EXPORT_SECONDS = 2 * 60 * 60

_SOURCE_SUFFIXES = {
    ".json", ".safetensors", ".bin", ".pt", ".pth", ".npz", ".txt", ".model", ".spm",
}  # fmt: skip

Stats = dict[str, list[int]]


def cache_root() -> Path:
    """`settings.MODEL_CACHE`; a relative one is under `settings.BASE_DIR`."""
    return Path(settings.BASE_DIR) / settings.MODEL_CACHE


def find_export(reference: str, root: Path | None = None) -> Path | None:
    """The folder of the export that belongs to a resolved reference now, or None.

    For a directory, "now" is by its files' sizes and times; only when those changed are the files
    read, once. A hub's model is what was exported last: the hub is not asked. Raises
    `EncoderUnavailable` when a `local-dir:` has no such directory.
    """
    root = root or cache_root()
    directory = local_directory(reference)
    pointer = _read_json(_pointer(root, reference)) or {}
    if directory is None:
        return _whole(root / str(pointer.get("folder", "")), reference)
    stats = source_stats(directory)
    if pointer.get("sources") == stats:
        return _whole(root / str(pointer.get("folder", "")), reference)
    # Copied, touched or really changed: only the contents tell.
    folder = root / export_name(reference, source_digest(directory))
    if _whole(folder, reference) is None:
        return None
    # Found anyway the next time, only slower, where this process may not write.
    with contextlib.suppress(OSError):
        write_pointer(root, reference, folder, stats)
    return folder


def prepare(reference: str) -> Path:
    """The export's folder for a preset or reference, made first if it is missing or damaged.

    The export runs in a process of its own, so torch never enters this one; a second caller
    waits for the first. Every file of a finished export is checked against its checksum here, as
    it is not on each start. Raises `EncoderUnavailable`.
    """
    resolved = resolve(reference)
    if resolved.startswith("oip:"):
        raise EncoderUnavailable(f"{reference} runs on a model server: there is nothing to export.")
    root = cache_root()
    folder = find_export(resolved, root)
    if folder is not None and is_intact(folder):
        return folder
    logger.info("Exporting %s to %s; this takes a minute, and a download longer.", reference, root)
    command = [sys.executable, "-m", "search.encoders.export", resolved, "--cache", str(root)]
    try:
        done = subprocess.run(
            command,
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            timeout=EXPORT_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise EncoderUnavailable(
            f"The export of {reference} did not end in {EXPORT_SECONDS // 3600} hours. "
            "If the download is slow, fetch the model elsewhere and name it as local-dir:PATH."
        ) from error
    answer = _last_json(done.stdout)
    if "folder" in answer:
        return Path(answer["folder"])
    raise EncoderUnavailable(answer.get("error") or _crash(reference, done))


def is_intact(folder: Path) -> bool:
    """Whether every file of an export still has the contents it was written with."""
    files = (read_manifest(folder) or {}).get("files", {})
    try:
        return bool(files) and all(
            file_digest(folder / name) == facts["sha256"] for name, facts in files.items()
        )
    except (OSError, TypeError, KeyError):
        return False


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """An export's manifest, or None when there is no whole one of this format."""
    manifest = _read_json(folder / "manifest.json")
    return manifest if manifest and manifest.get("format") == FORMAT else None


def _whole(folder: Path, reference: str) -> Path | None:
    manifest = read_manifest(folder)
    if manifest is None or manifest.get("reference") != reference:
        return None
    try:
        sizes_hold = all(
            (folder / name).stat().st_size == facts["size"]
            for name, facts in manifest["files"].items()
        )
    except (OSError, TypeError, KeyError, AttributeError):
        return None
    return folder if sizes_hold else None


def source_stats(directory: Path) -> Stats:
    """Name -> size and modification time (ns) of the files that make a model directory."""
    return {
        path.name: [path.stat().st_size, path.stat().st_mtime_ns]
        for path in sorted(directory.iterdir())
        if path.suffix in _SOURCE_SUFFIXES and path.is_file()
    }


def source_digest(directory: Path) -> str:
    """SHA-256, hex, over the names and contents of the files that make a model directory."""
    digest = hashlib.sha256()
    for name in source_stats(directory):
        digest.update(f"{name}\0{file_digest(directory / name)}\n".encode())
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def export_name(reference: str, digest: str) -> str:
    """The folder name of the export of a reference whose source has this digest."""
    last = reference.rpartition("/")[2].rpartition(":")[2]
    readable = "".join(c if c.isalnum() or c in "._-" else "-" for c in last).strip(".-") or "model"
    return f"{readable[:60]}-{_short(f'{FORMAT} {reference} {digest}')}"


def write_pointer(root: Path, reference: str, folder: Path, sources: Stats) -> None:
    """Records that `folder` is the export of `reference`, made from files with these stats."""
    path = _pointer(root, reference)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"reference": reference, "folder": folder.name, "sources": sources}
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(content, indent=1))
    partial.replace(path)


@contextlib.contextmanager
def export_lock(root: Path, reference: str) -> Iterator[None]:
    """Held by the one process that exports a reference; the kernel frees it if that one dies."""
    path = root / "locks" / f"{_short(reference)}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def partial_prefix(reference: str) -> str:
    """How the names of unfinished exports of a reference begin."""
    return f".partial-{_short(reference)}-"


def _pointer(root: Path, reference: str) -> Path:
    return root / "references" / f"{_short(reference)}.json"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _last_json(output: str) -> dict[str, str]:
    try:
        answer = json.loads(output.strip().splitlines()[-1])
    except (IndexError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _crash(reference: str, done: "subprocess.CompletedProcess[str]") -> str:
    logger.error("Export of %s ended with %s:\n%s", reference, done.returncode, done.stderr)
    if done.returncode < 0:
        return (
            f"The export of {reference} was killed (signal {-done.returncode}), most likely for "
            "want of memory: it needs about four times the size of the weights. Run "
            f"`manage.py model build {reference}` on a larger machine and share MODEL_CACHE."
        )
    lines = done.stderr.strip().splitlines() or ["no output"]
    return (
        f"The export of {reference} failed: {lines[-1]} (all of it is in the log). "
        "Check that requirements.txt is installed in full, or choose another model."
    )
