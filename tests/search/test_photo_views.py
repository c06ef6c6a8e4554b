"""The camera's door: a photo is kept for its visitor, or the answer says why not."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from search.models import EmbeddingModel
from tests.factories import ProductFactory, picture_bytes, upload

pytestmark = pytest.mark.django_db

URL = "/search/photo/"


def test_a_photo_is_kept_and_answered_with_the_address_of_its_search(
    client: Client, vitrine_mini: EmbeddingModel
) -> None:
    ProductFactory(title="Boots", images=1)

    answer = client.post(URL, {"image": upload(picture_bytes())})

    assert answer.status_code == 201
    address = answer.json()["url"]
    assert address.startswith("/search/?photo=")
    page = client.get(address)
    assert page.context["photo_url"]
    assert len(page.context["page"].results) == 1


def test_a_photo_as_phones_take_them_is_kept(client: Client) -> None:
    """The words beside the camera name HEIC."""
    answer = client.post(URL, {"image": upload(picture_bytes(format="HEIF"), name="photo.heic")})

    assert answer.status_code == 201


def test_the_address_is_of_use_to_its_visitor_alone(client: Client) -> None:
    address = client.post(URL, {"image": upload(picture_bytes())}).json()["url"]

    assert Client().get(address).context["photo_lost"]


def test_an_origin_that_is_no_address_is_elsewhere(client: Client) -> None:
    photo = {"image": upload(picture_bytes())}

    answer = client.post(URL, photo, headers={"Origin": "http://["})

    assert answer.status_code == 201
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_pages_of_others_may_send_photos_too() -> None:
    """A search changes nothing, so it takes no token of ours; another's page learns nothing."""
    answer = Client(enforce_csrf_checks=True).post(URL, {"image": upload(picture_bytes())})

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"words", "not a picture"),
        (b"", "empty"),
        (picture_bytes()[:300], "damaged"),
        (picture_bytes((8, 8)), "too small"),
    ],
)
def test_what_is_no_picture_is_a_400_that_says_why(client: Client, data: bytes, words: str) -> None:
    answer = client.post(URL, {"image": upload(data)})

    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_nothing_sent_is_asked_for(client: Client) -> None:
    answer = client.post(URL, {"q": "boots"})

    assert answer.status_code == 400
    assert "no photo" in answer.json()["error"]


@pytest.mark.parametrize(("times", "limit"), [(1.1, "10 MB"), (1.3, "12 MB")])
def test_a_photo_that_is_too_large_is_a_413_that_says_what_is_taken(
    client: Client, times: float, limit: str
) -> None:
    data = b"\xff\xd8\xff" + bytes(int(settings.IMAGE_MAX_BYTES * times))

    answer = client.post(URL, {"image": upload(data)})

    assert answer.status_code == 413
    assert limit in answer.json()["error"]


def test_too_many_photos_are_told_how_long_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.photo_views.seconds_to_wait", lambda request: 7)

    answer = client.post(URL, {"image": upload(picture_bytes())})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "7"
    assert "7 seconds" in answer.json()["error"]


def test_a_cache_that_is_down_is_a_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: None)

    answer = client.post(URL, {"image": upload(picture_bytes())})

    assert answer.status_code == 503
    assert answer.json()["error"]


def test_looking_is_no_way_to_send(client: Client) -> None:
    assert client.get(URL).status_code == 405
