"""What the benchmark of the storefront reckons by itself."""

import io

import pytest
from PIL import Image

pytest.importorskip("playwright")

from benchmarks.face.layout import worst
from benchmarks.face.photo import phone_photo


def test_shifts_are_summed_by_windows_as_browsers_do() -> None:
    together = [(100.0, 0.01, False, ""), (900.0, 0.02, False, "")]
    after_a_pause = [(2500.0, 0.025, False, "")]
    # Every 900 ms: a window is over after five seconds all the same.
    on_and_on = [(900.0 * n, 0.01, False, "") for n in range(20)]

    assert worst([]) == 0
    assert worst(together + after_a_pause) == pytest.approx(0.03)
    assert worst(on_and_on) == pytest.approx(0.06)


def test_the_photo_is_as_phones_make_them() -> None:
    data = phone_photo(403, 302)

    image = Image.open(io.BytesIO(data))
    assert image.size == (403, 302)
    assert image.getexif()[0x0112] == 6
