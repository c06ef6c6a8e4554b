"""Every page and state of the shop, light and dark, wide and narrow: nothing to complain of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from shop.styleguide.views import ERRORS
from tests.e2e.conftest import PASSWORD as ADMIN_PASSWORD
from tests.e2e.conftest import OpenPage, RunningShop
from tests.e2e.everybody import NARROW, flaws
from tests.e2e.furnishing import EMAIL, PASSWORD, SLUG
from tests.e2e.test_buying import fill_address, go_on, place_order

PAGES = {
    "home": "/",
    "category": "/category/shoes/",
    "search": "/search/",
    "results": "/search/?q=red+boots",
    "results, second page": "/search/?price_min=1&page=2",
    "results with filters": "/search/?q=mug&category=kitchen&price_max=200&in_stock=on",
    "results, corrected": "/search/?q=mgu&category=kitchen",
    "results like a product": "/search/?like=mug-27&category=kitchen",
    "nothing found": "/search/?q=boots&price_min=100000",
    "a filter that is gone": "/search/?q=boots&color=nope",
    "wrong prices": "/search/?price_min=9&price_max=1",
    "a photo that is gone": "/search/?q=mug&category=kitchen&photo=gone",
    "product": "/product/boots-0/",
    "product, reduced, with reviews": f"/product/{SLUG}/",
    "product without picture": "/product/a-bare-thing/",
    "cart, empty": "/cart/",
    "wishlist, empty": "/wishlist/",
    "login": "/account/login/",
    "signup": "/account/signup/",
    "password forgotten": "/account/password/reset/",
    "find an order": "/orders/find/",
    "picked for you": "/for-you/",
    "legal text": "/pages/terms/",
    "contact": "/contact/",
    "mailbox": "/mailbox/",
    "not found": "/nothing-here/",
}

Look = Callable[..., None]


@pytest.fixture(scope="module", autouse=True)
def furnished(shop: RunningShop) -> Iterator[None]:
    shop.run("from tests.e2e.furnishing import furnish; furnish()")
    yield
    shop.run("from tests.e2e.furnishing import clear_away; clear_away()")


@pytest.fixture
def look() -> Iterator[Look]:
    """Looks at a page as it stands, in all ways or `only` in one width; fails at the end."""
    found: list[str] = []

    def look(page: Page, state: str, *, only: dict[str, int] | None = None) -> None:
        found.extend(f"{state}: {flaw}" for flaw in flaws(page, only=only))

    yield look
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("state", PAGES)
def test_pages(open_page: OpenPage, look: Look, state: str) -> None:
    look(open_page(PAGES[state], reduced_motion="reduce"), state)


def test_filters_on_a_phone(open_page: OpenPage, look: Look) -> None:
    page = open_page("/search/?q=boots", viewport=NARROW, has_touch=True, is_mobile=True)
    page.get_by_role("button", name=re.compile("^Filters")).click()
    look(page, "filters, open", only=NARROW)


def test_a_search_by_photo(open_page: OpenPage, shop: RunningShop, look: Look) -> None:
    page = open_page("/", reduced_motion="reduce")
    page.locator("#bar-image").set_input_files(shop.photos["mug-27"])
    expect(page.get_by_alt_text("The photo you searched with")).to_be_visible()
    look(page, "results by photo")
    page.get_by_role("slider").press("Shift+ArrowLeft")
    page.wait_for_url("**crop=**")
    look(page, "results by photo, a part of it")
    page.get_by_role("button", name=re.compile("^Why this")).first.press("Enter")
    look(page, "results, why this")


def test_the_camera(open_page: OpenPage, shop: RunningShop, look: Look) -> None:
    page = open_page("/category/shoes/", reduced_motion="reduce")
    panel = page.get_by_role("dialog", name="Show us what you like")
    page.get_by_role("button", name="Search with a photo").click()
    expect(panel.get_by_role("button", name="Choose a photo")).to_be_visible()
    look(page, "camera")
    page.route("**/search/photo/", lambda route: None)  # an answer that never comes
    page.locator("#bar-image").set_input_files(shop.photos["mug-27"])
    expect(panel.get_by_role("img", name="Your photo")).to_be_visible()
    expect(panel.get_by_role("status")).to_have_text("Sending your photo …")
    look(page, "camera, a photo on its way")
    panel.get_by_role("button", name="Cancel").click()
    page.unroute_all(behavior="ignoreErrors")
    answer = {"error": "The photo is damaged or incomplete."}
    page.route("**/search/photo/", lambda route: route.fulfill(status=400, json=answer))
    page.locator("#bar-image").set_input_files(shop.photos["mug-27"])
    expect(panel).to_contain_text("damaged")
    look(page, "camera, what went wrong")


def test_suggestions(open_page: OpenPage, look: Look) -> None:
    page = open_page("/category/shoes/", reduced_motion="reduce")
    page.locator("#bar-words").press_sequentially("boo")
    expect(page.get_by_role("option", name="Boots in Shoes")).to_be_visible()
    page.keyboard.press("ArrowDown")
    look(page, "suggestions")


def test_a_product_and_the_cart(open_page: OpenPage, look: Look) -> None:
    page = open_page(f"/product/{SLUG}/", reduced_motion="reduce")
    page.locator("[data-zoom]").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    look(page, "product, picture large")
    page.keyboard.press("Escape")
    page.goto(f"/product/{SLUG}/?variant=CHAIR-Red-S")
    expect(page.get_by_text("Sold out").first).to_be_visible()
    look(page, "product, sold out")
    page.goto(f"/product/{SLUG}/?variant=CHAIR-Blue-M")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_text("is in your cart.")).to_be_visible()
    look(page, "product, put into the cart")
    page.goto("/cart/")
    look(page, "cart")
    page.get_by_text("I have a voucher").click()
    page.get_by_label("Voucher code").fill("nothing")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("There is no voucher “nothing”.")).to_be_visible()
    look(page, "cart, wrong voucher")
    page.get_by_label("Voucher code").fill("TEN")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".totals")).to_contain_text("-$8.00")
    look(page, "cart with a voucher")
    page.get_by_role("button", name=re.compile("^Remove.*Oak")).click()
    expect(page.get_by_role("heading", name="Your cart is empty")).to_be_visible()
    look(page, "cart, just emptied")


def test_the_checkout(open_page: OpenPage, look: Look) -> None:
    page = open_page(f"/product/{SLUG}/", reduced_motion="reduce")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_text("is in your cart.")).to_be_visible()
    page.goto("/checkout/")
    look(page, "checkout, address")
    page.get_by_label("E-mail address").fill("grace@")
    go_on(page)
    expect(page.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")
    look(page, "checkout, address, with errors")
    page.get_by_label("E-mail address").fill("grace@example.com")
    fill_address(page)
    go_on(page)
    expect(page.get_by_label(re.compile("Express"))).to_be_visible()
    look(page, "checkout, delivery")
    page.get_by_label(re.compile("Express")).check()
    go_on(page)
    expect(page.get_by_role("heading", name="Is everything right?")).to_be_visible()
    look(page, "checkout, review")
    place_order(page)
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "checkout, review, terms not agreed to")
    page.locator("#id_terms").check()
    place_order(page)
    expect(page.get_by_role("button", name="Decline the card")).to_be_visible()
    look(page, "payment page")
    page.get_by_role("button", name="Decline the card").click()
    expect(page.get_by_role("heading", name="The payment did not go through")).to_be_visible()
    look(page, "payment, declined")
    page.get_by_role("button", name=re.compile("^Pay")).click()
    page.get_by_role("button", name="Ask for confirmation").click()
    expect(page.get_by_role("heading", name="Confirm the payment")).to_be_visible()
    look(page, "payment, to be confirmed")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("Your order is paid").first).to_be_visible()
    look(page, "order, just paid")


def test_forms_with_errors(open_page: OpenPage, look: Look) -> None:
    page = open_page("/account/login/", reduced_motion="reduce")
    page.get_by_label("E-mail address or username").fill("nobody@example.com")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "login, wrong")
    page.goto("/account/signup/")
    page.get_by_label("E-mail address").fill("nobody@example.com")
    page.get_by_label("Password", exact=True).fill("123")
    page.locator("main").get_by_role("button").click()
    expect(page.locator(".field-error").first).to_be_visible()
    look(page, "signup, wrong")
    page.goto("/contact/")
    send_empty(page)
    look(page, "contact, with errors")


def send_empty(page: Page) -> None:
    """The form of the page as it is, past the browser's own checks."""
    form = page.locator("main form[method=post]").filter(has=page.locator(".field")).first
    form.evaluate("form => form.noValidate = true")
    form.locator("button").last.click()
    expect(page.locator(".field-error, .note-error").first).to_be_visible()


