"""A hot spot of a picture of the shop's as a query."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageChops

from search import crops, spots
from search.forms import SearchForm
from search.models import EmbeddingModel
from shop.editorial.models import Block, BlockPicture, Spot
from shop.editorial.parts import address_of
from tests.factories import CategoryFactory, ProductFactory, picture

pytestmark = pytest.mark.django_db

BOX = {"x": "0.5", "y": "0.25", "width": "0.5", "height": "0.5"}


def drawing() -> Image.Image:
    """A large picture, mostly grey, with shapes in the box."""
    whole = Image.new("RGB", (1600, 1200), "#d0d0d0")
    whole.paste(picture((800, 600), seed=5), (800, 300))
    return whole


@pytest.fixture
def spot() -> Spot:
    block = Block.objects.create(kind=Block.Kind.LOOK, title="A room")
    out = io.BytesIO()
    drawing().save(out, "JPEG", quality=95)
    BlockPicture.objects.create(
        block=block, alt="A room", image=ContentFile(out.getvalue(), name="room.jpg")
    )
    values = {name: Decimal(share) for name, share in BOX.items()}
    return Spot.objects.create(block=block, label="The chair", **values)


def test_a_spot_leads_to_the_search_for_what_is_in_it(spot: Spot) -> None:
    assert address_of(spot) == f"/search/?spot={spot.pk}"


def test_the_query_is_what_is_in_the_box_as_small_as_a_photo(spot: Spot) -> None:
    form = SearchForm({"spot": str(spot.pk)})

    assert form.is_valid(), form.errors

    photo = form.query.photo
    assert (photo.width, photo.height) == (512, 384)
    expected = drawing().crop((800, 300, 1600, 900)).resize((512, 384))
    difference = ImageChops.difference(photo.open(), expected).resize((1, 1))
    assert max(difference.getpixel((0, 0))) < 8
    assert form.photo == photo


def test_it_is_cut_out_once(spot: Spot, monkeypatch: pytest.MonkeyPatch) -> None:
    first = SearchForm({"spot": str(spot.pk)})
    assert first.is_valid()
    monkeypatch.setattr(crops, "cut", lambda *_: pytest.fail("cut again"))

    again = SearchForm({"spot": str(spot.pk)})

    assert again.is_valid()
    assert again.query.photo == first.query.photo


def test_another_box_is_another_photo(spot: Spot) -> None:
    first = spots.photo_of(spot)
    spot.x = Decimal("0.4")

    assert spots.photo_of(spot) != first


def test_a_part_of_it_can_be_meant_and_words_beside_it(spot: Spot) -> None:
    CategoryFactory(name="Chairs")
    asked = {"spot": str(spot.pk), "q": "in red", "category": "chairs", "crop": "0,0,0.5,1"}
    form = SearchForm(asked)

    assert form.is_valid(), form.errors

    assert (form.query.photo.width, form.query.photo.height) == (256, 384)
    assert (form.photo.width, form.query.text) == (512, "in red")


def gone(spot: Spot, why: str) -> None:
    block = spot.block
    if why == "unpublished":
        Block.objects.update(published=False)
    elif why == "over":
        Block.objects.update(published_until=timezone.now() - timedelta(minutes=1))
    elif why == "picture":
        block.picture.delete()
    elif why == "file":
        block.picture.image.storage.delete(block.picture.image.name)
    elif why == "damaged":
        file = Path(block.picture.image.path)
        file.write_bytes(file.read_bytes()[:400])
    else:
        spot.delete()


@pytest.mark.parametrize("why", ["unpublished", "over", "picture", "file", "damaged", "deleted"])
def test_what_is_no_longer_shown_is_said_and_the_rest_is_kept(
    client: Client, spot: Spot, why: str
) -> None:
    address = f"/search/?spot={spot.pk}&q=boots&price_max=50"
    gone(spot, why)

    answer = client.get(address)

    html = answer.content.decode()
    assert answer.status_code == 404
    assert "This picture is no longer shown." in html
    assert 'name="q" value="boots"' in html
    assert f"spot={spot.pk}" not in html.split("<main")[1]
    assert "?q=boots&amp;price_max=50" in html  # the way on


@pytest.mark.parametrize("key", ["0", "-1", "x", "1.5", "٣", "9" * 20, "9" * 19])
def test_a_key_that_is_none_is_no_picture(key: str) -> None:
    form = SearchForm({"spot": key})

    assert form.errors["spot"]


def test_by_a_spot_or_like_a_product_but_not_both(spot: Spot) -> None:
    form = SearchForm({"spot": str(spot.pk), "like": ProductFactory().slug})

    assert "like" in form.errors


def test_the_page_shows_the_part_and_can_be_shared(
    client: Client, spot: Spot, vitrine_mini: EmbeddingModel
) -> None:
    ProductFactory(title="Chair", images=1)

    for visitor in (client, Client()):
        answer = visitor.get(f"/search/?spot={spot.pk}")

        html = answer.content.decode()
        assert answer.status_code == 200
        assert answer.context["photo_url"].startswith("data:image/jpeg;base64,")
        assert answer.context["crop"] == {"x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0}
        assert f'name="spot" value="{spot.pk}"' in html  # words and filters refine it
        assert "Like “The chair” in the picture" in html
        assert 'placeholder="What should differ?"' in html
        assert 'aria-label="The picture that is looked like"' in html
        assert html.count('name="spot"') == 2  # once in the bar, once beside the filters
        assert 'content="noindex"' in html


def test_a_photo_takes_the_place_of_a_spot_and_words_keep_it(client: Client, spot: Spot) -> None:
    photo = ContentFile(b"", name="photo.jpg")
    out = io.BytesIO()
    picture(seed=9).save(out, "JPEG")
    photo = ContentFile(out.getvalue(), name="photo.jpg")

    by_words = client.post("/search/", {"spot": str(spot.pk), "q": "in red"})
    by_photo = client.post("/search/", {"spot": str(spot.pk), "image": photo})

    assert by_words.url == f"/search/?q=in+red&spot={spot.pk}"
    assert "spot" not in by_photo.url and "photo=" in by_photo.url


def test_an_app_can_search_by_a_spot(
    client: Client, spot: Spot, vitrine_mini: EmbeddingModel
) -> None:
    ProductFactory(title="Chair", images=1)

    answer = client.get("/api/v1/search/", {"spot": spot.pk, "describe": "1"})

    assert answer.status_code == 200
    assert answer.json()["photo"]["colors"]
    Block.objects.update(published=False)
    assert client.get("/api/v1/search/", {"spot": spot.pk}).json()["errors"]["spot"]
