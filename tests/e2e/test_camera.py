"""The camera of the search bar: a photo comes in by every way there is, or what went wrong is said
and nothing is lost. On a desktop and on a phone."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import DESKTOP, OpenPage, RunningShop

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
DEVICES = [pytest.param({}, id="desktop"), pytest.param(PHONE, id="phone")]
UPLOAD = "**/search/photo/"
RESULTS = "**/search/?*photo=*"
# What makes of an upright picture one that is to be turned as EXIF's orientations say, from 1 to 8.
BACK = [
    None,
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_90,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_270,
]

# An event as the browser sends it when something is dropped, or pasted, on the page.
BRING = """([kind, bytes, texts]) => {
    const transfer = new DataTransfer();
    if (bytes) {
        const photo = new File([new Uint8Array(bytes)], "photo.jpg", { type: "image/jpeg" });
        transfer.items.add(photo);
    }
    for (const [type, text] of Object.entries(texts)) transfer.setData(type, text);
    const options = { bubbles: true, cancelable: true };
    const target = kind === "paste" ? document.activeElement : document.body;
    target.dispatchEvent(kind === "paste"
        ? new ClipboardEvent(kind, { ...options, clipboardData: transfer })
        : new DragEvent(kind, { ...options, dataTransfer: transfer }));
}"""


def camera(page: Page) -> Locator:
    return page.get_by_role("button", name="Search with a photo")


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Show us what you like")


def choose(page: Page, photo: Path) -> None:
    """As by the camera's panel, with less to wait for."""
    page.get_by_label("Search with a photo").set_input_files(photo)


def bring(page: Page, kind: str, photo: Path | None = None, **texts: str) -> None:
    """Drop, or paste, a photo, and texts by their type ("html" for "text/html")."""
    data = list(photo.read_bytes()) if photo else None
    types = {f"text/{name.replace('_', '-')}": text for name, text in texts.items()}
    page.evaluate(BRING, [kind, data, types])


def expect_results(page: Page, first: str) -> None:
    photo = page.get_by_alt_text("The photo you searched with")
    expect(photo).to_be_visible()
    expect(page.locator(".card-title").first).to_have_text(first)


@pytest.mark.parametrize("device", DEVICES)
def test_the_camera_offers_what_the_device_can_do(
    open_page: OpenPage, shop: RunningShop, device: dict[str, Any]
) -> None:
    page = open_page("/category/shoes/", **device)

    camera(page).press("Enter")

    take = panel(page).get_by_role("button", name="Take a photo")
    expect(take).to_be_visible(visible=bool(device))
    expect(panel(page).get_by_text("drop a picture anywhere")).to_be_visible(visible=not device)
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(camera(page)).to_be_focused()

    camera(page).click()
    way = take if device else panel(page).get_by_role("button", name="Choose a photo")
    with page.expect_file_chooser() as chooser:
        way.click()
    asked = chooser.value.element.get_attribute("capture")
    assert asked == ("environment" if device else None)
    chooser.value.set_files(shop.photos["boots-7"])
    expect_results(page, "Red boots 7")
    assert page.locator("meta[name=robots][content*=noindex]").count() == 1


@pytest.mark.parametrize("device", DEVICES)
def test_the_photo_shows_at_once_while_it_is_on_its_way(
    open_page: OpenPage, shop: RunningShop, device: dict[str, Any]
) -> None:
    page = open_page("/", **device)
    held: list[Route] = []
    page.route(UPLOAD, lambda route: held.append(route))

    choose(page, shop.photos["mug-27"])

    expect(panel(page).get_by_role("img", name="Your photo")).to_be_visible()
    expect(panel(page).get_by_role("progressbar")).to_be_visible()
    expect(panel(page).get_by_role("status")).to_have_text("Sending your photo …")
    held[0].continue_()
    expect_results(page, "Green mug 27")


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_photo_is_dropped_or_pasted_anywhere(
    open_page: OpenPage, shop: RunningShop, kind: str
) -> None:
    page = open_page("/product/boots-0/")

    bring(page, kind, shop.photos["mug-27"])

    expect_results(page, "Green mug 27")


