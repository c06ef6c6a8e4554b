"""From a product to a paid order in a real browser: as guest and customer, wide, narrow, bare."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PASSWORD, OpenPage, RunningShop

PHONE = {"width": 390, "height": 844}
WAYS = [
    pytest.param({"viewport": DESKTOP}, id="desktop"),
    pytest.param({"viewport": PHONE, "has_touch": True}, id="phone"),
    pytest.param({"viewport": PHONE, "java_script_enabled": False}, id="no-scripts"),
]

Thing = Callable[..., str]


@pytest.fixture(scope="module", autouse=True)
def no_thing_left(shop: RunningShop) -> Iterator[None]:
    """Other tests count the shop's products."""
    yield
    shop.run(
        "from shop.catalog.models import Product",
        "Product.objects.filter(slug__startswith='thing-').update(published=False)",
    )


@pytest.fixture
def thing(shop: RunningShop) -> Thing:
    """Makes a product of its own for a test: its address."""

    def make(*, stock: int = 9, price: str = "89.00") -> str:
        slug = f"thing-{uuid.uuid4().hex[:8]}"
        shop.run(
            "from tests.factories import *",
            f"ProductFactory(title='Thing {slug}', slug={slug!r}, "
            f"category=Category.objects.get(slug='things'), "
            f"variants=[{{'sku': {slug!r}, 'price': {price!r}, 'stock': {stock}}}])",
        )
        return f"/product/{slug}/"

    return make


def set_values(shop: RunningShop, address: str, **values: object) -> None:
    sku = address.split("/")[2]
    shop.run(
        "from shop.catalog.models import Variant",
        f"Variant.objects.filter(sku={sku!r}).update(**{values!r})",
    )


def put_in_cart(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-buy]").get_by_role("button", name="Add to cart").click()
    expect(page.get_by_text("is in your cart.")).to_be_visible()


def fill_address(page: Page) -> None:
    place = page.locator(".place").first
    place.get_by_label("Country").select_option("US")
    place.get_by_label("Full name").fill("Grace Hopper")
    place.get_by_label("Street and number").fill("5 Harbour Road")
    place.get_by_label("Postcode").fill("12345")
    place.get_by_label("Town").fill("Springfield")


