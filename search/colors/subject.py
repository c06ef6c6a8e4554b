"""What a picture shows, against its ground: a mask, and a box to propose as the crop of a photo.

Three sources say what the ground is, in one model of colours:

- a smooth surface (a polynomial of the place for each channel of Lab, fitted robustly, to the
  border first): a studio's sheet with its vignette, a wall, a plain cloth;
- the other colours of the border, as a smoothed histogram: boards, patterned cloth, a room;
- the subject's colours: those of the middle. A colour belongs to whoever has the larger share of
  it, border or middle (Zhu et al., "Saliency optimization from robust background detection", CVPR
  2014, call this boundary connectivity), found by a few steps of expectation and maximisation over
  the bins of the histogram.

So a subject that the border cuts (a close-up, a model's legs) stays whole. Where the surface is
clear, soft shadows on it are ground, and what the subject encloses is the subject's.

Light on purpose: no network, numpy and Pillow alone. On a plain or textured ground it is nearly
always right; in a crowded scene it knows little, and its `confidence` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.ImageFilter import BoxBlur, GaussianBlur

from search.colors.lab import Floats, to_lab

Mask = npt.NDArray[np.bool_]
Sums = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

# The longer side of the picture that is looked at, in pixels.
SIDE = 128
# The border: this share of the longer side.
BORDER = 0.03
# Histograms: bins in Lab, and how far colours blur into their neighbours.
BIN = np.array([10.0, 9.0, 9.0], np.float32)
BLUR = 6.0
# A surface: at least this share of the border; and less than this deviation (in Lab) is plain.
LEAST_SHARE = 0.08
PLAIN = 3.0
# So many colours of the border are tried, and so many terms of the polynomial at first.
MODES = 3
LOW_TERMS = 6
# A shadow is darker than its ground by no more (in L) than the first, and from pixel to pixel by no
# more than the second.
SHADE, SLOPE = 36.0, 4.0
# What looks like shadow is none where it would be more of the subject than this; in the lower half,
# where the floor is, than that, unless the border cuts the subject there over such a share.
SHADOWS, FLOOR_SHADOWS, CUT = 0.35, 0.75, 0.1
# A ground that is seen through a subject is this near to it, in deviations, which are never thought
# to be less than the second.
EXACT, LEAST_DEVIATION = 2.0, 0.5
# A subject is pale that is mostly no further (in Lab) from its ground.
PALE = 18.0
# On a plain ground no outline speaks more against a subject than this.
LEAST_COMPACT = 0.5
# Below this confidence the box is not the mask's.
UNSURE = 0.3
CENTRED: Box = (0.1, 0.1, 0.9, 0.9)


@dataclass(frozen=True)
class Subject:
    """What the picture shows.

    `mask`: (height, width) bool of the picture as `reduced` makes it, or all True where nothing
    tells the subject from its ground. `ground`: the mean Lab of a plain ground, or None. `box`:
    left, top, right, bottom as shares of width and height. `confidence`: in [0, 1], how sure it is
    of the mask; below `UNSURE` the box is `CENTRED`.
    """

    mask: Mask
    ground: Floats | None
    box: Box
    confidence: float


def reduced(image: Image.Image) -> Image.Image:
    """`image` as the functions here look at it: RGB, at most `SIDE` pixels each way."""
    image = image.convert("RGB")
    scale = min(1.0, SIDE / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)


def subject_of(image: Image.Image) -> Subject:
    """The subject of a picture of any size."""
    return subject_in(to_lab(reduced(image)))


def subject_in(lab: Floats) -> Subject:
    """The subject of a picture that is reduced and in Lab, (height, width, 3) float32."""
    place = _place(*lab.shape[:2])
    colors = _Bins(lab)
    surface = _surface(lab, place, colors)
    subject = _posterior(lab, place, colors, surface)
    mask = subject > 0.5
    ground = None
    if surface.plain:
        mask = _closed(lab, place, surface, mask)
        seen = place.border & ~mask
        ground = surface.values[seen].mean(axis=0) if seen.any() else None
    mask = _without_specks(mask)
    confidence = _confidence(mask, subject, place, surface)
    if not mask.any() or mask.all():
        return Subject(np.ones_like(mask), ground, (0.0, 0.0, 1.0, 1.0), 0.0)
    return Subject(mask, ground, _box(mask) if confidence >= UNSURE else CENTRED, confidence)


@dataclass(frozen=True)
class _Place:
    """Of a picture's size: where its border is; how much each pixel is in the middle, in [0, 1];
    how likely a subject is there; and the terms of a polynomial in the place, (h, w, 15)."""

    border: Mask
    middle: Floats
    prior: Floats
    terms: Floats


@lru_cache(maxsize=64)
def _place(height: int, width: int) -> _Place:
    width_of_border = max(2, round(BORDER * max(height, width)))
    border = np.ones((height, width), bool)
    border[width_of_border:-width_of_border, width_of_border:-width_of_border] = False
    y, x = (
        axis.astype(np.float32)
        for axis in np.meshgrid(
            np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij"
        )
    )
    from_centre = x * x + y * y
    powers = [x**i * y ** (order - i) for order in range(5) for i in range(order + 1)]
    return _Place(
        border,
        np.exp(-from_centre / (2 * 0.42**2)).astype(np.float32),
        (0.2 + 0.55 * np.exp(-from_centre / (2 * 0.6**2))).astype(np.float32),
        np.stack(powers, axis=-1).astype(np.float32),
    )


class _Bins:
    """The picture's colours, in as many bins as it uses."""

    def __init__(self, lab: Floats) -> None:
        steps = np.floor(lab / BIN).astype(np.int32)
        steps -= steps.reshape(-1, 3).min(axis=0)
        _, rows, columns = steps.reshape(-1, 3).max(axis=0) + 1
        key = (steps[..., 0] * rows + steps[..., 1]) * columns + steps[..., 2]
        counts = np.bincount(key.ravel())
        used = np.flatnonzero(counts)
        number = np.zeros(len(counts), np.int32)
        number[used] = np.arange(len(used))
        self.of = number[key]
        self.flat = self.of.ravel()
        self.count = len(used)
        sums = np.stack([self.sums(lab[..., channel]) for channel in range(3)], axis=-1)
        self.mean: Floats = (sums / counts[used][:, None]).astype(np.float32)
        self.apart = _squares(self.mean[:, None] - self.mean)
        self.blur = np.exp(-self.apart / (2 * BLUR**2)) * (2 * np.pi * BLUR**2) ** -1.5

    def sums(self, weights: Floats | Mask) -> Sums:
        """(count,) the sum of (h, w) `weights` in each bin."""
        return np.bincount(self.flat, weights.ravel(), minlength=self.count).astype(np.float64)


