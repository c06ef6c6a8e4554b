"""The grain of materials: seamless tiles by which the colours of a surface are multiplied.

A tile is made once per process, from a fixed seed, and reduced once for each scale at which it is
drawn. Its mean is 1, so that a product keeps its colour's name.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from demo.draw.paint import Floats

TEXELS = 256
# Fine textures shrink slower than the picture, so that a small one still shows what it is made of.
FULL_SIZE, KEEP = 640, 0.55
# How strongly light and dark bands run down a part of this texture (`Canvas` lights them).
SHEEN = {"metal": 0.15, "satin": 0.05, "glass": 0.04}


@dataclass(frozen=True)
class Texture:
    """A relief (any scale, seamless), how strongly it shows, and the width of its tile.

    `span` is in picture widths at full size; `fine` ones keep their threads visible when small.
    """

    relief: Callable[[], Floats]
    strength: float
    span: float = 0.2
    fine: bool = True


def tile(name: str, scale: float, turned: bool) -> Floats:
    """The square tile of a texture, float32 with mean 1.

    `scale` is the picture's width in pixels times the zoom; `turned` makes it run across.
    """
    texture = TEXTURES[name]
    side = texture.span * scale
    if texture.fine and scale < FULL_SIZE:
        side *= (FULL_SIZE / scale) ** KEEP
    # Even steps of 6 % keep the number of sizes, and so the cache, small.
    side = round(1.06 ** round(math.log(max(8.0, side), 1.06)))
    return _sized(name, side, turned)


@cache
def _sized(name: str, side: int, turned: bool) -> Floats:
    relief = _tile(name)
    relief = relief.T if turned else relief
    margin = TEXELS // 4
    wrapped = Image.fromarray(np.pad(relief, margin, mode="wrap"))
    inner = (margin, margin, margin + TEXELS, margin + TEXELS)
    small = wrapped.resize((side, side), Image.Resampling.BICUBIC, box=inner)
    return np.asarray(small, np.float32)


@cache
def _tile(name: str) -> Floats:
    texture = TEXTURES[name]
    relief = texture.relief()
    relief = np.clip((relief - relief.mean()) / max(1e-6, float(relief.std())), -2.6, 2.6)
    return (1 + texture.strength * (relief - relief.mean())).astype(np.float32)


def _grid() -> tuple[Floats, Floats]:
    line = (np.arange(TEXELS, dtype=np.float32) + 0.5) / TEXELS
    return np.broadcast_to(line, (TEXELS, TEXELS)), np.broadcast_to(line[:, None], (TEXELS, TEXELS))


def _noise(seed: int, across: float, down: float) -> Floats:
    """Seamless noise with about this many lumps across and down the tile; deviation 1."""
    white = np.random.default_rng(seed).standard_normal((TEXELS, TEXELS))
    rows = np.fft.fftfreq(TEXELS, 1 / TEXELS)[:, None] / down
    columns = np.fft.rfftfreq(TEXELS, 1 / TEXELS)[None, :] / across
    spectrum = np.fft.rfft2(white) * np.exp(-(rows**2) - columns**2)
    spectrum[0, 0] = 0
    soft = np.fft.irfft2(spectrum, (TEXELS, TEXELS))
    return (soft / soft.std()).astype(np.float32)


def _fraction(x: Floats) -> Floats:
    return x - np.floor(x)


def _arch(x: Floats) -> Floats:
    """Round ridges, one for every unit of `x`: a thread seen across."""
    return np.sqrt(np.abs(np.sin(np.pi * x)))


def _flat() -> Floats:
    return np.zeros((TEXELS, TEXELS), np.float32)


def _knit() -> Floats:
    u, v = _grid()
    side = np.abs(_fraction(u * 12) - 0.5) * 2
    strand = _arch(v * 14 - 0.75 * side)
    return strand * (0.35 + 0.65 * _arch(side)) + 0.05 * _noise(1, 40, 40)


def _denim() -> Floats:
    u, v = _grid()
    twill = np.sin(2 * np.pi * (u + v) * 22)
    return twill * (0.8 + 0.25 * _noise(2, 30, 30)) + 0.6 * _noise(3, 60, 5)


def _leather() -> Floats:
    """Pebbles: how far each point is from the borders of its cell."""
    u, v = _grid()
    rng = np.random.default_rng(4)
    near = np.full((TEXELS, TEXELS), 9, np.float32)
    next_near = near.copy()
    steps = (np.arange(17, dtype=np.float32) + 0.5) / 17
    for x0 in steps:
        for y0 in steps:
            x, y = (c + rng.uniform(-0.026, 0.026) for c in (x0, y0))
            du, dv = np.abs(u - x), np.abs(v - y)
            away = np.hypot(np.minimum(du, 1 - du), np.minimum(dv, 1 - dv))
            next_near = np.minimum(next_near, np.maximum(near, away))
            near = np.minimum(near, away)
    return np.minimum(next_near - near, 0.022) + 0.003 * _noise(5, 7, 7)


def _suede() -> Floats:
    return _noise(6, 60, 60) + 0.8 * _noise(7, 5, 4)


def _wood() -> Floats:
    u, _ = _grid()
    rings = np.sin(2 * np.pi * (u * 5 + 0.42 * _noise(8, 2.2, 0.7)))
    streaks = _noise(9, 55, 1.6) + 0.6 * _noise(10, 100, 4)
    return rings * (0.8 + 0.3 * _noise(11, 3, 1)) + 0.6 * streaks


def _linen() -> Floats:
    u, v = _grid()
    weave = _arch(u * 28) * (0.5 + 0.5 * _arch(v * 28))
    return weave + 0.2 * _noise(12, 34, 2.5) + 0.24 * _noise(13, 2.5, 34)


def _canvas() -> Floats:
    u, v = _grid()
    over = (np.floor(u * 22) + np.floor(v * 22)) % 2
    warp, weft = _arch(u * 22), _arch(v * 22)
    return np.where(over > 0, warp * (0.6 + 0.4 * weft), 0.85 * weft * (0.6 + 0.4 * warp))


def _corduroy() -> Floats:
    u, _ = _grid()
    return _arch(u * 13) ** 1.3 + 0.09 * _noise(14, 90, 12)


def _fleece() -> Floats:
    return np.sqrt(np.abs(_noise(15, 15, 15))) + 0.2 * _noise(16, 30, 30)


def _felt() -> Floats:
    fibres = _noise(17, 70, 16) + _noise(18, 16, 70)
    return fibres + 0.6 * _noise(19, 5, 5)


def _plush() -> Floats:
    tufts = _noise(20, 26, 13)
    return tufts + 0.7 * _noise(21, 60, 22) + 0.3 * np.abs(tufts)


def _wicker() -> Floats:
    u, v = _grid()
    row = np.floor(v * 12)
    swell = 0.5 + 0.5 * np.cos(2 * np.pi * (u * 4 + 0.5 * (row % 2)))
    return _arch(v * 12) * (0.25 + 0.75 * swell) + 0.07 * _noise(22, 4, 60)


def _straw() -> Floats:
    u, v = _grid()
    row = np.floor(v * 10)
    lean = np.where(row % 2 > 0, 1.0, -1.0) * _fraction(v * 10)
    blades = _arch(u * 16 + 1.4 * lean)
    return blades + 0.7 * _arch(v * 10) + 0.1 * _noise(23, 30, 30)


def _metal() -> Floats:
    return _noise(24, 1.5, 90) + 0.6 * _noise(25, 0.8, 12)


def _glass() -> Floats:
    return _noise(26, 2, 1)


def _stone() -> Floats:
    specks = _noise(27, 34, 34)
    dark = np.maximum(specks - 1.7, 0)
    light = np.maximum(_noise(28, 30, 30) - 2.0, 0)
    return 2 * light - 3 * dark + 0.12 * _noise(29, 4, 4)


def _terracotta() -> Floats:
    return _noise(30, 45, 45) + 0.9 * _noise(31, 0.8, 14) + 0.8 * _noise(32, 4, 4)


def _mesh() -> Floats:
    u, v = _grid()
    row = np.floor(v * 16)
    x = _fraction(u * 14 + 0.5 * (row % 2)) - 0.5
    y = _fraction(v * 16) - 0.5
    return np.clip((np.hypot(x, y) - 0.24) / 0.14, 0, 1)


def _quilted() -> Floats:
    u, v = _grid()
    pillow = np.sqrt(_arch(u + v) * _arch(u - v))
    return pillow + 0.25 * np.sin(2 * np.pi * (u + v)) * pillow + 0.02 * _noise(33, 40, 40)


def _satin() -> Floats:
    return _noise(34, 4, 1.2) + 0.25 * _noise(35, 80, 8)


def _rubber() -> Floats:
    return _noise(36, 70, 70)


def _rope() -> Floats:
    u, v = _grid()
    return _arch((u + v) * 12) + 0.1 * _arch((u + v) * 48) + 0.06 * _noise(37, 40, 40)


def _paper() -> Floats:
    return _noise(38, 50, 30) + 0.7 * _noise(39, 8, 8)


TEXTURES: dict[str, Texture] = {
    "smooth": Texture(_flat, 0.0),
    "knit": Texture(_knit, 0.13),
    "denim": Texture(_denim, 0.085),
    "leather": Texture(_leather, 0.062),
    "suede": Texture(_suede, 0.038),
    "wood": Texture(_wood, 0.062, 0.46, fine=False),
    "linen": Texture(_linen, 0.07),
    "canvas": Texture(_canvas, 0.075),
    "corduroy": Texture(_corduroy, 0.15),
    "fleece": Texture(_fleece, 0.07),
    "felt": Texture(_felt, 0.036),
    "plush": Texture(_plush, 0.06),
    "wicker": Texture(_wicker, 0.21, 0.24),
    "straw": Texture(_straw, 0.12),
    "metal": Texture(_metal, 0.03),
    "glass": Texture(_glass, 0.015, 0.5, fine=False),
    "stone": Texture(_stone, 0.06),
    "terracotta": Texture(_terracotta, 0.05),
    "mesh": Texture(_mesh, 0.13),
    "quilted": Texture(_quilted, 0.11, 0.11, fine=False),
    "satin": Texture(_satin, 0.032, 0.4, fine=False),
    "rubber": Texture(_rubber, 0.014),
    "rope": Texture(_rope, 0.16, 0.16),
    "paper": Texture(_paper, 0.016),
}
