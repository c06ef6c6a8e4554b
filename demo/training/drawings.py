"""The pictures to train on: many random looks, each drawn twice, kept in one file of pixels."""

import random
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from demo.draw.canvas import View
from demo.draw.paint import PATTERNS, RGB
from demo.draw.studio import BACKDROPS, draw, front_view, other_view
from demo.looks import KINDS, Look, make_look

SIDE = 160
VIEWS = 2
VERSION = 2
Pixels = NDArray[np.uint8]


def training_look(seed: int, index: int) -> tuple[Look, list[View]]:
    """The look with this number, and its views: broader in every way than a catalogue's."""
    rng = random.Random(f"{seed}/{index}")
    pattern = rng.choice(PATTERNS) if rng.random() < 0.55 else None
    look = make_look(rng, rng.choice(list(KINDS)), pattern=pattern)
    views = (
        [front_view(rng), other_view(rng)]
        if rng.random() < 0.5
        else [_any_view(rng) for _ in range(VIEWS)]
    )
    return look, views


def _any_view(rng: random.Random) -> View:
    roll = rng.random()
    if roll < 0.4:
        backdrop: RGB = rng.choice(BACKDROPS)
    else:
        low = 190 if roll < 0.75 else 40
        backdrop = (rng.randint(low, 255), rng.randint(low, 255), rng.randint(low, 255))
    return View(
        angle=rng.uniform(-18, 18),
        zoom=rng.uniform(0.7, 1.4),
        shift=(rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08)),
        flip=rng.random() < 0.4,
        backdrop=backdrop,
    )


def _drawn(job: tuple[int, int]) -> Pixels:
    look, views = training_look(*job)
    return np.stack([np.asarray(draw(look, view, SIDE)) for view in views])


def load_drawings(folder: Path, seed: int, count: int) -> tuple[list[Look], Pixels]:
    """`count` looks and their pictures, (count, 2, 160, 160, 3) uint8; drawn at the first call."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"drawings-{VERSION}-{seed}-{count}.npy"
    if not file.exists():
        part = file.with_suffix(".part")
        pixels = np.lib.format.open_memmap(part, "w+", np.uint8, (count, VIEWS, SIDE, SIDE, 3))
        jobs = ((seed, index) for index in range(count))
        with Pool() as pool:
            pictures: Iterator[Pixels] = pool.imap(_drawn, jobs, chunksize=32)
            for index, views in enumerate(tqdm(pictures, "drawing", count, unit="look")):
                pixels[index] = views
        pixels.flush()
        part.rename(file)
    looks = [training_look(seed, index)[0] for index in range(count)]
    return looks, np.load(file, mmap_mode="r")
