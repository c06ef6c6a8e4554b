"""What a search found: pages that go on, filters, order, cards, and ways out of nothing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import BOOTS, DESKTOP, MUGS, OpenPage

ALL = BOOTS + MUGS + 1
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PROFILES = [pytest.param({"viewport": DESKTOP}, id="desktop"), pytest.param(PHONE, id="phone")]

# As a browser says it that nobody steers: what others are shown is not counted as seen.
SHOPPER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"
# What moved by itself, by the measure of Web Vitals.
SHIFTS = """() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
}"""

# What has moved until now, while the page came, is of no concern.
FROM_HERE = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
    window.shifted = 0;
    done();
})))"""


def titles(page: Page) -> list[str]:
    return page.locator(".card-title").all_inner_texts()


def category(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=re.compile(rf"^{name} \d+$"))


def expect_count(page: Page, count: int) -> None:
    expect(page.locator("[data-results-count]")).to_contain_text(f"{count} product")


def to_the_end(page: Page) -> None:
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_next_page_comes_by_itself_and_back_is_where_one_was(
    open_page: OpenPage, profile: dict[str, Any]
) -> None:
    page = open_page("/search/?price_min=1", user_agent=SHOPPER, **profile)
    first_page = titles(page)
    page.evaluate(SHIFTS)

    page.locator("#pages").scroll_into_view_if_needed()
    expect(page.locator(".card")).to_have_count(ALL)
    to_the_end(page)
    page.wait_for_url("**page=2")

    assert titles(page)[:24] == first_page
    assert len(set(titles(page))) == ALL
    assert page.evaluate("shifted") < 0.02
    queries = [
        (grid.get_attribute("data-query-id"), grid.get_attribute("data-first-position"))
        for grid in page.locator("[data-query-id]").all()
    ]
    assert [first for _, first in queries] == ["1", "25"]
    assert queries[0][0] != queries[1][0]  # each page is told of as the search that it is

    last = titles(page)[-1]
    page.locator(".card-title a").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(last)
    page.go_back()
    expect(page.locator(".card").last).to_be_in_viewport(ratio=0.3)
    assert titles(page)[-1] == last
    assert page.url.endswith("page=2")

    page.get_by_role("link", name="Show the page before").click()
    expect(page.locator(".card")).to_have_count(ALL)
    # What was looked at did not move.
    expect(page.locator("[data-page='2'] .card").first).to_be_in_viewport(ratio=0.1)
    assert titles(page)[:24] == first_page


def test_pages_are_links_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/search/?price_min=1", java_script_enabled=False)
    page.get_by_role("link", name="Next").click()
    assert page.url.endswith("/search/?price_min=1&page=2")
    assert len(titles(page)) == ALL - 24
    page.get_by_role("link", name="Previous").click()
    assert page.url.endswith("/search/?price_min=1")

    page.goto("/category/shoes/")
    page.get_by_role("link", name="Next").click()
    assert page.url.endswith("/category/shoes/?page=2")
    assert len(titles(page)) == BOOTS - 24


def test_after_three_pages_the_next_one_is_asked_for(open_page: OpenPage) -> None:
    """So that the foot of the page can be reached, however much there is."""
    page = open_page("/search/?price_min=1")

    def another(route: Route) -> None:
        number = int(route.request.url.split("page=")[1])
        cards = f"<div class='result'><a href='/'>Card of {number}</a></div>" * 24
        route.fulfill(
            content_type="text/html",
            body=f"""
            <section class="results-page" data-page="{number}" aria-label="Page {number}"
                data-address="/search/?price_min=1&page={number}"><div class="grid">{cards}</div>
            </section>
            <nav class="pages" id="pages" data-more="Show more">
                <a rel="next" href="/search/?price_min=1&page={number + 1}"><span>Next</span></a>
            </nav>""",
        )

    page.route("**/search/?*page=*", another)
    for number in (2, 3, 4):
        to_the_end(page)
        expect(page.locator(f"[data-page='{number}']")).to_be_attached()

    to_the_end(page)
    expect(page.get_by_role("contentinfo")).to_be_in_viewport()
    expect(page.locator("[data-page]")).to_have_count(4)
    more = page.get_by_role("link", name="Show more")
    more.press("Enter")
    expect(page.locator("[data-page='5']")).to_be_attached()
    expect(page.get_by_role("link", name="Card of 5").first).to_be_focused()


