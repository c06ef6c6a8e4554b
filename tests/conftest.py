"""What all tests share."""

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache


@pytest.fixture(scope="session", autouse=True)
def media() -> Iterator[None]:
    """Pictures of a run live in a folder of their own, gone afterwards."""
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()
