"""The page of a product in a real browser: choosing, looking closely, buying, wishing."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, RunningShop

BOOTS = "/product/boots-0/"  # S is sold out, of M there are 3, and 3 pictures
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
COAT = "/product/coat-of-these-tests/"  # red and blue, each with a picture

# What moved under the shopper's eyes, as the browser measures it.
WATCH_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
# Until a frame is scrolled further down than it was. (The policy forbids playwright's own waiting.)
MOVED_DOWN = """
(frame, before) => new Promise((done) => {
  const look = () => (frame.scrollTop > before ? done() : requestAnimationFrame(look));
  look();
})
"""


@pytest.fixture(scope="module")
def coat(shop: RunningShop) -> Iterator[str]:
    """A product in two colours; gone at the end, since other tests count the shop's products."""
    made = (
        "from time import sleep",
        "from search.models import Embedding",
        "from tests.factories import *",
        "coat = ProductFactory(title='Coat', slug='coat-of-these-tests', images=2, variants=["
        "{'sku': 'COAT-R', 'stock': 9, 'options': {'color': 'Red'}},"
        "{'sku': 'COAT-B', 'stock': 9, 'options': {'color': 'Blue'}}])",
        "for sku, image in zip(('COAT-R', 'COAT-B'), coat.images.order_by('pk')):",
        "    coat.variants.filter(sku=sku).update(image=image)",
        # Until then its page grows by what looks like it, maybe between two looks of a test.
        "done = Embedding.objects.filter(image__product=coat, status='done')",
        "while done.count() < 2: sleep(0.2)",
    )
    shop.run(*made)
    yield COAT
    gone = (
        "from shop.catalog.models import Product",
        "Product.objects.filter(slug='coat-of-these-tests').update(published=False)",
    )
    shop.run(*gone)


def scale(page: Page) -> float:
    """How many times the large picture is as large as it fits."""
    found = page.locator(".zoom-strip [data-scale]")
    return float(found.get_attribute("data-scale") or 1) if found.count() else 1


@pytest.mark.parametrize("scripts", [True, False])
def test_an_option_is_chosen(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(BOOTS, java_script_enabled=scripts)
    size = page.locator(".option-name")
    expect(size).to_have_text("Size: M")

    page.get_by_role("link", name="L", exact=True).click()

    expect(size).to_have_text("Size: L")
    expect(page).to_have_url(re.compile(r"variant="))
    expect(page.locator(".product-stock")).to_contain_text("In stock")


def test_choosing_keeps_the_place_and_says_what_was_chosen(open_page: OpenPage) -> None:
    page = open_page(BOOTS)
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="One more").click()

    page.get_by_role("link", name="L", exact=True).press("Enter")

    expect(page.locator("[data-announce]")).to_contain_text("L, $120.00, in stock")
    assert page.evaluate("window.stays")
    assert page.evaluate("document.activeElement.textContent") == "L"
    expect(page.get_by_label("Quantity")).to_have_value("2")


def test_what_is_sold_out_offers_a_mail(open_page: OpenPage) -> None:
    page = open_page(BOOTS)

    page.get_by_role("link", name="S (sold out)").click()
    page.get_by_label("Your e-mail address").fill("ada@example.com")
    page.get_by_role("button", name="Tell me when it is back").click()

    expect(page.locator(".messages")).to_contain_text("We have written to ada@example.com")


def test_a_colour_changes_the_picture(open_page: OpenPage, coat: str) -> None:
    page = open_page(f"{coat}?variant=COAT-R")
    page.evaluate(WATCH_SHIFTS)
    first = page.locator(".gallery-strip img").first
    red = first.get_attribute("src")

    blue = page.get_by_role("link", name="Blue", exact=True)
    with page.expect_response(re.compile("variant=COAT-B")):
        blue.focus()  # it is asked for before it is chosen
    blue.press("Enter")

    expect(page.locator("[data-announce]")).to_contain_text("Blue")
    assert first.get_attribute("src") != red
    assert first.evaluate("image => image.complete && image.naturalWidth > 0")
    expect(page.get_by_role("link", name="Blue", exact=True)).to_be_focused()
    assert page.evaluate("window.shifts") < 0.02


