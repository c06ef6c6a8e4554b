"""Train the bundled model: `python -m demo.train --out DIR [--photos DIR]`.

Draws random products and makes altered views of the photographs (both once, into `--cache`), then
trains a small CLIP on them from nothing. Interrupt it and run it again: it goes on from its last
checkpoint, at most 200 steps back. `--out` gets the model, `training.csv` and `training.png`, and
the checkpoint, which is some 230 MB and belongs into no repository.

With `--photos`, a folder as `demo.training.photos` describes it, real photographs are learnt too;
`--teacher` names a MobileNet as a TFLite file to learn from. What this needs beyond the shop's
requirements is in `requirements-training.txt`.
"""

import argparse
import importlib.util
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import torch

from demo.training.drawing_batches import DrawingBatches
from demo.training.drawings import load_drawings
from demo.training.loop import Stage, Trainer
from demo.training.photo_batches import PhotoBatches
from demo.training.photos import find_photos
from demo.training.plot import plot_log
from demo.training.views import make_shards, open_shards, shard_folders

# First what the world looks like; then the drawings as well, and all the words; at last the same in
# larger pictures. Larger learning rates only made noise that smaller ones then took away.
RECIPE = (
    Stage("photos", 1200, 96, drawings=0, again=0, photos=128, rate=1.5e-3, until=1.5e-3),
    Stage("all", 3600, 96, drawings=44, again=12, photos=64, rate=1.1e-3, until=6e-4),
    Stage("fine", 1700, 112, drawings=44, again=12, photos=64, rate=6e-4, until=0.0),
)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="where model and log are written")
    parser.add_argument("--photos", type=Path, help="folder with clothing/ and grocery/")
    parser.add_argument("--teacher", type=Path, help="a MobileNet as TFLite file")
    parser.add_argument(
        "--cache", type=Path, default=Path(tempfile.gettempdir()) / "vitrine-training"
    )
    parser.add_argument("--looks", type=int, default=16000, help="how many products are drawn")
    parser.add_argument("--views", type=int, default=12, help="altered views of each photo")
    parser.add_argument("--length", type=float, default=1.0, help="how many times the steps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=_cores())
    options = parser.parse_args()
    if min(options.looks, options.views, options.threads) < 1 or options.length <= 0:
        parser.error("--looks, --views, --threads and --length must be above zero.")
    try:
        train(options)
    except (OSError, ValueError, RuntimeError) as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    except KeyboardInterrupt:
        parser.exit(130, "\nInterrupted; the same command goes on from the last checkpoint.\n")


def train(options: argparse.Namespace) -> None:
    """Draw and alter what is missing, and train from where the last run ended.

    Raises OSError, ValueError or RuntimeError, with words for the user.
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise RuntimeError("matplotlib is missing: pip install -r requirements-training.txt")
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    photos = None
    if options.photos:
        found = find_photos(options.photos)
        where = (found, options.teacher, options.cache, options.views)
        make_shards(*where, options.threads)
        photos = PhotoBatches(found, open_shards(shard_folders(*where)))
    looks, pixels = load_drawings(options.cache, options.seed, options.looks, options.threads)
    trainer = Trainer(DrawingBatches(looks, pixels), photos, options.out, options.seed)
    if trainer.checkpoint.exists():
        trainer.load()
        print(f"going on at step {trainer.step} of stage {trainer.stage}")
    stages = [replace(s, steps=max(1, round(s.steps * options.length))) for s in RECIPE]
    trainer.run([s for s in stages if photos or s.drawings])
    plot_log(options.out / "training.csv", options.out / "training.png")
    print(f"{trainer.pictures} pictures in {trainer.seconds / 60:.0f} minutes")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main()
