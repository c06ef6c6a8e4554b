"""Serves an export with ONNX Runtime, tokenizers, numpy and Pillow; never torch.

Two ways in. The index side, `encode_texts` and `encode_images`, takes many at once and is always
float32: what is searched is made by one and the same tower, whenever and wherever. The query
side, `encode_query_text` and `encode_query_image`, takes one, from many threads: it may use an
int8 tower, where the export found that the ranking stays unharmed (`gate.py`), and float towers
take the queries of several threads in one run (`batching.py`).
"""

import json
import os
import threading
from collections.abc import Collection, Sequence
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
from search.encoders.batching import Batcher
from search.encoders.cache import read_manifest
from search.encoders.pixels import Preprocessing
from search.encoders.tokens import TextTokenizer

# One core or many, larger batches are no faster on a CPU, and take memory in proportion
# (ViT-B-32, two cores: 64 pictures in 2.1 s at 8, 16 and 64 at once).
IMAGES_AT_ONCE = 16
TEXTS_AT_ONCE = 64
# Queries that may share a run. Eight threads, processor milliseconds a query, ViT-B-32: texts
# 18 instead of 23 one by one; pictures 206 to 238 one by one, 132 to 169 in fours, 170 in eights
# (vitrine-mini 7 to 8, 5 to 6, 6).
QUERIES_AT_ONCE = {"text": 16, "image": 4}
# A run costs about as much as so many tokens in it (ViT-B-32: 5 ms, and half a one for a token).
TOKENS_OF_A_RUN = 10


def int8_tower(tower: str) -> str:
    """The name of the int8 variant of a tower, which is its file's without the suffix."""
    return f"{tower}.int8"


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
    use; 0 leaves it to ONNX Runtime, which takes all. `int8` names the towers, "text" and "image",
    that answer queries in int8; None stands for those that the export found fit. Raises
    `BrokenExport` when it is made, or when a tower is first used, from files that are damaged.
    """

    def __init__(self, folder: Path, threads: int = 0, int8: Collection[str] | None = None) -> None:
        manifest = read_manifest(folder)
        try:
            if manifest is None:
                raise ValueError("no manifest")
            self.reference = str(manifest["reference"])
            self.dimension = int(manifest["dimension"])
            self.checksum = str(manifest["checksum"])
            self.causal_text = bool(manifest["causal_text"])
            # Exports of earlier versions do not say.
            self.logit_scale: float | None = manifest.get("logit_scale")
            self._pooling: dict[str, Any] = manifest["pooling"]
            self._tokenizer = TextTokenizer(folder / "tokenizer.json", manifest["tokenizer"])
            self._preprocessing = Preprocessing.from_config(
                json.loads((folder / "preprocess.json").read_text())
            )
            fit = {tower for tower, facts in manifest["int8"].items() if facts["used"]}
        # The tokenizers library raises plain Exception.
        except Exception as error:
            name = str((manifest or {}).get("reference", "NAME"))
            raise BrokenExport(folder, name, error) from error
        self.folder = folder
        self._threads = threads
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}
        self._opening = threading.Lock()
        self.int8 = frozenset(fit if int8 is None else int8)
        self._query_text = self._batcher("text")
        self._query_image = self._batcher("image")

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

    def query_key(self, text: str) -> bytes:
        """As `QueryEncoder.query_key`: the ids that the text's vector depends on."""
        return self._ids_of(text).tobytes()

    def count_tokens(self, text: str) -> int:
        """How many tokens a text is, without those that begin and end it."""
        return self._tokenizer.count(text)

    def encode_query_text(self, text: str) -> Vectors:
        """As `QueryEncoder.encode_query_text`."""
        return self._query_text(self._ids_of(text))

    def encode_query_image(self, image: Image.Image) -> Vectors:
        """As `QueryEncoder.encode_query_image`."""
        return self._query_image(self.preprocess(image))

    def _batcher(self, tower: str) -> Batcher[npt.NDArray[Any], Vectors]:
        """The query side of a tower: one input of it to its row, (dimension,) float32."""
        cores = len(os.sched_getaffinity(0))
        if tower in self.int8:
            # One at a time: what is run together in int8 shares a scale (see `quantization.py`).
            file, at_once, lanes = int8_tower(tower), 1, cores
        else:
            file, at_once = tower, QUERIES_AT_ONCE[tower]
            lanes = max(1, cores // (self._threads or cores))
        return Batcher(lambda inputs: self._rows(file, inputs), at_once=at_once, lanes=lanes)

    def _rows(self, file: str, inputs: Sequence[npt.NDArray[Any]]) -> list[Vectors]:
        """The row of each input, of a tower's own shape but for the number of tokens."""
        rows: list[Vectors] = [np.empty(0, dtype=np.float32)] * len(inputs)
        for places in _of_like_length([len(each) for each in inputs]):
            batch = self._run(file, _stacked([inputs[place] for place in places]))
            for place, row in zip(places, batch, strict=True):
                rows[place] = row
        return rows

    def _ids_of(self, text: str) -> npt.NDArray[np.int64]:
        """The ids that a text's vector depends on: (tokens,) int64."""
        ids = self._tokenizer([text])
        return np.asarray(ids[0, : self._lengths(ids)[0]])

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
                str(self.folder / f"{tower}.onnx"), options, providers=["CPUExecutionProvider"]
            )
        # Its errors have no public base class of their own.
        except Exception as error:
            raise BrokenExport(self.folder, self.reference, error) from error


def _of_like_length(lengths: Sequence[int]) -> list[list[int]]:
    """The places of `lengths` in groups that are worth one run each: shortest first, and a new
    one where filling the group up to the next length would cost more than a run of its own."""
    groups: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        group = groups[-1] if groups else []
        if group and len(group) * (lengths[place] - lengths[group[-1]]) <= TOKENS_OF_A_RUN:
            group.append(place)
        else:
            groups.append([place])
    return groups


def _stacked(inputs: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    """Inputs as one batch; token ids are filled up to the longest with zeros, which a causal
    tower does not see, and the others do not need: theirs are all of one length."""
    longest = max(len(each) for each in inputs)
    batch = np.zeros((len(inputs), longest, *inputs[0].shape[1:]), dtype=inputs[0].dtype)
    for row, each in zip(batch, inputs, strict=True):
        row[: len(each)] = each
    return batch
