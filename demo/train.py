"""Train the bundled model: `python -m demo.train --out models/vitrine-mini [--photos DIR]`.

Draws random products (once, into `--cache`), then trains a small CLIP on them from nothing; with
`--photos`, a sixth of every batch is labelled photographs. Seeds are fixed throughout.
"""

import argparse
import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from tqdm import tqdm

from demo.augment import MEAN, STD, augmented, cosine_share
from demo.captions import (
    Attributes,
    Codes,
    attributes_of,
    caption,
    colour_change,
    every_colour,
    every_kind,
)
from demo.drawings import Pixels, load_drawings
from demo.looks import Look
from demo.losses import attribute_loss, colour_change_loss, same_picture_loss, text_picture_loss
from demo.photos import Photos
from search.encoders.torch_clip import import_open_clip

SIDE = 112
SMALL_SIDE = 80
CONFIG: dict[str, Any] = {
    "model_cfg": {
        "embed_dim": 256,
        "vision_cfg": {
            "timm_model_name": "regnetx_002",
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "linear",
            "image_size": SIDE,
        },
        "text_cfg": {
            "context_length": 48,
            "vocab_size": 49408,
            "width": 128,
            "heads": 4,
            "layers": 3,
        },
    },
    "preprocess_cfg": {
        "size": SIDE,
        "mode": "RGB",
        "mean": [MEAN] * 3,
        "std": [STD] * 3,
        "interpolation": "bicubic",
        "resize_mode": "shortest",
        "fill_color": 0,
    },
}
DRAWN, PHOTOS, KINDS_IN_BATCH, MAX_SCALE = 96, 20, 7, 60.0
MOST_ATTRIBUTES = 400
ALIKE = 0.85
WEIGHTS = "open_clip_model.safetensors"


class Batches:
    """Random batches of drawings and photographs, with captions and what each of them states."""

    def __init__(
        self, looks: list[Look], drawings: Pixels, photos: Photos | None, seed: int
    ) -> None:
        self.looks, self.drawings, self.photos = looks, drawings, photos
        self.rng, self.dice = np.random.default_rng(seed), random.Random(seed)
        self.codes = Codes()
        self.kinds = np.array([look.kind for look in looks])
        self.colours = np.array([look.colour for look in looks])

    def draw(self, side: int) -> dict[str, Any]:
        """One batch; pictures are two altered copies, (N, 3, side, side) float32 each."""
        chosen = self._looks_alike() if self.dice.random() < ALIKE else self._looks_apart()
        first = self.rng.integers(0, 2, DRAWN)
        # Mostly the same picture altered twice; else the product's other picture.
        second = np.where(self.rng.random(DRAWN) < 0.7, first, 1 - first)
        looks = [self.looks[i] for i in chosen]
        shown = [attributes_of(look) for look in looks]
        texts = [caption(self.dice, look) for look in looks]
        pixels = [self.drawings[chosen, first], self.drawings[chosen, second]]
        if self.photos:
            picked = self.rng.choice(len(self.photos.shown), PHOTOS, replace=False)
            shown += [self.photos.shown[i] for i in picked]
            texts += [self.photos.caption(self.dice, i) for i in picked]
            pixels = [np.concatenate([p, self.photos.pixels[picked]]) for p in pixels]
        # One wording for each colour of the batch: few texts, each used for several pictures.
        names = sorted({look.colour for look in looks})
        colours = self._rows([Attributes(colour=name) for name in names])[:, 3]
        which = torch.from_numpy(self.rng.integers(0, len(names), len(shown)))
        return {
            "first": augmented(pixels[0], side, self.rng),
            "second": augmented(pixels[1], side, self.rng),
            "shown": self._rows(shown),
            "texts": [text for text, _ in texts],
            "stated": self._rows([stated for _, stated in texts]),
            "changes": [colour_change(self.dice, name) for name in names],
            "which": which,
            "wanted": colours[which],
        }

    def _looks_apart(self) -> NDArray[np.int64]:
        """Looks of some kinds in every colour: kind and colour tell nearly all of them apart."""
        kinds = self.dice.sample(every_kind(), KINDS_IN_BATCH)
        pool = np.flatnonzero(np.isin(self.kinds, kinds))
        return self.rng.choice(pool, DRAWN, replace=len(pool) < DRAWN)

    def _looks_alike(self) -> NDArray[np.int64]:
        """Looks of few kinds in few colours: only pattern and style tell them apart.

        Without such batches a caption's pattern is never needed to find its picture, and is not
        learnt.
        """
        kinds = self.dice.sample(every_kind(), 2)
        colours = self.dice.sample(every_colour(), 2)
        pool = np.flatnonzero(np.isin(self.kinds, kinds) & np.isin(self.colours, colours))
        return self.rng.choice(pool, DRAWN, replace=len(pool) < DRAWN)

    def _rows(self, attributes: list[Attributes]) -> Tensor:
        return torch.tensor([self.codes.row(a) for a in attributes])


def encode_texts(model: Any, tokens: Tensor, short: int = 12) -> Tensor:
    """Unit vectors (N, 256) of `tokens` (N, 48), without the work for the padding.

    The tower is causal, so what stands behind the end of the text has no influence. Most texts
    fit into `short` tokens; the few long ones are done apart.
    """
    ends = tokens.argmax(-1)
    vectors = tokens.new_zeros((len(tokens), CONFIG["model_cfg"]["embed_dim"]), dtype=torch.float32)
    for rows in (ends < short, ends >= short):
        if rows.any():
            vectors[rows] = _encode_trimmed(model, tokens[rows], ends[rows])
    return vectors


