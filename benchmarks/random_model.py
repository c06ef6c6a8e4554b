"""A model as large as CLIP's ViT-B/32, with random weights: as slow as the real one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from django.test.utils import override_settings

from search.encoders.torch_clip import import_open_clip

ARCHITECTURE = "ViT-B-32"


@contextmanager
def random_vit() -> Iterator[str]:
    """The reference of such a model. It and its export are gone afterwards (1.5 GB meanwhile)."""
    open_clip = import_open_clip()
    with tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as folder:
        directory = Path(folder, ARCHITECTURE)
        directory.mkdir()
        configuration = open_clip.get_model_config(ARCHITECTURE)
        (directory / "open_clip_config.json").write_text(
            json.dumps({"model_cfg": configuration, "preprocess_cfg": {}})
        )
        torch.manual_seed(0)
        model = open_clip.CLIP(**configuration)
        torch.save(model.state_dict(), directory / "open_clip_pytorch_model.bin")
        del model
        with override_settings(MODEL_CACHE=Path(folder, "exports")):
            yield f"local-dir:{directory}"
