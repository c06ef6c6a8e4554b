"""An export is whole or not there, and belongs to the weights of now."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import torch
from pytest_django.fixtures import Settings

from search.encoders import EncoderUnavailable, cache, export, prepare
from search.encoders.cache import find_export

from .conftest import Pair
from .tiny import make_model


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Exports leave out their towers, which take seconds; gives the folders that were begun."""
    begun: list[Path] = []

    def write(encoder: Any, folder: Path) -> None:
        begun.append(folder)
        time.sleep(0.1)
        (folder / "text.onnx").write_bytes(b"a tower")
        export._write_manifest(encoder, {}, folder)

    monkeypatch.setattr(export, "_write", write)
    monkeypatch.setattr(export, "_compare", lambda encoder, folder: None)
    monkeypatch.setattr(export, "_add_int8", lambda folder: None)
    return begun


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "boots"


@pytest.fixture
def model(directory: Path) -> str:
    return make_model(directory, "causal")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    return folder


def test_a_second_use_finds_the_first_export(written: list[Path], model: str, root: Path) -> None:
    assert find_export(model, root) is None

    folder = export.export(model, root)

    assert folder.name.startswith("boots-")
    assert find_export(model, root) == folder
    assert export.export(model, root) == folder
    assert len(written) == 1


def test_finding_reads_no_weights(
    written: list[Path], model: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = export.export(model, root)

    def never(path: Path) -> str:
        raise AssertionError(f"read {path}")

    monkeypatch.setattr(cache, "file_digest", never)

    assert find_export(model, root) == folder


def test_changed_weights_never_meet_the_old_export(
    written: list[Path], model: str, directory: Path, root: Path
) -> None:
    old = export.export(model, root)

    make_model(directory, "causal", seed=1)

    assert find_export(model, root) is None
    new = export.export(model, root)
    assert new != old
    assert find_export(model, root) == new


def test_a_changed_configuration_makes_a_new_export(
    written: list[Path], model: str, directory: Path, root: Path
) -> None:
    old = export.export(model, root)
    file = directory / "open_clip_config.json"
    content = json.loads(file.read_text())

    file.write_text(json.dumps(content | {"preprocess_cfg": {"resize_mode": "squash"}}))

    assert find_export(model, root) is None
    assert export.export(model, root) != old


def test_the_same_files_with_a_new_date_keep_their_export(
    written: list[Path], model: str, directory: Path, root: Path
) -> None:
    # given what a fresh checkout does to the dates
    folder = export.export(model, root)
    for file in directory.iterdir():
        os.utime(file, (1, 1))

    assert find_export(model, root) == folder
    assert len(written) == 1


@pytest.mark.parametrize("damage", ["tower cut", "tower gone", "manifest cut", "manifest gone"])
def test_a_damaged_export_is_not_found_and_made_again(
    written: list[Path], model: str, root: Path, damage: str
) -> None:
    folder = export.export(model, root)
    what, how = damage.split()
    file = folder / {"tower": "text.onnx", "manifest": "manifest.json"}[what]
    if how == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:5])

    assert find_export(model, root) is None
    assert export.export(model, root) == folder
    assert find_export(model, root) == folder
    assert len(written) == 2


def test_changed_bytes_of_the_same_length_are_noticed_when_preparing(
    written: list[Path], model: str, root: Path
) -> None:
    folder = export.export(model, root)
    (folder / "text.onnx").write_bytes(b"A TOWER")

    assert not cache.is_intact(folder)
    assert export.export(model, root) == folder
    assert (folder / "text.onnx").read_bytes() == b"a tower"


def test_an_export_that_fails_leaves_nothing(
    written: list[Path], model: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def differs(encoder: Any, folder: Path) -> None:
        raise EncoderUnavailable("the export does not give the vectors of the model")

    monkeypatch.setattr(export, "_compare", differs)

    with pytest.raises(EncoderUnavailable, match="does not give the vectors"):
        export.export(model, root)

    assert find_export(model, root) is None
    assert not [path for path in root.iterdir() if path.name not in {"locks", "references"}]


def test_weights_that_change_meanwhile_are_not_exported(
    written: list[Path],
    model: str,
    directory: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        export, "_compare", lambda encoder, folder: make_model(directory, "causal", seed=2)
    )

    with pytest.raises(EncoderUnavailable, match="changed while"):
        export.export(model, root)

    assert find_export(model, root) is None


def test_two_at_a_time_export_once(written: list[Path], model: str, root: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(lambda _: export.export(model, root), range(2)))

    assert folders[0] == folders[1]
    assert len(written) == 1


def test_a_killed_export_is_never_used(
    written: list[Path], model: str, directory: Path, root: Path
) -> None:
    # given an exporting process that dies in the middle
    command = [sys.executable, "-m", "search.encoders.export", model, "--cache", str(root)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(root.glob(".partial-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert list(root.glob(".partial-*"))

    # then what it left is not found, does not hold up the next export, and goes with it
    assert find_export(model, root) is None
    folder = export.export(model, root)
    assert find_export(model, root) == folder
    assert not list(root.glob(".partial-*"))


def test_prepare_makes_a_whole_export_and_then_finds_it(causal: Pair, settings: Settings) -> None:
    # given a model that `prepare` exported in a process of its own
    settings.MODEL_CACHE = causal.cache
    folder = prepare(causal.reference)

    assert sorted(path.name for path in folder.iterdir()) == [
        "image.onnx",
        "image.onnx.data",
        "manifest.json",
        "preprocess.json",
        "text.onnx",
        "text.onnx.data",
        "tokenizer.json",
    ]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["reference"] == causal.reference
    assert manifest["checksum"] == cache.file_digest(
        Path(causal.reference.partition(":")[2]) / "open_clip_pytorch_model.bin"
    )
    assert manifest["dimension"] == 24
    assert manifest["causal_text"] is True
    # open_clip starts every model at CLIP's own temperature, 1 / 0.07.
    assert manifest["logit_scale"] == pytest.approx(1 / 0.07, rel=1e-4)
    assert manifest["tokenizer"]["context_length"] == 16
    assert set(manifest["versions"]) >= {"torch", "open_clip_torch", "onnxruntime"}
    assert folder == causal.served.folder


def test_an_export_that_cannot_be_made_says_why(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given weights of another architecture
    reference = make_model(tmp_path / "odd", "causal")
    torch.save({"a": torch.zeros(1)}, tmp_path / "odd" / "open_clip_pytorch_model.bin")

    assert export.main([reference, "--cache", str(root)]) == 1

    message = json.loads(capsys.readouterr().out.splitlines()[-1])["error"]
    assert f"cannot load {reference}" in message
    assert "get them again" in message


def test_a_cache_that_cannot_be_written_says_so(
    model: str, tmp_path: Path, settings: Settings
) -> None:
    settings.MODEL_CACHE = tmp_path / "a file"
    settings.MODEL_CACHE.write_text("not a folder")

    with pytest.raises(EncoderUnavailable, match="could not be written"):
        prepare(model)
