"""The bundled model in more dimensions: another model to every part of the shop, and it finds the
same.

Both towers end in a projection. Multiplied with one matrix of orthonormal rows they give longer
vectors, whose cosines are what they were. With noise it is a worse model.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from django.conf import settings
from safetensors.torch import load_file, save_file

BUNDLED = Path("models", "vitrine-mini")


def write_wider_model(
    directory: Path, *, dimension: int = 384, noise: float = 0.0, seed: int = 0
) -> str:
    """Write the open_clip directory of such a model, and give its reference. `noise`: deviation of
    what is added to its projections, in deviations of their weights."""
    source = Path(settings.BASE_DIR, BUNDLED)
    configuration = json.loads((source / "open_clip_config.json").read_text())
    before = configuration["model_cfg"]["embed_dim"]
    configuration["model_cfg"]["embed_dim"] = dimension
    chance = torch.Generator().manual_seed(seed)
    square = torch.randn(dimension, dimension, generator=chance)
    rows = torch.linalg.qr(square)[0][:before]
    stored = load_file(source / "open_clip_model.safetensors")
    weights = {name: weight.float() for name, weight in stored.items()}
    for name in ("text_projection", "visual.head.proj.weight"):
        spread = noise * weights[name].std()
        weights[name] += spread * torch.randn(weights[name].shape, generator=chance)
    weights["text_projection"] = (weights["text_projection"] @ rows).contiguous()
    head = weights["visual.head.proj.weight"]
    weights["visual.head.proj.weight"] = (rows.T @ head).contiguous()
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "open_clip_config.json").write_text(json.dumps(configuration))
    save_file(weights, directory / "open_clip_model.safetensors")
    return f"local-dir:{directory}"
