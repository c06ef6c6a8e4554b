"""Any open_clip model in torch: the reference for what is served, the exporter's source, and the
way to a GPU.

Importing this module imports torch; nothing that serves a request may.
"""

import contextlib
import difflib
import importlib
import importlib.util
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np
import torch
from PIL import Image

from search.encoders.base import (
    IMAGE_BATCH,
    TEXT_BATCH,
    EncoderUnavailable,
    Vectors,
    checked_texts,
    encode_image_batches,
    in_batches,
    unit_rows,
)
from search.encoders.cache import file_digest
from search.encoders.presets import local_directory, resolve

HUB_SECONDS = 5

_libraries: list[torch.library.Library] = []


def import_open_clip() -> ModuleType:
    """open_clip, also beside a torchvision that was built for another torch.

    A CPU-only torch next to torchvision from the package index fails on import, with `operator
    torchvision::nms does not exist`. open_clip needs torchvision only to resize and crop, so
    there, and only there, the missing operators are declared without an implementation.
    """
    try:
        importlib.import_module("torchvision")
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
        for name in [m for m in sys.modules if m.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "FRAGMENT")
        for operator in ("nms", "qnms"):
            library.define(f"{operator}(Tensor dets, Tensor scores, float threshold) -> Tensor")
        _libraries.append(library)  # the declaration lives as long as this object
        importlib.import_module("torchvision")
    return importlib.import_module("open_clip")