def test_a_picture_opens_large_and_keys_lead_to_the_next(open_page: OpenPage) -> None:
    page = open_page(BOOTS)
    links = page.get_by_role("link", name="Show it large")
    links.first.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    pictures = dialog.locator("li img")
    expect(pictures.nth(0)).to_be_in_viewport(ratio=0.9)

    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("2 / 3")
    expect(pictures.nth(1)).to_be_in_viewport(ratio=0.9)
    for _ in range(6):
        page.keyboard.press("Tab")
        assert dialog.evaluate("dialog => dialog.contains(document.activeElement)")
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(links.nth(1)).to_be_focused()  # that of the picture that was seen last
    expect(links.nth(1)).to_be_in_viewport(ratio=0.9)


def test_a_picture_is_looked_at_closely_by_keys_mouse_and_wheel(open_page: OpenPage) -> None:
    page = open_page(BOOTS)
    page.get_by_role("link", name="Show it large").first.click()
    frame = page.locator(".zoom-strip > li").first

    page.keyboard.press("+")
    assert scale(page) == 1.5
    before = frame.evaluate("frame => frame.scrollTop")
    page.keyboard.press("ArrowDown")
    frame.evaluate(MOVED_DOWN, before)
    page.keyboard.press("0")
    assert scale(page) == 1

    page.mouse.click(640, 300)
    assert scale(page) > 2
    before = frame.evaluate("frame => frame.scrollLeft")
    page.mouse.move(640, 300)
    page.mouse.down()
    page.mouse.move(540, 300, steps=2)
    page.mouse.up()
    assert frame.evaluate("frame => frame.scrollLeft") > before
    assert scale(page) > 2  # it was moved, not clicked

    page.mouse.wheel(0, 4_000)
    expect(page.locator(".zoom-strip [data-scale]")).to_have_count(0)
    closer = page.get_by_role("button", name="Zoom in")
    closer.click()
    expect(closer).to_have_attribute("aria-pressed", "true")


def test_pictures_are_swiped_and_opened_large_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(BOOTS, **PHONE)
    strip = page.locator(".gallery-strip")
    strip.evaluate("strip => strip.scrollTo(strip.clientWidth, 0)")  # as a finger does
    expect(page.locator("[data-gallery-count]")).to_have_text("2 / 3")
    expect(page.get_by_role("link", name="Picture 2")).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Picture 1").tap()

    page.get_by_role("link", name="Show it large").first.tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("li img").first).to_be_in_viewport(ratio=0.9)
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: int) -> None:
        points = [{"x": x, "y": 400, "id": number} for number, x in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 150, 240)
    fingers("touchMove", 130, 260)
    fingers("touchMove", 105, 285)
    fingers("touchEnd")
    assert scale(page) == pytest.approx(2, abs=0.05)
    for _ in range(2):
        page.touchscreen.tap(195, 400)
    assert scale(page) == 1

    dialog.locator("ul").evaluate("strip => strip.scrollTo(2 * strip.clientWidth, 0)")
    expect(dialog).to_contain_text("3 / 3")
    page.get_by_role("button", name="Close").tap()

    expect(dialog).to_be_hidden()
    expect(page.locator("[data-gallery-count]")).to_have_text("3 / 3")


def test_the_part_of_a_picture_that_is_seen_is_searched(open_page: OpenPage) -> None:
    page = open_page(BOOTS)
    page.get_by_role("link", name="Search with this picture").click()
    page.wait_for_url(re.compile(r"/search/\?photo=[\w-]+$"))

    page.go_back()
    page.get_by_role("link", name="Show it large").first.click()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("link", name="Search this part").click()

    page.wait_for_url(re.compile(r"photo=[\w-]+&crop=0\.\d+,0\.\d+,0\.\d+,0\.\d+$"))