def test_filters_change_only_the_results(open_page: OpenPage) -> None:
    page = open_page("/search/?price_min=1")
    page.evaluate("window.same = true")
    page.evaluate(SHIFTS)

    category(page, "Kitchen").check()
    expect_count(page, MUGS)
    assert page.url.endswith("/search/?category=kitchen&price_min=1")
    expect(page.locator("input[type=hidden][name=category]").first).to_have_value("kitchen")
    expect(category(page, "Kitchen")).to_be_focused()  # though it came anew with its count

    page.get_by_role("link", name="Remove the filter Kitchen").click()
    expect_count(page, ALL)
    expect(page.get_by_label("All categories")).to_be_checked()
    assert page.evaluate("window.same")  # the page itself was never loaded anew
    assert page.evaluate("shifted") < 0.02

    page.go_back()
    expect_count(page, MUGS)
    expect(category(page, "Kitchen")).to_be_checked()


def test_filters_are_a_sheet_on_a_phone_whose_button_counts(open_page: OpenPage) -> None:
    page = open_page("/search/?price_min=1", **PHONE)
    kitchen = category(page, "Kitchen")
    expect(kitchen).to_be_hidden()

    page.get_by_role("button", name="Filters 1").click()
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    kitchen.check()
    show = page.get_by_role("button", name=f"Show {MUGS} products")
    expect(show).to_be_in_viewport()
    show.click()

    expect(kitchen).to_be_hidden()
    expect_count(page, MUGS)
    expect(page.get_by_role("button", name="Filters 2")).to_be_visible()


def test_the_sheet_of_filters_stays_under_a_finger(open_page: OpenPage) -> None:
    page = open_page("/search/?price_min=1", **PHONE)
    sheet = page.locator("#filters")
    page.get_by_role("button", name="Filters 1").click()

    sheet.get_by_role("heading", name="Filters").tap()
    sheet.locator("label", has_text="Kitchen").tap()

    expect(page.get_by_role("button", name=f"Show {MUGS} products")).to_be_in_viewport()
    expect(category(page, "Kitchen")).to_be_checked()