@dataclass(frozen=True)
class _Surface:
    """A smooth ground: its Lab everywhere (h, w, 3), how far the border deviates from it, the
    share of the border that is it, and the distance of each pixel from it (h, w)."""

    values: Floats
    deviation: float
    share: float
    distance: Floats

    @property
    def plain(self) -> bool:
        return self.share > 2 * LEAST_SHARE and self.deviation < PLAIN

    def density(self) -> Floats:
        """(h, w) how dense the ground's colours are at each pixel's, in Lab; a normal
        distribution, and a little of one twice as wide."""
        squares = self.distance**2
        narrow, wide = (
            max(self.deviation, LEAST_DEVIATION) ** 2,
            (2 * max(self.deviation, LEAST_DEVIATION)) ** 2,
        )
        return self.share * (
            0.95 * (2 * np.pi * narrow) ** -1.5 * np.exp(-squares / (2 * narrow))
            + 0.05 * (2 * np.pi * wide) ** -1.5 * np.exp(-squares / (2 * wide))
        )


def _surface(lab: Floats, place: _Place, colors: _Bins) -> _Surface:
    """Fitted to the commonest colour of the border that is not rather the middle's."""
    border = lab[place.border]
    at_border, in_middle = colors.sums(place.border), colors.sums(place.middle)
    at_border, in_middle = at_border / at_border.sum(), in_middle / in_middle.sum()
    near = colors.apart < 12**2
    shares = near @ at_border
    # A ground that is everywhere has about the same share of both.
    lead = shares - 0.9 * (near @ in_middle)
    lead[shares < LEAST_SHARE] = -1
    for _ in range(MODES):
        start = int(lead.argmax())
        if lead[start] <= 0:
            break
        surface = _fitted(lab, place, border, colors.mean[start])
        seen = surface.distance < max(2.5, 3.5 * surface.deviation)
        if surface.share > 0.9 * float(place.middle[seen].sum() / place.middle.sum()):
            return surface
        lead[near[start]] = -1
    return _Surface(lab, 1e3, 0.0, np.full(lab.shape[:2], 1e3, np.float32))