def go_on(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Continue")).click()


def to_review(page: Page) -> None:
    """From the cart to the review, as a guest."""
    page.goto("/cart/")
    page.get_by_role("link", name="Checkout").click()
    page.get_by_label("E-mail address").fill("grace@example.com")
    fill_address(page)
    go_on(page)
    page.get_by_label(re.compile("Express")).check()
    go_on(page)
    expect(page.get_by_role("heading", name="Is everything right?")).to_be_visible()


def place_order(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Place order and pay")).click()


@pytest.mark.parametrize("options", WAYS)
def test_a_guest_buys(open_page: OpenPage, thing: Thing, options: dict[str, object]) -> None:
    address = thing()
    page = open_page(address, **options)
    put_in_cart(page, address)
    to_review(page)
    expect(page.get_by_role("button", name="Place order and pay $103.90")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    place_order(page)
    page.get_by_role("button", name="Pay $103.90").click()

    expect(page).to_have_url(re.compile(r"/orders/[^/]+/"))
    expect(page.get_by_text("Your order is paid").first).to_be_visible()
    expect(page.get_by_text("5 Harbour Road").first).to_be_visible()
    page.goto("/cart/")
    expect(page.get_by_role("heading", name="Your cart is empty")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_customer_buys(
    open_page: OpenPage, shop: RunningShop, thing: Thing, viewport: dict[str, int]
) -> None:
    name = f"ada-{uuid.uuid4().hex[:6]}"
    email = f"{name}@example.com"
    shop.run(
        "from django.contrib.auth.models import User",
        "from allauth.account.models import EmailAddress",
        f"user = User.objects.create_user({name!r}, {email!r}, {PASSWORD!r})",
        "EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)",
    )
    address = thing()
    page = open_page(address, viewport=viewport)
    put_in_cart(page, address)
    page.goto("/checkout/")
    page.locator("main").get_by_role("link", name="Log in").click()
    page.get_by_label("E-mail address or username").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_text(f"You are logged in as {email}")).to_be_visible()
    fill_address(page)
    page.get_by_label("Keep this address in my account").check()
    go_on(page)
    go_on(page)
    place_order(page)
    page.get_by_role("button", name="Pay $93.90").click()
    expect(page.get_by_text("Your order is paid").first).to_be_visible()

    # The next time the address is there already.
    put_in_cart(page, address)
    page.goto("/checkout/")
    expect(page.get_by_label(re.compile("Grace Hopper, 5 Harbour Road")).first).to_be_checked()


def test_the_cart_changes_at_once(open_page: OpenPage, thing: Thing) -> None:
    address = thing(stock=5)
    page = open_page(address)
    put_in_cart(page, address)
    page.goto("/cart/")
    quantity = page.get_by_label(re.compile("^Quantity of Thing"))

    quantity.fill("3")
    quantity.press("Tab")
    expect(page.locator(".cart-amount")).to_contain_text("$267.00")
    expect(page.locator("#cart-link")).to_contain_text("3")

    quantity.fill("50")
    quantity.press("Tab")
    expect(page.locator("#cart").get_by_text(re.compile(r"^Only 5 of .* are left"))).to_be_visible()
    expect(quantity).to_have_value("5")

    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_role("heading", name="Your cart is empty")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(quantity).to_have_value("5")
    assert page.url.endswith("/cart/")


def test_a_wrong_form_says_so_and_loses_nothing(open_page: OpenPage, thing: Thing) -> None:
    address = thing()
    page = open_page(address)
    put_in_cart(page, address)
    page.goto("/checkout/")
    fill_address(page)
    page.get_by_label("E-mail address").fill("grace@")
    page.locator(".place").first.get_by_label("Town").fill("")
    go_on(page)

    email = page.get_by_label("E-mail address")
    expect(email).to_be_focused()
    expect(email).to_have_value("grace@")
    page.get_by_role("link", name="Enter the town.").click()
    expect(page.locator(".place").first.get_by_label("Town")).to_be_focused()
    page.reload()  # asks nobody whether to send a form again
    expect(page.locator(".place").first.get_by_label("Full name")).to_have_value("Grace Hopper")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_declined_payment_is_tried_again(
    open_page: OpenPage, thing: Thing, scripts: bool
) -> None:
    address = thing()
    page = open_page(address, java_script_enabled=scripts)
    put_in_cart(page, address)
    to_review(page)
    place_order(page)
    page.get_by_role("button", name="Decline the card").click()
    expect(page.get_by_role("heading", name="The payment did not go through")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Pay")).click()
    page.get_by_role("button", name="Pay $103.90").click()

    expect(page.get_by_text("Your order is paid").first).to_be_visible()


def test_back_and_a_double_click_make_one_order(open_page: OpenPage, thing: Thing) -> None:
    address = thing()
    page = open_page(address)
    put_in_cart(page, address)
    to_review(page)
    page.get_by_role("button", name=re.compile("^Place order and pay")).dblclick()
    expect(page.get_by_role("button", name="Pay $103.90")).to_be_visible()
    page.wait_for_load_state()

    page.go_back()
    expect(page).to_have_url(re.compile(r"/orders/[^/]+/"))
    order = page.url
    page.goto("/checkout/review/")

    assert page.url == order
    page.get_by_role("link", name="Pay now").click()
    page.get_by_role("button", name=re.compile("^Pay")).click()
    page.get_by_role("button", name="Pay $103.90").click()
    expect(page.get_by_text("Your order is paid").first).to_be_visible()


def test_sold_out_meanwhile_is_said_aloud(
    open_page: OpenPage, shop: RunningShop, thing: Thing
) -> None:
    gone, stays = thing(), thing(price="10.00")
    page = open_page(gone)
    put_in_cart(page, gone)
    put_in_cart(page, stays)
    to_review(page)
    set_values(shop, gone, stock=0)

    place_order(page)

    expect(page.get_by_text(re.compile("is sold out by now, and was taken out"))).to_be_visible()
    expect(page.get_by_role("button", name="Place order and pay $24.90")).to_be_visible()


def test_a_changed_price_is_said_aloud(
    open_page: OpenPage, shop: RunningShop, thing: Thing
) -> None:
    address = thing()
    page = open_page(address)
    put_in_cart(page, address)
    to_review(page)
    set_values(shop, address, price=95)

    place_order(page)

    expect(page.get_by_text("which is more than before ($89.00)")).to_be_visible()
    expect(page.get_by_role("button", name="Place order and pay $109.90")).to_be_visible()


def test_an_expired_voucher_is_said_aloud(
    open_page: OpenPage, shop: RunningShop, thing: Thing
) -> None:
    code = f"TEN{uuid.uuid4().hex[:6].upper()}"
    shop.run(
        "from shop.promotions.models import Voucher",
        f"Voucher.objects.create(code={code!r}, value=10)",
    )
    address = thing()
    page = open_page(address)
    put_in_cart(page, address)
    page.goto("/cart/")
    page.get_by_text("I have a voucher").click()
    page.get_by_label("Voucher code").fill("nothing")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("There is no voucher “nothing”.")).to_be_visible()
    page.get_by_label("Voucher code").fill(code.lower())
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".totals")).to_contain_text("-$8.90")
    to_review(page)
    shop.run(
        "from datetime import timedelta",
        "from django.utils.timezone import now",
        "from shop.promotions.models import Voucher",
        f"Voucher.objects.filter(code={code!r}).update(ends_at=now() - timedelta(minutes=1))",
    )

    place_order(page)

    expect(page.get_by_text(f"The voucher {code} expired on")).to_be_visible()
    expect(page.get_by_role("button", name="Place order and pay $103.90")).to_be_visible()


def test_a_lost_session_says_where_to_go(open_page: OpenPage, thing: Thing) -> None:
    address = thing()
    page = open_page(address)
    put_in_cart(page, address)
    to_review(page)
    page.context.clear_cookies(name="sessionid")

    page.reload()

    expect(page.get_by_text("There is nothing to check out.")).to_be_visible()
    expect(page.get_by_role("heading", name="Your cart is empty")).to_be_visible()
