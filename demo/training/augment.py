"""What cameras, phones and web pages do to a picture, done to batches of them.

Nothing here turns one colour into another: colours are among the things to learn.
"""

import io

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

MEAN = STD = 0.5
UNTOUCHED = 0.35


def augmented(pixels: NDArray[np.uint8], side: int, rng: np.random.Generator) -> Tensor:
    """Altered pictures, normalised: (N, S, S, 3) uint8 in, (N, 3, side, side) float32 out.

    Some stay as they are, for most pictures of a shop are nothing else.
    """
    untouched = rng.random(len(pixels)) < UNTOUCHED
    result = torch.empty(len(pixels), 3, side, side)
    result[untouched] = normalised(pixels[untouched], side)
    batch = torch.from_numpy(pixels[~untouched]).permute(0, 3, 1, 2).float() / 255
    if len(batch):
        batch = _moved(batch, side, rng)
        batch = _softened(batch, rng)
        batch = _relit(batch, rng)
        batch = _covered(batch, rng)
        result[~untouched] = (_compressed(batch, rng) - MEAN) / STD
    return result


def normalised(pixels: NDArray[np.uint8], side: int) -> Tensor:
    """Pictures as the network takes them: (N, S, S, 3) uint8 in, (N, 3, side, side) float32 out."""
    batch = torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float() / 255
    if batch.shape[-1] != side:
        batch = functional.interpolate(batch, (side, side), mode="bilinear", antialias=True)
    return (batch - MEAN) / STD


def _column(values: NDArray[np.floating]) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))[:, None, None, None]


def _moved(batch: Tensor, side: int, rng: np.random.Generator) -> Tensor:
    """Turn by up to 25 degrees, crop, shift, tilt as seen at an angle, sometimes mirror."""
    count = len(batch)
    turn = np.radians(rng.uniform(-25, 25, count) * (rng.random(count) < 0.6))
    zoom = np.sqrt(rng.uniform(0.5, 1.12, count))
    stretch = rng.uniform(0.88, 1.14, count)
    mirror = np.where(rng.random(count) < 0.3, -1.0, 1.0)
    room = np.maximum(0, 1 - zoom) + 0.05
    view = np.zeros((count, 3, 3), np.float32)
    view[:, 0, 0], view[:, 0, 1] = np.cos(turn) * zoom * stretch * mirror, -np.sin(turn) * zoom
    view[:, 1, 0], view[:, 1, 1] = np.sin(turn) * zoom * mirror, np.cos(turn) * zoom / stretch
    view[:, :2, 2] = rng.uniform(-1, 1, (count, 2)) * room[:, None]
    tilted = rng.random((count, 1)) < 0.4
    view[:, 2, :2] = rng.uniform(-0.22, 0.22, (count, 2)) * tilted
    view[:, 2, 2] = 1
    steps = (torch.arange(side) * 2 + 1) / side - 1
    ys, xs = torch.meshgrid(steps, steps, indexing="ij")
    plane = torch.stack([xs, ys, torch.ones_like(xs)], dim=-1).reshape(1, -1, 3)
    seen = plane @ torch.from_numpy(view).transpose(1, 2)
    grid = (seen[..., :2] / seen[..., 2:]).reshape(count, side, side, 2)
    # Beyond its edge a picture goes on as it ends there, or there is something even.
    if rng.random() < 0.5:
        return functional.grid_sample(batch, grid, padding_mode="border", align_corners=False)
    fill = _column(rng.choice([0.0, 1.0, 0.9, 0.5], count))
    return functional.grid_sample(batch - fill, grid, align_corners=False) + fill


def _softened(batch: Tensor, rng: np.random.Generator) -> Tensor:
    side = batch.shape[-1]
    small = functional.interpolate(
        batch, scale_factor=float(rng.uniform(0.45, 0.8)), mode="bilinear", antialias=True
    )
    soft = functional.interpolate(small, (side, side), mode="bilinear")
    return torch.where(_column(rng.random(len(batch))) < 0.2, soft, batch)


def _relit(batch: Tensor, rng: np.random.Generator) -> Tensor:
    """Brightness, contrast, a slight tint and slope of the light; lines of a screen, noise."""
    count, side = len(batch), batch.shape[-1]
    gain = rng.uniform(0.72, 1.2, (count, 1)) * rng.uniform(0.95, 1.05, (count, 3))
    lift = rng.uniform(-0.06, 0.08, count)
    slope = torch.from_numpy(rng.uniform(-0.16, 0.16, (count, 2)).astype(np.float32))
    steps = torch.linspace(-1, 1, side)
    light = (
        1 + slope[:, :1, None] * steps[None, None, :] + slope[:, 1:, None] * steps[None, :, None]
    )
    batch = batch * torch.from_numpy(gain.astype(np.float32))[:, :, None, None] * light[:, None]
    batch = batch + _column(lift)
    for index in np.flatnonzero(rng.random(count) < 0.08):
        lines = 0.05 * torch.sin(torch.arange(side) * float(rng.uniform(0.8, 2.6)))
        batch[index] += lines[:, None] if rng.random() < 0.5 else lines[None, :]
    noisy = np.flatnonzero(rng.random(count) < 0.4)
    grain = rng.standard_normal((len(noisy), *batch.shape[1:]), dtype=np.float32)
    batch[noisy] += torch.from_numpy(grain) * _column(rng.uniform(0, 0.05, len(noisy)))
    return batch.clamp(0, 1)


def _covered(batch: Tensor, rng: np.random.Generator) -> Tensor:
    """Sometimes something even lies in the way of a corner or the middle."""
    side = batch.shape[-1]
    for index in np.flatnonzero(rng.random(len(batch)) < 0.15):
        high, wide = (int(side * share) for share in rng.uniform(0.08, 0.3, 2))
        top, left = (int(rng.integers(0, side - edge)) for edge in (high, wide))
        colour = torch.from_numpy(rng.random(3, dtype=np.float32))[:, None, None]
        batch[index, :, top : top + high, left : left + wide] = colour
    return batch


def _compressed(batch: Tensor, rng: np.random.Generator, share: float = 0.2) -> Tensor:
    for index in np.flatnonzero(rng.random(len(batch)) < share):
        picture = (batch[index] * 255).byte().permute(1, 2, 0).numpy()
        packed = io.BytesIO()
        Image.fromarray(picture).save(packed, "JPEG", quality=int(rng.integers(35, 90)))
        opened = np.array(Image.open(packed))
        batch[index] = torch.from_numpy(opened).permute(2, 0, 1).float() / 255
    return batch
