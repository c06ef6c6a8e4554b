"""`manage.py duplicates`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from search.duplicates import upkeep
from search.models import EmbeddingModel, PictureSignature
from tests.search.duplicates.pictures import CHANGES, photo, pictured_product

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("duplicates", *arguments, stdout=out)
    return out.getvalue()


def test_status_says_what_is_compared_and_found(model: EmbeddingModel) -> None:
    broken = pictured_product(photo(2), model)
    broken.image.storage.delete(broken.image.name)
    PictureSignature.objects.update(attempts=2)
    list(upkeep.compare_due())
    pictured_product(photo(1), model)
    pictured_product(CHANGES["webp"](photo(1)), model)
    list(upkeep.compare_due())
    pictured_product(photo(4), model)

    counts = {"compared": 2, "waiting": 1, "failed": 1, "open": 1, "same": 0, "different": 0}
    assert json.loads(run("status", "--json")) == counts
    first, second = run("status").splitlines()
    assert first.startswith("compared: 2  waiting: 1  failed: 1")
    assert second.startswith("  1 failed: The picture file cannot be read: ")
    assert json.loads(run("retry", "--json")) == {"retried": 1}
