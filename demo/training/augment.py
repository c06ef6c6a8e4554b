"""What cameras, phones and web pages do to a picture, done to batches of them.

Nothing here turns one colour into another: colours are among the things to learn.
"""

import io
import math

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

MEAN = STD = 0.5


def augmented(pixels: NDArray[np.uint8], side: int, rng: np.random.Generator) -> Tensor:
    """Altered pictures, normalised: (N, S, S, 3) uint8 in, (N, 3, side, side) float32 out."""
    batch = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 255
    batch = _moved(batch, side, rng)
    batch = _softened(batch, rng)
    batch = _relit(batch, rng)
    return (_compressed(batch, rng) - MEAN) / STD


def normalised(pixels: NDArray[np.uint8], side: int) -> Tensor:
    """Pictures as the network takes them: (N, S, S, 3) uint8 in, (N, 3, side, side) float32 out."""
    batch = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 255
    if batch.shape[-1] != side:
        batch = functional.interpolate(batch, (side, side), mode="bilinear", antialias=True)
    return (batch - MEAN) / STD


def _column(values: NDArray[np.floating]) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))[:, None, None, None]


def _moved(batch: Tensor, side: int, rng: np.random.Generator) -> Tensor:
    """Turn by up to 20 degrees, crop, shift, sometimes mirror; bare corners get some grey."""
    count = len(batch)
    turn = np.radians(rng.uniform(-20, 20, count) * (rng.random(count) < 0.7))
    zoom = np.sqrt(rng.uniform(0.64, 1.08, count))
    stretch = rng.uniform(0.94, 1.06, count)
    mirror = np.where(rng.random(count) < 0.25, -1.0, 1.0)
    room = np.maximum(0, 1 - zoom) + 0.05
    theta = np.zeros((count, 2, 3), np.float32)
    theta[:, 0, 0], theta[:, 0, 1] = np.cos(turn) * zoom * stretch * mirror, -np.sin(turn) * zoom
    theta[:, 1, 0], theta[:, 1, 1] = np.sin(turn) * zoom * mirror, np.cos(turn) * zoom / stretch
    theta[:, :, 2] = rng.uniform(-1, 1, (count, 2)) * room[:, None]
    grid = functional.affine_grid(
        torch.from_numpy(theta), [count, 3, side, side], align_corners=False
    )
    edge = functional.grid_sample(batch, grid, padding_mode="border", align_corners=False)
    fill = _column(rng.choice([0.0, 1.0, 0.9, 0.5], count))
    bare = functional.grid_sample(batch - fill, grid, align_corners=False) + fill
    return torch.where(_column(rng.random(count)) < 0.5, edge, bare)


def _softened(batch: Tensor, rng: np.random.Generator) -> Tensor:
    side = batch.shape[-1]
    small = functional.interpolate(
        batch, scale_factor=float(rng.uniform(0.45, 0.8)), mode="bilinear", antialias=True
    )
    soft = functional.interpolate(small, (side, side), mode="bilinear")
    return torch.where(_column(rng.random(len(batch))) < 0.2, soft, batch)


def _relit(batch: Tensor, rng: np.random.Generator) -> Tensor:
    """Brightness, contrast, a slight tint of the light, and noise."""
    count = len(batch)
    gain = rng.uniform(0.8, 1.18, (count, 1)) * rng.uniform(0.96, 1.04, (count, 3))
    lift = rng.uniform(-0.05, 0.05, count)
    batch = batch * torch.from_numpy(gain.astype(np.float32))[:, :, None, None] + _column(lift)
    grain = torch.from_numpy(rng.standard_normal(batch.shape, dtype=np.float32))
    return (batch + grain * _column(rng.uniform(0, 0.03, count))).clamp(0, 1)


def _compressed(batch: Tensor, rng: np.random.Generator, share: float = 0.2) -> Tensor:
    for index in np.flatnonzero(rng.random(len(batch)) < share):
        picture = (batch[index] * 255).byte().permute(1, 2, 0).numpy()
        packed = io.BytesIO()
        Image.fromarray(picture).save(packed, "JPEG", quality=int(rng.integers(35, 90)))
        opened = np.array(Image.open(packed))
        batch[index] = torch.from_numpy(opened).permute(2, 0, 1).float() / 255
    return batch


def cosine_share(step: int, steps: int, warmup: int) -> float:
    """The learning rate's share of its peak: a short rise, then half a cosine to nothing."""
    if step < warmup:
        return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, steps - warmup)))
