"""A large shop that answers requests: in this process, and by gunicorn as in production."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from PIL import Image

from benchmarks.random_model import random_vit
from benchmarks.scale.catalogue import Catalogue
from benchmarks.scale.database import scale_shop
from benchmarks.scratch import drawing
from search import background, vector_indexes
from search.colors.names import NAMES
from search.encoders import get_encoder
from search.models import Embedding, EmbeddingModel, PictureColors, Stem
from search.words import lexicon

START_SECONDS = 60


@contextmanager
def serving_shop(products: int) -> Iterator[Catalogue]:
    """The shop of `benchmarks.scale`, with its indexes, static files that are collected, and an
    encoder of the size of CLIP's ViT-B/32 for what shoppers ask.

    Its weights are random: a query takes as long as a trained model's, and finds anything.
    """
    with (
        scale_shop(products) as catalogue,
        random_vit() as reference,
        tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as folder,
        override_settings(STATIC_ROOT=Path(folder)),
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        print("  preparing the model", flush=True)
        encoder = get_encoder(reference)
        model = EmbeddingModel.objects.get(state=EmbeddingModel.State.LIVE)
        list(vector_indexes.ensure(model))
        row = EmbeddingModel.objects.filter(pk=model.pk)
        row.update(reference=reference, checksum=encoder.checksum)
        _keep_statistics(row.get())
        try:
            yield catalogue
        finally:  # the database is kept, the encoder is not
            row.update(reference=model.reference, checksum=model.checksum)


def _keep_statistics(model: EmbeddingModel) -> None:
    """What tasks keep in the background, and searches rest on: words counted, the model's
    background measured, pictures' colours. Colours are drawn: there are no files."""
    if not Stem.objects.exists():
        print("  counting words", flush=True)
        lexicon.update()
    background.measure(model)
    model.refresh_from_db(fields=["background"])
    _expect_strange_photos(model)
    if PictureColors.objects.filter(shares=None).exists():
        print("  drawing colours", flush=True)
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE search_picturecolors
                   SET shares = ARRAY(SELECT CASE WHEN n = image_id %% %(colors)s THEN 700
                                                  WHEN n = (7 * image_id + 3) %% %(colors)s THEN 300
                                                  ELSE 0 END
                                        FROM generate_series(0, %(colors)s - 1) n)::smallint[],
                       main = ARRAY[image_id %% %(colors)s]::smallint[], due_at = NULL
                """,
                {"colors": len(NAMES)},
            )
            cursor.execute("VACUUM (ANALYZE) search_picturecolors")


def _expect_strange_photos(model: EmbeddingModel) -> None:
    """Photos that a random model sees are unlike all that was drawn for it, and would find nothing
    close: here they are what unrelated pictures are measured by."""
    asked = model.encoder().encode_images([Image.open(io.BytesIO(drawing(n))) for n in range(8)])
    pictures = background.sample(model, Embedding.Kind.IMAGE)
    cosines = asked @ pictures.T
    pairs = model.background["pairs"] | {
        "image-image": [float(cosines.mean()), float(cosines.std())]
    }
    EmbeddingModel.objects.filter(pk=model.pk).update(
        background={**model.background, "pairs": pairs, "measured_at": time.time()}
    )


@contextmanager
def gunicorn(processes: int) -> Iterator[int]:
    """The production command (docker-compose.yml) on Django's present database; gives the port.

    It is told that there is a proxy before it, so that each request may come from an address of its
    own: the limits on how often one visitor may search are looked at, and are nobody's obstacle.
    """
    port = _free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "shop.wsgi", f"--bind=127.0.0.1:{port}"),
        *(f"--workers={processes}", "--worker-tmp-dir=/dev/shm"),
        *("--max-requests=20000", "--max-requests-jitter=2000"),
        "--keep-alive=600",  # a round of slow questions is longer than the usual two seconds
    ]
    database = os.environ["DATABASE_URL"].rpartition("/")[0]
    environ = {
        **os.environ,
        "DATABASE_URL": f"{database}/{connection.settings_dict['NAME']}",
        "MODEL_CACHE": str(settings.MODEL_CACHE),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "STATIC_ROOT": str(settings.STATIC_ROOT),
        "BEHIND_PROXY": "1",
    }
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environ, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, port, log)
            yield port
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    log.seek(0)
    raise SystemExit(f"gunicorn does not answer:\n{log.read().decode()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
