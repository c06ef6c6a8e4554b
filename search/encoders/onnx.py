"""Serves an export with ONNX Runtime, tokenizers, numpy and Pillow; never torch."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from PIL import Image

from search.encoders.base import (
    EncoderUnavailable,
    Vectors,
    checked_texts,
    encode_image_batches,
    in_batches,
    unit_rows,
)
from search.encoders.cache import read_manifest
from search.encoders.pixels import Preprocessing
from search.encoders.tokens import TextTokenizer

# One core or many, larger batches are no faster on a CPU, and take memory in proportion
# (ViT-B-32, two cores: 64 pictures in 2.1 s at 8, 16 and 64 at once).
IMAGES_AT_ONCE = 16
TEXTS_AT_ONCE = 64


class BrokenExport(EncoderUnavailable):
    """An export's files are there but cannot be used."""

    def __init__(self, folder: Path, reference: str, error: Exception) -> None:
        super().__init__(
            f"The export in {folder} cannot be read ({error}). "
            f"Run `manage.py model build {reference}` to make it anew."
        )


class OnnxEncoder:
    """An encoder over one export folder (see `cache.py`, `export.py`).

    A tower is loaded when it is first asked, so a process that only ever sees words never holds
    the picture tower. Threads may share one encoder. `threads` is how many cores one call may
    use; 0 leaves it to ONNX Runtime. Raises `BrokenExport` when it is made, or
    when a tower is first used, from files that are damaged.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        manifest = read_manifest(folder)
        try:
            if manifest is None:
                raise ValueError("no manifest")
            self.reference = str(manifest["reference"])
            self.dimension = int(manifest["dimension"])
            self.checksum = str(manifest["checksum"])
            self.causal_text = bool(manifest["causal_text"])
            self._pooling: dict[str, Any] = manifest["pooling"]
            self._tokenizer = TextTokenizer(folder / "tokenizer.json", manifest["tokenizer"])
            self._preprocessing = Preprocessing.from_config(
                json.loads((folder / "preprocess.json").read_text())
            )
        # The tokenizers library raises plain Exception.
        except Exception as error:
            name = str((manifest or {}).get("reference", "NAME"))
            raise BrokenExport(folder, name, error) from error
        self._folder = folder
        self._threads = threads
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}
        self._opening = threading.Lock()

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode_texts`. A causal tower sees each batch only up to its longest text,
        and texts of like length go together."""
        ids = self._tokenizer(checked_texts(texts))
        lengths = self._lengths(ids)
        order = np.argsort(lengths, kind="stable")
        rows = in_batches(
            [
                self._run("text", ids[part, : lengths[part].max()])
                for part in np.split(order, range(TEXTS_AT_ONCE, len(order), TEXTS_AT_ONCE))
                if len(part)
            ],
            self.dimension,
        )
        unsorted = np.empty_like(rows)
        unsorted[order] = rows
        return unsorted

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        """As `Encoder.encode_images`."""
        return encode_image_batches(self, images, IMAGES_AT_ONCE)

    def preprocess(self, image: Image.Image) -> Vectors:
        """As `Encoder.preprocess`."""
        return self._preprocessing(image)

    def encode_pixels(self, batch: Vectors) -> Vectors:
        """As `Encoder.encode_pixels`."""
        return in_batches(
            [
                self._run("image", batch[at : at + IMAGES_AT_ONCE])
                for at in range(0, len(batch), IMAGES_AT_ONCE)
            ],
            self.dimension,
        )

    def _lengths(self, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many tokens of each row its vector depends on: (n,) int64."""
        if not self.causal_text:
            return np.full(len(ids), ids.shape[1], dtype=np.int64)
        # Where the vector is read: the highest id (CLIP's end-of-text), or a token of its own.
        marks = ids if self._pooling["type"] == "argmax" else ids == self._pooling["id"]
        return np.asarray(marks.argmax(axis=1) + 1, dtype=np.int64)

    def _run(self, tower: str, inputs: npt.NDArray[Any]) -> Vectors:
        session = self._session(tower)
        (rows,) = session.run(None, {session.get_inputs()[0].name: np.ascontiguousarray(inputs)})
        return unit_rows(rows)

    def _session(self, tower: str) -> onnxruntime.InferenceSession:
        session = self._sessions.get(tower)
        if session is None:
            with self._opening:
                session = self._sessions.get(tower)
                if session is None:
                    session = self._sessions[tower] = self._open(tower)
        return session

    def _open(self, tower: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        # Idle threads that spin take the cores from the database next to them.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Its arena keeps the largest batch ever seen (ViT-B-32: 1.4 GB, against 0.2 GB without),
        # and one call is no faster for it.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(
                str(self._folder / f"{tower}.onnx"), options, providers=["CPUExecutionProvider"]
            )
        # Its errors have no public base class of their own.
        except Exception as error:
            raise BrokenExport(self._folder, self.reference, error) from error