def log_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("E-mail address or username").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log in")).to_have_count(0)


ACCOUNT = {
    "account": "/account/",
    "orders": "/account/orders/",
    "addresses": "/account/addresses/",
    "a new address": "/account/addresses/add/",
    "e-mail addresses": "/account/email/",
    "password": "/account/password/change/",
    "second factor": "/account/2fa/",
    "one's data": "/account/data/",
    "the account deleted": "/account/data/delete/",
    "reviews": "/account/reviews/",
    "wishlist": "/wishlist/",
    "a review": "/reviews/write/boots-0/",
    "logging out": "/account/logout/",
}


def test_an_account(open_page: OpenPage, look: Look) -> None:
    page = open_page("/account/login/", reduced_motion="reduce")
    log_in(page, EMAIL, PASSWORD)
    for state, address in ACCOUNT.items():
        page.goto(address)
        look(page, state)
    page.goto("/account/addresses/add/")
    send_empty(page)
    look(page, "a new address, with errors")
    page.goto("/account/orders/")
    page.locator(".order-card-number a").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Order")
    look(page, "order, sent")


def test_the_style_guide(open_page: OpenPage, look: Look) -> None:
    page = open_page("/styleguide/", reduced_motion="reduce")
    log_in(page, "admin", ADMIN_PASSWORD)
    look(page, "style guide")
    for name in ERRORS:
        page.goto(f"/styleguide/errors/{name}/")
        look(page, f"error {name}")


def test_a_mail(open_page: OpenPage, look: Look) -> None:
    page = open_page("/mailbox/", reduced_motion="reduce")
    page.locator("main a[href*='/mailbox/']").first.click()
    look(page, "mail")
