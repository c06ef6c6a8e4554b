"""The steps of training: stages, checkpoints, the log.

Everything that a step depends on is in the checkpoint, or follows from the seed and the step's
number, so a run that was interrupted goes on from its last checkpoint.
"""

import csv
import math
import pickle
import random
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from demo.training.drawing_batches import DrawingBatch, DrawingBatches
from demo.training.losses import (
    attribute_loss,
    colour_change_loss,
    same_product_loss,
    text_picture_loss,
)
from demo.training.model import (
    DIMENSION,
    TRUNK_WIDTH,
    Average,
    encode_pictures,
    encode_texts,
    new_model,
    new_tokenizer,
    write_model,
)
from demo.training.photo_batches import (
    LABEL_SCALE,
    PhotoBatch,
    PhotoBatches,
    label_loss,
    teacher_loss,
)
from demo.training.views import FEATURES

LOG_STEPS, SAVE_STEPS = 25, 200
WARMUP, MAX_SCALE = 200, 60.0
VOCABULARY = 49408
# The texts of the photos' labels are encoded anew every few steps, and else taken as they were.
LABEL_STEPS, AVERAGE_STEPS = 4, 4
LOSSES = ("found", "told", "same", "changed", "labelled", "classed", "taught")
COLUMNS = ("stage", "step", "steps", "seconds", "pictures", "rate", "scale", *LOSSES)


@dataclass(frozen=True)
class Stage:
    """A part of the training: `drawings` products a step, `again` of them twice, and `photos`.

    The learning rate rises to `rate` in the first steps, and falls to `until` along half a cosine.
    """

    name: str
    steps: int
    side: int
    drawings: int
    again: int
    photos: int
    rate: float
    until: float

    def rate_at(self, step: int) -> float:
        """The learning rate of a step."""
        left = 0.5 * (1 + math.cos(math.pi * step / self.steps))
        return (self.until + (self.rate - self.until) * left) * min(1.0, (step + 1) / WARMUP)


class UnusableCheckpoint(ValueError):
    """Training cannot go on from this checkpoint; the message says why and what to do."""


