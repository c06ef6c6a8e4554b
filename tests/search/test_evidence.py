"""How sure a search is that it found what was meant."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evidence import Evidence

shares = st.floats(0, 1)
evidence = st.builds(Evidence, **{field.name: shares for field in fields(Evidence)})


@given(evidence, st.sampled_from([field.name for field in fields(Evidence)]), shares)
def test_whatever_is_known_more_of_it_never_makes_less_sure(
    one: Evidence, name: str, share: float
) -> None:
    more = replace(one, **{name: max(share, getattr(one, name))})

    assert 0 < one.confidence <= more.confidence < 1


@pytest.mark.parametrize(
    ("one", "close"),
    [
        (Evidence(), True),  # a photo
        (Evidence(held=0.0, known=0.0), True),  # a word of the model's that no product has
        (Evidence(held=0.5, meaning=0.6, supported=0.3, known=0.5), True),
        (Evidence(0.0, 0.0, 0.0, 0.0, 0.0), False),
        (Evidence(held=0.0, meaning=0.1, supported=0.1, known=0.0), False),  # written as a word
    ],
)
def test_it_is_close_where_enough_speaks_for_it(one: Evidence, close: bool) -> None:
    assert one.close is close
