"""A small catalogue, loaded once for all that ask for it, and gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from benchmarks.scale.catalogue import Catalogue
from benchmarks.scale.filtering import Shop
from benchmarks.scale.load import load


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Shop]:
    """A shop of 2,000 products that is in the database, in a transaction that is undone."""
    catalogue = Catalogue(2_000, dimension=64)
    with django_db_blocker.unblock(), transaction.atomic():
        load(catalogue)
        connection.check_constraints()  # the deferred ones, too
        with connection.cursor() as cursor:  # not with what was known of the tables of other tests
            cursor.execute("ANALYZE")
        yield Shop(catalogue)
        transaction.set_rollback(True)
