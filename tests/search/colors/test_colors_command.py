"""`manage.py colors`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from search.colors import upkeep
from search.models import PictureColors
from tests.factories import ProductFactory, ProductImageFactory

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("colors", *arguments, stdout=out)
    return out.getvalue()


def test_status_says_what_is_done_waiting_and_failed() -> None:
    broken = ProductImageFactory()
    broken.image.storage.delete(broken.image.name)
    PictureColors.objects.update(attempts=2)
    list(upkeep.make_due())
    ProductFactory(images=2)
    list(upkeep.make_due())
    ProductFactory(images=3)

    assert json.loads(run("status", "--json")) == {"done": 2, "waiting": 3, "failed": 1}
    lines = run("status").splitlines()
    assert lines[0] == "done: 2  waiting: 3  failed: 1"
    assert lines[1].startswith("  1 failed: The picture file cannot be read: ")


def test_rebuild_makes_all_anew() -> None:
    ProductFactory(images=2)
    list(upkeep.make_due())
    PictureColors.objects.update(shares=[1])

    assert json.loads(run("rebuild", "--now", "--json")) == {"due": 2, "made": 2}

    assert all(len(row.shares or []) > 1 for row in PictureColors.objects.all())


def test_without_now_a_worker_does_it() -> None:
    ProductFactory(images=2)
    list(upkeep.make_due())

    assert json.loads(run("rebuild", "--json")) == {"due": 2}

    assert upkeep.progress().waiting == 2


def test_retry_gives_failures_new_attempts() -> None:
    broken = ProductImageFactory()
    broken.image.storage.delete(broken.image.name)
    PictureColors.objects.update(attempts=2)
    list(upkeep.make_due())

    assert run("retry") == "retried: 1\n"

    assert upkeep.progress().waiting == 1
