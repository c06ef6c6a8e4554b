"""Writes a model's ONNX export: `python -m search.encoders.export REFERENCE`.

Run as a process of its own (by `cache.prepare`), because it needs torch and open_clip and the
memory of both. Its last line of output is JSON: {"folder": ...} or {"error": ...}.

An export holds `text.onnx` and `image.onnx` (weights beside them in `.data` files, which ONNX
Runtime maps), `text.int8.onnx` and `image.int8.onnx` where they are worth it and pass (see
`gate.py`), `tokenizer.json`, `preprocess.json` and `manifest.json`. It is held against the torch
model, on texts and a picture, before anything can use it.
"""

import argparse
import contextlib
import importlib.metadata
import json
import os
import shutil
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from search.encoders import cache
from search.encoders.base import EncoderUnavailable
from search.encoders.presets import local_directory, resolve

# Attention is one operator from this version of ONNX on.
OPSET = 23
# Vectors have length one. What ONNX Runtime and torch compute differs in the last bits, some 1e-6.
TOLERANCE = 1e-4
# Towers see these while exporting, then both must agree on them.
PROBES = [
    "red boots",
    "",
    "A Long-Sleeved T-Shirt, café &amp; crème: 100% cotton, size M/L \U0001f455",
    "<end_of_text> it's",
    "中文 Ünïcödé " + "very long " * 120,
]


def export(reference: str, root: Path) -> Path:
    """The folder of a resolved reference's whole export under `root`, made if it is not there.

    Raises `EncoderUnavailable`. Waits for a process that is exporting the same reference.
    """
    with cache.export_lock(root, reference):
        found = cache.find_export(reference, root)
        if found is not None and cache.is_intact(found):
            return found
        for left in root.glob(f"{cache.partial_prefix(reference)}*"):
            shutil.rmtree(left, ignore_errors=True)  # of an export that was killed

        directory = local_directory(reference)
        sources = cache.source_stats(directory) if directory else {}
        digest = cache.source_digest(directory) if directory else ""

        from search.encoders.torch_clip import TorchEncoder

        encoder = TorchEncoder(reference)
        folder = root / cache.export_name(reference, digest or encoder.checksum)
        if not cache.is_intact(folder):
            partial = Path(tempfile.mkdtemp(prefix=cache.partial_prefix(reference), dir=root))
            try:
                _write(encoder, partial)
                _compare(encoder, partial)
                _add_int8(partial)
                if directory and cache.source_digest(directory) != digest:
                    raise EncoderUnavailable(
                        f"The files in {directory} changed while they were exported. "
                        "Wait until they are complete and try again."
                    )
                partial.chmod(0o755)
                if folder.exists():
                    shutil.rmtree(folder)
                partial.rename(folder)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
        cache.write_pointer(root, reference, folder, sources)
        return folder


def _write(encoder: Any, folder: Path) -> None:
    from search.encoders.towers import export_image_tower, export_text_tower, export_tokenizer

    tokenizer = export_tokenizer(encoder, PROBES, folder / "tokenizer.json")
    export_text_tower(encoder, encoder.tokenizer(PROBES[:3]), folder / "text.onnx", OPSET)
    export_image_tower(encoder, folder / "image.onnx", OPSET)
    (folder / "preprocess.json").write_text(json.dumps(encoder.preprocessing, indent=1))
    _write_manifest(encoder, tokenizer, folder)


def _write_manifest(encoder: Any, tokenizer: dict[str, Any], folder: Path) -> None:
    from search.encoders.torch_clip import pooling

    manifest = {
        "format": cache.FORMAT,
        "reference": encoder.reference,
        "dimension": encoder.dimension,
        "checksum": encoder.checksum,
        "causal_text": encoder.causal_text,
        "logit_scale": encoder.logit_scale,
        "pooling": pooling(encoder.model),
        "tokenizer": tokenizer,
        "int8": {},
        "versions": {
            name: importlib.metadata.version(name)
            for name in ("torch", "open_clip_torch", "timm", "onnxscript", "onnxruntime")
        },
    }
    _save_manifest(manifest, folder)


def _save_manifest(manifest: dict[str, Any], folder: Path) -> None:
    """Writes a manifest, and in it what `folder` holds beside."""
    files = {
        path.name: {"size": path.stat().st_size, "sha256": cache.file_digest(path)}
        for path in sorted(folder.iterdir())
        if path.name != "manifest.json"
    }
    content = json.dumps(manifest | {"files": files}, indent=1)
    (folder / "manifest.json").write_text(content)


def _add_int8(folder: Path) -> None:
    from search.encoders.gate import add_int8

    manifest = cache.read_manifest(folder) or {}
    _save_manifest(manifest | {"int8": add_int8(folder)}, folder)


def _compare(encoder: Any, folder: Path) -> None:
    """Raises `EncoderUnavailable` where the export and torch disagree."""
    from search.encoders.onnx import OnnxEncoder

    served = OnnxEncoder(folder)
    picture = Image.fromarray(
        np.random.default_rng(0).integers(0, 256, (57, 91, 3), dtype=np.uint8)
    ).resize((640, 400))
    differences = {
        "texts": served.encode_texts(PROBES) - encoder.encode_texts(PROBES),
        "pixels": (served.preprocess(picture) - encoder.preprocess(picture))[None],
        "pictures": served.encode_images([picture]) - encoder.encode_images([picture]),
    }
    for what, difference in differences.items():
        largest = float(np.abs(difference).max())
        if not largest < TOLERANCE:
            raise EncoderUnavailable(
                f"The export of {encoder.reference} does not give the vectors of the model "
                f"itself ({what} differ by {largest:.1e}). It is not used. The model's "
                "architecture is one that the exporter does not know: choose another."
            )


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m search.encoders.export")
    parser.add_argument("reference", help="a preset or a reference")
    parser.add_argument("--cache", type=Path, help="the cache folder (default: MODEL_CACHE)")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    # The libraries below print as they like; the answer must be the last line.
    try:
        with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            root = options.cache or cache.cache_root()
            root.mkdir(parents=True, exist_ok=True)
            answer = {"folder": str(export(resolve(options.reference), root))}
    except EncoderUnavailable as error:
        answer = {"error": str(error)}
    except OSError as error:
        answer = {
            "error": f"The export of {options.reference} could not be written: {error}. "
            "Check the space and the permissions of the cache folder."
        }
    sys.stdout.write(json.dumps(answer) + "\n")
    return 1 if "error" in answer else 0


if __name__ == "__main__":
    sys.exit(main())
