"""The colours of what a picture shows: shares of the named colours, and a few swatches.

    subject      what is not ground counts (`subject.py`); the middle more than the edge
    neutral      a light ground is taken for white, and what is yellowish with it is not
    discounts    skin, and what looks like the ground or its shadow, where there is other evidence;
                 edges, where two colours mix
    clusters     of Lab, in which lightness counts for less: a fold's shadow is the cloth's colour
    names        of each cluster without its shadows and highlights

Deterministic: the same pixels give the same colours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from search.colors.lab import Floats, rgb_of, to_lab
from search.colors.naming import names_of
from search.colors.subject import UNSURE, Subject, reduced, subject_in

Weights = npt.NDArray[np.float64]

# Raise it with anything that changes what comes out: stored colours are then made anew.
VERSION = 1

SWATCHES = 5
LEAST_SWATCH = 0.03
# A light ground that is not white makes all brighter, by no more than this.
MOST_BRIGHTER = 1.12
# Of lightness beside chroma, in clusters; and how far apart (in that space) two clusters are one.
LIGHTNESS = 0.55
CLUSTERS = 10
ROUNDS = 6
SAME = 11.0
# Of a cluster, what is named: between these shares of it by lightness.
TYPICAL = (0.2, 0.8)
BIN = 5.0
# How far (in Lab, four neighbours together) a pixel may differ and be no edge.
EDGE = 30.0
# Pixels count as a normal distribution of the place: the border is so many deviations away.
REACH = 2.0
# What may be no part of the thing counts this much, where the rest is more than a bit.
DISCOUNTED = 0.15
# Nothing but noise is left of a subject below this weight (of one pixel in the middle).
NOTHING = 1e-6


@dataclass(frozen=True)
class Swatch:
    """A colour that is seen: sRGB as "#rrggbb", and its share of the subject in (0, 1]."""

    hex: str
    share: float


@dataclass(frozen=True)
class PictureColors:
    """`shares`: (names,) float32, of each named colour in the order of `names.NAMED`; they sum to
    1. `swatches`: the largest first, at most `SWATCHES`. `confidence`: of the subject."""

    shares: Floats
    swatches: tuple[Swatch, ...]
    confidence: float


def colors_of(image: Image.Image) -> PictureColors:
    """The colours of what a picture of any size and mode shows. 10 to 15 ms on one core."""
    lab = to_lab(reduced(image))
    return colors_in(lab, subject_in(lab))


def colors_in(lab: Floats, subject: Subject) -> PictureColors:
    """The colours of the `subject` of a picture in Lab, (height, width, 3) float32."""
    lab = _neutral(lab, subject.ground)
    weights = _weights(lab, subject)
    points, mass = _binned(lab, weights)
    of = _merged(points, mass, _clusters(points, mass))
    sizes = np.bincount(of, mass)
    seen = np.stack([_typical(points[of == n], mass[of == n]) for n in range(len(sizes))])
    order = np.argsort(-sizes, kind="stable")
    sizes, seen = sizes[order], seen[order]
    shown = rgb_of(seen[:SWATCHES])
    swatches = tuple(
        Swatch(f"#{bytes(color).hex()}", float(size))
        for color, size in zip(shown, sizes[:SWATCHES], strict=False)
        if size >= LEAST_SWATCH
    )
    shares = (sizes @ names_of(seen)).astype(np.float32)
    return PictureColors(shares, swatches, subject.confidence)


def _neutral(lab: Floats, ground: Floats | None) -> Floats:
    """As if the ground, where it is light and nearly grey, were white."""
    if ground is None or ground[0] < 60 or np.hypot(ground[1], ground[2]) > 12:
        return lab
    lightness = lab[..., :1]
    brighter = lightness * np.float32(min(MOST_BRIGHTER, 98 / ground[0]))
    greyer = lab[..., 1:] - ground[1:] * lightness / 100
    return np.concatenate([np.minimum(brighter, 100), greyer], axis=-1)


def _weights(lab: Floats, subject: Subject) -> Floats:
    """(h, w) how much each pixel says of the colour of the thing."""
    height, width = lab.shape[:2]
    y = np.linspace(-REACH, REACH, height, dtype=np.float32)[:, None]
    x = np.linspace(-REACH, REACH, width, dtype=np.float32)
    middle = np.exp(-(x * x + y * y) / 2)
    # Of a plain ground at least that is sure: it is none of the thing.
    unsure = 0.0 if subject.ground is not None else max(0.0, 1 - subject.confidence / UNSURE) / 2
    weights = middle * np.where(subject.mask, 1, unsure) / (1 + (_differences(lab) / EDGE) ** 2)
    weights = _discounted(weights, _skin(lab), until=(0.7, 0.9))
    if subject.ground is not None:
        weights = _discounted(weights, _ground(lab), until=(0.35, 0.55))
    if weights.sum() < NOTHING:  # a subject of one pixel, at the edge
        return middle
    return weights


def _differences(lab: Floats) -> Floats:
    """(h, w) how much each pixel differs from its four neighbours, all channels together."""
    differences = np.zeros(lab.shape[:2], np.float32)
    for channel in np.moveaxis(lab, -1, 0):
        down, across = np.abs(np.diff(channel, axis=0)), np.abs(np.diff(channel, axis=1))
        differences[:-1] += down
        differences[1:] += down
        differences[:, :-1] += across
        differences[:, 1:] += across
    return differences


def _discounted(weights: Floats, doubtful: Floats, *, until: tuple[float, float]) -> Floats:
    """Less of what is `doubtful` (h, w, in [0, 1]), unless it is most: up to the first share of
    `until` it counts `DISCOUNTED`, from the second on in full."""
    share = float((weights * doubtful).sum() / max(weights.sum(), NOTHING))
    low, high = until
    kept = DISCOUNTED + (1 - DISCOUNTED) * min(1.0, max(0.0, (share - low) / (high - low)))
    return weights * (1 - doubtful * np.float32(1 - kept))


def _skin(lab: Floats) -> Floats:
    """(h, w) how much each pixel looks like skin, of whatever complexion, in [0, 1]: complexions
    differ in lightness, and less in hue, which is redder than that of leather and wood."""
    lightness, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a))
    yellower = np.clip(0.4 * (lightness - 50), 0, 8)  # fair skin is
    return (
        _between(hue - yellower, 34, 40, 56, 60)
        * _between(chroma, 10, 14, 34, 40)
        * _between(lightness, 24, 32, 84, 90)
    )


def _ground(lab: Floats) -> Floats:
    """(h, w) how much each pixel looks like a light ground (white by now) or a shadow on it."""
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    return _between(lab[..., 0], 60, 80, 200, 201) * _between(chroma, -2, -1, 3, 7)


def _between(values: Floats, rises: float, full: float, falls: float, gone: float) -> Floats:
    """1 between `full` and `falls`, 0 outside `rises` and `gone`, and linear in between."""
    up, down = (values - rises) / (full - rises), (gone - values) / (gone - falls)
    return np.clip(np.minimum(up, down), 0, 1)


def _binned(lab: Floats, weights: Floats) -> tuple[Floats, Weights]:
    """The mean colours (n, 3) of the bins that have weight, and their shares (n,) of it all."""
    steps = np.floor(lab / BIN).astype(np.int32).reshape(-1, 3)
    steps -= steps.min(axis=0)
    _, rows, columns = steps.max(axis=0) + 1
    keys = (steps[:, 0] * rows + steps[:, 1]) * columns + steps[:, 2]
    mass = np.bincount(keys, weights.ravel())
    used = np.flatnonzero(mass > 0)
    sums = [np.bincount(keys, (weights * lab[..., i]).ravel())[used] for i in range(3)]
    points = np.stack(sums, axis=-1) / mass[used][:, None]
    return points.astype(np.float32), mass[used] / mass[used].sum()


def _clusters(points: Floats, mass: Weights) -> npt.NDArray[np.intp]:
    """The cluster of each point: k-means from seeds that lie as far from each other as their mass
    allows, so that nothing is left to chance."""
    scaled = _scaled(points)
    centres = [scaled[mass.argmax()]]
    apart = np.full(len(points), np.inf)
    for _ in range(min(CLUSTERS, len(points)) - 1):
        apart = np.minimum(apart, ((scaled - centres[-1]) ** 2).sum(axis=1))
        centres.append(scaled[(apart * np.sqrt(mass)).argmax()])
    found = np.stack(centres)
    for _ in range(ROUNDS):
        nearest = _nearest(scaled, found)
        found, _ = _means(scaled, mass, nearest)
    return _nearest(scaled, found)


def _scaled(points: Floats) -> Floats:
    return points * np.array([LIGHTNESS, 1, 1], np.float32)


def _nearest(points: Floats, centres: Floats) -> npt.NDArray[np.intp]:
    # |p - c|² without what is the same for all c.
    nearest: npt.NDArray[np.intp] = ((centres**2).sum(axis=1) - 2 * points @ centres.T).argmin(1)
    return nearest


def _means(points: Floats, mass: Weights, of: npt.NDArray[np.intp]) -> tuple[Floats, Weights]:
    """The centres of the clusters that are not empty, and their mass."""
    sizes = np.bincount(of, mass).astype(np.float64)
    sums = np.stack([np.bincount(of, mass * points[:, i]) for i in range(3)], axis=-1)
    there = sizes > 0
    return (sums[there] / sizes[there][:, None]).astype(np.float32), sizes[there]


def _merged(points: Floats, mass: Weights, of: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Clusters that are nearer than `SAME` made one, the nearest first; numbered without gaps."""
    scaled = _scaled(points)
    _, of = np.unique(of, return_inverse=True)
    while True:
        centres, _ = _means(scaled, mass, of)
        apart = np.linalg.norm(centres[:, None] - centres, axis=-1)
        np.fill_diagonal(apart, np.inf)
        first, second = np.unravel_index(apart.argmin(), apart.shape)
        if apart[first, second] > SAME or len(centres) == 1:
            return of
        low, high = sorted((int(first), int(second)))
        of = np.where(of == high, low, of)
        of = of - (of > high)


def _typical(points: Floats, mass: Weights) -> Floats:
    """The mean (3,) of a cluster without the darkest and the lightest of it (`TYPICAL`)."""
    order = np.argsort(points[:, 0], kind="stable")
    points, mass = points[order], mass[order]
    ends = np.cumsum(mass) / mass.sum()
    # How much of each point lies within the part.
    inside = np.minimum(ends, TYPICAL[1]) - np.maximum(ends - mass / mass.sum(), TYPICAL[0])
    share = np.maximum(inside, 0)
    typical: Floats = (share @ points / share.sum()).astype(np.float32)
    return typical
