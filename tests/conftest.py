"""What all tests share."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unittest.mock import patch

import hypothesis
import pytest
from django.apps import apps
from django.conf import LazySettings, settings
from django.core.cache import cache
from django.core.management.commands import flush
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation

if TYPE_CHECKING:
    from search.models import EmbeddingModel

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("vitrine", parent=hypothesis.settings(), deadline=None)
hypothesis.settings.load_profile("vitrine")


@pytest.fixture(scope="session", autouse=True)
def media() -> Iterator[None]:
    """Pictures of a run live in a folder of their own, gone afterwards."""
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def quick_flush() -> Iterator[None]:
    """What a test has committed goes with all its tables' rows. What each model may be asked for
    stays: to write that anew, for every app, takes longer than to empty all tables."""
    kept = {"django_content_type", "auth_permission"}

    def statements(style: object, connection: BaseDatabaseWrapper, **_: bool) -> list[str]:
        tables = connection.introspection.django_table_names(only_existing=True)
        return connection.ops.sql_flush(style, sorted(set(tables) - kept))

    def after(*_: object) -> None:
        from shop.accounts import roles

        roles.apply()

    with (
        patch.object(flush, "sql_flush", statements),
        patch.object(flush, "emit_post_migrate_signal", after),
    ):
        yield


@pytest.fixture(autouse=True)
def plain_static_files(settings: LazySettings) -> None:
    """Pages name static files without the manifest that `collectstatic` writes."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def quick_passwords(settings: LazySettings) -> None:
    """A hash that takes no time: that of the shop takes half a second, on purpose, for each user
    that a test makes. (In the browser tests the shop hashes as it does anywhere.)"""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def fresh_store() -> None:
    """No test sees the shop's settings of the one before."""
    from shop.store.current import forget_store

    forget_store()


@pytest.fixture(autouse=True)
def untouched_ranking() -> None:
    """Nobody has changed what counts in searches. A process looks whether somebody has, now and
    then by the clock: one statement more, where statements are counted."""
    if not apps.is_installed("search"):
        return
    from search.desk import live

    live._kept = live._Kept(time.monotonic() + 3600, None, live.Live())


@pytest.fixture(autouse=True)
def no_language_left() -> Iterator[None]:
    """What the last request spoke stays active in its thread; the next test begins with none."""
    yield
    translation.deactivate()


@pytest.fixture
def vitrine_mini(db: None) -> EmbeddingModel:
    """The bundled model, live. Exported once, and loaded once a run."""
    from search import model_versions  # the shop's tests run without search, too

    return model_versions.build("vitrine-mini")
