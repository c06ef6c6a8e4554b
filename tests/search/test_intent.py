"""What a text asks for, and what it asks not to have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.intent import MOST_DENIED, understand


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("red boots", "red boots", ()),
        ("boots without laces", "boots", ("laces",)),
        ("boots without laces in red", "boots in red", ("laces",)),
        ("bag without a shoulder strap", "bag", ("shoulder strap",)),
        ("dress without sleeves or collar", "dress", ("sleeves", "collar")),
        ("not black boots", "boots", ("black",)),
        ("boots -black", "boots", ("black",)),
        ("boots -38", "boots", ("38",)),
        ("no heels", "", ("heels",)),
        ("Stiefel ohne Absatz", "Stiefel", ("Absatz",)),
        ("t-shirt", "t-shirt", ()),
        ("lace-up boots", "lace-up boots", ()),
        ("boots 40 - 42", "boots 40 - 42", ()),
        ('"no show" socks', "no show socks", ()),
        ("boots without", "boots without", ()),
        ("", "", ()),
    ],
)
def test_what_is_denied_is_taken_out(text: str, wanted: str, unwanted: tuple[str, ...]) -> None:
    intent = understand(text)

    assert (intent.wanted, intent.unwanted) == (wanted, unwanted)


def test_no_more_is_denied_than_anybody_means() -> None:
    assert len(understand("boots " + " ".join(f"-x{n}" for n in range(50))).unwanted) == MOST_DENIED


@given(st.text(max_size=200))
def test_whatever_is_said_no_word_is_lost_but_what_denies(text: str) -> None:
    intent = understand(text)

    kept = set(intent.wanted.split()) | {word for one in intent.unwanted for word in one.split()}
    assert all(word in text for word in kept)
