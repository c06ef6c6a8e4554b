"""A web process searches by words and photo without torch."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from search.models import EmbeddingModel
from tests.e2e.servers import with_path
from tests.factories import ProductFactory

PROCESS = """
import sys
from shop.wsgi import application  # as gunicorn loads it
from django.test import Client
from tests.factories import upload

client = Client(headers={"host": "localhost"})
words = client.get("/api/v1/search/", {"q": "red boots"}).json()
photo = client.post("/api/v1/search/", {"image": upload()}).json()
assert words["notice"] == photo["notice"] == "", words
assert words["total"] == photo["total"] == 1, words
print([name for name in ("torch", "open_clip", "torchvision") if name in sys.modules])
"""


@pytest.mark.django_db(transaction=True)
def test_a_web_process_searches_without_torch(vitrine_mini: EmbeddingModel) -> None:
    ProductFactory(images=1)
    database = with_path(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])

    done = subprocess.run(
        [sys.executable, "-c", PROCESS],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
