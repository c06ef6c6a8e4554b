"""The search page: addresses, photos, statuses."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from search.models import EmbeddingModel
from tests.factories import CategoryFactory, ProductFactory, picture_bytes, upload

pytestmark = pytest.mark.django_db

URL = "/search/"


def test_the_bare_page_invites(client: Client) -> None:
    response = client.get(URL)

    assert response.status_code == 200
    assert response.context["page"] is None


def test_words_posted_become_an_address_that_can_be_shared(client: Client) -> None:
    response = client.post(URL, {"q": "red boots", "in_stock": "on"})

    assert response.status_code == 303
    assert response["Location"] == "/search/?q=red+boots&in_stock=on"


def test_a_photo_is_kept_for_its_visitor_and_shown_back(
    client: Client, vitrine_mini: EmbeddingModel
) -> None:
    ProductFactory(title="Boots", images=1)
    response = client.post(URL, {"image": upload(picture_bytes()), "q": "in red"})
    address = response["Location"]
    assert "photo=" in address and "q=in+red" in address

    page = client.get(address)

    assert page.status_code == 200
    assert page.context["photo_url"].startswith("data:image/jpeg;base64,")
    assert "photo=" not in page.context["remove_photo_url"]
    assert b'content="noindex' in page.content


def test_a_new_photo_takes_the_place_of_the_product_looked_like_so_far(client: Client) -> None:
    product = ProductFactory(images=1)

    response = client.post(URL, {"image": upload(picture_bytes()), "like": product.slug})

    assert response.status_code == 303
    assert "like=" not in response["Location"]


def test_a_photo_is_private_to_its_page_and_its_owner(
    client: Client, vitrine_mini: EmbeddingModel
) -> None:
    ProductFactory(images=1)
    # given a session key of the visitor's own invention
    client.cookies["sessionid"] = "attackerchosen12345678"

    page = client.post(URL, {"image": upload(picture_bytes())}, follow=True)

    assert page["Cache-Control"] == "private, no-store"
    assert client.cookies["sessionid"].value != "attackerchosen12345678"


def test_a_photo_of_another_visitor_is_not_found(client: Client) -> None:
    ProductFactory(title="Boots")
    address = client.post(URL, {"image": upload(picture_bytes()), "q": "boots"})["Location"]

    page = Client().get(address)

    assert page.status_code == 200
    assert page.context["photo_url"] == ""
    assert b"no longer kept" in page.content


def test_a_photo_that_is_no_longer_kept_is_asked_for_again(client: Client) -> None:
    page = client.get(URL, {"photo": "long-gone"})

    assert page.status_code == 200
    assert b"no longer kept" in page.content


def test_a_photo_is_answered_even_if_it_cannot_be_kept(
    client: Client, vitrine_mini: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProductFactory(images=1)
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: None)

    page = client.post(URL, {"image": upload(picture_bytes())})

    assert page.status_code == 200
    assert len(page.context["page"].results) == 1
    assert page.context["photo_url"]


def test_without_encoder_a_photo_gets_a_clear_503(client: Client) -> None:
    ProductFactory(images=1)

    page = client.post(URL, {"image": upload(picture_bytes())}, follow=True)

    assert page.status_code == 503
    assert "Try words" in page.content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"q": ""}, "Say what you look for"),
        ({"q": "x" * 10_000}, "at most 500 characters"),
        ({"q": "a\x00b"}, "Null characters"),
        ({"q": "x", "category": "nowhere"}, "no category"),
        ({"q": "x", "price_min": "-3"}, "below zero"),
        ({"q": "x", "page": "1000000000"}, "Pages go from 1 to 42"),
    ],
)
def test_bad_input_is_a_400_that_says_why(client: Client, data: dict, words: str) -> None:
    response = client.get(URL, data)

    assert response.status_code == 400
    assert words in response.content.decode()


@pytest.mark.parametrize("data", [b"words", picture_bytes()[:300]])
def test_a_file_that_is_no_picture_is_a_400(client: Client, data: bytes) -> None:
    response = client.post(URL, {"image": upload(data)})

    assert response.status_code == 400
    assert response.context["form"].errors["image"]


def test_a_page_too_far_is_a_404_that_says_how_many_there_are(client: Client) -> None:
    CategoryFactory(name="Boots")

    response = client.get(URL, {"category": "boots", "page": "7"})

    assert response.status_code == 404
    assert "This search has 1 page" in response.content.decode()


def test_htmx_gets_only_the_results(client: Client) -> None:
    ProductFactory(category=CategoryFactory(name="Boots"))

    whole = client.get(URL, {"category": "boots"})
    part = client.get(URL, {"category": "boots"}, headers={"HX-Request": "true"})

    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert "HX-Request" in part["Vary"]


def test_pages_link_to_each_other_and_keep_the_filters(client: Client) -> None:
    boots = CategoryFactory(name="Boots")
    for _ in range(30):
        ProductFactory(category=boots)

    first = client.get(URL, {"category": "boots", "in_stock": "on"})
    second = client.get(first.context["next_url"])

    assert first.context["next_url"] == "/search/?category=boots&in_stock=on&page=2"
    assert len(second.context["page"].results) == 6
    assert second.context["next_url"] == ""


def test_a_filter_in_force_can_be_removed(client: Client) -> None:
    ProductFactory(category=CategoryFactory(name="Boots"))

    page = client.get(URL, {"category": "boots", "price_max": "50"})

    assert ("Boots", "/search/?price_max=50") in page.context["active_filters"]


def test_a_product_page_leads_to_more_like_it(client: Client) -> None:
    product = ProductFactory(images=1)

    page = client.get(product.get_absolute_url())

    assert f"{reverse('search:page')}?like={product.slug}" in page.content.decode()
