"""What was meant by a name that is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import hints

COLORS = ("black", "blue", "brown", "green", "red", "white")


@pytest.mark.parametrize(
    ("said", "meant"),
    [("blak", "black"), ("GREEN", "green"), ("grene", "green"), ("nope", None), ("", None)],
)
def test_the_closest_name_is_found_if_any_is_close(said: str, meant: str | None) -> None:
    assert hints.closest(said, COLORS) == meant


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ((), ""),
        (("red",), " Choose red."),
        (("red", "blue"), " Choose red or blue."),
        (COLORS, " Choose black, blue, brown, green, red or another."),
    ],
)
def test_some_names_are_told_where_none_is_close(known: tuple[str, ...], sentence: str) -> None:
    assert hints.instead("nope", known) == sentence


@given(st.text(), st.lists(st.text()))
def test_anything_may_be_said(said: str, known: list[str]) -> None:
    assert hints.closest(said, known) in (None, *known)
