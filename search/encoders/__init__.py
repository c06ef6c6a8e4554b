"""Texts and pictures to unit vectors.

    encoder = get_encoder("vitrine-mini")
    encoder.encode_texts(["red boots"])      # (1, dimension) float32, rows of length one
    encoder.encode_images([photo])           # likewise; the dot product is the cosine
    for_queries(encoder).encode_query_text("red boots")    # one, and fast: what shoppers ask

A model is named by a preset or in open_clip's own form (`presets.py`). The first use exports it
to ONNX (`export.py`, the only step that needs torch, in a process of its own) into a cache that
all processes share (`cache.py`); from then on `onnx.py` serves it with ONNX Runtime alone.
`torch_clip.py` is the reference that the export is held to; `remote.py` asks a model server.
"""

import ctypes
import os
import threading
from collections.abc import Collection

from django.conf import settings

from search.encoders.base import Encoder, EncoderUnavailable, QueryEncoder, for_queries
from search.encoders.cache import find_export, prepare
from search.encoders.presets import resolve

__all__ = [
    "Encoder",
    "EncoderUnavailable",
    "QueryEncoder",
    "for_queries",
    "get_encoder",
    "prepare",
    "release",
    "resolve",
]

_loaded: dict[str, Encoder] = {}
_loading = threading.Lock()


def get_encoder(reference: str, *, checksum: str = "") -> Encoder:
    """The encoder of a preset or reference, loaded once in this process and then shared.

    With `checksum`, that of the weights it should have: an encoder loaded before the weights
    changed is loaded anew. (It may still have others: the caller compares.)

    Safe to call, and its result safe to use, from many threads. A server that forks its workers
    calls it in the workers: where ONNX Runtime was imported before a fork, the child works but
    hangs when it ends by `sys.exit` (onnxruntime 1.31). Raises `EncoderUnavailable`,
    with what to do, when there is no such model, its weights are out of reach, or it has not
    been exported yet and this process may not export (`settings.ENCODER_EXPORTS` is false).
    """
    resolved = resolve(reference)
    encoder = _loaded.get(resolved)
    if not _fits(encoder, checksum):
        with _loading:
            encoder = _loaded.get(resolved)
            if not _fits(encoder, checksum):
                encoder = _loaded[resolved] = _load(reference, resolved)
    assert encoder is not None  # noqa: S101  (only for the type: None does not fit)
    return encoder


def release(*, keep: Collection[str]) -> None:
    """Let go of encoders whose resolved references are not in `keep`. Whoever has one at hand goes
    on with it."""
    with _loading:
        for reference in set(_loaded) - set(keep):
            del _loaded[reference]


def _fits(encoder: Encoder | None, checksum: str) -> bool:
    return encoder is not None and checksum in ("", encoder.checksum)


def _load(name: str, resolved: str) -> Encoder:
    if resolved.startswith("oip:"):
        from search.encoders.remote import RemoteEncoder

        return RemoteEncoder(resolved)

    # Imported here: a process that only asks `resolve` needs no ONNX Runtime.
    from search.encoders.onnx import BrokenExport, OnnxEncoder

    options = settings.ENCODER_THREADS, None if settings.ENCODER_INT8 else ()
    folder = find_export(resolved)
    if folder is not None:
        try:
            return OnnxEncoder(folder, *options)
        except BrokenExport:
            if not settings.ENCODER_EXPORTS:
                raise
    elif not settings.ENCODER_EXPORTS:
        raise EncoderUnavailable(
            f"The model {name} ({resolved}) has no export in {settings.MODEL_CACHE}, and this "
            f"process may not make one. Run `manage.py model build {name}`."
        )
    return OnnxEncoder(prepare(resolved), *options)


def _forget() -> None:
    """After a fork, an encoder's threads are missing, and a lock may be held by one of them.

    So the child loads anew. What it inherited must not be destroyed there: that waits for the
    missing threads for ever. One reference too many keeps it.
    """
    global _loaded, _loading
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(_loaded))
    _loaded = {}
    _loading = threading.Lock()


os.register_at_fork(after_in_child=_forget)
