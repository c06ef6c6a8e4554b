"""Tiny models, exported once for all tests here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings

from search import encoders
from search.encoders import prepare
from search.encoders.export import export
from search.encoders.onnx import OnnxEncoder
from search.encoders.torch_clip import TorchEncoder

from .tiny import make_model


@dataclass(frozen=True)
class Pair:
    """One model, served and in torch."""

    reference: str
    cache: Path
    served: OnnxEncoder
    torch: TorchEncoder


@pytest.fixture(scope="session")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Pair]:
    made: dict[str, Pair] = {}
    root = tmp_path_factory.mktemp("exports")

    def pair(kind: str) -> Pair:
        if kind not in made:
            reference = make_model(tmp_path_factory.mktemp("models") / kind, kind)
            if kind == "causal":
                # the whole way, in a process of its own
                with override_settings(MODEL_CACHE=root):
                    folder = prepare(reference)
            else:
                folder = export(reference, root)
            made[kind] = Pair(reference, root, OnnxEncoder(folder, 1), TorchEncoder(reference))
        return made[kind]

    return pair


@pytest.fixture(params=["causal", "bidirectional", "timm"])
def pair(request: pytest.FixtureRequest, pairs: Callable[[str], Pair]) -> Pair:
    return pairs(request.param)


@pytest.fixture
def causal(pairs: Callable[[str], Pair]) -> Pair:
    return pairs("causal")


@pytest.fixture
def no_encoders_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "_loaded", {})