class Trainer:
    """The network, what helps to train it, and how far it is."""

    def __init__(
        self, drawings: DrawingBatches | None, photos: PhotoBatches | None, out: Path, seed: int
    ) -> None:
        torch.manual_seed(seed)
        out.mkdir(parents=True, exist_ok=True)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.drawings, self.photos, self.out, self.seed = drawings, photos, out, seed
        self.model = new_model(112).to(self.device)
        self.tokenizer = new_tokenizer()
        self.teaching = torch.nn.Linear(TRUNK_WIDTH, FEATURES).to(self.device)
        labels = len(photos.names) if photos else 0
        # Photos are told apart here as well: it is learnt faster than the words are.
        self.classifier = torch.nn.Linear(TRUNK_WIDTH, labels).to(self.device)
        columns = len(drawings.codes.columns) if drawings else 0
        # Only a help in training: what each fact looks and reads like. They start short, so that
        # their directions turn quickly.
        start = 0.02 * torch.randn(columns, DIMENSION)
        self.prototypes = torch.nn.Parameter(start.to(self.device))
        self.average = Average(self.model)
        self.seen = torch.zeros(VOCABULARY, dtype=torch.bool)
        self.optimizer = self._optimizer()
        self.stage, self.step, self.pictures, self.seconds = "", 0, 0, 0.0
        self._words: Tensor | None = None
        self.run_of = {
            "seed": seed,
            "drawings": len(drawings.looks) if drawings else 0,
            "photos": len(photos.photos) if photos else 0,
        }
        if drawings:
            self.field_of = torch.from_numpy(drawings.codes.field_of).to(self.device)

    def _optimizer(self) -> torch.optim.Optimizer:
        modules = (self.model, self.teaching, self.classifier)
        named = [pair for module in modules for pair in module.named_parameters()]
        decayed = [p for name, p in named if p.ndim > 1 and "embedding" not in name]
        kept = {id(p) for p in decayed}
        other = [*(p for _, p in named if id(p) not in kept), self.prototypes]
        groups = [{"params": decayed, "weight_decay": 0.05}, {"params": other, "weight_decay": 0.0}]
        return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)

    def run(self, stages: list[Stage]) -> None:
        """Train through the stages, from where the checkpoint says."""
        names = [stage.name for stage in stages]
        begun = names.index(self.stage) if self.stage in names else 0
        for stage in stages[begun:]:
            if stage.name != self.stage:
                self.stage, self.step = stage.name, 0
            self._train(stage)
        self._write(stages[-1].side)

    def _train(self, stage: Stage) -> None:
        """One stage; batches are made by a thread, one ahead of the step that uses them."""
        sums, began = dict.fromkeys(LOSSES, 0.0), time.monotonic()
        with ThreadPoolExecutor(1) as ahead, _Log(self.out / "training.csv", self.pictures) as log:
            upcoming = ahead.submit(self._batch, stage, self.step)
            progress = tqdm(
                range(self.step, stage.steps),
                stage.name,
                stage.steps,
                initial=self.step,
                unit="step",
            )
            for step in progress:
                batch, upcoming = upcoming, ahead.submit(self._batch, stage, step + 1)
                for name, value in self._take(stage, step, batch).items():
                    sums[name] += value / LOG_STEPS
                self.step = step + 1
                if self.step % LOG_STEPS == 0:
                    self.seconds += time.monotonic() - began
                    began = time.monotonic()
                    log.write(self, stage, sums)
                    told = {name: f"{value:.2f}" for name, value in sums.items() if value}
                    progress.set_postfix(told)
                    sums = dict.fromkeys(LOSSES, 0.0)
                if self.step % SAVE_STEPS == 0 or self.step == stage.steps:
                    self.save()
                    self._write(stage.side)

    def _batch(self, stage: Stage, step: int) -> tuple[DrawingBatch | None, PhotoBatch | None]:
        seed = f"{self.seed}/{stage.name}/{step}"
        dice = random.Random(seed)
        rng = np.random.default_rng(dice.randrange(1 << 62))
        drawings = photos = None
        if self.drawings and stage.drawings:
            drawings = self.drawings.draw(stage.drawings, stage.again, stage.side, rng, dice)
        if self.photos and stage.photos:
            photos = self.photos.draw(stage.photos, stage.side, rng)
        return drawings, photos

    def _take(
        self,
        stage: Stage,
        step: int,
        upcoming: "Future[tuple[DrawingBatch | None, PhotoBatch | None]]",
    ) -> dict[str, float]:
        """One step; returns the losses."""
        for group in self.optimizer.param_groups:
            group["lr"] = stage.rate_at(step)
        drawings, photos = upcoming.result()
        losses: dict[str, Tensor] = {}
        scale = self.model.logit_scale.exp()
        pixels = [batch.pixels for batch in (drawings, photos) if batch is not None]
        with torch.autocast(self.device, torch.bfloat16):
            vectors, features = encode_pictures(self.model, torch.cat(pixels).to(self.device))
        count = len(drawings.pixels) if drawings else 0
        if drawings:
            losses |= self._drawn(drawings, vectors[:count], scale)
        if photos and self.photos:
            words = self._label_words(self.photos, step)
            labels, levels = photos.labels.to(self.device), self.photos.levels.to(self.device)
            losses["labelled"] = label_loss(LABEL_SCALE * vectors[count:] @ words.T, labels, levels)
            with torch.autocast(self.device, torch.bfloat16):
                told, guess = self.classifier(features[count:]), self.teaching(features[count:])
            losses["classed"] = label_loss(told.float(), labels, levels)
            losses["taught"] = 4 * teacher_loss(guess, photos.features.to(self.device))
        self.optimizer.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step()
        with torch.no_grad():
            self.model.logit_scale.clamp_(max=math.log(MAX_SCALE))
        if step % AVERAGE_STEPS == 0:
            self.average.update(self.model)
        self.pictures += len(vectors)
        return {name: loss.item() for name, loss in losses.items()}

    def _drawn(self, batch: DrawingBatch, vectors: Tensor, scale: Tensor) -> dict[str, Tensor]:
        texts = self._encode(batch.texts + batch.changes)
        words, changes = texts.split([len(batch.texts), len(batch.changes)])
        count = len(batch.texts)
        first, second = vectors[:count], vectors[count:]
        to = self.device
        facts = torch.cat([batch.shown, batch.claimed]).to(to)
        told = attribute_loss(torch.cat([vectors, words]), facts, self.prototypes, self.field_of)
        change = batch.change.to(to)
        return {
            "found": 1.5
            * text_picture_loss(
                words, vectors, batch.right.to(to), batch.undecidable.to(to), scale
            ),
            "told": 1.5 * told,
            "same": 0.5 * same_product_loss(first[: batch.again], second),
            "changed": 0.3
            * colour_change_loss(
                first, changes[change], batch.kinds.to(to), batch.colours.to(to), change, scale
            ),
        }

    def _label_words(self, photos: PhotoBatches, step: int) -> Tensor:
        """The vectors of the labels' wordings (L, D), with a gradient where they are new."""
        if step % LABEL_STEPS == 0 or self._words is None:
            words = self._encode(photos.texts(random.Random(f"{self.seed}/labels/{step}")))
            self._words = words.detach()
            return words
        return self._words

    def _encode(self, texts: list[str]) -> Tensor:
        tokens = self.tokenizer(texts)
        self.seen[tokens.unique()] = True
        with torch.autocast(self.device, torch.bfloat16):
            return encode_texts(self.model, tokens.to(self.device))

    # --- What outlives the process --------------------------------------------------------------

    @property
    def checkpoint(self) -> Path:
        """Where the state of the training lies."""
        return self.out / "checkpoint.pt"

    def save(self) -> None:
        """Write the state of the training; whole or not at all."""
        part = self.checkpoint.with_suffix(".part")
        torch.save(
            {
                "model": self.model.state_dict(),
                "teaching": self.teaching.state_dict(),
                "classifier": self.classifier.state_dict(),
                "prototypes": self.prototypes.detach(),
                "optimizer": self.optimizer.state_dict(),
                "average": self.average.values,
                "averaged": self.average.steps,
                "seen": self.seen,
                "stage": self.stage,
                "step": self.step,
                "pictures": self.pictures,
                "seconds": self.seconds,
                "run_of": self.run_of,
            },
            part,
        )
        part.rename(self.checkpoint)

    def load(self) -> None:
        """Go on from the checkpoint; `UnusableCheckpoint` where it is of another run, or broken."""
        remedy = "Name another --out, or delete it to begin anew."
        try:
            state: dict[str, Any] = torch.load(self.checkpoint, map_location=self.device)
        except (RuntimeError, EOFError, pickle.UnpicklingError) as error:
            raise UnusableCheckpoint(
                f"{self.checkpoint} is cut short or broken. {remedy}"
            ) from error
        if state.get("run_of", self.run_of) != self.run_of:
            raise UnusableCheckpoint(
                f"{self.checkpoint} is of another run: {state['run_of']}, and not {self.run_of}. "
                f"{remedy}"
            )
        self.model.load_state_dict(state["model"])
        self.teaching.load_state_dict(state["teaching"])
        self.classifier.load_state_dict(state["classifier"])
        self.average.values, self.average.steps = state["average"], state["averaged"]
        with torch.no_grad():
            self.prototypes.copy_(state["prototypes"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.seen = state["seen"].cpu()
        self.stage, self.step = state["stage"], state["step"]
        self.pictures, self.seconds = state["pictures"], state["seconds"]

    def _write(self, side: int) -> None:
        write_model(self.average.values, self.seen, side, self.out)


class _Log:
    """The table of the training, a row every few steps.

    A run that goes on adds to it, after the rows up to its checkpoint: those of the steps that are
    taken again are dropped, and so is one that was cut short.
    """

    def __init__(self, file: Path, pictures: int) -> None:
        kept = _whole_rows(file, pictures)
        part = file.with_suffix(".part")
        self._stream = part.open("w", newline="")
        self._rows = csv.DictWriter(self._stream, COLUMNS, lineterminator="\n")
        self._rows.writeheader()
        self._rows.writerows(kept)
        self._stream.flush()
        part.rename(file)

    def __enter__(self) -> "_Log":
        return self

    def __exit__(self, *details: object) -> None:
        self._stream.close()

    def write(self, trainer: Trainer, stage: Stage, losses: dict[str, float]) -> None:
        """Add a row: the mean losses since the last one."""
        self._rows.writerow(
            {
                "stage": stage.name,
                "step": trainer.step,
                "steps": stage.steps,
                "seconds": round(trainer.seconds),
                "pictures": trainer.pictures,
                "rate": f"{stage.rate_at(trainer.step - 1):.2e}",
                "scale": f"{trainer.model.logit_scale.exp().item():.1f}",
                **{name: f"{value:.4f}" if value else "" for name, value in losses.items()},
            }
        )
        self._stream.flush()


def _whole_rows(file: Path, pictures: int) -> list[dict[str, str]]:
    """The rows of a log up to so many pictures."""
    if not file.exists():
        return []
    with file.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    whole = [row for row in rows if None not in row and None not in row.values()]
    return [
        row
        for row in whole
        if row.get("pictures", "").isdecimal() and int(row["pictures"]) <= pictures
    ]
