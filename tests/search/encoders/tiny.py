"""Tiny models with random weights, as open_clip directories: real in form, made in a second."""

import json
from pathlib import Path
from typing import Any

import torch

from search.encoders.torch_clip import import_open_clip

CONTEXT = 16
TEXT = {"context_length": CONTEXT, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 2}
VISION = {"image_size": 32, "layers": 2, "width": 32, "head_width": 16, "patch_size": 8}

CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "causal": {"embed_dim": 24, "vision_cfg": VISION, "text_cfg": TEXT},
    # As SigLIP: tokens see each other both ways, the vector is read at the last position.
    "bidirectional": {
        "embed_dim": 24,
        "custom_text": True,
        "vision_cfg": VISION,
        "text_cfg": TEXT
        | {
            "layers": 1,
            "no_causal_mask": True,
            "pool_type": "last",
            "proj_bias": True,
            "tokenizer_kwargs": {"clean": "canonicalize"},
        },
    },
    # As vitrine-mini: a timm picture tower.
    "timm": {
        "embed_dim": 24,
        "custom_text": True,
        "vision_cfg": {
            "image_size": 64,
            "timm_model_name": "test_vit",
            "timm_pool": "",
            "timm_proj": "linear",
        },
        "text_cfg": TEXT,
    },
}
PREPROCESSING: dict[str, dict[str, Any]] = {
    "causal": {},
    "bidirectional": {
        "resize_mode": "squash",
        "interpolation": "bilinear",
        "mean": [0.5, 0.5, 0.5],
        "std": [0.5, 0.5, 0.5],
    },
    "timm": {"resize_mode": "longest", "fill_color": 255},
}


def make_model(directory: Path, kind: str, seed: int = 0) -> str:
    """Writes a model of a kind of `CONFIGURATIONS` and gives its reference."""
    open_clip = import_open_clip()
    configuration = CONFIGURATIONS[kind]
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "open_clip_config.json").write_text(
        json.dumps({"model_cfg": configuration, "preprocess_cfg": PREPROCESSING[kind]})
    )
    torch.manual_seed(seed)
    fields = {key: value for key, value in configuration.items() if key != "custom_text"}
    custom = configuration.get("custom_text")
    model = (open_clip.CustomTextCLIP if custom else open_clip.CLIP)(**fields)
    with torch.no_grad():
        for parameter in model.parameters():
            # Larger than the usual start, so that texts and pictures really differ.
            if parameter.ndim > 1:
                parameter.normal_(std=0.3)
    torch.save(model.state_dict(), directory / "open_clip_pytorch_model.bin")
    return f"local-dir:{directory}"