def test_the_page_shows_that_a_photo_can_be_dropped(open_page: OpenPage) -> None:
    page = open_page("/category/shoes/")

    # Measured at once: a veil without another "dragover" is gone within a moment.
    covered = page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["..."], "photo.jpg", { type: "image/jpeg" }));
            document.body.dispatchEvent(new DragEvent("dragover",
                { bubbles: true, cancelable: true, dataTransfer }));
            const veil = document.querySelector("[data-drop-veil]").getBoundingClientRect();
            return { x: veil.x, y: veil.y, width: veil.width, height: veil.height };
        }"""
    )

    assert covered == {"x": 0, "y": 0, **DESKTOP}  # over the whole page
    expect(page.locator("[data-drop-veil]")).to_be_hidden()  # when the drag ends elsewhere


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_the_address_of_a_picture_is_told_from_a_picture(open_page: OpenPage, kind: str) -> None:
    page = open_page("/category/shoes/")
    address = "https://example.com/boots.jpg"

    bring(page, kind, html=f'<img src="{address}">', uri_list=address)

    expect(panel(page)).to_contain_text("Save the picture to this device, then choose it here.")


def test_a_field_takes_the_text_of_what_is_pasted_into_it(
    open_page: OpenPage, shop: RunningShop
) -> None:
    """Tables come with a picture of themselves."""
    page = open_page("/category/shoes/")
    page.get_by_label("Search the shop").focus()

    bring(page, "paste", shop.photos["mug-27"], plain="red boots")

    expect(panel(page)).to_be_hidden()


@pytest.mark.parametrize("device", DEVICES)
def test_cancel_takes_the_photo_back_and_nothing_more(
    open_page: OpenPage, shop: RunningShop, device: dict[str, Any]
) -> None:
    page = open_page("/category/shoes/", **device)
    page.route(UPLOAD, lambda route: None)  # an answer that never comes
    camera(page).click()
    with page.expect_request(UPLOAD) as sent:
        choose(page, shop.photos["boots-3"])
        sent.value  # noqa: B018  (waits)

    with page.expect_event("requestfailed", lambda request: request == sent.value):
        panel(page).get_by_role("button", name="Cancel").click()

    expect(panel(page)).to_be_hidden()
    expect(camera(page)).to_be_focused()
    assert page.url.endswith("/category/shoes/")
    page.unroute_all(behavior="ignoreErrors")
    choose(page, shop.photos["mug-27"])
    expect_results(page, "Green mug 27")


def test_cancel_stops_the_way_to_the_results(open_page: OpenPage, shop: RunningShop) -> None:
    page = open_page("/category/shoes/")
    page.route(RESULTS, lambda route: None)
    with page.expect_request(RESULTS) as left:
        choose(page, shop.photos["boots-3"])
        left.value  # noqa: B018  (waits)

    with page.expect_event("requestfailed", lambda request: request == left.value):
        page.keyboard.press("Enter")  # "Cancel" has the focus; a click would wait for the results

    page.unroute_all(behavior="ignoreErrors")
    expect(panel(page)).to_be_hidden()
    assert page.url.endswith("/category/shoes/")


@pytest.fixture
def offline(open_page: OpenPage) -> Iterator[Page]:
    """A page on a phone whose network is gone."""
    page = open_page("/category/shoes/", **PHONE)
    page.evaluate("document.querySelector('[data-photo-open]').click()")  # has what it needs
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    yield page


def test_with_the_network_lost_the_photo_stays_for_another_try(
    offline: Page, shop: RunningShop
) -> None:
    page = offline

    choose(page, shop.photos["mug-27"])

    expect(panel(page)).to_contain_text("The connection was lost. Your photo is still here.")
    expect(panel(page).get_by_role("img", name="Your photo")).to_be_visible()
    page.context.set_offline(False)
    panel(page).get_by_role("button", name="Try again").click()
    expect_results(page, "Green mug 27")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("notes.txt", b"not a picture", "“notes.txt” is not a picture."),
        ("broken.jpg", b"\xff\xd8\xff\xe0 and nothing more", "damaged or incomplete"),
        ("huge.jpg", bytes(11 * 1024 * 1024), "“huge.jpg” is larger than 10 MB."),
    ],
)
def test_a_file_that_cannot_be_searched_with_is_told_apart(
    open_page: OpenPage, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    page = open_page("/category/shoes/")

    choose(page, file)

    expect(panel(page).get_by_role("status")).to_contain_text(words)
    expect(panel(page).get_by_role("button", name="Try again")).to_be_hidden()
    expect(panel(page).get_by_role("button", name="Choose another photo")).to_be_focused()
    assert page.url.endswith("/category/shoes/")


def test_whoever_searches_too_often_is_told_how_long_to_wait(
    open_page: OpenPage, shop: RunningShop
) -> None:
    page = open_page("/category/shoes/")
    answer = {"error": "That was a lot of searches. Please go on in 7 seconds."}
    page.route(UPLOAD, lambda route: route.fulfill(status=429, json=answer))

    choose(page, shop.photos["mug-27"])

    expect(panel(page)).to_contain_text("go on in 7 seconds")
    page.unroute(UPLOAD)
    panel(page).get_by_role("button", name="Try again").click()
    expect_results(page, "Green mug 27")


def test_a_proxy_that_takes_no_large_photos_is_no_silent_search(
    open_page: OpenPage, shop: RunningShop
) -> None:
    page = open_page("/category/shoes/")
    page.route(UPLOAD, lambda route: route.fulfill(status=413, body="<h1>413 Too Large</h1>"))

    choose(page, shop.photos["mug-27"])

    expect(panel(page)).to_contain_text("“mug-27.jpg” is too large to be sent to this shop.")
    expect(panel(page).get_by_role("button", name="Try again")).to_be_hidden()
    expect(panel(page).get_by_role("button", name="Choose another photo")).to_be_focused()


def test_a_photo_that_cannot_be_kept_goes_by_the_form(
    open_page: OpenPage, shop: RunningShop
) -> None:
    page = open_page("/category/shoes/")
    answer = {"error": "Photos cannot be kept right now."}
    page.route(UPLOAD, lambda route: route.fulfill(status=503, json=answer))

    choose(page, shop.photos["mug-27"])

    expect_results(page, "Green mug 27")


def test_what_is_sent_is_small_upright_and_tells_no_place(
    open_page: OpenPage, tmp_path: Path
) -> None:
    """A camera writes the picture as it was held, and how that is to be turned."""
    upright = Image.new("RGB", (2000, 3000), "white")
    upright.paste("red", (0, 0, 2000, 1000))
    upright.paste("blue", (0, 2000, 1000, 3000))
    page = open_page("/category/shoes/")
    sent: list[bytes] = []

    def keep(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        route.fulfill(status=400, json={"error": f"Enough of {len(sent)}."})

    page.route(UPLOAD, keep)
    for orientation, back in enumerate(BACK, start=1):
        photo = tmp_path / f"{orientation}.jpg"
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif.get_ifd(0x8825)[2] = (52.0, 30.0, 0.0)
        (upright.transpose(back) if back is not None else upright).save(photo, exif=exif)
        choose(page, photo)
        expect(panel(page)).to_contain_text(f"Enough of {orientation}.")

        data = sent[-1][sent[-1].index(b"\xff\xd8\xff") :]
        assert b"Exif" not in data
        small = Image.open(io.BytesIO(data)).convert("RGB")
        assert small.size == (683, 1024)
        seen = [small.getpixel(place) for place in ((340, 100), (170, 900), (510, 900))]
        for colour, expected in zip(seen, ((255, 0, 0), (0, 0, 255), (255, 255, 255)), strict=True):
            assert isinstance(colour, tuple)
            assert max(abs(a - b) for a, b in zip(colour, expected, strict=True)) < 12, orientation


@pytest.mark.parametrize("device", DEVICES)
def test_without_scripts_the_field_itself_takes_the_photo(
    open_page: OpenPage, shop: RunningShop, device: dict[str, Any]
) -> None:
    page = open_page("/", java_script_enabled=False, **device)
    field = page.get_by_label("Search with a photo")
    expect(field).to_be_in_viewport()

    field.set_input_files(shop.photos["boots-9"])
    page.get_by_role("button", name="Search", exact=True).click()

    expect_results(page, "Red boots 9")
    assert "photo=" in page.url


@pytest.mark.parametrize("device", DEVICES)
def test_words_refine_the_photo_and_it_is_taken_out_of_the_search(
    open_page: OpenPage, shop: RunningShop, device: dict[str, Any]
) -> None:
    page = open_page("/", **device)
    choose(page, shop.photos["boots-7"])
    expect_results(page, "Red boots 7")

    page.get_by_label("Search the shop").fill("mug")
    page.get_by_label("Search the shop").press("Enter")
    page.wait_for_url("**q=mug*")
    expect(page.get_by_alt_text("The photo you searched with")).to_be_visible()

    choose(page, shop.photos["mug-27"])  # takes the other's place, and the words stay
    expect_results(page, "Green mug 27")
    assert "q=mug" in page.url

    page.get_by_role("link", name="Take your photo out of the search").click()
    page.wait_for_url("**/search/?q=mug")
    expect(page.get_by_role("heading", level=1)).to_have_text("“mug”")


def test_two_first_photos_at_once_are_both_kept(open_page: OpenPage, shop: RunningShop) -> None:
    page = open_page("/category/shoes/")
    other = page.context.new_page()
    other.goto("/category/shoes/")
    held: list[Route] = []
    page.route(UPLOAD, lambda route: held.append(route))

    with page.expect_request(UPLOAD):
        choose(page, shop.photos["boots-7"])
    choose(other, shop.photos["mug-27"])
    expect(panel(other).get_by_role("status")).to_have_text("Sending your photo …")
    held[0].continue_()
    expect_results(page, "Red boots 7")
    expect_results(other, "Green mug 27")

    page.reload()
    expect_results(page, "Red boots 7")
    other.reload()
    expect_results(other, "Green mug 27")


@pytest.mark.parametrize("device", DEVICES)
def test_elsewhere_the_words_stay_and_the_photo_is_asked_for(
    open_page: OpenPage, shop: RunningShop, device: dict[str, Any]
) -> None:
    page = open_page("/search/?q=mug&price_max=50", **device)
    choose(page, shop.photos["mug-27"])
    expect_results(page, "Green mug 27")

    other = open_page(page.url, **device)

    expect(other.get_by_alt_text("The photo you searched with")).to_have_count(0)
    expect(other.get_by_text("This photo is no longer kept")).to_be_visible()
    other.get_by_role("button", name="Choose the photo").click()
    with other.expect_file_chooser() as chooser:
        panel(other).get_by_role("button", name="Choose a photo").click()
    chooser.value.set_files(shop.photos["mug-26"])
    expect_results(other, "Green mug 26")
    assert "q=mug" in other.url and "price_max=50" in other.url


def test_elsewhere_a_photo_alone_is_asked_for(open_page: OpenPage) -> None:
    page = open_page("/search/?photo=of-somebody-else")

    expect(page.get_by_role("heading", level=1)).to_have_text("Show us your photo again")
    page.get_by_role("button", name="Take or choose a photo").click()
    expect(panel(page)).to_be_visible()


@pytest.mark.parametrize("device", DEVICES)
def test_back_and_forth(open_page: OpenPage, shop: RunningShop, device: dict[str, Any]) -> None:
    page = open_page("/category/shoes/", **device)
    choose(page, shop.photos["mug-27"])
    expect_results(page, "Green mug 27")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shoes")
    expect(panel(page)).to_be_hidden()
    page.go_forward()
    expect_results(page, "Green mug 27")
    page.reload()
    expect_results(page, "Green mug 27")


@pytest.mark.parametrize("address", ["/", "/search/?q=boots"])
def test_the_camera_stays_in_reach_while_a_phone_scrolls(open_page: OpenPage, address: str) -> None:
    page = open_page(address, **PHONE)
    expect(camera(page)).to_be_in_viewport()

    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")

    expect(camera(page)).to_be_in_viewport(ratio=1)
    box = camera(page).bounding_box()
    assert box and box["y"] < 100
