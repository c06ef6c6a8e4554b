"""What an admin may write."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from search.models import Synonyms


@pytest.mark.parametrize("words", ["trainers, sneakers", "50 cl, half a litre", "靴, ботинки"])
def test_synonyms_are_words(words: str) -> None:
    Synonyms(words=words).clean()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("!!! ???, ---", r"“!!! \?\?\?”, “---” have no letter or digit"),
        ("🥾, boots", "“🥾” has no letter or digit.*Write words, as in “trainers"),
        ("boots", "Write two words or phrases at least"),
        ("Boots, boots", "Write two words or phrases at least"),
    ],
)
def test_synonyms_that_no_search_would_find_by_are_refused(words: str, error: str) -> None:
    with pytest.raises(ValidationError, match=error):
        Synonyms(words=words).clean()
