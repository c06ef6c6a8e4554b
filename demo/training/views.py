"""Altered views of the photographs with the teacher's features of each, kept on disk in shards.

A shard has one view of every photo, the first has them whole. The teacher sees the very view that
the model will see, so that what it says is true of it (Beyer et al. 2021, "Knowledge distillation:
a good teacher is patient and consistent"). Making views is slow and training on them is not: they
are made ahead, and training draws from them at random.
"""

import hashlib
import io
import random
import shutil
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageFilter
from tqdm import tqdm

from demo.training.photos import Photo
from demo.training.space import require_space
from demo.training.teacher import SIDE as TEACHER_SIDE
from demo.training.teacher import Teacher

SIDE = 128
FEATURES = 1024
VERSION = 1
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Shard:
    """One view of each photo: `pixels` (N, 128, 128, 3) and `features` (N, 1024), both uint8."""

    pixels: Pixels
    features: NDArray[np.uint8]


def shard_folders(
    photos: list[Photo], teacher: Path | None, cache: Path, wanted: int
) -> list[Path]:
    """Where the shards of just these photos and this teacher lie, or will lie."""
    told = [f"{photo.file.name} {photo.file.stat().st_size} {photo.labels}" for photo in photos]
    if teacher:
        told.append(hashlib.sha256(teacher.read_bytes()).hexdigest())
    name = hashlib.sha256("\n".join([str(VERSION), *told]).encode()).hexdigest()[:16]
    return [cache / f"views-{name}-{number:03d}" for number in range(wanted)]


def open_shards(folders: list[Path]) -> list[Shard]:
    """The shards, opened without reading them; the first has whole photos."""
    return [
        Shard(
            np.load(folder / "pixels.npy", mmap_mode="r"),
            np.load(folder / "features.npy", mmap_mode="r"),
        )
        for folder in folders
    ]


def make_shards(
    photos: list[Photo], teacher: Path | None, cache: Path, wanted: int, processes: int
) -> None:
    """Make those of the `wanted` shards that are missing; an interrupted one is made anew.

    Without a teacher the features are zeros. Raises OSError where the disk or a file fails, and
    ValueError for a file that is no picture, or no teacher.
    """
    for number, folder in enumerate(shard_folders(photos, teacher, cache, wanted)):
        if folder.exists():
            continue
        cache.mkdir(parents=True, exist_ok=True)
        require_space(cache, len(photos) * (SIDE * SIDE * 3 + FEATURES))
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        pixels = np.lib.format.open_memmap(
            part / "pixels.npy", "w+", np.uint8, (len(photos), SIDE, SIDE, 3)
        )
        features = np.lib.format.open_memmap(
            part / "features.npy", "w+", np.uint8, (len(photos), FEATURES)
        )
        jobs = [(photo.file, number, index, teacher) for index, photo in enumerate(photos)]
        # Spawned: the processes must not inherit threads of torch or of an interpreter.
        with get_context("spawn").Pool(processes) as pool:
            results = pool.imap(_view, jobs, chunksize=32)
            title = f"views {number + 1}/{wanted}"
            for index, (view, seen) in enumerate(tqdm(results, title, len(jobs), unit="photo")):
                pixels[index], features[index] = view, seen
        pixels.flush()
        features.flush()
        part.rename(folder)


def _view(job: tuple[Path, int, int, Path | None]) -> tuple[Pixels, NDArray[np.uint8]]:
    file, number, index, teacher = job
    try:
        with Image.open(file) as opened:
            photo = opened.convert("RGB")
    except OSError as error:
        raise ValueError(f"{file} is no picture, or half of one ({error}): remove it.") from error
    if number == 0:
        view = photo.resize((TEACHER_SIDE, TEACHER_SIDE), Image.Resampling.BICUBIC)
    else:
        view = altered(photo, random.Random(f"{number}/{index}"))
    seen = _teacher(teacher).features(view) if teacher else np.zeros(FEATURES, np.uint8)
    return np.asarray(view.resize((SIDE, SIDE), Image.Resampling.BICUBIC)), seen


@lru_cache(1)
def _teacher(file: Path) -> Teacher:
    return Teacher(file)


def altered(photo: Image.Image, rng: random.Random, side: int = TEACHER_SIDE) -> Image.Image:
    """The photo as another camera, hand and light would have it: RGB, `side` by `side`.

    Cropped, squeezed, turned, seen at an angle, relit, tinted, blurred, packed, partly covered. Its
    colours stay what people would call them.
    """
    view = _framed(photo, rng, side)
    if rng.random() < 0.5:
        view = view.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rng.random() < 0.7:
        for enhance, spread in (
            (ImageEnhance.Brightness, 0.35),
            (ImageEnhance.Contrast, 0.3),
            (ImageEnhance.Color, 0.35),
        ):
            view = enhance(view).enhance(rng.uniform(1 - spread, 1 + spread))
    if rng.random() < 0.15:
        view = view.filter(ImageFilter.GaussianBlur(rng.uniform(0.6, 2.5)))
    if rng.random() < 0.25:
        packed = io.BytesIO()
        view.save(packed, "JPEG", quality=rng.randint(25, 80))
        view = Image.open(packed).convert("RGB")
    if rng.random() < 0.25:
        wide, high = (round(side * rng.uniform(0.12, 0.4)) for _ in range(2))
        cover = tuple(rng.randint(0, 255) for _ in range(3))
        view.paste(
            cover,
            (
                x := rng.randint(0, side - wide),
                y := rng.randint(0, side - high),
                x + wide,
                y + high,
            ),
        )
    return view


def _framed(photo: Image.Image, rng: random.Random, side: int) -> Image.Image:
    """A quadrilateral of the photo, stretched to a square."""
    if rng.random() < 0.15:
        return photo.resize((side, side), Image.Resampling.BILINEAR)
    width, height = photo.size
    area, ratio = rng.uniform(0.25, 1.0), 2 ** rng.uniform(-0.6, 0.6)
    wide = min(width, (area * width * height * ratio) ** 0.5)
    high = min(height, (area * width * height / ratio) ** 0.5)
    left, top = rng.uniform(0, width - wide), rng.uniform(0, height - high)
    corners = [(left, top), (left, top + high), (left + wide, top + high), (left + wide, top)]
    jitter = 0.12 if rng.random() < 0.4 else 0.0
    quad: list[float] = []
    for x, y in corners:
        quad += [
            min(width, max(0, x + rng.uniform(-jitter, jitter) * wide)),
            min(height, max(0, y + rng.uniform(-jitter, jitter) * high)),
        ]
    view = photo.transform((side, side), Image.Transform.QUAD, quad, Image.Resampling.BILINEAR)
    if rng.random() < 0.3:
        fill = tuple(rng.choice((0, 128, 255)) for _ in range(1)) * 3
        view = view.rotate(rng.uniform(-25, 25), Image.Resampling.BILINEAR, fillcolor=fill)
    return view