def _fitted(lab: Floats, place: _Place, border: Floats, mode: Floats) -> _Surface:
    """The surface around a colour (3,) of the `border` (n, 3), first by the border alone."""
    mode = border[_squares(border - mode).argmin()]
    mode = border[_squares(border - mode) < 8**2].mean(axis=0)
    inliers = _squares(border - mode) < 15**2
    low = place.terms[..., :LOW_TERMS]
    terms = low[place.border]
    for _ in range(3):
        coefficients = _fit(terms[inliers], border[inliers])
        apart = np.sqrt(_squares(terms @ coefficients - border))
        deviation = float(np.median(apart[inliers]))
        inliers = apart < max(2.5, 3.5 * deviation)
    values = low @ coefficients
    distance = np.sqrt(_squares(lab - values))
    if deviation < PLAIN:
        # What is connected with it is ground: now the fit need not guess at the middle.
        ground = _reached(place.border, distance < max(2.5, 3.5 * deviation))[::3, ::3]
        if ground.sum() > 10 * place.terms.shape[-1]:
            terms, seen = place.terms[::3, ::3][ground], lab[::3, ::3][ground]
            for _ in range(2):
                coefficients = _fit(terms, seen)
                apart = np.sqrt(_squares(terms @ coefficients - seen))
                deviation = float(np.median(apart))
                kept = apart < max(1.5, 3.5 * deviation)
                terms, seen = terms[kept], seen[kept]
            values = place.terms @ coefficients
            distance = np.sqrt(_squares(lab - values))
    return _Surface(values, deviation, float(inliers.mean()), distance)


def _squares(vectors: Floats) -> Floats:
    """The squared length of (..., 3) vectors."""
    squared: Floats = np.einsum("...i,...i", vectors, vectors)
    return squared


def _fit(terms: Floats, values: Floats) -> Floats:
    """Least squares with a slight pull to a constant, for a border of which little is seen."""
    pull = np.full(terms.shape[1], 0.003 * len(terms), np.float32)
    pull[0] = 1e-3
    solved: Floats = np.linalg.solve(terms.T @ terms + np.diag(pull), terms.T @ values)
    return solved.astype(np.float32)


def _posterior(lab: Floats, place: _Place, colors: _Bins, surface: _Surface) -> Floats:
    """(h, w) how likely each pixel is the subject's, in [0, 1]."""
    density = surface.density()
    other = density < 1e-5
    middle, border = colors.sums(place.middle * other), colors.sums(place.border & other)
    middle, border = (part / max(part.sum(), 1e-9) for part in (middle, border))
    subjects = np.full(colors.count, 0.5)
    for _ in range(6):
        subject = _spread(colors, middle * subjects)
        ground = _spread(colors, border * (1 - subjects)) * (1 - surface.share)
        subjects = subject / np.maximum(subject + ground, 1e-12)
    of_subject = place.prior * subject[colors.of]
    of_ground = (1 - place.prior) * (ground[colors.of] + density)
    return _smoothed(of_subject / np.maximum(of_subject + of_ground, 1e-12), GaussianBlur(0.8))


def _spread(colors: _Bins, weights: Sums) -> Sums:
    """The density of weights (count,) by bin, blurred into the bins nearby."""
    found: Sums = colors.blur @ weights / max(weights.sum(), 1e-9)
    return found


def _smoothed(shares: Floats | Sums | Mask, blur: GaussianBlur | BoxBlur) -> Floats:
    levels = Image.fromarray(np.rint(shares * np.float32(255)).astype(np.uint8))
    return np.asarray(levels.filter(blur), np.float32) / np.float32(255)


