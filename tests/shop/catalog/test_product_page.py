"""The page of a product: choosing, pictures, prices and their words, what can be bought."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.catalog.models import Product
from shop.pricing.models import PriceRecord
from shop.pricing.services import start_due
from shop.store.current import current_store
from shop.store.models import LegalPage
from tests.factories import ProductFactory, ProductImageFactory
from tests.shop.pricing.factories import SalePriceFactory
from tests.shop.reviews.factories import review_of, sent_line

pytestmark = pytest.mark.django_db


def boots() -> Product:
    """Red in S (sold out), M, L; blue in M and L (sold out)."""
    stock = {"RS": 0, "RM": 3, "RL": 9, "BM": 9, "BL": 0}
    names = {"R": "Red", "B": "Blue"}
    return ProductFactory(
        slug="boots",
        title="Boots",
        variants=[
            {"sku": sku, "stock": left, "options": {"color": names[sku[0]], "size": sku[1]}}
            for sku, left in stock.items()
        ],
    )


def page(client: Client, query: str = "", slug: str = "boots") -> str:
    response = client.get(f"/product/{slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def chip(html: str, word: str) -> str:
    found = re.search(
        rf'<a class="(chip[^"]*)"[^>]*>(?:(?!</a>).)*>{word}<.*?</a>', html, re.DOTALL
    )
    assert found
    return found[0]


# --- Choosing -----------------------------------------------------------------------------------


def test_a_value_without_a_variant_is_struck_said_and_leads_to_the_nearest(client: Client) -> None:
    boots()
    small = chip(page(client, "?variant=BM"), "S")

    assert "chip-impossible" in small
    assert "not with the other choices" in small
    assert 'href="/product/boots/?variant=RS"' in small


def test_a_value_that_is_sold_out_is_shown_as_such(client: Client) -> None:
    boots()
    html = page(client, "?variant=BM")
    large = chip(html, "L")

    assert "chip-gone" in large and "(sold out)" in large
    assert 'class="chip"' in chip(html, "Red")


def test_the_chosen_colour_is_not_struck_for_one_size(client: Client) -> None:
    boots()
    red = chip(page(client, "?variant=RS"), "Red")

    assert 'class="chip"' in red and 'aria-current="true"' in red


def test_a_colour_is_struck_only_if_it_is_sold_out_in_all_sizes(client: Client) -> None:
    product = boots()
    assert 'class="chip"' in chip(page(client, "?variant=RL"), "Blue")  # which is sold out in L

    product.variants.filter(sku="BM").update(stock=0)

    assert "chip-gone" in chip(page(client, "?variant=RL"), "Blue")


def test_where_the_shopper_came_from_goes_along(client: Client) -> None:
    boots()
    html = page(client, "?variant=RM&from=a%26b")

    assert "?variant=BM&amp;from=a%26b" in html
    assert '<input type="hidden" name="from" value="a&amp;b">' in html
    assert len(re.findall("from=x+", page(client, f"?from={'x' * 900}"))[0]) < 100


# --- Pictures -----------------------------------------------------------------------------------


def test_the_pictures_follow_the_colour(client: Client) -> None:
    product = boots()
    general, red, blue, detail = (
        ProductImageFactory(product=product, position=place) for place in range(4)
    )
    product.variants.filter(sku="RM").update(image=red)
    product.variants.filter(sku="RL").update(image=detail)
    product.variants.filter(sku="BM").update(image=blue)

    def shown(sku: str) -> list[str]:
        strip = page(client, f"?variant={sku}").partition("gallery-thumbs")[0]
        return re.findall(r'class="gallery-zoom" href="([^"]+)"', strip)

    assert shown("RL") == [one.image.url for one in (detail, red, general, blue)]
    assert shown("RS") == [one.image.url for one in (red, detail, general, blue)]
    assert shown("BL") == [one.image.url for one in (blue, general, red, detail)]


def test_colours_are_shown_by_pictures_of_the_product_in_them(client: Client) -> None:
    product = boots()
    red, blue = (ProductImageFactory(product=product) for _ in range(2))
    product.variants.filter(sku="RL").update(image=red)
    assert "chip-picture" not in page(client)  # none shows it in blue

    product.variants.filter(sku="BM").update(image=blue)
    html = page(client)

    for picture, name in ((red, "Red"), (blue, "Blue")):
        assert f'src="{picture.image.url}"' in chip(html, name)
    assert "chip-picture" not in chip(html, "M")


def test_a_picture_is_a_link_to_the_large_one(client: Client) -> None:
    product = boots()
    image = ProductImageFactory(product=product)
    html = page(client)

    assert f'<a class="gallery-zoom" href="{image.image.url}" data-zoom' in html
    assert "<dialog" in html
    assert "Next picture" not in html  # there is one


# --- Prices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("included", "words"), [(True, "incl. tax"), (False, "plus tax")])
def test_the_price_says_what_it_holds(client: Client, included: bool, words: str) -> None:
    store = current_store()
    store.prices_include_tax = included
    store.save()
    LegalPage.objects.update_or_create(
        kind="shipping", language="en", defaults={"text": "We deliver.", "published": True}
    )
    boots()

    html = page(client)

    assert words in html
    assert '<a href="/pages/shipping/">plus delivery</a>' in html


def test_a_sale_says_until_when_and_the_lowest_price_before(client: Client) -> None:
    variant = boots().variants.get(sku="RM")
    now = timezone.now()
    PriceRecord.objects.filter(variant=variant).delete()
    for days, price in ((90, 8), (45, 11), (10, 10)):
        since = now - timedelta(days=days)
        PriceRecord.objects.create(variant=variant, price=price, since=since)
    SalePriceFactory(variant=variant, price=Decimal(7), ends_at=now + timedelta(days=3))
    start_due()

    html = page(client, "?variant=RM")

    assert "$7.00" in html and re.search(r"<s [^>]*>.*\$10\.00</s>", html)
    assert "Until " in html
    assert "Lowest price of the 30 days before: $10.00" in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    offers = {one["sku"]: one for one in json.loads(found[1])["@graph"][0]["offers"]}
    assert offers["RM"]["priceValidUntil"] == (now + timedelta(days=3)).date().isoformat()
    assert "priceValidUntil" not in offers["RL"]


def test_a_price_that_is_not_reduced_says_no_more(client: Client) -> None:
    boots()
    html = page(client)
    assert "Lowest price" not in html and "Until" not in html


# --- Buying -------------------------------------------------------------------------------------


def test_the_form_puts_the_chosen_variant_into_the_cart(client: Client) -> None:
    boots()
    html = page(client, "?variant=RM")
    form = html[html.index('class="buy"') :].partition("</form>")[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))

    assert (sent["variant"], sent["quantity"], sent["next"]) == (
        "RM",
        "1",
        "/product/boots/?variant=RM",
    )
    response = client.post("/cart/add/", sent, follow=True)
    assert response.redirect_chain[0][0] == "/product/boots/?variant=RM"
    assert "cart-count" in response.content.decode()


def test_the_bar_on_a_phone_is_another_button_of_the_same_form(client: Client) -> None:
    boots()
    html = page(client, "?variant=RM")
    bar = html[html.index('class="buy-bar"') :]

    assert '<button class="button" form="buy">' in bar
    assert html.count('name="variant" value="RM"') == 2  # to buy and to wish, in their forms


def test_what_is_sold_out_has_no_form_to_buy_it(client: Client) -> None:
    boots()
    html = page(client, "?variant=RS")
    assert 'class="buy"' not in html and "buy-bar" not in html


# --- Cost ---------------------------------------------------------------------------------------


def test_queries_do_not_grow_with_all_that_a_page_shows(client: Client) -> None:
    counts = []
    for number in (1, 4):
        product: Any = ProductFactory(
            slug=f"thing-{number}",
            variants=[
                {"stock": 9, "options": {"size": f"{place}", "color": "Red"}}
                for place in range(number)
            ],
            images=number,
        )
        for variant in product.variants.all():
            SalePriceFactory(variant=variant)
        start_due()
        for place in range(number):
            single = ProductFactory(variants=[{"stock": 9}])
            review = review_of(sent_line(single, email=f"{place}@example.com"))
            review.product = product
            review.save()
        page(client, slug=product.slug)
        with CaptureQueriesContext(connection) as asked:
            page(client, slug=product.slug)
        counts.append(len(asked))
    assert counts[0] == counts[1]
