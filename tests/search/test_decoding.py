"""Picture files to pixels: smaller where that is the same to the model."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from search.decoding import DRAFT_MARGIN, decode
from search.encoders import get_encoder
from tests.factories import picture_bytes

sides = st.integers(16, 400)


@given(width=sides, height=sides, wanted=st.tuples(st.integers(1, 100), st.integers(1, 100)))
@settings(max_examples=100, deadline=None)
def test_a_jpeg_is_decoded_whole_or_evenly_smaller_and_never_near_the_models_size(
    width: int, height: int, wanted: tuple[int, int]
) -> None:
    decoded = decode(picture_bytes((width, height)), wanted)

    scale = width // decoded.width
    assert scale in (1, 2, 4, 8)
    assert (decoded.width * scale, decoded.height * scale) == (width, height)
    if scale > 1:
        assert decoded.width >= DRAFT_MARGIN * wanted[0]
        assert decoded.height >= DRAFT_MARGIN * wanted[1]


@pytest.mark.parametrize(
    ("size", "decoded"),
    [
        ((800, 600), (400, 300)),
        ((1600, 1200), (400, 300)),
        ((801, 600), (801, 600)),  # an odd side would stretch the last pixels
        ((400, 300), (400, 300)),
    ],
)
def test_a_jpeg_is_decoded_as_small_as_its_sides_allow(
    size: tuple[int, int], decoded: tuple[int, int]
) -> None:
    assert decode(picture_bytes(size), (112, 112)).size == decoded


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_other_formats_are_decoded_whole(format: str) -> None:
    assert decode(picture_bytes((800, 600), format=format), (112, 112)).size == (800, 600)


def stripes(seed: int) -> bytes:
    """A JPEG with fine and coarse detail, 800 pixels high: hard edges, and noise as of fabric."""
    chance = np.random.default_rng(seed)
    image = Image.new("RGB", (640, 800), tuple(chance.integers(0, 256, 3).tolist()))
    draw = ImageDraw.Draw(image)
    step = int(chance.integers(5, 60))
    for x in range(0, 1500, step):
        draw.line((x, 0, x - 700, 800), fill=tuple(chance.integers(0, 256, 3).tolist()), width=3)
    noise = Image.fromarray(chance.integers(0, 256, (800, 640, 3), dtype=np.uint8))
    image = Image.blend(image, noise.filter(ImageFilter.GaussianBlur(1)), 0.2)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def test_a_smaller_decoding_gives_the_same_vector() -> None:
    encoder = get_encoder("vitrine-mini")
    files = [stripes(seed) for seed in range(12)]

    whole = encoder.encode_images([Image.open(io.BytesIO(file)) for file in files])
    smaller = encoder.encode_images([decode(file, (112, 112)) for file in files])

    assert (whole * smaller).sum(axis=1).min() > 0.999
