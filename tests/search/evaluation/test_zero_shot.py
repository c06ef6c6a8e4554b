"""Labels as texts, and their vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.encoders.base import Vectors, unit_rows
from search.evaluation.zero_shot import TEMPLATES, label_text, text_vectors
from tests.search.evaluation.pictures import ColourEncoder


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("dress", "dress"),
        ("Golden-Delicious", "golden delicious"),
        ("long_sleeve--shirt", "long sleeve shirt"),
        ("t-shirt", "t-shirt"),
        ("T_Shirts", "t-shirts"),
        ("t shirt", "t-shirt"),
        ("mens-t-shirt-v-neck", "mens t-shirt v-neck"),
        ("Flip-Flops", "flip-flops"),
        ("ghost-shirt", "ghost shirt"),  # ends in what t-shirt begins with
        ("_Röcke_", "röcke"),
        ("--", "--"),
    ],
)
def test_a_label_reads_as_a_person_would_write_it(label: str, text: str) -> None:
    assert label_text(label) == text


@settings(deadline=None)
@given(st.text(min_size=1))
def test_whatever_the_label_its_text_is_clean_and_stays_as_it_is(label: str) -> None:
    text = label_text(label)

    assert text
    assert "_" not in text or text == label
    assert label_text(text) == text


class WordingEncoder(ColourEncoder):
    """A text's vector says which of the templates it is in, and whether it is a cap."""

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), len(TEMPLATES) + 1), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            noun = "cap" if "cap" in text else "dress"
            row[TEMPLATES.index(text.replace(noun, "{}"))] = 1
            row[-1] = noun == "cap"
        return unit_rows(rows)


def test_a_texts_vector_is_the_normalised_mean_of_its_wordings() -> None:
    vectors = text_vectors(WordingEncoder(), ["dress", "cap"])

    wordings = len(TEMPLATES)
    assert vectors.shape == (2, wordings + 1)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors[0], [wordings**-0.5] * wordings + [0], atol=1e-6)
    cap = np.array([1] * wordings + [wordings])
    np.testing.assert_allclose(vectors[1], cap / np.linalg.norm(cap), atol=1e-6)


def test_there_is_more_than_one_wording_and_each_holds_the_label() -> None:
    assert len(set(TEMPLATES)) > 2
    assert all(template.count("{}") == 1 for template in TEMPLATES)
