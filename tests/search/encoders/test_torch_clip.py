"""Loading models through open_clip, and saying clearly why one cannot be loaded."""

import importlib
import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import pytest

from search.encoders import EncoderUnavailable
from search.encoders.torch_clip import TorchEncoder, import_open_clip

from .tiny import make_model

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A hub that refuses the connection, and nothing downloaded before."""
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.mark.usefixtures("no_hub")
@pytest.mark.parametrize("reference", ["clip-vit-b-32", "marqo-fashionclip", "hf-hub:acme/boots"])
def test_a_hub_out_of_reach_says_what_to_do_at_once(reference: str) -> None:
    began = time.monotonic()

    with pytest.raises(EncoderUnavailable) as raised:
        TorchEncoder(reference)

    assert time.monotonic() - began < 10
    for advice in ("http://127.0.0.1:9 does not answer", "HTTPS_PROXY", "HF_HOME", "local-dir:"):
        assert advice in str(raised.value)
    assert not huggingface_hub.constants.HF_HUB_OFFLINE


def test_an_unknown_architecture_or_tag_names_those_there_are() -> None:
    with pytest.raises(EncoderUnavailable, match=r"no architecture 'ViT-B-33'.*Did you mean ViT-B"):
        TorchEncoder("ViT-B-33/openai")
    with pytest.raises(EncoderUnavailable, match=r"no weights 'mine'.*laion2b_s34b_b79k"):
        TorchEncoder("ViT-B-32/mine")


def test_a_missing_transformers_names_the_requirements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *rest: None if name == "transformers" else find_spec(name, *rest),
    )
    reference = make_model(tmp_path, "bidirectional")
    change_text(tmp_path, hf_tokenizer_name="acme/t5")

    for name in (reference, "ViT-B-16-SigLIP/webli", "clip-multilingual"):
        with pytest.raises(EncoderUnavailable, match=r"pip install -r requirements-models\.txt"):
            TorchEncoder(name)


def change_text(directory: Path, **fields: Any) -> None:
    file = directory / "open_clip_config.json"
    content = json.loads(file.read_text())
    content["model_cfg"]["text_cfg"] |= fields
    file.write_text(json.dumps(content))


def test_missing_weights_never_become_random_ones(tmp_path: Path) -> None:
    reference = make_model(tmp_path, "causal")
    (tmp_path / "open_clip_pytorch_model.bin").unlink()

    with pytest.raises(EncoderUnavailable, match="has no weights"):
        TorchEncoder(reference)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"model_cfg": 3}', "\x00"])
def test_a_bad_configuration_is_named(tmp_path: Path, content: str) -> None:
    reference = make_model(tmp_path, "causal")
    (tmp_path / "open_clip_config.json").write_text(content)

    with pytest.raises(EncoderUnavailable, match=r"open_clip_config\.json is not a configuration"):
        TorchEncoder(reference)


def test_weights_cut_short_are_refused(tmp_path: Path) -> None:
    reference = make_model(tmp_path, "causal")
    weights = tmp_path / "open_clip_pytorch_model.bin"
    weights.write_bytes(weights.read_bytes()[:1_000])

    with pytest.raises(EncoderUnavailable, match="cut short"):
        TorchEncoder(reference)


def test_torchvision_is_whole_after_open_clip_came_in() -> None:
    open_clip = import_open_clip()

    assert import_open_clip() is open_clip
    assert importlib.import_module("torchvision.transforms.functional").resize
    assert importlib.import_module("torchvision.ops").nms


# A hub on loopback, asked by open_clip's own download; afterwards the hub is gone.
DOWNLOADING = """
import hashlib, http.server, sys, threading
from pathlib import Path
directory = Path(sys.argv[1])

class Hub(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self, body=False):
        file = directory / self.path.rpartition("/")[2]
        found = self.path.startswith("/acme/boots/resolve/main/") and file.is_file()
        content = file.read_bytes() if found else b""
        self.send_response(200 if found else 404)
        if not found:
            self.send_header("X-Error-Code", "EntryNotFound")
        self.send_header("X-Repo-Commit", "a" * 40)
        self.send_header("ETag", hashlib.sha256(content).hexdigest())
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def do_GET(self):
        self.do_HEAD(body=True)

    def log_message(self, *args):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
threading.Thread(target=server.serve_forever, daemon=True).start()
import os
os.environ["HF_ENDPOINT"] = f"http://127.0.0.1:{server.server_port}"
from search.encoders.torch_clip import TorchEncoder
first = TorchEncoder("hf-hub:acme/boots")
server.shutdown()
server.server_close()
again = TorchEncoder("hf-hub:acme/boots")
texts = ["red boots"]
assert (first.encode_texts(texts) == again.encode_texts(texts)).all()
print(first.reference, first.checksum)
"""


def test_a_downloaded_model_works_after_the_hub_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = make_model(tmp_path / "boots", "causal")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    command = [sys.executable, "-c", DOWNLOADING, str(tmp_path / "boots")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["hf-hub:acme/boots", TorchEncoder(reference).checksum]
