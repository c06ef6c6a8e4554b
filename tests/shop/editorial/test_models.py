"""Blocks and spots: what is shown when, what the database refuses, where links may lead."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shop.editorial.addresses import check_address, without_host
from shop.editorial.models import Block, BlockPicture, BlockProduct, Spot
from shop.editorial.parts import address_of
from tests.factories import (
    BlockFactory,
    CategoryFactory,
    ProductFactory,
    SpotFactory,
    upload,
)

pytestmark = pytest.mark.django_db


# --- What is shown ------------------------------------------------------------------------------


def test_shown_is_what_is_published_and_within_its_time() -> None:
    now, hour = timezone.now(), timedelta(hours=1)
    always = BlockFactory()
    begun = BlockFactory(published_from=now - hour, published_until=now + hour)
    BlockFactory(published=False)
    BlockFactory(published_from=now + hour)
    BlockFactory(published_until=now - hour)

    shown = list(Block.objects.shown())

    assert shown == [always, begun]
    assert [block for block in Block.objects.all() if block.is_shown] == shown


def test_a_block_of_another_language_is_not_shown_in_this_one() -> None:
    for_all, german = BlockFactory(), BlockFactory(language="de")

    assert list(Block.objects.in_language("en-gb")) == [for_all]
    assert list(Block.objects.in_language("de-at")) == [for_all, german]


def test_blocks_stand_in_order() -> None:
    last, first = BlockFactory(position=2), BlockFactory(position=1)

    assert list(Block.objects.all()) == [first, last]


def test_spots_of_what_is_not_shown_are_not() -> None:
    spot = SpotFactory()
    SpotFactory(block__published=False)
    SpotFactory(block__picture=None)
    SpotFactory(block__kind=Block.Kind.HERO)

    assert list(Spot.objects.shown()) == [spot]


def test_blocks_are_read_in_full_by_few_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        block = BlockFactory(picture=True)
        SpotFactory.create_batch(2, block=block, product=ProductFactory())
    BlockFactory(kind=Block.Kind.CATEGORIES)

    with django_assert_num_queries(3):
        blocks = list(Block.objects.in_full())
        for block in blocks[:3]:
            assert block.picture.alt
            assert all(spot.product for spot in block.spots.all())


# --- What the database refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    "box",
    [
        {"x": "-0.1"},
        {"y": "-0.1"},
        {"width": "0.01"},
        {"height": "0"},
        {"x": "0.6", "width": "0.5"},
        {"y": "0.0001", "height": "1"},
    ],
)
def test_a_spot_lies_within_the_picture(box: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotFactory(**{side: Decimal(value) for side, value in box.items()})


def test_a_spot_may_reach_the_edge_exactly() -> None:
    box = {"x": "0.3333", "y": "0.7", "width": "0.6667", "height": "0.3"}

    spot = SpotFactory(**{side: Decimal(value) for side, value in box.items()})
    spot.full_clean()

    assert spot.box == (0.3333, 0.7, 0.6667, 0.3)


def test_a_spot_says_what_it_is() -> None:
    with pytest.raises(IntegrityError):
        SpotFactory(label="")


def test_a_block_ends_after_it_begins() -> None:
    now = timezone.now()

    with pytest.raises(IntegrityError):
        BlockFactory(published_from=now, published_until=now)


@pytest.mark.parametrize("half", [{"link": "/"}, {"link_label": "Look"}])
def test_a_link_has_words_and_an_address(half: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as refused:
        BlockFactory.build(**half).full_clean()

    assert "A link takes both its words and its address." in str(refused.value)


def test_a_product_is_in_a_collection_once() -> None:
    block, product = BlockFactory(kind=Block.Kind.COLLECTION), ProductFactory()
    BlockProduct.objects.create(block=block, product=product)

    with pytest.raises(IntegrityError):
        BlockProduct.objects.create(block=block, product=product)


# --- Pictures -----------------------------------------------------------------------------------


def test_a_picture_passes_the_intake() -> None:
    block = BlockFactory()

    with pytest.raises(ValidationError, match="SVG"):
        BlockPicture.objects.create(block=block, image=upload(b"<svg/>"), alt="A drawing")


def test_a_picture_is_stored_with_its_size_and_deleted_with_its_block(
    django_capture_on_commit_callbacks: object,
) -> None:
    block = BlockFactory(picture=True)
    picture = BlockPicture.objects.get()
    storage, name = picture.image.storage, picture.image.name
    assert (picture.width, picture.height) == (120, 80)
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        block.delete()

    assert not storage.exists(name)


def test_the_former_picture_goes_when_another_comes(
    django_capture_on_commit_callbacks: object,
) -> None:
    BlockFactory(picture=True)
    picture = BlockPicture.objects.get()
    storage, former = picture.image.storage, picture.image.name

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        picture.image = upload()
        picture.save()

    assert not storage.exists(former)
    assert storage.exists(picture.image.name)


# --- Where things lead --------------------------------------------------------------------------


def test_addresses_of_pages_of_the_shop_are_taken() -> None:
    CategoryFactory(name="Boots")
    ProductFactory(slug="red-boots")

    for address in ("/", "/category/boots/?page=2", "/product/red-boots/#more", "/contact/"):
        check_address(address)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://example.com/", "leads away from the shop"),
        ("//example.com/", "leads away from the shop"),
        ("javascript:alert(1)", "leads away from the shop"),
        ("category/boots/", "begins with a slash"),
        ("/category/none/", "has no page /category/none/"),
        ("/product/none/", "has no page"),
        ("/nowhere/", "has no page"),
        ("http://[shop/", "has no page"),
        ("/admin/", "Shoppers are not sent there"),
        ("/healthz", "Shoppers are not sent there"),
    ],
)
def test_other_addresses_are_refused_with_words(address: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        check_address(address)


def test_the_shop_s_own_name_is_taken_off_an_address() -> None:
    assert without_host(" https://shop.example/search/?q=a ", host="shop.example") == "/search/?q=a"
    assert without_host("https://shop.example", host="shop.example") == "/"
    assert without_host("https://else.example/", host="shop.example") == "https://else.example/"
    assert without_host(" http://[shop ", host="shop.example") == "http://[shop"


def test_a_spot_leads_where_others_say_else_to_its_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.editorial.parts.spot_addresses", [])
    spot, bare = SpotFactory(product=ProductFactory(slug="red-boots")), SpotFactory()
    hidden = SpotFactory(product=ProductFactory(published=False))

    assert address_of(spot) == "/product/red-boots/"
    assert address_of(bare) == ""
    assert address_of(hidden) == ""

    monkeypatch.setattr(
        "shop.editorial.parts.spot_addresses",
        [lambda spot: "", lambda spot: f"/search/?spot={spot.pk}"],
    )
    assert address_of(bare) == f"/search/?spot={bare.pk}"
