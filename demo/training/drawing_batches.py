"""Batches of drawn products: pictures as a camera would have them, captions, and their facts."""

import random
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from demo.assortment import KINDS
from demo.captions import caption, colour_change
from demo.draw.canvas import View
from demo.facts import Codes, Facts, accent_field, agreement, facts_of
from demo.looks import COLOURS, Look
from demo.training.augment import augmented
from demo.training.drawings import Pixels, is_detail

# Facts that a close-up shows as well as a picture of the whole.
SEEN_CLOSE = {"group", "kind", "colour", "pattern", "material", "scene"}
# How often a batch is of few kinds, and of few kinds in few colours: without such batches, what a
# caption says of collars or patterns is never needed to find its picture, and is not learnt.
FEW_KINDS, FEW_COLOURS = 0.4, 0.2


@dataclass(frozen=True)
class DrawingBatch:
    """`pixels` (N + M, 3, S, S): N products, then M of them once more from another side.

    `right` and `undecidable` (N, N + M) say which pictures each of the `texts` is right for;
    `shown` (N + M, C) and `claimed` (N, C) are facts for `attribute_loss`; `changes` are texts such
    as "in red", one for each colour; `change` (N,) says which of them goes with each picture.
    """

    pixels: Tensor
    texts: list[str]
    right: Tensor
    undecidable: Tensor
    shown: Tensor
    claimed: Tensor
    changes: list[str]
    change: Tensor
    kinds: Tensor
    colours: Tensor
    again: int


class DrawingBatches:
    """Draws batches from the drawings that were made beforehand."""

    def __init__(self, looks: list[tuple[Look, list[View]]], pixels: Pixels) -> None:
        self.looks, self.pixels = looks, pixels
        self.codes = Codes()
        names, colours = list(KINDS), list(COLOURS)
        self.kinds = np.array([names.index(look.kind) for look, _ in looks])
        self.colours = np.array([colours.index(look.colour) for look, _ in looks])
        facts = [_visible(look, view) for look, views in looks for view in views]
        shown = self.codes.shown(facts)
        self.shown = shown.reshape(len(looks), -1, shown.shape[1])
        own = self.codes.shown(
            [
                _own(one, look)
                for one, (look, _) in zip(
                    facts, ((k, v) for k, vs in looks for v in vs), strict=True
                )
            ]
        )
        self.own = own.reshape(self.shown.shape)

    def draw(
        self, count: int, again: int, side: int, rng: np.random.Generator, dice: random.Random
    ) -> DrawingBatch:
        """A random batch of `count` products, `again` of them twice."""
        chosen = self._chosen(count, rng)
        # Mostly the first picture, which is always of the whole.
        first = (rng.random(count) < 0.3).astype(int)
        rows = np.concatenate([chosen, chosen[:again]])
        # The second time it is the product's other picture, or the same one altered otherwise.
        sides = np.concatenate(
            [first, np.where(rng.random(again) < 0.6, 1 - first[:again], first[:again])]
        )
        pixels = augmented(self.pixels[rows, sides], side, rng)
        pairs = [
            caption(dice, look, views[at])
            for at, (look, views) in (
                (at, self.looks[row]) for at, row in zip(first, chosen, strict=True)
            )
        ]
        claimed = self.codes.claimed([claim for _, claim in pairs])
        right, undecidable = agreement(self.codes, claimed, self.shown[rows, sides])
        change = rng.integers(0, len(COLOURS), count)
        # A claim that admits one value of a field tells it; of several, none for certain.
        single = claimed & (self._admitted(claimed) == 1)
        return DrawingBatch(
            pixels=pixels,
            texts=[text for text, _ in pairs],
            right=torch.from_numpy(right),
            undecidable=torch.from_numpy(undecidable),
            shown=torch.from_numpy(self.own[rows, sides]),
            claimed=torch.from_numpy(single),
            changes=[colour_change(dice, colour) for colour in COLOURS],
            change=torch.from_numpy(change),
            kinds=torch.from_numpy(self.kinds[chosen]),
            colours=torch.from_numpy(self.colours[chosen]),
            again=again,
        )

    def _admitted(self, claimed: NDArray[np.bool_]) -> NDArray[np.int_]:
        """(N, C): how many values a claim admits in the field of each column."""
        counts = np.zeros((len(claimed), len(self.codes.fields)), int)
        np.add.at(counts.T, self.codes.field_of, claimed.T.astype(int))
        return counts[:, self.codes.field_of]

    def _chosen(self, count: int, rng: np.random.Generator) -> NDArray[np.int_]:
        roll = rng.random()
        if roll > FEW_KINDS + FEW_COLOURS:
            return rng.choice(len(self.looks), count, replace=False)
        pool = np.isin(self.kinds, _some(self.kinds, 3 if roll < FEW_KINDS else 8, rng))
        if roll >= FEW_KINDS:
            pool &= np.isin(self.colours, _some(self.colours[pool], 3, rng))
        rows = np.flatnonzero(pool)
        return rng.choice(rows, count, replace=len(rows) < count)


def _some(numbers: NDArray[np.int_], count: int, rng: np.random.Generator) -> NDArray[np.int_]:
    """A few of the different numbers that occur."""
    found = np.unique(numbers)
    return rng.choice(found, min(count, len(found)), replace=False)


def _visible(look: Look, view: View) -> Facts:
    """The facts that a view shows; the others are unknown (empty) in a close-up."""
    facts = facts_of(look, view)
    if is_detail(view):
        return {field: value if field in SEEN_CLOSE else "" for field, value in facts.items()}
    return facts


def _own(facts: Facts, look: Look) -> Facts:
    """Without the fields that the kind does not have: that a mug has no collar teaches little."""
    kind = KINDS[look.kind]
    fields = SEEN_CLOSE | {part.name for part in kind.parts}
    fields |= {accent_field(accent.name) for accent in kind.accents}
    return {field: value if field in fields else "" for field, value in facts.items()}
