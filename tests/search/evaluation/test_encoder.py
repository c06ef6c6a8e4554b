"""Which model is under test."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from search.encoders import EncoderUnavailable
from search.evaluation.encoder import chosen_encoder
from search.models import EmbeddingModel, EmbeddingModelQuerySet
from tests.search.vectors import make_model


def test_a_named_model_needs_no_database() -> None:
    # a test without the mark may not ask it
    name, encoder = chosen_encoder("Vitrine-Mini")

    assert name == "Vitrine-Mini"
    assert encoder.reference.endswith("models/vitrine-mini")


def test_without_a_name_it_is_the_live_model(vitrine_mini: EmbeddingModel) -> None:
    vitrine_mini.name = "ours"
    vitrine_mini.save()

    name, encoder = chosen_encoder(None)

    assert (name, encoder.checksum) == ("ours", vitrine_mini.checksum)


def test_a_live_model_that_cannot_be_used_is_not_replaced(db: None) -> None:
    make_model()

    with pytest.raises(EncoderUnavailable, match="nowhere does not exist"):
        chosen_encoder(None)


def test_without_a_live_model_it_is_the_bundled_one(db: None) -> None:
    make_model(state=EmbeddingModel.State.BUILDING)

    assert chosen_encoder(None)[0] == "vitrine-mini"


def test_without_a_database_it_is_the_bundled_one_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def live(self: EmbeddingModelQuerySet) -> None:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(EmbeddingModelQuerySet, "live", live)
    caplog.set_level("WARNING", "search.evaluation.encoder")

    assert chosen_encoder(None)[0] == "vitrine-mini"
    assert "(connection refused): vitrine-mini is used" in caplog.text