def test_a_picture_is_a_link_to_the_large_one(open_page: OpenPage) -> None:
    page = open_page(BOOTS, java_script_enabled=False)
    address = page.get_by_role("link", name="Show it large").first.get_attribute("href")
    assert address and page.request.get(address).headers["content-type"] == "image/jpeg"
    like = page.get_by_role("link", name="Search with this picture").get_attribute("href")
    assert like == "/search/?like=boots-0"
    for part in (".buy-bar", ".recent", "[data-gallery-count]"):
        expect(page.locator(part)).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_so_many_go_into_the_cart(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(BOOTS, java_script_enabled=scripts)
    more = page.get_by_role("button", name="One more")
    if scripts:
        more.click()
        more.click()
        expect(more).to_be_disabled()  # there are three
    else:
        expect(more).to_be_hidden()
        page.get_by_label("Quantity").fill("3")

    page.get_by_role("button", name="Add to cart").click()

    expect(page.locator(".cart-count")).to_have_text("3")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wish_is_kept(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(BOOTS, java_script_enabled=scripts)
    page.get_by_role("button", name="Put on the wishlist").click()
    page.get_by_role("link", name="See your wishlist").click()

    expect(page.get_by_role("heading", name="Red boots 0")).to_be_visible()
    page.get_by_role("button", name="Move to the cart").click()
    expect(page.locator(".messages")).to_contain_text("Red boots 0 is in the cart")
    expect(page.get_by_text("Nothing here yet")).to_be_visible()


def test_adding_to_the_cart_keeps_the_place_and_shows_the_way(open_page: OpenPage) -> None:
    page = open_page(BOOTS)
    page.evaluate("window.stays = true")
    button = page.get_by_role("button", name="Add to cart")

    button.press("Enter")

    added = page.get_by_role("status").filter(has_text="is in your cart")
    expect(added).to_be_visible()
    expect(page.locator(".cart-count")).to_have_text("1")
    expect(button).to_be_focused()
    assert page.evaluate("window.stays")
    added.get_by_role("link", name="Go to the cart").click()
    expect(page).to_have_url(re.compile("/cart/$"))


def test_on_a_phone_a_bar_keeps_buying_at_hand(open_page: OpenPage) -> None:
    page = open_page(BOOTS, **{**PHONE, "viewport": {"width": 390, "height": 640}})
    bar = page.get_by_role("region", name="Buy")
    expect(bar).to_be_in_viewport(ratio=0.9)
    expect(bar).to_contain_text("$120.00")
    expect(bar).to_contain_text("M")

    bar.get_by_role("button", name="Add to cart").tap()
    expect(page.get_by_text("is in your cart.")).to_be_in_viewport(ratio=1)
    expect(page.locator(".cart-count")).to_have_text("1")
    page.get_by_role("button", name="Close").tap()
    expect(page.get_by_text("is in your cart.")).to_be_hidden()

    page.locator(".buy-button").scroll_into_view_if_needed()
    expect(bar).to_be_hidden()
    page.evaluate("window.scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    expect(bar).to_be_visible()
    foot = page.locator(".site-footer").bounding_box()
    box = bar.bounding_box()
    assert foot and box and foot["y"] + foot["height"] <= box["y"] + 1


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_what_was_looked_at_lately_is_shown_and_forgotten(
    open_page: OpenPage, options: dict[str, object]
) -> None:
    page = open_page("/product/mug-26/", **options)
    expect(page.locator(".recent")).to_be_hidden()
    page.goto("/product/boots-1/")
    page.goto(BOOTS)
    page.evaluate(WATCH_SHIFTS)
    recent = page.get_by_role("region", name="Recently viewed")

    recent.scroll_into_view_if_needed()
    expect(recent.get_by_role("heading", level=3)).to_have_text(["Red boots 1", "Green mug 26"])
    assert page.evaluate("window.shifts") < 0.02

    page.get_by_role("button", name="Forget them").click()
    expect(recent).to_be_hidden()
    page.goto("/product/mug-27/")
    expect(page.locator(".recent")).to_be_hidden()
