"""Two models asked the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import StringIO
from itertools import count
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image

from search.encoders import EncoderUnavailable
from search.models import EmbeddingModel, ModelComparison
from search.versions import comparing, dropping
from search.versions.table import lines
from tests.factories import CategoryFactory, ProductFactory
from tests.search.vectors import embed_image, embed_text, make_model

pytestmark = pytest.mark.django_db

COLOURS = ("red", "green", "blue", "yellow")


class Seeing:
    """Sees the mean colour of pictures, and reads colours; or, blind, the same in everything."""

    def __init__(self, dimension: int, *, blind: bool = False) -> None:
        self.dimension, self.blind = dimension, blind

    def vector(self, color: Sequence[float]) -> np.ndarray:
        found = np.zeros(self.dimension, np.float32)
        found[:4] = (1, 0, 0, 0) if self.blind else (0.3, *color)
        return found / np.linalg.norm(found)

    def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.vector(colour_of(text)) for text in texts])

    def encode_images(self, images: Sequence[Image.Image]) -> np.ndarray:
        means = [np.asarray(one.convert("RGB")).mean(axis=(0, 1)) / 255 for one in images]
        return np.stack([self.vector(mean) for mean in means])


def colour_of(text: str) -> tuple[float, float, float]:
    said = next((colour for colour in COLOURS if colour in text.lower()), "black")
    return tuple(part / 255 for part in Image.new("RGB", (1, 1), said).getpixel((0, 0)))  # type: ignore


@pytest.fixture
def two_models(monkeypatch: pytest.MonkeyPatch) -> comparing.Pair:
    live = make_model()
    building = EmbeddingModel.State.BUILDING
    new = make_model(reference="new", name="new", dimension=12, state=building)
    encoders: dict[int, Any] = {live.pk: Seeing(8), new.pk: Seeing(12, blind=True)}
    monkeypatch.setattr(EmbeddingModel, "encoder", lambda self: encoders[self.pk])
    category = CategoryFactory(name="Boots")
    for number in range(8):
        colour = COLOURS[number % 4]
        product = ProductFactory(title=f"{colour.capitalize()} boots", category=category, images=1)
        for model in (live, new):
            seen = encoders[model.pk].vector(colour_of(colour))
            embed_image(product.images.get(), model, seen)
            embed_text(product, model, seen)
    return comparing.Pair(new, live)


def test_it_says_how_far_each_sees_and_what_both_find(two_models: comparing.Pair) -> None:
    shares: list[float] = []

    figures = comparing.compare(two_models, progress=shares.append)

    assert figures["coverage"]["new"]["image"] == {"done": 8, "failed": 0, "waiting": 0}
    assert figures["models"]["new"]["dimension"] == 12
    assert figures["overlap_at_10"]["words"]["queries"] > 0
    assert figures["self"]["r_at_1"]["present"]["queries"] == 8 * len(comparing.CHANGES)
    pictures = [one for one in figures["samples"] if "product" in one]
    assert len(figures["samples"]) >= len(pictures) > 0
    assert all(one["product"] not in one["present"] for one in pictures)
    assert shares[-1] == 1.0
    json.dumps(figures)
    assert "overlap of the first ten" in "\n".join(lines(figures))


def test_on_a_slow_machine_fewer_questions_are_asked(
    two_models: comparing.Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "PART_SECONDS", -1.0)
    shares: list[float] = []

    figures = comparing.compare(two_models, progress=shares.append)

    assert figures["self"]["r_at_1"]["present"]["queries"] == 1
    assert figures["self"]["r_at_1"]["verdict"] == "too few queries to tell"
    assert shares[-1] == 1.0


def test_a_comparison_that_was_asked_for_is_made_and_kept(two_models: comparing.Pair) -> None:
    asked = comparing.ask_for(two_models.new)
    assert asked is not None and comparing.is_due()

    made = comparing.compare_next()

    assert made is not None
    assert (made.error, made.share, made.against) == ("", 1.0, two_models.present)
    assert made.figures is not None and not comparing.is_due()
    # Anew, in the place of the one before.
    comparing.ask_for(two_models.new)
    assert ModelComparison.objects.get().figures is None


def test_why_a_comparison_failed_is_kept(
    two_models: comparing.Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(self: EmbeddingModel) -> None:
        raise EncoderUnavailable("No export.")

    monkeypatch.setattr(EmbeddingModel, "encoder", unavailable)
    comparing.ask_for(two_models.new)

    made = comparing.compare_next()

    assert made is not None and made.error == "No export." and made.figures is None


def test_a_comparison_that_kills_its_worker_is_not_tried_for_ever(
    two_models: comparing.Pair,
) -> None:
    comparing.ask_for(two_models.new)
    ModelComparison.objects.update(attempts=ModelComparison.MAX_ATTEMPTS)

    made = comparing.compare_next()

    assert made is not None and made.error == comparing.DIED


@pytest.mark.parametrize("which", ["new", "present"])
def test_a_comparison_ends_with_either_of_its_models(
    two_models: comparing.Pair, which: str
) -> None:
    comparing.ask_for(two_models.new)
    gone = getattr(two_models, which)

    EmbeddingModel.objects.filter(pk=gone.pk).update(state=EmbeddingModel.State.DROPPING)

    assert not comparing.is_due()
    assert comparing.compare_next() is None
    dropping.drop_some(budget_seconds=-1)  # begins, and is cut off
    assert not ModelComparison.objects.exists()


def test_a_worker_stops_comparing_what_nobody_wants_any_more(
    two_models: comparing.Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparing.ask_for(two_models.new)
    ahead = count(step=2)  # seconds
    monkeypatch.setattr(comparing, "time", SimpleNamespace(monotonic=lambda: next(ahead)))
    steps: list[float] = []

    def compare(pair: comparing.Pair, *, progress: comparing.Progress) -> dict[str, Any]:
        progress(0.1)
        assert comparing.stop(pair.present)
        steps.append(0.1)
        progress(0.2)
        steps.append(0.2)
        return {}

    monkeypatch.setattr(comparing, "compare", compare)

    assert comparing.compare_next() is None
    assert steps == [0.1]


def test_the_live_model_is_compared_with_no_other(two_models: comparing.Pair) -> None:
    assert comparing.ask_for(two_models.present) is None


def test_the_command_prints_and_keeps_it(two_models: comparing.Pair) -> None:
    out = StringIO()

    call_command("model", "compare", "new", "--json", stdout=out)

    assert json.loads(out.getvalue())["models"]["present"]["name"] == "by-hand"
    assert ModelComparison.objects.get().figures is not None
