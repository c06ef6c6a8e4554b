"""The home page with blocks: what each kind shows, in what order, and at what cost."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shop.editorial.models import Block, BlockProduct
from tests.factories import BlockFactory, CategoryFactory, ProductFactory, SpotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def searched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something searches by spots, whether or not search is there."""
    monkeypatch.setattr(
        "shop.editorial.parts.spot_addresses", [lambda spot: f"/search/?spot={spot.pk}"]
    )


def home(client: Client | None = None, query: str = "") -> str:
    answer = (client or Client()).get(f"/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def collection(title: str, *products: str, **values: object) -> Block:
    block = BlockFactory(kind=Block.Kind.COLLECTION, title=title, **values)
    for position, name in enumerate(products):
        product = ProductFactory(title=name)
        BlockProduct.objects.create(block=block, product=product, position=position)
    return block


def titles(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", page)


# --- Without blocks -----------------------------------------------------------------------------


def test_without_blocks_it_shows_categories_and_what_is_new() -> None:
    ProductFactory(title="Red boots", category=CategoryFactory(name="Boots"))

    page = home()

    assert "Boots" in page
    assert "Red boots" in page
    assert "opening-pictured" not in page


def test_a_block_without_anything_to_show_is_left_out() -> None:
    BlockFactory(title="A look without a picture")
    collection("Empty", category=CategoryFactory())
    BlockFactory(kind=Block.Kind.CATEGORIES, title="No ways", category=CategoryFactory())

    page = home()

    assert not {"A look without a picture", "Empty", "No ways"} & {*titles(page)}


# --- Each kind ----------------------------------------------------------------------------------


def test_a_hero_that_comes_first_stands_beside_the_search() -> None:
    BlockFactory(
        kind=Block.Kind.HERO,
        title="A room",
        text="With a sofa.",
        link="/category/home/",
        link_label="See it",
        picture=True,
    )

    page = home()

    assert "opening-pictured" in page
    assert re.search(r'alt="Two fields"[^>]+loading="eager"[^>]+fetchpriority="high"', page)
    assert re.search(r'<a class="button button-quiet" href="/category/home/">See it</a>', page)
    assert "With a sofa." in page


def test_a_hero_further_below_loads_when_it_is_near() -> None:
    collection("First", "Red boots")
    BlockFactory(kind=Block.Kind.HERO, title="A room", picture=True)

    page = home()

    assert "opening-pictured" not in page
    assert re.search(r'alt="Two fields"[^>]+loading="lazy"', page)


def test_a_collection_shows_its_products_in_order() -> None:
    block = collection("Picked", "Red boots", "Blue mug", "Green sofa")
    first = BlockProduct.objects.get(product__title="Green sofa")
    BlockProduct.objects.filter(pk=first.pk).update(position=-0)
    BlockProduct.objects.filter(block=block).exclude(pk=first.pk).update(position=1)
    hidden = ProductFactory(title="Not for sale", published=False)
    BlockProduct.objects.create(block=block, product=hidden)

    section = home().partition("Picked")[2].partition("</section>")[0]

    assert re.findall(r"(Red boots|Blue mug|Green sofa|Not for sale)</a>", section) == [
        "Green sofa",
        "Red boots",
        "Blue mug",
    ]


def test_a_collection_of_a_category_shows_its_newest() -> None:
    shoes = CategoryFactory(name="Shoes")
    for number in range(9):
        ProductFactory(title=f"Boots {number}", category=CategoryFactory(parent=shoes))
    ProductFactory(title="A mug")
    collection("Of shoes", category=shoes)
    collection("Of all")

    page = home()

    of_shoes = page.partition("Of shoes")[2].partition("</section>")[0]
    of_all = page.partition("Of all")[2].partition("</section>")[0]
    assert re.findall(r"(Boots \d|A mug)</a>", of_shoes) == [f"Boots {n}" for n in range(8, 0, -1)]
    assert re.findall(r"(Boots \d|A mug)</a>", of_all)[:2] == ["A mug", "Boots 8"]


def test_tiles_lead_to_the_categories_below_one_or_to_the_top_ones() -> None:
    shoes = CategoryFactory(name="Shoes")
    CategoryFactory(name="Boots", parent=shoes)
    CategoryFactory(name="Rain boots", parent=CategoryFactory(name="Sandals", parent=shoes))
    BlockFactory(kind=Block.Kind.CATEGORIES, title="All", category=None)
    BlockFactory(kind=Block.Kind.CATEGORIES, title="On foot", category=shoes)

    page = home()

    below_all = page.partition(">All<")[2].partition("</section>")[0]
    below_shoes = page.partition(">On foot<")[2].partition("</section>")[0]
    assert re.findall(r"<span>([^<]+)</span>", below_all) == ["Shoes"]
    assert re.findall(r"<span>([^<]+)</span>", below_shoes) == ["Boots", "Sandals"]


def test_a_look_has_its_spots_in_the_picture_and_in_a_list() -> None:
    spot = SpotFactory(label="Red <boots>", block__title="By the door")

    page = home()

    link = f'href="/search/?spot={spot.pk}" rel="nofollow"'
    assert page.count(link) == 2
    assert 'aria-label="1 Red <boots>"' in page  # unescaped by `home`
    assert 'cx="25.00%" cy="50.00%"' in page
    assert 'x="0.00%" y="0.00%" width="50.00%" height="100.00%"' in page


def test_places_are_written_for_browsers_in_any_language() -> None:
    SpotFactory(x="0.125")

    page = home(Client(headers={"accept-language": "de"}))

    assert 'x="12.50%"' in page


def test_a_spot_that_leads_nowhere_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.editorial.parts.spot_addresses", [])
    block = SpotFactory(label="Lost").block
    SpotFactory(label="Boots", block=block, product=ProductFactory(slug="red-boots"))
    SpotFactory(label="Gone", block=block, product=ProductFactory(published=False))

    page = home()

    assert "Lost" not in page
    assert "Gone" not in page
    assert page.count('href="/product/red-boots/" rel="nofollow"') == 2
    assert 'class="scene-number"' in page


def test_a_text_of_somebody_else_is_no_markup() -> None:
    collection("<b>Bold</b>", "Red boots")

    assert "<h2" in Client().get("/").content.decode()
    assert "<b>Bold</b>" not in Client().get("/").content.decode()


# --- Order, languages, previews -----------------------------------------------------------------


def test_blocks_come_in_order_and_then_what_is_new() -> None:
    collection("Second", "Red boots", position=2)
    collection("First", "Blue mug", position=1)

    told = titles(home())

    assert [one for one in told if one in ("First", "Second", "New in")] == [
        "First",
        "Second",
        "New in",
    ]


def test_a_block_is_shown_in_its_language() -> None:
    collection("Für alle", "Stiefel", language="de")
    collection("For all", "Boots", language="en")

    german = titles(home(Client(headers={"accept-language": "de"})))
    english = titles(home())

    assert "Für alle" in german
    assert "For all" not in german
    assert "Für alle" not in english


def test_what_is_not_shown_yet_is_for_staff_who_ask_for_it() -> None:
    block = collection("Soon", "Boots", published_from=timezone.now() + timedelta(days=1))
    query = f"?block={block.pk}"
    staff = User.objects.create_user("ada", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_block"))
    packer = User.objects.create_user("eve", is_staff=True)
    shopper = User.objects.create_user("kim")

    def seen_by(user: User | None, query: str = query) -> bool:
        client = Client()
        if user:
            client.force_login(user)
        return "Soon" in titles(home(client, query))

    assert seen_by(staff)
    assert not seen_by(staff, "")
    assert not seen_by(packer)
    assert not seen_by(shopper)
    assert not seen_by(None)
    assert not seen_by(staff, "?block=1x")
    assert not seen_by(staff, f"?block={'9' * 40}")


def test_a_preview_says_that_it_is_one() -> None:
    block = collection("Soon", "Boots", published=False)
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))

    page = home(client, f"?block={block.pk}")

    assert "Only you see this: “Soon” is not on the shop at the moment." in page
    assert f"/admin/editorial/block/{block.pk}/change/" in page


# --- Cost ---------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_the_blocks(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    home()  # what is read once a process

    def compose() -> None:
        shoes = CategoryFactory()
        boots = CategoryFactory(parent=shoes)
        collection("Picked", "Red boots", "Blue mug")
        ProductFactory(category=boots, images=1)
        collection("Of a category", category=shoes)
        BlockFactory(kind=Block.Kind.CATEGORIES, category=shoes)
        BlockFactory(kind=Block.Kind.CATEGORIES)
        BlockFactory(kind=Block.Kind.HERO, picture=True)
        look = BlockFactory(picture=True)
        SpotFactory.create_batch(2, block=look, product=ProductFactory())

    compose()
    with django_assert_max_num_queries(40) as few:
        home()
    compose()
    compose()
    with django_assert_max_num_queries(len(few)):
        home()
