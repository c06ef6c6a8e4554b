"""Image intake: the only door for picture bytes from outside, for the catalogue and for queries.

What comes out is never what came in: the pixels are decoded, brought upright, laid on white, put
into sRGB, shrunk to `settings.IMAGE_MAX_SIDE` and encoded anew. So metadata, hidden payloads and
odd encodings end here, and the rest of the code meets one kind of file.

Size is bounded before a pixel is decoded: bytes, pixels and frames are all announced in a file's
head. What is refused raises `ImageRejected`, whatever the decoder had to say about it.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, UnidentifiedImageError
from pillow_heif import register_heif_opener

from shop.formats import number

# Only the picture itself is wanted of a HEIC; its previews could show something else.
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
# A picture of more than Pillow's own bound is an error in this process, wherever it is opened.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF")
WELCOME = _("Send a JPEG, PNG, WebP, AVIF, GIF or HEIC.")
WELCOME_MAGIC = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|....ftyp(avi|hei|hev|mif1|msf1)", re.DOTALL
)
MIN_SIDE = 16
QUALITY = 90
# Each scan of a progressive JPEG costs a pass over the picture. Cameras write about ten; a file
# of ten megabytes has room for a million.
MAX_JPEG_SCANS = 100
LARGE_PIXELS = 12_000_000
TURN_SECONDS = 10.0
_large = threading.BoundedSemaphore(1)

ORIENTATION = 0x0112  # the EXIF tag
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Files that people send in place of a picture, by how they begin.
OTHER_KINDS = {
    b"II*\0": _("a TIFF"),
    b"MM\0*": _("a TIFF"),
    b"8BPS": _("a Photoshop file"),
    b"%!PS": _("an EPS drawing"),
    b"\xc5\xd0\xd3\xc6": _("an EPS drawing"),
    b"%PDF": _("a PDF"),
    b"BM": _("a BMP"),
    b"PK\x03\x04": _("a ZIP archive"),
    b"\0\0\x01\0": _("an icon"),
}


class ImageRejected(ValidationError):
    """The bytes are not welcome; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class TakenImage:
    """A picture that passed: our own re-encoding, without metadata."""

    data: bytes
    suffix: str  # ".jpg"
    width: int
    height: int
    content_hash: str  # SHA-256 of `data`, hex
    source_hash: str  # SHA-256 of the bytes that came, hex

    def open(self) -> Image.Image:
        """The decoded picture, RGB."""
        return Image.open(io.BytesIO(self.data), formats=["JPEG"]).convert("RGB")


def take_in(file: BinaryIO | bytes, *, name: str | None = None) -> TakenImage:
    """Take a picture in, or raise `ImageRejected`. The same bytes always give the same result.

    What the file is called decides nothing: `name` only serves messages.
    """
    source = _read(file)
    try:
        upright = _decode(source)
    except ImageRejected:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageRejected(
            gettext("This picture has too many pixels: at most %(limit)s megapixels are taken.")
            % {"limit": _limit()},
            code="too_many_pixels",
        ) from error
    except Exception as error:
        # Decoders raise what they like: OSError, SyntaxError, struct.error, MemoryError, ...
        if isinstance(error, UnidentifiedImageError) and not WELCOME_MAGIC.match(source):
            raise ImageRejected(_what_it_is(source, name), code="not_a_picture") from error
        raise ImageRejected(
            gettext("This picture is damaged or incomplete. Export it anew and send it again."),
            code="damaged",
        ) from error
    return encoded(upright, source_hash=hashlib.sha256(source).hexdigest())


