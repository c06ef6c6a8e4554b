"""Image intake: what passes, what comes out, and what is refused before it can cost anything."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from shop.catalog import images
from shop.catalog.images import ImageRejected, take_in
from tests.factories import picture, picture_bytes

FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"]


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that announces a size and has next to nothing in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def animation(format: str, size: tuple[int, int], frames: int, **options: Any) -> bytes:
    first, *more = [Image.new("RGB", size, (5 * n, 0, 0)) for n in range(frames)]
    return encoded(first, format, save_all=True, append_images=more, **options)


# --- What passes --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_each_welcome_format_becomes_a_bare_jpeg(format: str) -> None:
    taken = take_in(picture_bytes((120, 80), seed=3, format=format))

    stored = Image.open(io.BytesIO(taken.data))
    assert (stored.format, stored.mode, stored.size) == ("JPEG", "RGB", (120, 80))
    assert (taken.width, taken.height, taken.suffix) == (120, 80, ".jpg")
    red, green, blue = taken.open().resize((1, 1)).getpixel((0, 0))
    expected = picture((120, 80), seed=3).resize((1, 1)).getpixel((0, 0))
    assert max(abs(a - b) for a, b in zip((red, green, blue), expected, strict=True)) < 25


def test_the_same_bytes_give_the_same_result_from_bytes_or_file() -> None:
    data = picture_bytes(seed=9, format="PNG")
    file = io.BytesIO(data)
    file.read()  # wherever it was left

    assert take_in(data) == take_in(file)


def test_what_hides_behind_a_picture_is_gone() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("x.js", "alert(1)")
    payload = b"<script>alert(1)</script>" + archive.getvalue()

    taken = take_in(picture_bytes() + payload)

    assert b"script" not in taken.data and b"PK" not in taken.data
    assert not zipfile.is_zipfile(io.BytesIO(taken.data))


def test_place_and_other_metadata_are_dropped() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    source = picture_bytes(exif=exif, comment=b"my street")
    assert b"Camera" in source and b"my street" in source

    stored = Image.open(io.BytesIO(take_in(source).data))

    assert not stored.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & stored.info.keys()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_turned_picture_is_brought_upright(format: str, orientation: int) -> None:
    upright = Image.new("RGB", (60, 40), "white")
    upright.paste("red", (0, 0, 60, 12))  # red at the top
    turned = {3: 180, 6: 90, 8: 270}.get(orientation, 0)
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = encoded(upright.rotate(turned, expand=True), format, exif=exif.tobytes())

    taken = take_in(source)

    assert (taken.width, taken.height) == (60, 40)
    red, green, _ = taken.open().getpixel((30, 4))
    assert red > 180 and green < 90
    assert min(taken.open().getpixel((30, 34))) > 200


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    palette = Image.new("P", (40, 40), 0)
    palette.putpalette([255, 0, 0, 0, 255, 0])

    for source in (
        encoded(clear, "PNG"),
        encoded(clear, "WEBP"),
        encoded(palette, "PNG", transparency=0),
        encoded(palette, "GIF", transparency=0),
        encoded(Image.new("LA", (40, 40), (0, 0)), "PNG"),
    ):
        assert min(take_in(source).open().getpixel((20, 20))) > 250


def test_odd_kinds_of_pixels_are_shown_as_they_look() -> None:
    grey = Image.new("I;16", (40, 40), 128 * 257)
    inks = Image.new("CMYK", (40, 40), (0, 255, 255, 0))

    assert abs(take_in(encoded(grey, "PNG")).open().getpixel((9, 9))[0] - 128) < 3
    red, green, blue = take_in(encoded(inks, "JPEG")).open().getpixel((9, 9))
    assert red > 200 and max(green, blue) < 60
    assert take_in(encoded(Image.new("1", (40, 40), 1), "PNG")).open().getpixel((9, 9))[0] > 250


def test_colours_of_another_profile_are_converted_and_a_broken_profile_ignored() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A profile in which red is what blue is in sRGB, and the other way round.
    exchanged = srgb.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")
    image = Image.new("RGB", (40, 40), (200, 30, 30))

    def colour(**options: Any) -> Any:
        return take_in(encoded(image, "PNG", **options)).open().getpixel((9, 9))

    red, _, blue = colour(icc_profile=exchanged)
    assert blue > 150 and red < 80
    assert colour(icc_profile=srgb) == colour()
    assert colour(icc_profile=b"no profile at all" * 20) == colour()


def test_a_large_picture_is_shrunk_in_proportion() -> None:
    taken = take_in(encoded(Image.new("RGB", (5000, 2500), "navy"), "JPEG"))

    assert (taken.width, taken.height) == (2400, 1200)


def test_a_short_animation_gives_its_first_frame() -> None:
    for format in ("GIF", "WEBP", "AVIF"):
        taken = take_in(animation(format, (64, 64), 4))
        assert max(taken.open().getpixel((30, 30))) < 12


def test_further_pictures_in_a_photo_are_not_looked_at() -> None:
    first = picture((400, 300), seed=1)

    taken = take_in(encoded(first, "MPO", save_all=True, append_images=[first] * 3))

    assert (taken.width, taken.height) == (400, 300)


# --- What is refused ----------------------------------------------------------------------------

REFUSED = {
    "nothing": (b"", "empty", "The file is empty"),
    "text": ("Grüße\n".encode() * 400, "not_a_picture", "a text file"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="a"/>', "not_a_picture", "SVG"),
    "a page": (b"<!doctype html><p>hello", "not_a_picture", "web page"),
    "zeroes": (bytes(5000), "not_a_picture", "“photo.png” is not a picture"),
    "TIFF": (picture_bytes(format="TIFF"), "not_a_picture", "TIFF"),
    "PPM": (picture_bytes(format="PPM"), "not_a_picture", "Send a JPEG, PNG, WebP"),
    "EPS": (picture_bytes(format="EPS"), "not_a_picture", "EPS"),
    "BMP": (picture_bytes(format="BMP"), "not_a_picture", "BMP"),
    "PSD": (b"8BPS\0\1" + bytes(50), "not_a_picture", "Photoshop"),
    "a tiny picture": (picture_bytes((12, 90)), "too_small", "12 × 90"),
    "a thread": (picture_bytes((6000, 20), format="PNG"), "too_small", "too narrow"),
    "180 megapixels": (png(13_500, 13_400), "too_many_pixels", "50 megapixels"),
    "60 megapixels": (png(10_000, 6_000), "too_many_pixels", "10000 × 6000"),
    "text bomb": (
        png(100, 100, (b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000)))),
        "damaged",
        "damaged",
    ),
    "profile bomb": (
        png(100, 100, (b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000)))),
        "damaged",
        "damaged",
    ),
    "GIF of many frames": (
        animation("GIF", (1500, 1500), 24),
        "too_many_frames",
        "Send one frame",
    ),
    "WebP of many frames": (animation("WEBP", (3000, 3000), 7), "too_many_frames", "frames"),
    "AVIF of many frames": (
        animation("AVIF", (3000, 3000), 7, speed=10),
        "too_many_frames",
        "frames",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_word_that_helps(case: str) -> None:
    data, code, words = REFUSED[case]
    started = time.process_time()

    with pytest.raises(ImageRejected) as refused:
        take_in(io.BytesIO(data), name="photo.png")

    assert refused.value.code == code
    assert words in refused.value.messages[0]
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("format", FORMATS)
def test_half_a_picture_is_refused(format: str) -> None:
    whole = picture_bytes((300, 200), seed=8, format=format)

    for end in (len(whole) // 2, len(whole) * 9 // 10):
        with pytest.raises(ImageRejected) as refused:
            take_in(whole[:end])
        assert refused.value.code == "damaged"


def test_half_a_progressive_jpeg_is_refused() -> None:
    whole = picture_bytes((300, 200), seed=8, progressive=True)

    with pytest.raises(ImageRejected, match="damaged"):
        take_in(whole[: len(whole) // 2])


def test_a_file_is_not_read_further_than_allowed(settings: Any) -> None:
    settings.IMAGE_MAX_BYTES = 1000

    class Endless(io.RawIOBase):
        asked = 0

        def seekable(self) -> bool:
            return False

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 1001
            self.asked += 1
            return bytes(size)

    with pytest.raises(ImageRejected, match="too large"):
        take_in(Endless())


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    whole = picture_bytes(progressive=True)
    scan = whole[whole.index(b"\xff\xda") : -2]

    with pytest.raises(ImageRejected) as refused:
        take_in(whole[:-2] + scan * 200 + whole[-2:])

    assert refused.value.code == "too_complex"


def test_the_extension_decides_nothing() -> None:
    assert take_in(picture_bytes(format="PNG"), name="notes.txt").width == 96
    with pytest.raises(ImageRejected, match="EPS"):
        take_in(picture_bytes(format="EPS"), name="photo.png")


SEEDS = [picture_bytes((24, 20), seed=2, format=format) for format in FORMATS]


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_whatever_the_bytes_are_it_is_taken_or_refused(data: st.DataObject) -> None:
    source = bytearray(data.draw(st.sampled_from(SEEDS)))
    for at in data.draw(st.lists(st.integers(0, len(source) - 1), max_size=12)):
        source[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(source))))

    try:
        taken = take_in(bytes(source[:cut]))
    except ImageRejected as refused:
        assert refused.messages[0]
    else:
        assert 16 <= taken.width <= 2400 and 16 <= taken.height <= 2400


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(ImageRejected):
        take_in(noise)


def test_large_pictures_are_decoded_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "LARGE_PIXELS", 1000)
    monkeypatch.setattr(images, "TURN_SECONDS", 0.01)

    with images._turn((100, 100)), pytest.raises(ImageRejected, match="Many large pictures"):
        take_in(picture_bytes((100, 100)))

    assert take_in(picture_bytes((100, 100))).width == 100
