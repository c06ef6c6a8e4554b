"""A few steps of training: they teach, stop and go on, and end as a model that open_clip loads."""

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from demo.assortment import KINDS
from demo.training.drawing_batches import DrawingBatches
from demo.training.drawings import held_out, load_drawings, training_look
from demo.training.loop import Stage, Trainer, UnusableCheckpoint
from demo.training.model import Average, encode_texts, new_model, new_tokenizer
from demo.training.photo_batches import PhotoBatches
from demo.training.photos import find_photos
from demo.training.views import make_shards, open_shards, shard_folders
from search.encoders.torch_clip import TorchEncoder
from tests.demo.training.test_views import photo_folder

LOOKS = 40


@pytest.fixture(scope="module")
def drawings(tmp_path_factory: pytest.TempPathFactory) -> DrawingBatches:
    """A few drawings to train on."""
    return DrawingBatches(*load_drawings(tmp_path_factory.mktemp("drawings"), 3, LOOKS, 1))


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> PhotoBatches:
    """A few photos to train on."""
    root = tmp_path_factory.mktemp("photos")
    found = find_photos(photo_folder(root))
    make_shards(found, None, root / "cache", 1, 1)
    return PhotoBatches(found, open_shards(shard_folders(found, None, root / "cache", 1)))


def stage(steps: int) -> Stage:
    return Stage("all", steps, 32, drawings=10, again=4, photos=6, rate=1e-3, until=1e-4)


def test_interrupted_training_goes_on_to_the_same_weights(
    drawings: DrawingBatches, photos: PhotoBatches, tmp_path: Path
) -> None:
    torch.set_num_threads(1)
    whole = Trainer(drawings, photos, tmp_path / "whole", 1)
    whole.run([stage(8)])

    # The rate's schedule is that of eight steps; the process ends after four of them.
    broken = Trainer(drawings, photos, tmp_path / "broken", 1)
    broken.stage = "all"
    for step in range(4):
        broken._take(stage(8), step, _done(broken._batch(stage(8), step)))
        broken.step = step + 1
    broken.save()
    again = Trainer(drawings, photos, tmp_path / "broken", 1)
    again.load()
    again.run([stage(8)])

    assert again.step == whole.step == 8
    assert again.pictures == whole.pictures == 8 * 20
    for name, value in whole.model.state_dict().items():
        assert torch.allclose(value.float(), again.model.state_dict()[name].float(), atol=1e-4), (
            name
        )


def _done(batch: Any) -> "Future[Any]":
    future: Future[Any] = Future()
    future.set_result(batch)
    return future


def test_a_log_that_was_cut_short_goes_on_whole(
    drawings: DrawingBatches, photos: PhotoBatches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.set_num_threads(1)
    monkeypatch.setattr("demo.training.loop.LOG_STEPS", 1)
    Trainer(drawings, photos, tmp_path, 1).run([stage(2)])
    log = tmp_path / "training.csv"
    log.write_text(log.read_text() + "all,9,9,1,99999,1e-3,14,1,1,1,1,1,1,1\nall,3")

    again = Trainer(drawings, photos, tmp_path, 1)
    again.load()
    again.run([stage(4)])

    lines = log.read_text().splitlines()
    assert [line.split(",")[1] for line in lines] == ["step", "1", "2", "3", "4"]


def test_a_checkpoint_of_another_run_or_half_of_one_is_refused(
    drawings: DrawingBatches, photos: PhotoBatches, tmp_path: Path
) -> None:
    trainer = Trainer(drawings, photos, tmp_path, 1)
    trainer.save()

    with pytest.raises(UnusableCheckpoint, match=r"of another run.*Name another --out"):
        Trainer(drawings, None, tmp_path, 1).load()
    trainer.checkpoint.write_bytes(trainer.checkpoint.read_bytes()[:1000])
    with pytest.raises(UnusableCheckpoint, match=r"cut short.*delete it"):
        trainer.load()


def test_what_training_writes_is_a_model_of_open_clip(
    drawings: DrawingBatches, photos: PhotoBatches, tmp_path: Path
) -> None:
    torch.set_num_threads(1)
    Trainer(drawings, photos, tmp_path, 1).run([stage(2)])

    encoder = TorchEncoder(f"local-dir:{tmp_path}")

    texts = encoder.encode_texts(["red boots", "a green mug"])
    pictures = encoder.encode_images([Image.new("RGB", (50, 90), "red")])
    assert texts.shape == (2, 256)
    assert pictures.shape == (1, 256)
    assert np.allclose(np.linalg.norm(texts, axis=1), 1, atol=1e-3)
    assert (tmp_path / "open_clip_model.safetensors").stat().st_size < 30_000_000


def test_texts_cut_short_have_the_vectors_of_the_whole_context() -> None:
    torch.manual_seed(1)
    model, tokenizer = new_model(64).eval(), new_tokenizer()
    tokens = tokenizer(["red boots", "a " * 30 + "very long text", ""])

    with torch.no_grad():
        ours = encode_texts(model, tokens)
        whole = model.encode_text(tokens, normalize=True)

    assert torch.allclose(ours, whole, atol=1e-5)


def test_the_learning_rate_rises_and_falls() -> None:
    plan = Stage("all", 2000, 96, drawings=1, again=0, photos=0, rate=1e-3, until=1e-4)

    rates = [plan.rate_at(step) for step in (0, 199, 1000, 2000)]

    assert rates[0] < 1e-5
    assert 9e-4 < rates[1] <= 1e-3
    assert abs(rates[2] - 5.5e-4) < 1e-9
    assert abs(rates[3] - 1e-4) < 1e-9


def test_the_average_forgets_the_random_start() -> None:
    layer = torch.nn.Linear(2, 2)
    average = Average(layer)
    with torch.no_grad():
        layer.weight.fill_(3.0)

    for _ in range(60):
        average.update(layer)

    assert torch.allclose(average.values["weight"], torch.tensor(3.0), atol=0.05)


def test_held_out_combinations_are_never_trained_on() -> None:
    looks = [training_look(1, index)[0] for index in range(600)]

    assert not any(held_out(look.kind, look.colour, look.pattern) for look in looks)
    assert len({look.kind for look in looks}) > 0.9 * len(KINDS)


def test_drawing_goes_on_where_it_was_interrupted(tmp_path: Path) -> None:
    looks, pixels = load_drawings(tmp_path, 3, 6, 1)
    whole = np.array(pixels)
    file = next(tmp_path.glob("*.npy"))
    file.with_suffix(".json").write_text('{"done": 4}')
    damaged = np.load(file, mmap_mode="r+")
    damaged[4:] = 0
    damaged.flush()

    _, again = load_drawings(tmp_path, 3, 6, 1)

    assert np.array_equal(again, whole)
    assert len(looks) == 6


def test_drawings_of_which_a_file_is_lost_are_drawn_anew(tmp_path: Path) -> None:
    _, pixels = load_drawings(tmp_path, 3, 4, 1)
    whole = np.array(pixels)
    next(tmp_path.glob("*.npy")).unlink()

    _, again = load_drawings(tmp_path, 3, 4, 1)

    assert np.array_equal(again, whole)
