"""The search page: addresses, photos, statuses."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search import choices, facets, router
from search.models import EmbeddingModel
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    VariantFactory,
    picture_bytes,
    upload,
)
from tests.search.colors.stored import paint
from tests.search.vectors import make_model

pytestmark = pytest.mark.django_db

URL = "/search/"


def test_the_bare_page_invites(client: Client) -> None:
    response = client.get(URL)

    assert response.status_code == 200
    assert response.context["page"] is None
    assert client.head(URL).status_code == 200  # as who checks links asks


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


def test_a_part_of_the_photo_is_searched_with_and_can_be_taken_back(
    client: Client, vitrine_mini: EmbeddingModel
) -> None:
    ProductFactory(title="Boots", images=1)
    address = client.post(URL, {"image": upload(picture_bytes((80, 80)))})["Location"]

    page = client.get(f"{address}&crop=0.5,0,1,1")

    assert page.status_code == 200
    assert page.context["form"].query.photo.width == 40
    assert page.context["crop"] == {"x": 0.5, "y": 0.0, "width": 0.5, "height": 1.0}
    assert "crop=" not in page.context["whole_photo_url"]
    assert "crop=" not in page.context["remove_photo_url"]


def test_a_part_that_is_none_is_told_what_it_should_be(client: Client) -> None:
    page = client.get(URL, {"q": "boots", "crop": "1,2,3"})

    assert page.status_code == 400
    assert "as shares of its width and height" in page.content.decode()


def test_a_new_photo_is_searched_with_whole(client: Client) -> None:
    response = client.post(URL, {"image": upload(picture_bytes()), "crop": "0,0,0.5,0.5"})

    assert response.status_code == 303
    assert "crop=" not in response["Location"]


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


def test_one_more_page_comes_alone_and_counts_nothing(client: Client) -> None:
    for _ in range(30):
        ProductFactory(brand="Acme")
    headers = {"HX-Request": "true", "HX-Target": "pages"}

    part = client.get(URL, {"brand": "Acme", "page": "2"}, headers=headers)

    html = part.content.decode()
    assert html.count('class="result"') == 6
    assert part.context["first_position"] == 25
    assert 'data-address="/search/?brand=Acme&amp;page=2"' in html
    assert 'rel="prev" href="/search/?brand=Acme"' in html
    assert "facets" not in html and "results-head" not in html
    assert part.context["page"].facets == ()
    assert "HX-Target" in part["Vary"]


def test_in_place_what_stands_around_the_results_follows(client: Client) -> None:
    ProductFactory(brand="Acme")

    part = client.get(URL, {"brand": "Acme"}, headers={"HX-Request": "true"}).content.decode()

    for name in ("results-head", "facets", "sort-by", "filters-active", "filters-count"):
        assert re.search(rf'id="{name}"[^>]* hx-swap-oob="true"', part), name
    assert "Show 1 product<" in part


def test_a_photo_that_is_gone_brings_the_whole_page(client: Client) -> None:
    asked = {"photo": "long-gone", "q": "boots", "page": "3"}  # scrolled to the third of its pages

    response = client.get(URL, asked, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == "/search/?q=boots&photo=long-gone"


def test_each_result_can_be_added_to_the_search(client: Client) -> None:
    for slug in ("red", "blue"):
        ProductFactory(title=f"{slug} boots", slug=slug, variants=[{"price": "9"}])

    words = client.get(URL, {"q": "boots", "more": "red", "sort": "price"})
    browsing = client.get(URL, {"price_max": "9"})

    shown = {one.result.product.slug: one for one in words.context["shown"]}
    assert shown["blue"].more_url == "/search/?q=boots&more=red%2Cblue&sort=price"
    assert shown["blue"].less_url == "/search/?q=boots&more=red&less=blue&sort=price"
    assert "red" not in shown or shown["red"].more_url == ""
    assert browsing.context["shown"][0].more_url
    assert browsing.context["shown"][0].less_url == ""  # nothing is looked for


def test_to_five_examples_no_sixth_can_be_added(client: Client) -> None:
    for number in range(7):
        ProductFactory(title="Boots", slug=f"boots-{number}")
    five = ",".join(f"boots-{number}" for number in range(5))

    page = client.get(URL, {"q": "boots", "less": five})

    assert page.context["shown"]
    assert not any(one.less_url for one in page.context["shown"])


@pytest.mark.parametrize(
    ("asked", "first"), [({"q": "boots"}, "Best match"), ({"price_min": "1"}, "Newest")]
)
def test_the_orders_that_are_offered(client: Client, asked: dict, first: str) -> None:
    page = client.get(URL, {**asked, "sort": "price"})

    values = [value for value, _ in page.context["sorts"]]
    assert page.context["sorts"][0] == ("", first)
    assert len(set(values)) == len(values)
    assert '<option value="price" selected>' in page.content.decode()


def test_of_many_categories_those_near_the_chosen_one_are_offered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "CATEGORIES", 5)
    shoes, hats = CategoryFactory(name="Shoes"), CategoryFactory(name="Hats")
    boots = CategoryFactory(name="Boots", parent=shoes)
    sandals = CategoryFactory(name="Sandals", parent=shoes)
    caps = CategoryFactory(name="Caps", parent=hats)
    ankle = CategoryFactory(name="Ankle boots", parent=boots)
    for category in (ankle, sandals, caps):
        ProductFactory(category=category)

    offered = client.get(URL, {"category": "boots"}).context["categories"]
    part = client.get(URL, {"category": "boots"}, headers={"HX-Request": "true"})

    assert {(one.slug, one.depth, one.chosen, one.count) for one in offered} == {
        ("shoes", 0, False, 2),
        ("boots", 1, True, 1),
        ("ankle-boots", 2, False, 1),
        ("sandals", 1, False, 1),
        ("hats", 0, False, 1),
    }
    assert b'hx-swap-oob="true"' in part.content


def test_a_category_that_no_database_can_look_for_is_a_400(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "CATEGORIES", 0)

    assert client.get(URL, {"category": "bo\0ots"}).status_code == 400


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


def test_a_colour_in_the_picture_is_chosen_by_its_swatch_and_removed_by_its_chip(
    client: Client,
) -> None:
    for color in ("red", "red", "navy"):
        paint(ProductFactory(brand="Acme", images=1).images.get(), **{color: 900})
    asked = {"brand": "Acme", "picture_color": "red"}

    page = client.get(URL, asked)

    bar, panel = page.content.decode().split('id="filters"')
    assert page.context["page"].total == 2
    assert page.context["active_filters"][1] == ("red in the picture", "/search/?brand=Acme")
    assert '<input type="hidden" name="picture_color" value="red">' in bar
    assert 'id="filters-picture_color-red" value="red" checked' in panel
    assert 'id="filters-picture_color-navy" value="navy">' in panel


def test_nothing_in_a_colour_suggests_to_search_without_it(client: Client) -> None:
    ProductFactory(title="Boots")

    page = client.get(URL, {"q": "boots", "picture_color": "red"}).content.decode()

    assert "without “red in the picture”" in page


def test_a_card_has_dots_where_the_product_comes_in_several_colours(client: Client) -> None:
    several, one = ProductFactory(images=2), ProductFactory(images=1)
    for image, color in zip(several.images.order_by("position"), ("red", "navy"), strict=True):
        paint(image, **{color: 900})
        VariantFactory(product=several, image=image)
    paint(one.images.get(), red=500, white=500)

    page = client.get(URL, {"brand": one.brand}).content.decode()

    assert page.count("Comes in ") == 1
    assert "Comes in red, navy</span>" in page
    assert 'fill="#c8232c"' in page


def test_swatches_of_a_page_are_one_statement(client: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(URL, {"in_stock": "0", "price_min": "0"})
        return len(asked)

    paint(ProductFactory(images=1).images.get(), red=900)
    statements()  # what is remembered from the first page on
    few = statements()
    for _ in range(6):
        paint(ProductFactory(images=1).images.get(), red=900)

    assert statements() == few


def test_a_product_leads_to_more_like_it_in_each_of_its_colours() -> None:
    product = ProductFactory(images=1)
    paint(product.images.get(), red=600, white=400)

    html = render_to_string("search/more_like_this.html", {"product": product})

    assert f"{URL}?like={product.slug}&amp;picture_color=red" in html


def test_any_attribute_is_a_filter_in_force_that_can_be_removed(client: Client) -> None:
    ProductFactory(brand="Acme", attributes={"material": "Organic cotton", "membrane": "GORE-TEX"})

    page = client.get(URL, {"brand": "Acme", "material": "organic-cotton", "membrane": "gore-tex"})

    assert page.context["active_filters"] == [
        ("Acme", "/search/?material=organic-cotton&membrane=gore-tex"),
        ("material: organic cotton", "/search/?brand=Acme&membrane=gore-tex"),
        ("membrane: GORE-TEX", "/search/?brand=Acme&material=organic-cotton"),
    ]
    assert page.context["clear_url"] == "/search/"


def test_addresses_keep_brand_and_attributes_and_leave_explain_out(client: Client) -> None:
    for _ in range(30):
        ProductFactory(brand="Acme", attributes={"material": "Leather"})
    asked = {"brand": "Acme", "material": "leather"}

    page = client.get(URL, {**asked, "explain": "1", "utm_source": "x"})
    posted = client.post(URL, {**asked, "q": "boots", "explain": "1"})

    assert page.context["next_url"] == "/search/?brand=Acme&material=leather&page=2"
    assert posted["Location"] == "/search/?q=boots&brand=Acme&material=leather"


def test_forms_of_the_page_keep_a_filter_that_the_panel_does_not_offer(client: Client) -> None:
    ProductFactory(attributes={"material": "Leather"})

    bar, panel = client.get(URL, {"material": "leather"}).content.decode().split('id="filters"')
    nothing = client.get(URL, {"material": "leather", "price_max": "0"}).content.decode()

    assert '<input type="hidden" name="material" value="leather">' in bar
    assert 'name="material" id="filters-material-leather" value="leather" checked' in panel
    assert 'name="material" id="filters-material-leather" value="leather" checked' in nothing


def test_a_parameter_that_is_none_of_ours_is_no_search(client: Client) -> None:
    response = client.get(URL, {"utm_source": "newsletter"})

    assert response.status_code == 200
    assert response.context["page"] is None


def test_the_panel_offers_the_brands_of_what_is_shown_with_how_many(client: Client) -> None:
    for brand in ("Zeta", "Zeta", "Acme & Sons", ""):
        ProductFactory(brand=brand)
    ProductFactory(brand="Hidden", published=False)

    page = client.get(URL, {"brand": "Acme & Sons"}).content.decode()

    assert '<option value="Acme &amp; Sons" selected>Acme &amp; Sons (1)</option>' in page
    assert '<option value="Zeta">Zeta (2)</option>' in page
    assert "Hidden" not in page


def test_a_chosen_brand_is_offered_however_many_there_are(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_VALUES", 2)
    for brand in ("A", "B", "C", "D"):
        ProductFactory(brand=brand)

    page = client.get(URL, {"brand": "D"}).content.decode()

    assert '<option value="D" selected>' in page
    assert '<option value="C">' not in page


def test_a_shop_without_brands_offers_none(client: Client) -> None:
    ProductFactory(brand="", category=CategoryFactory(name="Boots"))

    assert b"filters-brand" not in client.get(URL, {"category": "boots"}).content


@pytest.mark.parametrize(
    ("products", "words"),
    [(0, "0 products"), (1, "1 product"), (2, "2 products"), (3, "More than 2 products")],
)
def test_the_page_says_how_many_there_are(
    client: Client, monkeypatch: pytest.MonkeyPatch, products: int, words: str
) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 2)
    boots = CategoryFactory(name="Boots")
    for _ in range(products):
        ProductFactory(category=boots)

    page = client.get(URL, {"category": "boots"}).content.decode()

    assert f"data-results-count>{words}</p>" in page


def test_the_page_says_how_it_was_searched_in_a_header(client: Client) -> None:
    CategoryFactory(name="Boots")

    assert "total;dur=" in client.get(URL, {"category": "boots"})["Server-Timing"]
    assert "Server-Timing" not in client.get(URL)


def test_a_filter_that_is_not_there_is_told_and_not_carried_on(client: Client) -> None:
    ProductFactory(title="Boots", attributes={"color": "Red", "material": "Leather"})

    page = client.get(URL, {"q": "boots", "color": "nope", "material": "leather"})

    html = page.content.decode()
    assert page.status_code == 400
    assert "There is no color “nope”. Choose red." in html
    assert "<title>That search did not work · " in html
    assert html.count("<h1") == html.count("<h1>That search did not work</h1>") == 1
    assert '<a href="/search/?q=boots&amp;material=leather">Search without it</a>' in html
    assert 'value="nope"' not in html
    assert '<input type="hidden" name="material" value="leather">' in html
    assert client.get(page.context["without_url"]).status_code == 200


def test_where_a_wrong_filter_is_all_there_is_nothing_is_left_to_search(client: Client) -> None:
    html = client.get(URL, {"color": "nope"}).content.decode()

    assert "Search without" not in html
    assert "look around the shop" in html


def test_a_wrong_price_can_be_seen_and_mended_but_does_not_go_with_new_words(
    client: Client,
) -> None:
    html = client.get(URL, {"q": "boots", "price_min": "50", "price_max": "20"}).content.decode()

    bar, panel = html.split('id="filters"')
    assert '<input type="hidden" name="price_min" value="">' in bar
    assert 'id="filters-price-min" value="50"' in panel
    assert '<a href="/search/?q=boots&amp;price_max=20">search without it</a>' in panel


def test_a_page_too_far_leads_to_the_first(client: Client) -> None:
    ProductFactory(category=CategoryFactory(name="Boots"))

    page = client.get(URL, {"category": "boots", "page": "7"})

    assert '<a href="/search/?category=boots">Go to the first page</a>' in page.content.decode()


def test_what_a_search_asks_for_besides_words_is_kept_and_can_be_taken_back(
    client: Client,
) -> None:
    mug, cup = ProductFactory(title="Mug", slug="mug"), ProductFactory(title="Cup", slug="cup")
    asked = {"q": "boots", "about": "mug", "more": "mug,cup", "less": "cup", "weights": "words:9"}

    page = client.get(URL, asked)

    rest = "&less=cup&weights=words%3A9"
    assert page.context["wishes"] == [
        ("in texts: “mug”", f"/search/?q=boots&more=mug%2Ccup{rest}"),
        ("more like Mug", f"/search/?q=boots&about=mug&more=cup{rest}"),
        ("more like Cup", f"/search/?q=boots&about=mug&more=mug{rest}"),
        ("less like Cup", "/search/?q=boots&about=mug&more=mug%2Ccup&weights=words%3A9"),
    ]
    bar, panel = page.content.decode().split('id="filters"')
    for name in ("more", "less", "weights"):
        assert f'<input type="hidden" name="{name}" value="{asked[name]}">' in bar
        assert f'<input type="hidden" name="{name}" value="{asked[name]}">' in panel
    assert 'name="about"' not in bar  # new words take its place
    assert '<input type="hidden" name="about" value="mug">' in panel
    assert {mug, cup} >= {result.product for result in page.context["page"].results}


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ({"q": "boots"}, "“boots”"),
        ({"about": "boots"}, "“boots” in texts"),
        ({"looks": "boots"}, "“boots” in pictures"),
        ({"q": "boots", "about": "mug"}, "“boots” in pictures, “mug” in texts"),
        ({"more": "mug"}, "More like Green mug"),
        ({"q": "in red", "more": "mug,cup"}, "“in red”, more like Green mug and Tea cup"),
        ({"like": "mug"}, "More like Green mug"),
        ({"q": "in red", "like": "mug"}, "“in red”, like Green mug"),
        ({"category": "boots"}, "Boots"),
        ({"price_min": "1"}, "All products"),
    ],
)
def test_the_heading_says_what_is_asked_for(client: Client, asked: dict, heading: str) -> None:
    make_model()
    boots = CategoryFactory(name="Boots")
    ProductFactory(title="Green mug", slug="mug", category=boots)
    ProductFactory(title="Tea cup", slug="cup", category=boots)

    page = client.get(URL, asked)

    assert page.context["heading"] == heading


def test_with_the_last_thing_taken_back_the_whole_page_comes_anew(client: Client) -> None:
    response = client.get(URL, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == "/search/"
