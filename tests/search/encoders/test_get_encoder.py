"""The way to an encoder: by name, once a process, without torch."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django.fixtures import Settings

from search import encoders
from search.encoders import EncoderUnavailable, get_encoder, onnx, resolve
from search.encoders.presets import PRESETS

from .conftest import Pair
from .tiny import make_model

pytestmark = pytest.mark.usefixtures("no_encoders_loaded")

ROOT = Path(__file__).resolve().parents[3]

# A web process: settings, an encoder, both kinds of query, and a fork that goes on.
SERVING = """
import json, os, sys
from pathlib import Path
from django.conf import settings
reference, cache = sys.argv[1:]
settings.configure(
    BASE_DIR=Path("."), MODEL_CACHE=Path(cache), ENCODER_EXPORTS=False, ENCODER_THREADS=2,
    ENCODER_INT8=True,
)
from PIL import Image
from search.encoders import for_queries, get_encoder

def vectors():
    encoder = get_encoder(reference)
    texts = encoder.encode_texts(["red boots"])
    query = for_queries(encoder).encode_query_text("red boots")
    images = encoder.encode_images([Image.new("RGB", (50, 40), "red")])
    return [query.tolist(), *texts.tolist(), *images.tolist()]

first = vectors()
child = os.fork()
if not child:
    # as multiprocessing's and Celery's children end
    os._exit(0 if vectors() == first else 1)
heavy = {"torch", "open_clip", "torchvision", "timm", "transformers", "onnx"}
print(json.dumps({
    "vectors": first,
    "child": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]),
    "heavy": sorted(heavy & set(sys.modules)),
}))
"""


def test_a_serving_process_holds_neither_torch_nor_open_clip(causal: Pair) -> None:
    command = [sys.executable, "-c", SERVING, causal.reference, str(causal.cache)]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["heavy"] == []
    assert answer["child"] == 0
    expected = causal.torch.encode_texts(["red boots"])[0]
    np.testing.assert_allclose(answer["vectors"][0], expected, atol=1e-5)


def test_an_encoder_is_loaded_once(
    causal: Pair, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODEL_CACHE = causal.cache
    made: list[Path] = []
    original = onnx.OnnxEncoder.__init__

    def counting(self: onnx.OnnxEncoder, folder: Path, *options: Any) -> None:
        made.append(folder)
        original(self, folder, *options)

    monkeypatch.setattr(onnx.OnnxEncoder, "__init__", counting)

    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(get_encoder, [causal.reference] * 16))

    assert len(made) == 1
    assert len({id(encoder) for encoder in loaded}) == 1


def test_a_preset_is_named_in_any_case(settings: Settings) -> None:
    settings.BASE_DIR = Path("/shop")

    assert resolve(" Vitrine-Mini ") == "local-dir:/shop/models/vitrine-mini"
    assert resolve("marqo-fashionSigLIP") == "hf-hub:Marqo/marqo-fashionSigLIP"
    for name, reference in PRESETS.items():
        assert resolve(resolve(name)) == resolve(reference)


@pytest.mark.parametrize(
    ("reference", "resolved"),
    [
        ("local-dir:models/../mine", "local-dir:/shop/mine"),
        ("local-dir:/else/where", "local-dir:/else/where"),
        ("hf-hub:acme/boots-v1.0", "hf-hub:acme/boots-v1.0"),
        ("ViT-B-16/openai", "ViT-B-16/openai"),
        ("oip:https://gpu.example:8000/clip", "oip:https://gpu.example:8000/clip"),
    ],
)
def test_references_are_taken_as_they_are(
    settings: Settings, reference: str, resolved: str
) -> None:
    settings.BASE_DIR = Path("/shop")

    assert resolve(reference) == resolved


@pytest.mark.parametrize(
    "name", ["", "vitrine", "local-dir:", "hf-hub:boots", "a/b/c", "oip:ftp://x/y", "oip:http://x"]
)
def test_an_unknown_name_lists_what_there_is(name: str) -> None:
    with pytest.raises(EncoderUnavailable) as raised:
        get_encoder(name)

    message = str(raised.value)
    for part in [*PRESETS, "local-dir:PATH", "hf-hub:ORG/NAME", "architecture/pretrained-tag"]:
        assert part in message


def test_a_missing_directory_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"gone does not exist.*open_clip_config\.json"):
        get_encoder(f"local-dir:{tmp_path}/gone")
    with pytest.raises(EncoderUnavailable, match=r"has no open_clip_config\.json"):
        get_encoder(f"local-dir:{tmp_path}")


def test_a_process_that_may_not_export_names_the_command(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MODEL_CACHE, settings.ENCODER_EXPORTS = tmp_path / "cache", False
    settings.BASE_DIR = tmp_path
    make_model(tmp_path / "models" / "vitrine-mini", "causal")

    for name in ("vitrine-mini", "clip-vit-b-32"):
        with pytest.raises(EncoderUnavailable, match=f"Run `manage.py model build {name}`"):
            get_encoder(name)


def test_a_broken_export_is_never_served(
    causal: Pair, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an export with its sizes right and its bytes wrong
    folder = tmp_path / "broken"
    folder.mkdir()
    for file in causal.served.folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    for name in ("tokenizer.json", "image.onnx"):
        (folder / name).write_bytes(b"\0" * (folder / name).stat().st_size)
    monkeypatch.setattr(encoders, "find_export", lambda resolved: folder)
    monkeypatch.setattr(encoders, "prepare", lambda resolved: causal.served.folder)

    # then a process that may not export says what to run, and one that may makes it again
    settings.ENCODER_EXPORTS = False
    with pytest.raises(EncoderUnavailable, match=r"cannot be read.*manage\.py model build"):
        get_encoder(causal.reference)
    settings.ENCODER_EXPORTS = True
    assert get_encoder(causal.reference).encode_texts(["boots"]).shape == (1, 24)


def test_a_broken_tower_says_what_to_run(causal: Pair, tmp_path: Path) -> None:
    for file in causal.served.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "text.onnx").write_bytes(b"not a graph")

    with pytest.raises(EncoderUnavailable, match=r"cannot be read.*manage\.py model build"):
        onnx.OnnxEncoder(tmp_path).encode_texts(["boots"])


def test_the_bundled_model_is_served_as_in_torch(settings: Settings) -> None:
    from PIL import Image

    from search.encoders.torch_clip import TorchEncoder

    served, reference = get_encoder("vitrine-mini"), TorchEncoder("vitrine-mini")
    texts = ["red boots", "", "a green mug with a handle " * 20]
    image = Image.linear_gradient("L").convert("RGB").resize((300, 200))

    assert served.checksum == reference.checksum
    np.testing.assert_allclose(served.encode_texts(texts), reference.encode_texts(texts), atol=1e-5)
    assert (served.encode_images([image]) @ reference.encode_images([image]).T).item() > 0.9999
