"""The shop's icons: its logo, or else the first letter of its name, ink on paper turned round."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from PIL import Image, ImageChops, ImageDraw, ImageFont

from shop.installable.colors import token
from shop.store.models import Store

DRAWING = 1  # raise it when icons are drawn otherwise
KEEP_SECONDS = 24 * 3600
# A logo that is wider is a line of text, which nobody can read in an icon.
WIDEST_LOGO = 4.0
NEARLY = 12  # of 255: so much may a logo's ground vary, as JPEG makes it
# What a system cuts off a maskable icon lies outside a circle of 80% of its width.
SAFE = 0.8


@dataclass(frozen=True)
class Kind:
    """`whole`: the ground reaches the edges, for a system that cuts the icon to its own shape;
    `filled`: so much of the side is filled by what is drawn."""

    side: int
    whole: bool
    filled: float


KINDS = {
    "favicon": Kind(48, whole=False, filled=0.72),
    "icon-192": Kind(192, whole=False, filled=0.72),
    "icon-512": Kind(512, whole=False, filled=0.72),
    "maskable-192": Kind(192, whole=True, filled=0.72 * SAFE),
    "maskable-512": Kind(512, whole=True, filled=0.72 * SAFE),
    "apple-touch-icon": Kind(180, whole=True, filled=0.66),
}


def version(store: Store) -> str:
    """Another one whenever the icons look otherwise."""
    drawn = [DRAWING, store.logo.name or _letter(store), token("ink"), token("paper")]
    return hashlib.sha256(repr(drawn).encode()).hexdigest()[:12]


def icon(kind: str, store: Store) -> bytes:
    """A PNG; drawn at most once a day."""
    key = f"icon:{version(store)}:{kind}"
    data: bytes | None = cache.get(key)
    if data is None:
        data = _png(_draw(KINDS[kind], store))
        cache.set(key, data, KEEP_SECONDS)
    return data


def _draw(kind: Kind, store: Store) -> Image.Image:
    logo = _logo(store)
    if logo is None:
        ground, drawing = token("ink"), _letter_drawn(_letter(store), kind)
    else:
        ground, drawing = logo[0], _fitted(logo[1], kind)
    image = Image.new("RGBA", (kind.side, kind.side), ground)
    place = (kind.side - drawing.width) // 2, (kind.side - drawing.height) // 2
    image.paste(drawing, place, drawing)
    return image.convert("RGB") if kind.whole else _rounded(image)


def _logo(store: Store) -> tuple[str, Image.Image] | None:
    """The colour of the logo's ground, and the logo without its margins; None if there is none that
    an icon can show."""
    if not store.logo:
        return None
    try:
        with store.logo.open("rb") as file:
            image = Image.open(file).convert("RGB")
    except OSError:  # the row names a file that is gone
        return None
    corner = "#" + image.crop((0, 0, 1, 1)).tobytes().hex()
    difference = ImageChops.difference(image, Image.new("RGB", image.size, corner)).convert("L")
    box = difference.point([255 * (level > NEARLY) for level in range(256)]).getbbox()
    if box is None:
        return None
    left, top, right, bottom = box
    if right - left > WIDEST_LOGO * (bottom - top):
        return None
    return corner, image.crop(box)


def _fitted(logo: Image.Image, kind: Kind) -> Image.Image:
    side = kind.side * kind.filled
    scale = side / max(logo.width, logo.height)
    size = max(1, round(logo.width * scale)), max(1, round(logo.height * scale))
    return logo.resize(size, Image.Resampling.LANCZOS).convert("RGBA")


def _letter(store: Store) -> str:
    """The first letter or figure of the name, as a capital."""
    return next((sign for sign in store.name if sign.isalnum()), "").upper()[:1]


def _letter_drawn(letter: str, kind: Kind) -> Image.Image:
    """A capital is as high as three quarters of what may be filled. A letter that no font has is a
    ring: a lens."""
    paper = token("paper")
    high = round(kind.side * kind.filled * 0.75)
    font = _font(letter, high * 1.4)
    if font is None:
        large = Image.new("RGBA", (4 * high, 4 * high), (0, 0, 0, 0))
        edges = (0, 0, 4 * high - 1, 4 * high - 1)
        ImageDraw.Draw(large).ellipse(edges, outline=paper, width=4 * high // 9)
        return large.resize((high, high), Image.Resampling.LANCZOS)
    drawing = Image.new("RGBA", (2 * kind.side, 2 * kind.side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawing)
    pen.text((kind.side // 2, 0), letter, font=font, fill=paper)
    return drawing.crop(drawing.getbbox())


def _font(letter: str, size: float) -> ImageFont.FreeTypeFont | None:
    """A font that has the letter: Pillow's own (ASCII), or those of the invoices."""
    if not letter:
        return None
    if letter.isascii():
        own = ImageFont.load_default(size)
        return own if isinstance(own, ImageFont.FreeTypeFont) else None
    from shop.orders.invoices.fonts import sans_file  # it loads reportlab, which most need not

    font = ImageFont.truetype(Path(sans_file()), size)
    # What a font does not have it draws as this, which no font has.
    return None if bytes(font.getmask(letter)) == bytes(font.getmask("\uffff")) else font


def _rounded(image: Image.Image) -> Image.Image:
    """With round corners; drawn four times as large, for a smooth edge."""
    large = image.width * 4
    mask = Image.new("L", (large, large), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, large, large), radius=large * 0.22, fill=255)
    image.putalpha(mask.resize(image.size, Image.Resampling.LANCZOS))
    return image


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