class TorchEncoder:
    """The reference encoder: open_clip's own model, tokenizer and transform, in float32.

    `device` is torch's name for it: "cpu", "cuda". Raises `EncoderUnavailable`.
    """

    def __init__(self, reference: str, device: str = "cpu") -> None:
        self.reference = resolve(reference)
        self.open_clip = import_open_clip()
        self.device = torch.device(device)
        with _hub(self.reference):
            self.config = _configuration(self.open_clip, self.reference)
            _require_tokenizer_library(self.reference, self.config)
            weights = _weights(self.open_clip, self.reference)
            self.model, self.tokenizer = _load(self.open_clip, self.reference)
        self.model = self.model.eval().to(self.device)
        self.checksum = file_digest(weights)
        self.dimension = int(self.config["embed_dim"])
        self.preprocessing: dict[str, Any] = dict(self.model.visual.preprocess_cfg)
        self._transform = self.open_clip.transform.image_transform_v2(
            self.open_clip.transform.PreprocessCfg(**self.preprocessing), is_train=False
        )
        self.causal_text = pooled_causally(self.model)
        scale = getattr(self.model, "logit_scale", None)  # its logarithm
        self.logit_scale = None if scale is None else float(scale.detach().exp())

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode_texts`; always at the full context length."""
        batches = checked_texts(texts)
        return in_batches(
            [
                self._rows("encode_text", self.tokenizer(batches[at : at + TEXT_BATCH]))
                for at in range(0, len(batches), TEXT_BATCH)
            ],
            self.dimension,
        )

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        """As `Encoder.encode_images`."""
        return encode_image_batches(self, images, IMAGE_BATCH)

    def preprocess(self, image: Image.Image) -> Vectors:
        """As `Encoder.preprocess`."""
        return np.asarray(self._transform(image).numpy(), dtype=np.float32)

    def encode_pixels(self, batch: Vectors) -> Vectors:
        """As `Encoder.encode_pixels`."""
        return in_batches(
            [
                self._rows("encode_image", torch.from_numpy(batch[at : at + IMAGE_BATCH]))
                for at in range(0, len(batch), IMAGE_BATCH)
            ],
            self.dimension,
        )

    def _rows(self, method: str, inputs: torch.Tensor) -> Vectors:
        with torch.inference_mode():
            rows = getattr(self.model, method)(inputs.to(self.device))
        return unit_rows(rows.float().cpu().numpy())


def text_tower(model: torch.nn.Module) -> torch.nn.Module:
    """Where a model keeps its text tower: open_clip's CLIP spreads it over the model itself."""
    return cast(torch.nn.Module, getattr(model, "text", model))


def pooled_causally(model: torch.nn.Module) -> bool:
    """Whether a text's vector depends on nothing behind its end-of-text token.

    True for a causal mask with the vector read at that token. False without the mask (SigLIP,
    Hugging Face towers), and where the vector is read at the last position (CoCa).
    """
    tower = text_tower(model)
    return (
        getattr(tower, "attn_mask", None) is not None
        and getattr(tower, "cls_emb", None) is None
        and pooling(model)["type"] in {"argmax", "eos"}
    )


def pooling(model: torch.nn.Module) -> dict[str, Any]:
    """Where the text vector is read: the `type` and, for "eos", the `id` of the token."""
    tower = text_tower(model)
    kind = getattr(tower, "pool_type", getattr(tower, "text_pool_type", "other"))
    return {"type": kind, "id": getattr(tower, "eos_id", getattr(tower, "text_eos_id", None))}


def _configuration(open_clip: ModuleType, reference: str) -> dict[str, Any]:
    directory = local_directory(reference)
    if directory is not None:
        try:
            return dict(json.loads((directory / "open_clip_config.json").read_text())["model_cfg"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderUnavailable(
                f"{directory / 'open_clip_config.json'} is not a configuration of open_clip "
                f"({error}): it must be JSON with model_cfg and preprocess_cfg."
            ) from error
    if reference.startswith("hf-hub:"):
        try:
            return dict(open_clip.factory.get_model_config(reference))
        except Exception as error:
            raise EncoderUnavailable(_out_of_reach(reference, error)) from error
    architecture, _, tag = reference.partition("/")
    if architecture not in open_clip.list_models():
        raise EncoderUnavailable(
            f"open_clip has no architecture {architecture!r}."
            + _did_you_mean(architecture, open_clip.list_models())
        )
    if not open_clip.get_pretrained_cfg(architecture, tag):
        tags = open_clip.list_pretrained_tags_by_model(architecture)
        raise EncoderUnavailable(
            f"open_clip has no weights {tag!r} for {architecture}; it has: "
            f"{', '.join(tags) or 'none'}."
        )
    return dict(open_clip.get_model_config(architecture))


def _did_you_mean(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, n=3)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def _require_tokenizer_library(reference: str, config: dict[str, Any]) -> None:
    text = config.get("text_cfg", {})
    needed = text.get("hf_tokenizer_name") or text.get("hf_model_name")
    if needed and importlib.util.find_spec("transformers") is None:
        raise EncoderUnavailable(
            f"The model {reference} reads its texts with the transformers library, which is not "
            "installed. Run `pip install -r requirements-models.txt`."
        )


def _weights(open_clip: ModuleType, reference: str) -> Path:
    directory = local_directory(reference)
    if directory is not None:
        found = open_clip.factory._find_checkpoint_in_dir(directory)
        if found is None:
            raise EncoderUnavailable(
                f"The model directory {directory} has no weights: put "
                "open_clip_model.safetensors (or open_clip_pytorch_model.bin) there."
            )
        return Path(found)
    try:
        if reference.startswith("hf-hub:"):
            return Path(
                open_clip.pretrained.download_pretrained_from_hf(reference.partition(":")[2])
            )
        architecture, _, tag = reference.partition("/")
        return Path(open_clip.download_pretrained(open_clip.get_pretrained_cfg(architecture, tag)))
    except Exception as error:
        raise EncoderUnavailable(_out_of_reach(reference, error)) from error


def _load(open_clip: ModuleType, reference: str) -> tuple[Any, Any]:
    architecture, _, tag = reference.partition("/")
    named = (reference, None) if ":" in reference else (architecture, tag)
    try:
        # Without require_pretrained, a failed download leaves a model with random weights.
        model = open_clip.create_model(*named, require_pretrained=True)
        return model, open_clip.get_tokenizer(named[0])
    except Exception as error:
        reason = " ".join(str(error).split())[:300]
        raise EncoderUnavailable(
            f"open_clip cannot load {reference}: {type(error).__name__}: {reason}. If its "
            "weights and open_clip_config.json come from one model, a file may be cut short: get "
            "them again, or name another model."
        ) from error


def _out_of_reach(reference: str, error: Exception) -> str:
    constants: Any = importlib.import_module("huggingface_hub.constants")
    if constants.HF_HUB_OFFLINE:
        why = f"{constants.ENDPOINT} does not answer, or HF_HUB_OFFLINE is set"
    else:
        why = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
    return (
        f"The model {reference} is not on this machine and could not be downloaded: {why}. "
        "Check the name; set HTTPS_PROXY if the internet is behind a proxy, HF_ENDPOINT for a "
        "mirror, HF_TOKEN for a private model, or HF_HOME to a cache that has it; or download "
        "the model elsewhere and name it as local-dir:PATH."
    )


@contextlib.contextmanager
def _hub(reference: str) -> Iterator[None]:
    """Loading with a hub that answers, or else from its cache alone.

    The hub's library retries an unreachable hub for minutes, file by file. One short question
    first, and what is not in its cache fails at once. A directory asks only if its text tower is
    a Hugging Face one, whose configuration is named, not included.
    """
    directory = local_directory(reference)
    if directory is not None and "hf_model_name" not in (
        directory / "open_clip_config.json"
    ).read_text(errors="replace"):
        yield
        return
    constants: Any = importlib.import_module("huggingface_hub.constants")
    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = before or not _answers(constants.ENDPOINT)
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before


def _answers(url: str) -> bool:
    if not url.startswith(("http://", "https://")):
        return False
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310 (checked above)
    try:
        with urllib.request.urlopen(request, timeout=HUB_SECONDS):  # noqa: S310
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False
