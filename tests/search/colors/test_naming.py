"""Lab, and the names of what lies in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from search.colors.lab import lab_of, rgb_of
from search.colors.names import INDEX, NAMED, NAMES
from search.colors.naming import names_of


def name_of(color: str) -> str:
    rgb = np.array([list(bytes.fromhex(color))], np.uint8)
    return NAMES[int(names_of(lab_of(rgb))[0].argmax())]


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        # CIE 15's formulae, for sRGB's own white.
        ((255, 255, 255), (100, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
        ((119, 119, 119), (50.03, 0, 0)),
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 255, 0), (87.73, -86.18, 83.18)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
    ],
)
def test_lab_is_cies(rgb: tuple[int, ...], lab: tuple[float, ...]) -> None:
    assert lab_of(np.array(rgb, np.uint8)) == pytest.approx(np.array(lab), abs=0.6)


@given(arrays.arrays(np.uint8, (50, 3)))
@settings(deadline=None)
def test_lab_and_back_is_the_same_colour(rgb: np.ndarray) -> None:
    assert np.abs(rgb_of(lab_of(rgb)).astype(int) - rgb).max() <= 1


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ("dc143c", "red"), ("800000", "red"), ("ff7f00", "orange"), ("ffd700", "yellow"),
        ("228b22", "green"), ("808000", "green"), ("98ff98", "green"), ("4682b4", "blue"),
        ("0000ff", "blue"), ("000080", "navy"), ("191970", "navy"), ("008080", "turquoise"),
        ("40e0d0", "turquoise"), ("8a2be2", "purple"), ("b57edc", "purple"), ("ff69b4", "pink"),
        ("ffc0cb", "pink"), ("7b3f00", "brown"), ("d2b48c", "beige"), ("f5f5dc", "beige"),
        ("ffffff", "white"), ("e8e8e8", "white"), ("a0a0a0", "grey"), ("606060", "grey"),
        ("202020", "black"), ("000000", "black"),
    ],
)  # fmt: skip
def test_what_everybody_calls_so(color: str, name: str) -> None:
    assert name_of(color) == name


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.name)
def test_every_shade_has_its_own_name(named: object) -> None:
    assert {name_of(shade) for shade in named.shades} == {named.name}  # type: ignore[attr-defined]


def test_what_lies_between_is_shared() -> None:
    # Between red and orange; between white and grey.
    for color, names in (("e05028", {"red", "orange"}), ("d0d0d0", {"white", "grey"})):
        rgb = np.array([list(bytes.fromhex(color))], np.uint8)
        shares = names_of(lab_of(rgb))[0]
        assert sum(shares[INDEX[name]] for name in names) > 0.8
        assert min(shares[INDEX[name]] for name in names) > 0.15


@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.floats(-120, 120), st.floats(-120, 120)),
        min_size=1,
        max_size=20,
    )
)
@settings(deadline=None)
def test_shares_of_names_are_shares(lab: list[tuple[float, float, float]]) -> None:
    shares = names_of(np.array(lab, np.float32))

    assert shares.shape == (len(lab), len(NAMES))
    assert (shares >= 0).all()
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(lab)), abs=1e-4)
