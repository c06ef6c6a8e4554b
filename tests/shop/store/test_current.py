"""The shop's settings: one row, made on first use, read once a request."""

import threading
from typing import Any

import pytest
from celery.signals import task_prerun
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from PIL import Image

from shop.store.current import current_store
from shop.store.models import Store
from tests.factories import picture_bytes, upload

pytestmark = pytest.mark.django_db


def test_the_first_use_takes_over_what_the_environment_says(settings: LazySettings) -> None:
    settings.SHOP_NAME, settings.SHOP_CURRENCY, settings.SHOP_LANGUAGE = "Laden", "EUR", "de"

    store = current_store()

    assert (store.name, store.currency, store.language) == ("Laden", "EUR", "de")
    assert Store.objects.get() == store


def test_once_it_is_there_the_environment_says_nothing(settings: LazySettings) -> None:
    Store.objects.update_or_create(pk=1, defaults={"name": "Mine", "currency": "EUR"})
    settings.SHOP_NAME = "Other"

    assert current_store().name == "Mine"


def test_it_is_read_once_for_each_request_and_task(
    client: Client, django_assert_num_queries: Any
) -> None:
    current_store()

    with django_assert_num_queries(0):
        current_store()
    Store.objects.update(name="Renamed by another process")

    assert "Renamed by another process" in client.get("/").content.decode()
    task_prerun.send(sender=None)
    with django_assert_num_queries(1):
        current_store()
        current_store()


def test_a_change_is_seen_at_once() -> None:
    current_store()

    other = Store.objects.get()
    other.name = "Renamed"
    other.save()

    assert current_store().name == "Renamed"


def test_there_is_no_second_row() -> None:
    current_store()

    with pytest.raises(IntegrityError, match="store_only_one"), transaction.atomic():
        Store.objects.create(pk=2, name="Second", currency="USD", language="en")


@pytest.mark.django_db(transaction=True)
def test_two_first_uses_at_once_make_one_row() -> None:
    names: list[str] = []

    def use() -> None:
        names.append(current_store().name)
        connection.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert names == ["Vitrine"] * 4
    assert Store.objects.count() == 1


def test_a_name_of_two_lines_is_refused() -> None:
    store = current_store()
    store.sender_name = "Shop\nBcc: everybody@example.com"

    with pytest.raises(ValidationError) as refused:
        store.full_clean()

    assert list(refused.value.message_dict) == ["sender_name"]


def test_the_logo_is_our_own_encoding(django_capture_on_commit_callbacks: Any) -> None:
    store = current_store()
    store.logo = upload(picture_bytes((300, 80), format="PNG"), name="../evil.png")
    store.save()
    first = store.logo.name

    with default_storage.open(first) as file:
        assert Image.open(file).format == "JPEG"
    assert (store.logo_width, store.logo_height) == (300, 80)
    assert first.startswith("store/") and "evil" not in first

    store.logo = upload(picture_bytes((200, 90), seed=2))
    with django_capture_on_commit_callbacks(execute=True):
        store.save()

    assert not default_storage.exists(first)
    assert default_storage.exists(Store.objects.get().logo.name)


def test_what_is_no_picture_is_no_logo() -> None:
    store = current_store()
    store.logo = upload(b"<svg onload=alert(1)>", name="logo.svg")

    with pytest.raises(ValidationError, match="SVG"):
        store.save()
