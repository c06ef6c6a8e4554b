"""A typo is one slip in one word."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.evaluation.typos import SHORTEST, Slip, with_typo

queries = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9), min_size=1).map(
    " ".join
)


@example("aaaa aabc", Slip.TRANSPOSITION, 1)
@given(queries, st.sampled_from(Slip), st.integers())
def test_one_word_of_enough_letters_is_changed_by_one_slip(
    words: str, slip: Slip, seed: int
) -> None:
    changed = with_typo(words, slip, random.Random(seed))

    if changed is None:
        letters = [set(word[1:]) for word in words.split() if len(word) >= SHORTEST]
        assert not letters or (slip is Slip.TRANSPOSITION and all(len(s) < 3 for s in letters))
        return
    before, after = words.split(), changed.split()
    (wrong,) = (n for n in range(len(before)) if before[n] != after[n])
    one, other = before[wrong], after[wrong]
    assert len(one) >= SHORTEST
    assert one[0] == other[0]
    grown = {Slip.INSERTION: 1, Slip.DELETION: -1}.get(slip, 0)
    assert len(other) - len(one) == grown
    if slip is Slip.TRANSPOSITION:
        assert sorted(one) == sorted(other)
    if slip is Slip.SUBSTITUTION:
        assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


@pytest.mark.parametrize("slip", Slip)
def test_short_words_stay(slip: Slip) -> None:
    assert with_typo("red mug", slip, random.Random(1)) is None


def test_the_same_seed_makes_the_same_typo() -> None:
    made = [with_typo("striped boots", Slip.SUBSTITUTION, random.Random(4)) for _ in range(2)]

    assert made[0] == made[1]