def encoded(image: Image.Image, *, source_hash: str) -> TakenImage:
    """A picture, RGB, that passed, or a part or a smaller copy of it, encoded by us."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    data = out.getvalue()
    return TakenImage(
        data=data,
        suffix=".jpg",
        width=image.width,
        height=image.height,
        content_hash=hashlib.sha256(data).hexdigest(),
        source_hash=source_hash,
    )


def _read(file: BinaryIO | bytes) -> bytes:
    """All bytes of `file`, and never many more than are allowed."""
    limit: int = settings.IMAGE_MAX_BYTES
    if isinstance(file, bytes):
        source = file
    else:
        if file.seekable():
            file.seek(0)
        source = file.read(limit + 1)
    if not source:
        told = gettext("The file is empty.")
        raise ImageRejected(f"{told} {WELCOME}", code="empty")
    if len(source) > limit:
        raise ImageRejected(
            gettext(
                "The file is too large: at most %(limit)s MB are taken. "
                "Send a smaller copy of the picture."
            )
            % {"limit": number(limit / 1024**2)},
            code="too_large",
        )
    return source


def _decode(source: bytes) -> Image.Image:
    """The picture as stored: upright, on white, sRGB, shrunk."""
    with Image.open(io.BytesIO(source), formats=FORMATS) as image:
        _check_head(image, source)
        target = _fitting(image.size)
        if image.format in ("JPEG", "MPO"):
            # libjpeg decodes at a half, a quarter or an eighth for a fraction of the memory.
            image.draft(None, target)
        with _turn(image.size):
            image.load()
            profile = image.info.get("icc_profile")
            orientation = _orientation(image)
            shrunk = _resizable(image)
            if shrunk.size != target:
                shrunk = shrunk.resize(target, Image.Resampling.LANCZOS)
    colours = _in_srgb(_on_white(shrunk), profile)
    upright = colours.transpose(UPRIGHT[orientation]) if orientation in UPRIGHT else colours
    upright.info.clear()  # Pillow would write some of it, such as a comment
    return upright


@contextmanager
def _turn(size: tuple[int, int]) -> Iterator[None]:
    """Large pictures are decoded one at a time in a process: each may take half a gigabyte."""
    if size[0] * size[1] <= LARGE_PIXELS:
        yield
        return
    if not _large.acquire(timeout=TURN_SECONDS):
        raise ImageRejected(
            gettext(
                "Many large pictures arrive at this moment. Send a smaller copy, or try again soon."
            ),
            code="busy",
        )
    try:
        yield
    finally:
        _large.release()


def _check_head(image: Image.Image, source: bytes) -> None:
    """Refuse by what the head announces, before anything is decoded."""
    width, height = image.size
    if width * height > settings.IMAGE_MAX_PIXELS:
        raise ImageRejected(
            gettext(
                "This picture has %(width)s × %(height)s pixels (%(megapixels)s megapixels): "
                "at most %(limit)s megapixels are taken. Send a smaller copy."
            )
            % {
                "width": width,
                "height": height,
                "megapixels": number(round(width * height / 1e6)),
                "limit": _limit(),
            },
            code="too_many_pixels",
        )
    if min(_fitting(image.size)) < MIN_SIDE:
        raise ImageRejected(
            gettext(
                "This picture is too small or too narrow: %(width)s × %(height)s pixels. "
                "It must have at least %(least)s pixels each way."
            )
            % {"width": width, "height": height, "least": MIN_SIDE},
            code="too_small",
        )
    if image.format in ("JPEG", "MPO") and source.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageRejected(
            gettext("This JPEG is built from too many scans. Export it anew as a plain JPEG."),
            code="too_complex",
        )
    most = settings.IMAGE_MAX_PIXELS // (width * height)
    if _frames(image, source, stop=most + 1) > most:
        raise ImageRejected(
            gettext(
                "This animation has too many frames of %(width)s × %(height)s pixels: at most "
                "%(limit)s megapixels are taken, all frames together. Send one frame as a still "
                "picture."
            )
            % {"width": width, "height": height, "limit": _limit()},
            code="too_many_frames",
        )


def _frames(image: Image.Image, source: bytes, *, stop: int) -> int:
    """How many frames an animation has, counted up to `stop`; no frame is decoded for it.

    The further pictures in a JPEG (MPO) or HEIC are no frames: nobody asks for them, and nothing
    decodes them.
    """
    if image.format == "GIF":
        # Pillow's own count walks through every frame of a file of any length.
        for count, _ in enumerate(_gif_frames(source), start=1):
            if count >= stop:
                return count
        return 1
    if image.format in ("WEBP", "AVIF"):
        return int(getattr(image, "n_frames", 1))
    return 1


def _gif_frames(source: bytes) -> Iterator[int]:
    """The place of each frame in a GIF, found by hopping from block to block."""
    at = 13 + _palette_length(source[10])
    while at < len(source):
        block = source[at]
        if block == 0x2C:  # a frame: place, size and flags, maybe a palette, then its data
            yield at
            if at + 9 >= len(source):
                return
            at += 11 + _palette_length(source[at + 9])
        elif block == 0x21:  # an extension: its label, then its data
            at += 2
        else:
            return
        while at < len(source) and source[at]:
            at += 1 + source[at]
        at += 1


def _palette_length(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """`size`, shrunk in proportion so that the longer side is at most `IMAGE_MAX_SIDE`."""
    shrink = min(1.0, settings.IMAGE_MAX_SIDE / max(size))
    return round(size[0] * shrink), round(size[1] * shrink)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1  # a broken EXIF block says nothing about the pixels


def _resizable(image: Image.Image) -> Image.Image:
    """`image` in a mode whose pixels can be averaged."""
    if image.mode.startswith("I;16"):
        # Pillow would clip to 255 what has to be scaled down to it.
        return image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode in ("RGB", "CMYK", "LAB", "YCbCr"):
        return image
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except Exception:
            converted = None  # a broken profile, or one for other channels, is as good as none
        if converted is not None:
            return converted
    return image.convert("RGB")


def _limit() -> str:
    return number(settings.IMAGE_MAX_PIXELS / 1e6)


def _what_it_is(source: bytes, name: str | None) -> str:
    kind = next((kind for magic, kind in OTHER_KINDS.items() if source.startswith(magic)), None)
    beginning = source[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if kind is None and beginning.startswith(b"<"):
        kind = _("an SVG drawing") if b"<svg" in beginning else _("a web page or XML")
    elif kind is None and _is_text(source[:1024]):
        kind = _("a text file")
    if kind is not None:
        told = gettext("This is %(kind)s, not a picture we can read.") % {"kind": kind}
    elif name:
        told = gettext("“%(name)s” is not a picture we can read.") % {"name": name[-80:]}
    else:
        told = gettext("This is not a picture we can read.")
    return f"{told} {WELCOME}"


def _is_text(beginning: bytes) -> bool:
    try:
        # The incremental decoder forgives a character that is cut at the end.
        text = codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\r\n\t" for character in text)
