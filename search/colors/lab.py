"""sRGB to CIE Lab and back, as arrays; D65, two-degree observer (CIE 15; IEC 61966-2-1)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[np.float32]

_LEVELS = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(
    np.float32
)
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175],
     [0.0193339, 0.119192, 0.9503041]], np.float32,
)  # fmt: skip
# The white point divides out: white has a = b = 0.
_FROM_RGB = _TO_XYZ / _TO_XYZ.sum(axis=1, keepdims=True)
_TO_RGB = np.linalg.inv(_FROM_RGB)
_EPSILON, _KAPPA = 216 / 24389, 24389 / 27
# Cube roots take longer than all the rest; with so many steps L is right to 0.03.
_STEPS = 8192
_RATIOS = np.linspace(0, 1, _STEPS + 1, dtype=np.float32)
_ROOTS = np.where(_RATIOS > _EPSILON, np.cbrt(_RATIOS), (_KAPPA * _RATIOS + 16) / 116).astype(
    np.float32
)


def to_lab(image: Image.Image) -> Floats:
    """An RGB picture as (height, width, 3) float32: L in [0, 100], a and b about [-110, 110]."""
    return lab_of(np.asarray(image))


def lab_of(rgb: npt.NDArray[np.uint8]) -> Floats:
    """sRGB values (..., 3) uint8 as Lab (..., 3) float32."""
    xyz = _LINEAR[rgb] @ (_FROM_RGB.T * _STEPS)
    f = _ROOTS[np.minimum((xyz + 0.5).astype(np.int32), _STEPS)]
    lab = np.empty_like(f)
    lab[..., 0] = 116 * f[..., 1] - 16
    lab[..., 1] = 500 * (f[..., 0] - f[..., 1])
    lab[..., 2] = 200 * (f[..., 1] - f[..., 2])
    return lab


def rgb_of(lab: Floats) -> npt.NDArray[np.uint8]:
    """Lab values (..., 3) as sRGB (..., 3) uint8; what a screen cannot show is clipped."""
    lab = np.asarray(lab, np.float32)
    y = (lab[..., 0] + 16) / 116
    f = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], axis=-1)
    xyz = np.where(f**3 > _EPSILON, f**3, (116 * f - 16) / _KAPPA)
    linear = np.clip(xyz @ _TO_RGB.T, 0, 1)
    level = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(255 * level).astype(np.uint8)
