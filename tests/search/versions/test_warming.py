"""Web processes have the next model loaded before it answers, and no more than they need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from PIL import Image

from search import encoders, model_versions
from search.encoders import EncoderUnavailable
from search.models import EmbeddingModel
from search.versions import warming
from tests.search.vectors import make_model, unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cold() -> Iterator[None]:
    warming._warm.clear()
    yield
    warming._warm.clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often each model's towers were asked."""
    counted: Counter[tuple[str, str]] = Counter()

    class Encoder:
        def __init__(self, name: str) -> None:
            self.name = name

        def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
            counted[self.name, "text"] += 1
            return np.stack([unit(1)])

        def encode_images(self, images: Sequence[Image.Image]) -> np.ndarray:
            counted[self.name, "image"] += 1
            return np.stack([unit(1)])

    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: Encoder(self.name))
    return counted


def building() -> EmbeddingModel:
    state = EmbeddingModel.State.BUILDING
    return make_model(name="next", reference="local-dir:next", state=state)


def test_the_live_model_and_the_next_are_loaded_once(asked: Counter[tuple[str, str]]) -> None:
    make_model()
    building()

    warming.look()
    warming.look()

    assert set(asked.values()) == {1}
    assert set(asked) == {(name, t) for name in ("by-hand", "next") for t in ("text", "image")}


def test_what_is_not_needed_any_more_is_let_go_of(
    asked: Counter[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    released: list[set[str]] = []
    monkeypatch.setattr(encoders, "release", lambda *, keep: released.append(keep))
    first = make_model(reference="local-dir:first")
    second = building()
    warming.look()
    model_versions.switch(second)
    warming.look()  # the one before is kept for the way back
    first.refresh_from_db()

    model_versions.drop(first)
    warming.look()

    assert [len(keep) for keep in released] == [2, 2, 1]
    assert set(warming._warm) == {second.pk}


def test_a_model_whose_files_are_not_there_yet_is_tried_again(
    asked: Counter[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = make_model()
    known = EmbeddingModel.encoder
    monkeypatch.setattr(EmbeddingModel, "encoder", _unavailable)
    warming.look()
    assert not warming._warm

    monkeypatch.setattr(EmbeddingModel, "encoder", known)
    warming.look()

    assert set(warming._warm) == {model.pk}


def _unavailable(model: EmbeddingModel) -> None:
    raise EncoderUnavailable("No export yet.")
