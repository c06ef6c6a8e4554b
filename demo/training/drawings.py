"""The drawings to train on: many random looks, each drawn twice, kept in one file of pixels."""

import json
import math
import random
import zlib
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from demo.assortment import KINDS
from demo.catalogue import source_hash
from demo.draw.canvas import View
from demo.draw.paint import PATTERNS
from demo.draw.studio import (
    DETAIL,
    SHEETS,
    detail_view,
    draw,
    front_view,
    placed_view,
    scene_view,
    turned_view,
)
from demo.looks import Look, make_look
from demo.training.space import require_space
from demo.words import SCENE_WORDS

SIDE = 144
VIEWS = 2
SLICE = 256
HELD_OUT = 10
Pixels = NDArray[np.uint8]


def held_out(kind: str, colour: str, pattern: str) -> bool:
    """Whether this combination is kept from training, to measure with; one in ten is."""
    return zlib.crc32(f"{kind}/{colour}/{pattern}".encode()) % HELD_OUT == 0


def training_look(seed: int, index: int) -> tuple[Look, list[View]]:
    """The look with this number, and its views: broader in every way than a catalogue's."""
    rng = random.Random(f"{seed}/{index}")
    look = random_look(rng, rng.choice(list(KINDS)))
    while held_out(look.kind, look.colour, look.pattern):
        look = random_look(rng, look.kind)
    return look, [_whole_view(rng, look), _other_view(rng, look)]


def random_look(rng: random.Random, name: str) -> Look:
    """Any look of a kind: every colour and pattern, every form, whatever a catalogue favours."""
    pattern = rng.choice(PATTERNS) if rng.random() < 0.5 else None
    kind = KINDS[name]
    parts = {}
    for part in kind.parts:
        # Half of them by the catalogue's shares, half evenly, so that rare forms are learnt.
        if rng.random() < 0.5:
            parts[part.name] = rng.choice(part.choices).value
    return make_look(rng, kind, pattern=pattern, parts=parts)


def is_detail(view: View) -> bool:
    """Whether a view is a close-up, in which parts of the product may be out of sight."""
    return view.zoom > DETAIL * 0.9


def _whole_view(rng: random.Random, look: Look) -> View:
    if rng.random() < 0.5:
        return front_view(rng)
    return _anywhere(rng)


def _other_view(rng: random.Random, look: Look) -> View:
    roll = rng.random()
    if roll < 0.2:
        return turned_view(rng)
    if roll < 0.35:
        return detail_view(rng, KINDS[look.kind])
    if roll < 0.6:
        return scene_view(rng, KINDS[look.kind])
    return _anywhere(rng)


def _anywhere(rng: random.Random) -> View:
    """Any scene, any light sheet or strong colour, turned and moved further than a catalogue's."""
    view = placed_view(rng, rng.choice(list(SCENE_WORDS)))
    colour = view.backdrop
    if view.scene == "studio" and rng.random() < 0.6:
        low = 40 if rng.random() < 0.5 else 190
        # Few steps, so that the sheets are cached.
        colour = tuple(round(rng.randint(low, 255) / 24) * 24 % 256 for _ in range(3))  # type: ignore[assignment]
    elif view.scene == "studio":
        colour = rng.choice(SHEETS)
    return replace(
        view,
        angle=rng.uniform(-18, 18),
        zoom=rng.uniform(0.7, 1.2),
        shift=(rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08)),
        backdrop=colour,
    )


def _drawn(job: tuple[int, int]) -> Pixels:
    look, views = training_look(*job)
    return np.stack([np.asarray(draw(look, view, SIDE)) for view in views])


def load_drawings(
    folder: Path, seed: int, count: int, processes: int
) -> tuple[list[tuple[Look, list[View]]], Pixels]:
    """`count` looks with their views, and pictures (count, 2, 144, 144, 3) uint8.

    They are drawn at the first call, in slices that are kept, so that a run that was interrupted
    goes on where it was. Drawings of another version of the sources are not taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"drawings-{source_hash()}-{seed}-{count}.npy"
    state = file.with_suffix(".json")
    shape = (count, VIEWS, SIDE, SIDE, 3)
    done = _drawn_so_far(file, state, shape)
    if done < count:
        if not done:
            require_space(folder, math.prod(shape))
        pixels = np.lib.format.open_memmap(file, "r+" if done else "w+", np.uint8, shape)
        jobs = ((seed, index) for index in range(done, count))
        with get_context("spawn").Pool(processes) as pool:
            pictures: Iterator[Pixels] = pool.imap(_drawn, jobs, chunksize=32)
            progress = tqdm(pictures, "drawing", count, initial=done, unit="look")
            for index, views in enumerate(progress, start=done):
                pixels[index] = views
                if (index + 1) % SLICE == 0 or index + 1 == count:
                    pixels.flush()
                    part = state.with_suffix(".part")
                    part.write_text(json.dumps({"done": index + 1}))
                    part.rename(state)
    looks = [training_look(seed, index) for index in range(count)]
    return looks, np.load(file, mmap_mode="r")


def _drawn_so_far(file: Path, state: Path, shape: tuple[int, ...]) -> int:
    """How many looks a run before this one has drawn; 0 if what it left cannot be used."""
    try:
        fits = np.load(file, mmap_mode="r").shape == shape
        return int(json.loads(state.read_text())["done"]) if fits else 0
    except (OSError, ValueError, KeyError):
        return 0
