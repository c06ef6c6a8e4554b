"""A colour in Lab to the names that people would give it, softly.

Nearest prototypes, as in Mojsilović, "A computational model for color naming and describing color
composition of images" (IEEE Transactions on Image Processing 14, 2005): the distance is CIE94's,
under which rich colours may differ more than pale ones and still be the same.
"""

from __future__ import annotations

import numpy as np

from search.colors.lab import Floats, lab_of
from search.colors.names import NAMED

# How quickly a name gives way to a nearer one, in units of the distance.
SOFTNESS = 1.8
# A shade's lightness says less of its name than its hue.
LIGHTNESS = 1.4

_SHADES = [(index, shade) for index, color in enumerate(NAMED) for shade in color.shades]
_STARTS = np.searchsorted([index for index, _ in _SHADES], np.arange(len(NAMED)))
_LAB = lab_of(
    np.array([list(bytes.fromhex(shade)) for _, shade in _SHADES], np.uint8).reshape(-1, 3)
)
_CHROMA = np.hypot(_LAB[:, 1], _LAB[:, 2])


def names_of(lab: Floats) -> Floats:
    """(n, 3) Lab to (n, names) float32: how much each is of each named colour, in the order of
    `names.NAMED`; rows sum to 1."""
    apart = _distances(lab)
    nearest = np.minimum.reduceat(apart, _STARTS, axis=1)
    likely = np.exp((nearest.min(axis=1, keepdims=True) - nearest) / SOFTNESS)
    shares: Floats = likely / likely.sum(axis=1, keepdims=True)
    return shares


def _distances(lab: Floats) -> Floats:
    """(n, shades): CIE94 from each shade."""
    lightness, a, b = (lab[:, None, i] - _LAB[:, i] for i in range(3))
    chroma = np.hypot(lab[:, 1], lab[:, 2])[:, None] - _CHROMA
    # What is neither lightness nor chroma is hue; it may come out a little below zero.
    hue = np.maximum(a * a + b * b - chroma * chroma, 0)
    squared = (
        (lightness / LIGHTNESS) ** 2
        + (chroma / (1 + 0.045 * _CHROMA)) ** 2
        + hue / (1 + 0.015 * _CHROMA) ** 2
    )
    apart: Floats = np.sqrt(squared)
    return apart
