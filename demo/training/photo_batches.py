"""Batches of photographs: altered views, mixed with each other, with labels and the teacher."""

import random
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from demo.training.augment import normalised
from demo.training.photos import Photo, words_of
from demo.training.views import Shard

FRAMES = ("{}", "{}", "a photo of {}", "a picture of {}", "a photo of the {}", "{}, photo")
# How much of what is drawn are whole photos, and how often a batch is mixed. A short training
# underfits: more alteration than this made it slower, not better.
WHOLE, MIXED = 0.8, 0.05
LABEL_SCALE = 18.0


@dataclass(frozen=True)
class PhotoBatch:
    """`pixels` (N, 3, S, S) float32; `labels` (N, L) float32, rows of each level sum to 1;
    `features` (N, 1024) float32, standardised."""

    pixels: Tensor
    labels: Tensor
    features: Tensor


class PhotoBatches:
    """Draws batches from the shards of views, half of them clothes."""

    def __init__(self, photos: list[Photo], shards: list[Shard]) -> None:
        self.photos, self.shards = photos, shards
        self.names = sorted({label for photo in photos for label in photo.labels})
        # Labels of one level exclude each other: all fine ones, and all coarse ones.
        self.levels = torch.tensor([name.startswith("groceries/") for name in self.names]).long()
        self.clothes = np.array([photo.labels[0].startswith("clothing/") for photo in photos])
        columns = {name: number for number, name in enumerate(self.names)}
        self.targets = torch.zeros(len(photos), len(self.names))
        for row, photo in enumerate(photos):
            for label in photo.labels:
                self.targets[row, columns[label]] = 1
        first = np.asarray(self.shards[0].features, dtype=np.float32)
        self.mean, self.deviation = first.mean(0), first.std(0) + 0.5

    def draw(self, count: int, side: int, rng: np.random.Generator) -> PhotoBatch:
        """A random batch."""
        clothes, others = np.flatnonzero(self.clothes), np.flatnonzero(~self.clothes)
        share = count // 2 if len(clothes) and len(others) else count * bool(len(clothes))
        rows = np.concatenate(
            [rng.choice(clothes, share), rng.choice(others, count - share)]
            if len(others)
            else [rng.choice(clothes, count)]
        )
        rng.shuffle(rows)
        shards = rng.integers(0, len(self.shards), count) * (rng.random(count) >= WHOLE)
        pixels = np.stack([self.shards[s].pixels[r] for s, r in zip(shards, rows, strict=True)])
        seen = np.stack([self.shards[s].features[r] for s, r in zip(shards, rows, strict=True)])
        batch = _cropped(normalised(pixels, pixels.shape[1]), side, rng)
        features = torch.from_numpy(self._standardised(seen))
        labels = self.targets[rows]
        if rng.random() < MIXED:
            return _mixed(PhotoBatch(batch, labels, features), rng)
        return PhotoBatch(batch, labels, features)

    def texts(self, dice: random.Random) -> list[str]:
        """A wording of each label, in the order of `names`."""
        return [dice.choice(FRAMES).format(dice.choice(words_of(name))) for name in self.names]

    def _standardised(self, features: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.asarray((features - self.mean) / self.deviation, dtype=np.float32)


def _cropped(batch: Tensor, side: int, rng: np.random.Generator) -> Tensor:
    """A large part of each picture, half of them mirrored; little enough for what the teacher said
    of the whole to remain true."""
    count = len(batch)
    zoom = np.sqrt(rng.uniform(0.7, 1.0, (count, 2)))
    view = np.zeros((count, 2, 3), np.float32)
    view[:, 0, 0] = zoom[:, 0] * np.where(rng.random(count) < 0.5, -1, 1)
    view[:, 1, 1] = zoom[:, 1]
    view[:, :, 2] = rng.uniform(-1, 1, (count, 2)) * (1 - zoom)
    grid = functional.affine_grid(
        torch.from_numpy(view), [count, 3, side, side], align_corners=False
    )
    return functional.grid_sample(batch, grid, padding_mode="border", align_corners=False)


def _mixed(batch: PhotoBatch, rng: np.random.Generator) -> PhotoBatch:
    """CutMix (Yun et al. 2019): each picture gets a patch of another.

    The teacher's features are an average over the picture's area, so a mixture by area is near to
    what it would say.
    """
    side, count = batch.pixels.shape[-1], len(batch.pixels)
    other = torch.from_numpy(rng.permutation(count))
    edge = (side * np.sqrt(rng.uniform(0.1, 0.6, 2) * rng.uniform(0.3, 1.0, 2))).astype(int)
    top, left = (int(rng.integers(0, side - e + 1)) for e in edge)
    pixels = batch.pixels.clone()
    window = (..., slice(top, top + int(edge[0])), slice(left, left + int(edge[1])))
    pixels[window] = batch.pixels[other][window]
    share = float(edge[0] * edge[1]) / side**2
    return PhotoBatch(
        pixels,
        torch.lerp(batch.labels, batch.labels[other], share),
        torch.lerp(batch.features, batch.features[other], share),
    )


def label_loss(logits: Tensor, labels: Tensor, levels: Tensor) -> Tensor:
    """Each picture's labels are told from the others of the same level.

    `logits` (N, L), `labels` (N, L) the wanted shares, `levels` (L,) each label's level. A tenth of
    the target is spread over all labels of the level.
    """
    losses = []
    for level in levels.unique():
        columns = levels == level
        wanted = labels[:, columns]
        known = wanted.sum(1, keepdim=True)
        target = 0.9 * wanted + 0.1 * known / columns.sum()
        logs = functional.log_softmax(logits[:, columns], dim=1)
        losses.append(-(target * logs).sum() / known.sum().clamp(min=1))
    return torch.stack(losses).sum()


def teacher_loss(guess: Tensor, features: Tensor) -> Tensor:
    """One minus the cosine of the student's guess (N, 1024) and the teacher's features."""
    return 1 - functional.cosine_similarity(guess.float(), features, dim=-1).mean()