@pytest.mark.parametrize("scripts", [True, False])
def test_results_are_sorted(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/search/?price_min=1", java_script_enabled=scripts)

    page.get_by_label("Sort by").select_option("Highest price")
    if not scripts:
        page.get_by_role("button", name="Sort").click()

    page.wait_for_url("**sort=-price**")
    expect(page.locator(".card-title").first).to_have_text("A bare thing")
    category(page, "Shoes").check()
    if not scripts:
        page.get_by_role("button", name="Apply", exact=True).click()
    expect_count(page, BOOTS)
    assert "sort=-price" in page.url
    expect(page.get_by_label("Sort by")).to_have_value("-price")


def test_small_pictures_are_remembered(open_page: OpenPage) -> None:
    page = open_page("/search/?price_min=1")
    columns = (
        "getComputedStyle(document.querySelector('.grid')).gridTemplateColumns.split(' ').length"
    )
    large = page.evaluate(columns)

    page.get_by_role("button", name="Small pictures").click()
    assert page.evaluate(columns) > large
    page.goto("/category/shoes/")

    assert page.evaluate(columns) > large
    expect(page.get_by_role("button", name="Small pictures")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate("document.documentElement.dataset.density") == "compact"


@pytest.mark.parametrize("width", [320, 390])
def test_small_pictures_stay_beside_each_other_on_a_phone(open_page: OpenPage, width: int) -> None:
    page = open_page("/search/?price_min=1", **{**PHONE, "viewport": {"width": 390, "height": 844}})
    page.get_by_role("button", name="Small pictures").tap()
    page.set_viewport_size({"width": width, "height": 844})

    wider = "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
    assert page.locator(".result").evaluate_all(wider) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("profile", PROFILES)
def test_more_and_less_like_a_result_add_to_the_search(
    open_page: OpenPage, profile: dict[str, Any]
) -> None:
    page = open_page("/search/?q=boots", **profile)
    first, second = titles(page)[:2]

    page.locator(".result").first.hover()
    page.get_by_role("link", name=f"More like this: {first}", exact=True).click()
    expect(page.get_by_role("link", name=f"Take back more like {first}")).to_be_visible()
    assert "q=boots" in page.url and "more=" in page.url

    page.locator(".result", has_text=second).first.hover()
    page.get_by_role("link", name=f"Less like this: {second}", exact=True).click()
    expect(page.get_by_role("link", name=f"Take back less like {second}")).to_be_visible()
    # The heading has grown, and is seen all the same: not under the search, which stays above.
    head = page.evaluate("document.getElementById('results-head').getBoundingClientRect().top")
    assert head >= 64

    page.get_by_role("link", name=f"Take back more like {first}").click()
    expect(page.get_by_role("link", name=f"Take back more like {first}")).to_have_count(0)
    assert "less=" in page.url and "more=" not in page.url


@pytest.mark.parametrize("profile", PROFILES)
def test_why_a_result_is_there_opens_without_moving_anything(
    open_page: OpenPage, profile: dict[str, Any]
) -> None:
    page = open_page("/search/?q=green+mug", **profile)
    title = titles(page)[0]
    page.evaluate(SHIFTS)
    page.evaluate(FROM_HERE)

    page.get_by_role("button", name=f"Why this: {title}").press("Enter")
    expect(page.get_by_text("“mug” is in its title").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_text("“mug” is in its title").first).to_be_hidden()
    expect(page.get_by_role("button", name=f"Why this: {title}")).to_be_focused()
    assert page.evaluate("shifted") == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_nothing_leads_on_with_how_many_would_come(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/search/?category=kitchen&price_min=100", java_script_enabled=scripts)
    expect(page.get_by_role("heading", name="Nothing fits all of that")).to_be_visible()

    page.get_by_role("link", name=f"without “from $100.00” {MUGS}").click()

    expect_count(page, MUGS)
    assert page.url.endswith("/search/?category=kitchen")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_category_has_filters_that_go_on_as_a_search(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/category/kitchen/", java_script_enabled=scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kitchen")
    expect(page.get_by_role("link", name="Mugs")).to_be_visible()

    page.get_by_label("Only what is in stock").check()
    if not scripts:
        page.get_by_role("button", name="Apply", exact=True).click()

    expect(page.get_by_role("link", name="Remove the filter in stock")).to_be_visible()
    expect_count(page, MUGS)
    assert re.search("/search/.*category=kitchen&.*in_stock=1", page.url)
    page.go_back()
    expect(page.get_by_role("link", name="Mugs")).to_be_visible()
    assert page.url.endswith("/category/kitchen/")


def test_a_category_goes_on_page_by_page(open_page: OpenPage) -> None:
    page = open_page("/category/shoes/")

    to_the_end(page)
    expect(page.locator(".card")).to_have_count(BOOTS)
    to_the_end(page)

    page.wait_for_url("**/category/shoes/?page=2")


def test_a_search_that_fails_says_so_and_can_be_tried_again(open_page: OpenPage) -> None:
    page = open_page("/search/?price_min=1")
    page.evaluate("console.error = () => {}")  # htmx tells the console, too
    page.route("**/search/?*kitchen*", lambda route: route.fulfill(status=502))

    category(page, "Kitchen").check()

    alert = page.get_by_role("alert").filter(has_text="could not be brought up to date")
    expect(alert).to_be_visible()
    page.unroute("**/search/?*kitchen*")
    alert.get_by_role("link", name="try again").click()
    expect_count(page, MUGS)


@contextmanager
def hold_up(page: Page, address: str) -> Iterator[list[Route]]:
    """The first request for the address: sent within the block, answered when the test says."""
    held: list[Route] = []
    page.route(address, lambda route: route.continue_() if held else held.append(route))
    with page.expect_request(address):
        yield held


@pytest.fixture
def awaiting(open_page: OpenPage) -> tuple[Page, Route]:
    """A page on which "in stock" was chosen, and the answer to that, which is held up."""
    page = open_page("/search/?q=boots")
    with hold_up(page, "**/search/?*in_stock=1*") as held:
        page.get_by_label("Only what is in stock").check()
    return page, held[0]


def test_a_link_pressed_while_an_answer_is_awaited_adds_to_what_is_asked(
    awaiting: tuple[Page, Route],
) -> None:
    page, answer = awaiting
    first = titles(page)[0]

    page.get_by_role("link", name=f"More like this: {first}", exact=True).press("Enter")
    page.get_by_label("Lowest price").fill("2")
    page.get_by_label("Lowest price").press("Enter")
    answer.continue_()

    expect(page.get_by_role("link", name=f"Take back more like {first}")).to_be_visible()
    expect(page.get_by_role("link", name="Remove the filter from $2.00")).to_be_visible()
    expect(page.get_by_role("link", name="Remove the filter in stock")).to_be_visible()
    assert all(part in page.url for part in ("q=boots", "more=", "in_stock=1", "price_min=2"))


def test_a_link_pressed_after_a_choice_that_waits_keeps_it(awaiting: tuple[Page, Route]) -> None:
    page, answer = awaiting
    first = titles(page)[0]

    page.get_by_label("Lowest price").fill("2")
    page.get_by_label("Lowest price").press("Enter")
    page.get_by_role("link", name=f"More like this: {first}", exact=True).press("Enter")
    answer.continue_()

    expect(page.get_by_role("link", name=f"Take back more like {first}")).to_be_visible()
    assert all(part in page.url for part in ("q=boots", "more=", "in_stock=1", "price_min=2"))


def test_a_link_that_leads_away_does_so_while_an_answer_is_awaited(
    awaiting: tuple[Page, Route],
) -> None:
    page, answer = awaiting
    link = page.locator("#results .card-title a").first
    title = link.inner_text()

    with hold_up(page, "**/product/**") as held:
        link.press("Enter", no_wait_after=True)
    answer.continue_()  # comes before the page that is asked for
    page.wait_for_url("**in_stock=1*", wait_until="commit")
    held[0].continue_()

    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
