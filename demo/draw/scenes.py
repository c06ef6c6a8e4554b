"""Where a product is photographed: the studio's sheet, a cloth, boards, a table, a room, a lawn.

A scene is a whole picture that the product is then drawn on. All share the studio's light, from
the upper left.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image, ImageFilter

from demo.draw.paint import RGB, Floats, Paint, overlay
from demo.draw.textures import tile

WOODS: tuple[RGB, ...] = ((196, 158, 112), (164, 120, 78), (216, 188, 150))
Sheet = Floats


@lru_cache(maxsize=48)
def backdrop(scene: str, size: int, colour: RGB) -> Image.Image:
    """A scene, RGB, `size` by `size`; `colour` is its sheet's, cloth's or wall's.

    The picture is shared: copy it before drawing. Raises KeyError for an unknown scene.
    """
    sheet = SCENES[scene](size, np.array(colour, np.float32))
    # A fixed grain below one level hides the steps of eight-bit gradients.
    grain = np.random.default_rng(7).random((size, size, 1), np.float32)
    return Image.fromarray(np.clip(sheet + grain, 0, 255).astype(np.uint8))


def _studio(size: int, colour: Floats) -> Sheet:
    """A sheet lit from the upper left, with a soft horizon."""
    xs, ys = _grid(64)
    glow = np.exp(-((xs - 0.42) ** 2 + (ys - 0.36) ** 2) / 0.34)
    floor = 1 / (1 + np.exp((ys - 0.78) * 16))
    light = 0.925 + 0.075 * glow + 0.015 * floor
    return _enlarged(np.clip(colour * light[..., None] + 4 * glow[..., None], 0, 255), size)


def _cloth(size: int, colour: Floats) -> Sheet:
    return _woven(size, colour, "striped", 0.11)


def _gingham(size: int, colour: Floats) -> Sheet:
    return _woven(size, colour, "checked", 0.13)


def _woven(size: int, colour: Floats, pattern: str, period: float) -> Sheet:
    """A tablecloth of off-white and `colour`, with a few soft waves."""
    xs, ys = _grid(size)
    # Each colour of cloth lies at another angle.
    angle = np.float32(colour.sum() % 7 - 3) * 0.16 + (0.8 if pattern == "striped" else 0.12)
    bend = 0.012 * np.sin(5 * xs + 3 * ys)
    u = ((xs + bend) * np.cos(angle) + ys * np.sin(angle)) / period
    v = ((ys + bend) * np.cos(angle) - xs * np.sin(angle)) / period
    paint = Paint((0, 0, 0), pattern, share=0.5)
    share = overlay(paint, u, v, 1.5 / size / period)[..., None]
    ground = np.array((244, 240, 232), np.float32)
    threads = ground + (0.25 * ground + 0.75 * colour - ground) * share
    waves = 1 + 0.025 * np.sin(9 * xs - 4 * ys) + 0.02 * np.sin(4 * xs + 7 * ys)
    return threads * (waves * _textured("linen", size) * _falloff(size))[..., None]


def _wood(size: int, colour: Floats) -> Sheet:
    """Boards seen from above, running across."""
    return _boards(size, colour, 0.19) * _falloff(size)[..., None]


def _table(size: int, colour: Floats) -> Sheet:
    """A wooden table before a painted wall."""
    edge = round(size * 0.64)
    sheet = _painted(size, colour * np.float32(0.93))
    top = _boards(size, colour, 0.6)[: size - edge]
    near = np.linspace(0.84, 1.04, size - edge, dtype=np.float32)[:, None, None]
    sheet[edge:] = top * near * _falloff(size)[edge:, :, None]
    return _softened(sheet, edge, size)


def _room(size: int, colour: Floats) -> Sheet:
    """A floor of boards, a skirting board and a wall."""
    edge, skirting = round(size * 0.72), round(size * 0.035)
    sheet = _painted(size, colour * np.float32(0.95))
    sheet[edge - skirting : edge] = np.array((246, 244, 240), np.float32) * 0.97
    sheet[edge - 2 : edge] *= 0.8
    xs, ys = _grid(size)
    depth = (ys[edge:] - 0.55) / 0.45
    lanes = (xs[edge:] - 0.5) / depth
    board = np.floor(lanes / 0.16)
    tone = 1 + 0.06 * np.sin(board * 12.9)
    seam = np.abs(lanes / 0.16 - board - 0.5) > 0.485
    floor = np.array(_wood_of(colour), np.float32) * tone[..., None]
    floor *= np.where(seam, 0.82, 1)[..., None] * _textured("wood", size)[edge:, :, None]
    sheet[edge:] = floor * (0.9 + 0.12 * depth)[..., None]
    return sheet


def _garden(size: int, colour: Floats) -> Sheet:
    """A lawn, with a hedge out of focus behind it."""
    rng = np.random.default_rng(11)
    _, ys = _grid(size)
    hedge = _noise(rng, size, 9)
    far = np.array((136, 168, 112), np.float32) + 44 * (hedge - 0.5)[..., None]
    sky = np.array((222, 234, 240), np.float32)
    high = np.clip((0.16 - ys + 0.1 * (hedge - 0.5)) * 9, 0, 1)[..., None]
    sheet = far + (sky - far) * high
    edge = round(size * 0.6)
    blades = _noise(rng, size, 90, stretch=3)
    lawn = np.array((118, 158, 82), np.float32) * (0.82 + 0.36 * blades)[..., None]
    near = np.clip((ys - 0.58) * 24, 0, 1)[..., None]
    sheet = sheet + (lawn - sheet) * near
    sheet[edge:] *= np.linspace(0.94, 1.05, size - edge, dtype=np.float32)[:, None, None]
    return sheet * _falloff(size)[..., None]


def _tiles(size: int, colour: Floats) -> Sheet:
    """A worktop before kitchen tiles."""
    xs, ys = _grid(size)
    row = np.floor(ys / 0.1)
    x = xs / 0.2 + 0.5 * (row % 2)
    joint = (np.abs(x - np.floor(x) - 0.5) > 0.487) | (np.abs(ys / 0.1 - row - 0.5) > 0.475)
    tone = 1 + 0.02 * np.sin(np.floor(x) * 12.9 + row * 78.2)
    glaze = (0.45 * colour + 0.55 * np.array((250, 250, 248), np.float32)) * tone[..., None]
    sheet = np.where(joint[..., None], np.float32(214), glaze) * _falloff(size)[..., None]
    edge = round(size * 0.68)
    top = np.array((206, 200, 192), np.float32) * _textured("stone", size)[edge:, :, None]
    sheet[edge:] = top * np.linspace(0.9, 1.06, size - edge, dtype=np.float32)[:, None, None]
    return _softened(sheet, edge, size)


def _wall(size: int, colour: Floats) -> Sheet:
    return _painted(size, colour * np.float32(0.97))


def _sand(size: int, colour: Floats) -> Sheet:
    rng = np.random.default_rng(5)
    ripples = _noise(rng, size, 10, stretch=0.35)
    grains = _noise(rng, size, 150)
    tone = 0.9 + 0.12 * ripples + 0.12 * grains
    return np.array((226, 206, 170), np.float32) * (tone * _falloff(size))[..., None]


SCENES: dict[str, Callable[[int, Floats], Sheet]] = {
    "studio": _studio,
    "cloth": _cloth,
    "gingham": _gingham,
    "wood": _wood,
    "table": _table,
    "room": _room,
    "garden": _garden,
    "tiles": _tiles,
    "wall": _wall,
    "sand": _sand,
}


def _grid(size: int) -> tuple[Floats, Floats]:
    ys, xs = np.mgrid[0:size, 0:size].astype(np.float32) / np.float32(size)
    return xs, ys


def _enlarged(small: Floats, size: int) -> Sheet:
    bands = [
        np.asarray(Image.fromarray(small[..., i].astype(np.float32)).resize((size, size), 3))
        for i in range(3)
    ]
    return np.stack(bands, axis=-1)


def _falloff(size: int) -> Floats:
    """Light from the upper left, weaker towards the lower right."""
    xs, ys = _grid(size)
    return 1.03 - 0.1 * ((xs - 0.35) ** 2 + (ys - 0.3) ** 2)


def _painted(size: int, colour: Floats) -> Sheet:
    xs, ys = _grid(size)
    glow = np.exp(-((xs - 0.3) ** 2 + (ys - 0.25) ** 2) / 0.5)
    return np.clip(colour * (0.9 + 0.12 * glow)[..., None], 0, 255)


def _wood_of(colour: Floats) -> RGB:
    return WOODS[int(colour.sum()) % len(WOODS)]


def _boards(size: int, colour: Floats, width: float) -> Sheet:
    _, ys = _grid(size)
    board = np.floor(ys / width + 0.3)
    tone = 1 + 0.05 * np.sin(board * 12.9 + colour.sum())
    seam = np.abs(ys / width + 0.3 - board - 0.5) > 0.5 - 0.004 / width
    wood = np.array(_wood_of(colour), np.float32) * tone[..., None]
    shade = np.where(seam, 0.7, 1.0).astype(np.float32) * _textured("wood", size, turned=True)
    return wood * shade[..., None]


def _textured(name: str, size: int, turned: bool = False) -> Floats:
    piece = tile(name, size, turned)
    times = -(-size // piece.shape[0])
    return np.tile(piece, (times, times))[:size, :size]


def _noise(rng: np.random.Generator, size: int, cells: int, stretch: float = 1.0) -> Floats:
    """Soft noise from 0 to 1, `cells` of it across; stretched, it is longer than wide."""
    rows = max(2, round(cells / stretch))
    small = Image.fromarray(rng.random((rows, cells), np.float32))
    return np.clip(np.asarray(small.resize((size, size), Image.Resampling.BICUBIC)), 0, 1)


def _softened(sheet: Sheet, edge: int, size: int) -> Sheet:
    """A thin shadow along the back edge of a table, and the far part slightly out of focus."""
    strip = max(2, size // 160)
    sheet[edge : edge + strip] *= 0.88
    far = Image.fromarray(np.clip(sheet[:edge], 0, 255).astype(np.uint8))
    sheet[:edge] = np.asarray(far.filter(ImageFilter.GaussianBlur(size / 300)), np.float32)
    return sheet
