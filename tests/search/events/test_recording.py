"""What is kept of a search, of which requests, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.request import Request

from search.events import buffer, query_ids, recording
from search.events.models import Impression, LoggedQuery
from search.events.words import normalised
from tests.factories import CategoryFactory, ProductFactory, attribute_value
from tests.search.events.conftest import asked, record, request, shown, stored
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db


def test_a_search_is_kept_with_what_it_showed() -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = ProductFactory(
        title="Red boots", category=shoes, variants=[{"price": "50", "options": {"color": "Red"}}]
    )
    filters = {"category": "shoes", "color": "red", "price_max": "80", "in_stock": "on"}

    query_id = record({"q": "  Red   BOOTS ", **filters}, confident=True)
    stored()

    query = LoggedQuery.objects.get()
    assert query.pk.hex == query_id
    assert (query.kind, query.words, query.page, query.found) == ("words", "red boots", 1, 1)
    assert query.filters == {**filters, "in_stock": "1"}
    assert query.confident is True
    assert query.facts["ways"] == {"words": "full-text"} and query.facts["ms"] > 0
    impression = Impression.objects.get()
    assert (impression.query, impression.first, impression.products) == (query, 1, [boots.pk])
    assert impression.seen is None


def test_positions_go_on_from_page_to_page() -> None:
    boots = CategoryFactory(name="Boots")
    for _ in range(30):
        ProductFactory(category=boots)

    query_id = record({"category": "boots", "page": "2"})
    stored()

    impression = Impression.objects.get(pk=UUID(query_id))
    assert (impression.first, len(impression.products)) == (25, 6)
    assert impression.query.page == 2


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ({"q": "boots"}, "words"),
        ({"category": "boots"}, "browse"),
        ({"like": "red-boots"}, "like"),
        ({"like": "red-boots", "q": "in green"}, "like"),
    ],
)
def test_kinds_of_queries(data: dict[str, str], kind: str) -> None:
    model = make_model()
    boots = ProductFactory(slug="red-boots", category=CategoryFactory(name="Boots"), images=1)
    embed_image(boots.images.get(), model, unit(1))
    if "q" in data:
        model.delete()  # no encoder for words

    record(data)
    stored()

    query = LoggedQuery.objects.get()
    assert query.kind == kind
    assert query.filters.get("like", "") == data.get("like", "")


def test_of_a_photo_what_was_read_is_kept_and_nothing_else() -> None:
    traits = {"colors": ["red"], "attributes": {"pattern": "striped"}}

    record({"q": "boots"}, traits=traits)
    record({"q": "boots"}, traits={"much": "x" * 5000})
    stored()

    assert [query.traits for query in LoggedQuery.objects.order_by("traits")] == [{}, traits]


def test_a_search_that_cannot_be_recorded_is_a_search_all_the_same() -> None:
    assert record({"q": "boots"}, traits={"photo": b"bytes"}) == ""


def test_what_a_search_showed_is_known_before_it_is_stored_and_after() -> None:
    boots = ProductFactory(title="Boots")
    query_id = record({"q": "boots"})

    before = shown(query_id)
    stored()
    buffer._client().flushdb()
    after = shown(query_id)

    assert before is not None and after is not None
    assert before.position_of(boots.pk) == after.position_of(boots.pk) == 1
    assert before.product_at(1) == boots.pk and before.product_at(2) is None
    assert before.position_of(boots.pk + 1) is None


# --- Which requests -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec_GPC": "1"},
        {"Sec_Purpose": "prefetch"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X_Moz": "prefetch"},
        {"X_Purpose": "preview"},
        {"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User_Agent": "Mozilla/5.0 AppleWebKit/537.36 (compatible; GPTBot/1.2)"},
        {"User_Agent": "Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36"},
        {"User_Agent": "curl/8.5.0"},
        {"User_Agent": "python-requests/2.32"},
        {"User_Agent": ""},
    ],
)
def test_these_requests_are_not_counted(headers: dict[str, str]) -> None:
    assert record({"q": "boots"}, request(**headers)) == ""
    assert stored() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"DNT": "0", "Sec_GPC": "0"},
        {"User_Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1"},
        {"User_Agent": "Mozilla/5.0 (Linux; Android 15; CUBOT X70) Chrome/140.0 Mobile"},
    ],
)
def test_these_are(headers: dict[str, str]) -> None:
    assert record({"q": "boots"}, request(**headers)) != ""


def test_a_head_request_is_nobodys_search() -> None:
    assert record({"q": "boots"}, request(method="HEAD")) == ""


@pytest.mark.parametrize(
    ("agent", "counts"), [("Vitrine/1.0 okhttp/5.0", True), ("AhrefsBot/7.0", False), ("", True)]
)
def test_in_the_api_programs_are_apps(agent: str, counts: bool) -> None:
    made = Request(request("/api/v1/search/", User_Agent=agent))

    assert bool(record({"q": "boots"}, made)) == counts  # type: ignore[arg-type]


def test_with_events_off_nothing_is_kept(settings: Any) -> None:
    settings.EVENTS = False

    assert record({"q": "boots"}) == ""
    assert stored() == 0


# --- Words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Red\tBoots ", "red boots"),
        ("ＲＥＤ Straße", "red strasse"),
        ("gift for Alice@Example.com please", "gift for <e-mail> please"),
        ("call +41 79 123 45 67", "call <number>"),
        ("4111-1111-1111-1111", "<number>"),
        ("SKU-48291 501 32/34", "sku-48291 501 32/34"),
        ("boots\u200b\u202e", "boots"),
    ],
)
def test_words_are_normalised_and_what_looks_personal_is_masked(typed: str, kept: str) -> None:
    assert normalised(typed) == kept


def test_no_words_are_kept_where_the_shop_wants_none(settings: Any) -> None:
    settings.EVENTS_WORDS_DAYS = 0

    record({"q": "boots"})
    stored()

    assert LoggedQuery.objects.get().words == ""


@given(st.text(max_size=500))
def test_whatever_is_typed_can_be_stored(text: str) -> None:
    kept = normalised(text)

    assert len(kept) <= 500
    assert kept == "" or kept.isprintable()


# --- Ids ----------------------------------------------------------------------------------------

NOW = datetime(2026, 5, 4, 13, 37, 12, tzinfo=UTC)


@given(st.integers(0, query_ids.VALID_HOURS))
def test_an_id_is_read_back_as_long_as_it_is_valid(hours: int) -> None:
    made = query_ids.new(NOW)

    assert query_ids.parse(made.hex, NOW + timedelta(hours=hours)) == made
    assert query_ids.parse(made.hex, NOW + timedelta(hours=query_ids.VALID_HOURS + 1)) is None
    assert query_ids.parse(made.hex, NOW - timedelta(hours=1)) is None


def test_an_id_tells_the_hour_and_nothing_finer() -> None:
    ids = {query_ids.new(NOW) for _ in range(100)}

    assert len(ids) == 100
    assert {query_ids.hour_of(one) for one in ids} == {NOW.replace(minute=0, second=0)}
    assert len({one.hex[:8] for one in ids}) == 1
    assert all(one.version == 8 for one in ids)
    assert all(
        query_ids.first_of(NOW) <= one < query_ids.first_of(NOW + timedelta(hours=1)) for one in ids
    )


@pytest.mark.parametrize(
    "text",
    [None, "", "x", 5, "0" * 32, "g" * 32, "f" * 32, "٣" * 32, "00078f3a" * 4 + "0", b"0" * 32],
)
def test_what_is_no_id(text: object) -> None:
    assert query_ids.parse(text, NOW) is None


def test_an_id_in_capitals_or_with_dashes_is_another_spelling_and_none_of_ours() -> None:
    made = query_ids.new(NOW)

    assert query_ids.parse(str(made), NOW) is None
    assert query_ids.parse("{" + made.hex + "}", NOW) is None


def test_what_nobody_asked_showed_nothing() -> None:
    asked()

    assert recording.shown_by(query_ids.new(NOW)) is None


def test_attributes_of_the_shop_are_filters_too() -> None:
    leather = attribute_value("material", "Leather")
    ProductFactory(attributes={"material": "Leather"})

    record({"material": leather.slug})
    stored()

    assert LoggedQuery.objects.get().filters == {"material": "leather"}