def _closed(lab: Floats, place: _Place, surface: _Surface, mask: Mask) -> Mask:
    """On a plain ground: the mask without soft shadows, and with what it encloses."""
    away = lab - surface.values
    darker, chroma = -away[..., 0], np.hypot(away[..., 1], away[..., 2])
    shadow = (darker > 0) & (darker < SHADE) & (chroma < 4 + 0.12 * darker)
    shadow &= _steepest(lab[..., 0]) < SLOPE
    # What is enclosed is the subject's, white on white, but where the ground itself is seen.
    seeds = place.border & ~mask
    if not mask.any() or float(np.median(surface.distance[mask])) >= PALE:
        exact = ~mask & (surface.distance < EXACT * max(surface.deviation, LEAST_DEVIATION))
        seeds |= _smoothed(exact, BoxBlur(1)) > 0.99
    lower = np.zeros_like(mask)
    rows = np.flatnonzero(mask.any(axis=1))
    if len(rows) and mask[-1].mean() < CUT:
        lower[(rows[0] + rows[-1]) // 2 :] = True
    for shadows, most in ((shadow, SHADOWS), (shadow & lower, FLOOR_SHADOWS)):
        ground = _reached(seeds, ~mask | shadows)
        if (ground & mask).sum() <= most * mask.sum():
            return ~ground
    return ~_reached(seeds, ~mask)


def _steepest(values: Floats) -> Floats:
    """(h, w) the largest difference from each pixel to one of its four neighbours."""
    steepest = np.zeros_like(values)
    down, across = np.abs(np.diff(values, axis=0)), np.abs(np.diff(values, axis=1))
    for part, differences in (
        (steepest[:-1], down),
        (steepest[1:], down),
        (steepest[:, :-1], across),
        (steepest[:, 1:], across),
    ):
        np.maximum(part, differences, out=part)
    return steepest


def _reached(seeds: Mask, within: Mask) -> Mask:
    """What of `within` is connected with `seeds`: along its runs in rows and columns in turn, until
    nothing is added (binary reconstruction)."""
    found, count = seeds & within, -1
    numbered = [_runs(within), _runs(within.T)]
    while (reached := int(found.sum())) != count:
        count = reached
        for axis, (runs, last) in enumerate(numbered):
            turned = found.T if axis else found
            hit = np.zeros(last + 1, bool)
            hit[runs[turned]] = True
            hit[0] = False
            found = hit[runs].T if axis else hit[runs]
    return found


def _runs(within: Mask) -> tuple[npt.NDArray[np.int32], int]:
    """The number of each pixel's run in its row, from 1; 0 outside; and the last number."""
    starts = within.copy()
    starts[:, 1:] &= ~within[:, :-1]
    numbers = np.cumsum(starts, dtype=np.int32).reshape(within.shape)
    return np.where(within, numbers, 0), int(numbers[-1, -1])


def _without_specks(mask: Mask) -> Mask:
    """What is left of the mask without what vanishes when three pixels are taken off its edge; all
    of it where that is most of it."""
    core = _smoothed(mask, BoxBlur(2)) > 0.99
    kept = _reached(core, mask)
    return kept if kept.sum() > 0.5 * mask.sum() else mask


def _confidence(mask: Mask, subject: Floats, place: _Place, surface: _Surface) -> float:
    """Clear decisions, in one compact piece (on a plain ground it may be less so: a shelf, a
    chain), within the picture, of a size that a subject has."""
    if not mask.any():
        return 0.0
    decided = float(np.abs(2 * subject - 1).mean())
    rows, columns = mask.any(axis=1), mask.any(axis=0)
    outline = (np.diff(mask, axis=0).sum() + np.diff(mask, axis=1).sum()) / 2
    compact = min(1.0, float(rows.sum() + columns.sum()) / max(1.0, outline))
    if surface.plain:
        compact = max(compact, LEAST_COMPACT)
    inside = 1 - float((mask & place.border).sum() / place.border.sum())
    size = min(1.0, float(mask.mean()) / 0.03)
    return float(decided**2 * compact * inside * size)


def _box(mask: Mask) -> Box:
    """Around all but the outermost hundredth each way, with a margin."""
    sides = []
    for axis in (0, 1):
        along = np.cumsum(mask.sum(axis=axis)) / mask.sum()
        low, high = np.searchsorted(along, 0.01), np.searchsorted(along, 0.99) + 1
        margin = 0.02 * len(along)
        sides.append(
            (max(0.0, (low - margin) / len(along)), min(1.0, (high + margin) / len(along)))
        )
    (left, right), (top, bottom) = sides
    return float(left), float(top), float(right), float(bottom)