def _encode_trimmed(model: Any, tokens: Tensor, ends: Tensor) -> Tensor:
    length = int(ends.max()) + 1
    x = model.token_embedding(tokens[:, :length]) + model.positional_embedding[:length]
    x = model.transformer(x, attn_mask=model.attn_mask[:length, :length])
    x = model.ln_final(x)[torch.arange(len(tokens)), ends]
    return functional.normalize((x @ model.text_projection).float(), dim=-1)


def train(
    model: Any,
    tokenizer: Any,
    batches: Batches,
    steps: int,
    rate: float,
    small_steps: int,
    out: Path,
) -> None:
    """Train in place, and write the model to `out` every hundred steps and at the end."""
    decayed = [p for name, p in model.named_parameters() if p.ndim > 1 and "embedding" not in name]
    kept = {id(p) for p in decayed}
    other = [p for p in model.parameters() if id(p) not in kept]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.05}, {"params": other, "weight_decay": 0.0}],
        betas=(0.9, 0.98),
    )
    # Only a help in training: what each attribute looks and reads like. Not part of the model.
    # They start short, so that their directions turn quickly.
    start = 0.02 * torch.randn(MOST_ATTRIBUTES, CONFIG["model_cfg"]["embed_dim"])
    prototypes = torch.nn.Parameter(start)
    optimizer.add_param_group({"params": [prototypes], "weight_decay": 0.0})
    seen = torch.zeros(model.token_embedding.num_embeddings, dtype=torch.bool)
    ahead = ThreadPoolExecutor(1)
    upcoming = ahead.submit(batches.draw, SMALL_SIDE if small_steps else SIDE)
    progress = tqdm(range(steps), "training", unit="step")
    for step in progress:
        for group in optimizer.param_groups:
            group["lr"] = rate * cosine_share(step, steps, warmup=30)
        batch = upcoming.result()
        # Small pictures first: twice the speed while the coarse things are learnt.
        upcoming = ahead.submit(batches.draw, SMALL_SIDE if step + 1 < small_steps else SIDE)
        tokens = tokenizer(batch["texts"] + batch["changes"])
        seen[tokens.unique()] = True
        count = len(batch["texts"])
        with torch.autocast("cpu", torch.bfloat16):
            pictures = model.visual(
                torch.cat([batch["first"], batch["second"]]).contiguous(
                    memory_format=torch.channels_last
                )
            )
            texts = encode_texts(model, tokens)
        first, second = functional.normalize(pictures.float(), dim=-1).split(count)
        words, changes = texts[:count], texts[count:][batch["which"]]
        scale = model.logit_scale.exp()
        found = text_picture_loss(
            words, torch.cat([first, second]), batch["stated"], batch["shown"].repeat(2, 1), scale
        )
        same = same_picture_loss(first, second)
        changed = colour_change_loss(first, changes, batch["wanted"], batch["shown"], scale)
        fields = torch.full((MOST_ATTRIBUTES,), -1)
        fields[: len(batches.codes.fields)] = torch.tensor(batches.codes.fields)
        told = attribute_loss(
            torch.cat([first, second, words]),
            torch.cat([batch["shown"], batch["shown"], batch["stated"]]),
            prototypes,
            fields,
        )
        loss = 1.5 * found + 0.5 * same + 0.5 * changed + 1.5 * told
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimizer.step()
        with torch.no_grad():
            model.logit_scale.clamp_(max=float(np.log(MAX_SCALE)))
        if step % 10 == 0:
            progress.set_postfix(
                text=f"{found.item():.2f}",
                same=f"{same.item():.2f}",
                change=f"{changed.item():.2f}",
                told=f"{told.item():.2f}",
                scale=f"{scale.item():.0f}",
            )
        if (step + 1) % 100 == 0 or step + 1 == steps:
            save(model.eval(), seen, out)
            model.train()


def save(model: Any, seen: Tensor, out: Path) -> None:
    """Write the model as an open_clip directory, in half precision.

    `seen` (49408,) bool says which token numbers the training texts ever had.
    """
    from safetensors.torch import save_file

    weights = {
        name: value.half() if value.is_floating_point() else value
        for name, value in model.state_dict().items()
    }
    # A word never met carries no meaning: nothing is better than its random start.
    weights["token_embedding.weight"][~seen] = 0
    out.mkdir(parents=True, exist_ok=True)
    (out / "open_clip_config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    part = out / "weights.part"
    save_file({k: v.contiguous() for k, v in weights.items()}, part)
    part.chmod(0o644)
    part.rename(out / WEIGHTS)


def main() -> None:
    """Draw, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--photos", type=Path, help="folder with clothing/ and grocery/")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/vitrine-drawings"))  # noqa: S108
    parser.add_argument("--looks", type=int, default=12000)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--start", type=Path, help="model directory to go on from")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    looks, drawings = load_drawings(options.cache, options.seed, options.looks)
    photos = Photos(options.photos, drawings.shape[2]) if options.photos else None
    torch.manual_seed(options.seed)
    # One thread: with more, the threads of a shared machine spend their time waiting for each
    # other (ten seconds a step instead of one, measured on two busy cores).
    torch.set_num_threads(1)
    open_clip = import_open_clip()
    model = open_clip.CLIP(**CONFIG["model_cfg"]).train().to(memory_format=torch.channels_last)
    if options.start:
        open_clip.load_checkpoint(model, str(options.start / WEIGHTS))
    tokenizer = open_clip.SimpleTokenizer(context_length=48)
    # Going on from a model means other batches than those that it has seen.
    batches = Batches(looks, drawings, photos, options.seed + bool(options.start))
    small_steps = 0 if options.start else int(0.4 * options.steps)
    train(model, tokenizer, batches, options.steps, options.rate, small_steps, options.out)
    print(f"{time.monotonic() - started:.0f} s in all")


if __name__ == "__main__":
    main()
