"""Insights in the admin: charts, tables, files; synonyms by a click; for how long all is kept."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from redis.exceptions import RedisError

from search import pipeline
from search.events import charts, insights, proposals, recording, report, retention, tasks
from search.events.insights import Period, Trait
from search.events.models import Click, EventRetention, LoggedQuery
from search.models import Listing, Synonyms
from search.query import SearchQuery
from search.service import SearchPage
from search.words import lexicon, synonyms
from shop.catalog.images import TakenImage
from tests.factories import ProductFactory, attribute_value
from tests.search.events.conftest import asked, record, request, stored
from tests.shop.accounts.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/search/loggedquery/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.com", "x"))
    return client


def rows(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# --- Readers ------------------------------------------------------------------------------------


def test_searches_by_day_and_kind() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    asked(products=[1])
    asked()
    asked("", kind="photo", at=yesterday)
    asked(products=[1], page=2, first=25)

    found = insights.by_day(Period.of_days(7))

    assert [(one.kind, one.searches, one.found_nothing) for one in found] == [
        ("photo", 1, 1),
        ("words", 2, 1),
    ]
    assert (found[1].day - found[0].day).days == 1


def test_what_photos_had_in_common() -> None:
    boots = {"colors": ["black", "red"], "attributes": {"material": "leather"}}
    for _ in range(2):
        asked("", kind="photo", traits=boots)
    asked("cheap", kind="both", traits={"colors": ["black"]})
    asked("", kind="photo")  # nothing was seen in it
    asked("", kind="photo", traits=boots, page=2)

    found = insights.by_trait(Period.of_days(7), at_least=2)

    assert found.photos == 3
    assert found.found == [
        Trait("", "black", 3),
        Trait("", "red", 2),
        Trait("material", "leather", 2),
    ]


def test_what_is_seen_in_a_photo_is_kept_with_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {"colors": ["red"], "attributes": {}}
    monkeypatch.setattr(recording, "traits_of", lambda photo: seen)
    photo = TakenImage(b"", ".jpg", 1, 1, "0" * 64, "0" * 64)

    recording.record_search(SearchQuery(photo=photo), SearchPage([], 0, 1), request=request())
    stored()

    assert LoggedQuery.objects.get().traits == seen


# --- Charts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (1, 1), (3, 4), (10, 10), (11, 20), (700, 800), (0.07, 0.08)]
)
def test_a_scale_ends_at_a_round_number(most: float, top: float) -> None:
    assert charts.nice_top(most) == pytest.approx(top)


def test_columns_are_stacked_from_below() -> None:
    chart = charts.columns([("a", [1, 3])], told=["a: 4"], ticks=["4", "2"], top=4)

    lower, upper = chart.columns[0].parts
    assert (lower.y, lower.height) == ("75.00", "25.00")
    assert (upper.y, upper.height) == ("0.00", "75.00")


def test_every_day_is_there_and_many_are_weeks() -> None:
    asked(products=[1])

    week, quarter = (report.over_time(report.report(days)) for days in (7, 90))

    assert [one.total for one in week] == [0, 0, 0, 0, 0, 0, 1]
    assert len(quarter) == 13
    assert quarter[-1].total == 1
    assert sum((one.last - one.first).days + 1 for one in quarter) == 90


# --- The page -----------------------------------------------------------------------------------


def fill() -> None:
    leather = attribute_value("Material", "Leather")
    for _ in range(3):
        asked("gumboots", confident=False)
    traits = {"colors": ["red"], "attributes": {"material": leather.slug}}
    for _ in range(2):
        query = asked("", products=[1, 2], kind="photo", traits=traits)
        Click.objects.create(query=query, product_id=1, position=1, kind="click")
    asked("somebody's name")
    product = ProductFactory(title="Grey shawl")
    Listing.objects.filter(product=product).update(created_at=timezone.now() - timedelta(days=60))


def test_the_page_tells_it_all(staff: Client) -> None:
    fill()

    page = staff.get(PAGE).content.decode()

    for told in ("gumboots", "Grey shawl", "Leather", "red", "By photo", "As a table"):
        assert told in page
    assert "somebody" not in page  # one search alone may say something of a person
    assert page.count('role="img"') == 2
    assert re.search(r"<title>Place 1: opened 100\.0%", page)
    assert " style=" not in page.split("insights-page")[1].split("</main>")[0]


def test_the_page_of_a_new_shop(staff: Client) -> None:
    page = staff.get(PAGE).content.decode()

    assert page.count("No searches in this time.") == 2
    assert "Nothing: all that several shoppers looked for was found." in page


def test_a_period_is_one_of_three(staff: Client) -> None:
    assert staff.get(PAGE, {"days": "7"}).context["found"].days == 7
    assert staff.get(PAGE, {"days": "8"}).context["found"].days == 30
    assert staff.get(PAGE, {"days": "x"}).context["found"].days == 30


def test_as_many_queries_for_many_words(staff: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        for _ in range(2):
            asked(f"word{'x' * number}")
    for number in range(30):
        ProductFactory(title=f"Shawl {number}", images=1)
    Listing.objects.update(created_at=timezone.now() - timedelta(days=60))

    with django_assert_max_num_queries(40):
        page = staff.get(PAGE).content.decode()

    assert page.count("insights-beside") == 20


@pytest.mark.parametrize(
    "table", ["over-time", "kinds", "places", "photos", "words-in-vain", "never-found"]
)
def test_each_table_as_a_file(staff: Client, table: str) -> None:
    fill()

    answer = staff.get(f"{PAGE}file/{table}/", {"days": 7})

    assert f'filename="{table}-7-days.csv"' in answer["Content-Disposition"]
    assert rows(answer)


def test_words_in_a_file_are_no_formulas(staff: Client) -> None:
    for _ in range(2):
        asked("=1+1")

    (row,) = rows(staff.get(f"{PAGE}file/words-in-vain/"))

    assert row["words"] == "'=1+1"
    assert staff.get(f"{PAGE}file/secrets/").status_code == 404


@pytest.mark.parametrize(
    ("role", "sees", "adds", "keeps"),
    [
        ("Owner", 200, 302, 302),
        ("Catalogue", 200, 302, 403),
        ("Support", 200, 403, 403),
        ("Fulfilment", 403, 403, 403),
    ],
)
def test_who_may_what(client: Client, role: str, sees: int, adds: int, keeps: int) -> None:
    client.force_login(make_user(role=role))

    assert client.get(PAGE).status_code == sees
    assert client.get(f"{PAGE}file/kinds/").status_code == sees
    added = client.post(f"{PAGE}words/add/", {"words": "gumboots", "other": "boots"})
    assert added.status_code == adds
    kept = client.post(f"{PAGE}keep/", {"days": 30, "words_days": 30})
    assert kept.status_code == keeps
    assert client.post(f"{PAGE}forget/").status_code == keeps


# --- Synonyms by a click ------------------------------------------------------------------------


@pytest.fixture
def proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "propose", lambda phrases: {one: ["boots"] for one in phrases})


def test_words_are_added_with_a_click_and_taken_out_again(staff: Client, proposed: None) -> None:
    for _ in range(2):
        asked("gumboots")
    htmx = {"HX-Request": "true"}

    offered = staff.get(f"{PAGE}words/").content.decode()
    added = staff.post(
        f"{PAGE}words/add/", {"words": "gumboots", "other": "boots"}, headers=htmx
    ).content.decode()
    row = Synonyms.objects.get()
    page = staff.get(PAGE).content.decode()
    staff.post(f"{PAGE}words/take-out/", {"words": "gumboots", "synonyms": row.pk}, headers=htmx)

    assert 'value="boots"' in offered
    assert row.phrases() == ["boots", "gumboots"]
    assert "Undo" in added
    assert "Among the synonyms: boots, gumboots" in page
    assert not Synonyms.objects.exists()
    assert LogEntry.objects.count() == 2


def test_words_join_those_that_are_there(staff: Client) -> None:
    row = Synonyms.objects.create(words="Boots, Stiefel")

    synonyms.add(words="gum, boots", other="boots")
    synonyms.add(words="gum boots", other="boots")
    joined = Synonyms.objects.get()
    synonyms.take_out(words="gum boots", synonyms=row.pk)

    assert joined.words == "Boots, Stiefel, gum boots"
    assert Synonyms.objects.get().words == "Boots, Stiefel"
    assert synonyms.take_out(words="gum boots", synonyms=row.pk) is None


def test_what_no_search_would_find_by_is_refused(staff: Client, proposed: None) -> None:
    answer = staff.post(
        f"{PAGE}words/add/", {"words": "!!", "other": "boots"}, headers={"HX-Request": "true"}
    )

    assert "no letter or digit" in answer.content.decode()
    assert not Synonyms.objects.exists()


def test_words_of_the_shop_are_proposed(vitrine_mini: Any) -> None:
    for colour in ("red", "blue", "green", "black"):
        ProductFactory(title=f"Rain boots in {colour}")
        ProductFactory(title=f"Wool scarf in {colour}")
    list(pipeline.run())
    lexicon.update()

    found = proposals.propose(["bootz", "boot for wet days"])

    assert found["bootz"][0] == "boots"
    assert "boots" in found["boot for wet days"]


def test_landmarks_have_names_of_their_own_and_no_class_is_the_admins(staff: Client) -> None:
    asked(products=[1])

    page = staff.get(PAGE).content.decode()

    landmarks = re.findall(r'<section[^>]*aria-labelledby="([^"]+)"', page)
    landmarks += re.findall(r'role="region" aria-labelledby="([^"]+)"', page)
    assert len(landmarks) == len(set(landmarks)) > 5
    assert 'class="chart-drawn"' in page
    assert 'class="chart"' not in page  # Unfold's script takes it for a canvas


# --- For how long -------------------------------------------------------------------------------


def test_an_owner_says_for_how_long(staff: Client) -> None:
    old = asked("boots", at=timezone.now() - timedelta(days=20))
    asked("coats", at=timezone.now() - timedelta(days=5))

    answer = staff.post(f"{PAGE}keep/", {"days": 10, "words_days": 3}, follow=True)
    retention.forget_old()

    assert "Searches are kept for 10 days, their words for 3." in answer.content.decode()
    assert retention.kept() == (10, 3)
    assert not LoggedQuery.objects.filter(pk=old.pk).exists()
    assert LoggedQuery.objects.get().words == ""
    assert LogEntry.objects.get().change_message.startswith("Searches are kept for 10")


@pytest.mark.parametrize(
    ("days", "words_days"), [(0, 0), (731, 5), (10, 11), ("", ""), ("ten", 5), (10, -1)]
)
def test_what_is_out_of_bounds_is_told(staff: Client, days: Any, words_days: Any) -> None:
    answer = staff.post(f"{PAGE}keep/", {"days": days, "words_days": words_days})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not EventRetention.objects.exists()


def test_a_refusal_is_told_above_and_beside_the_field_and_keeps_the_period(staff: Client) -> None:
    answer = staff.post(f"{PAGE}keep/?days=90", {"days": 10, "words_days": 11})

    page = answer.content.decode()
    assert answer.context["found"].days == 90
    assert "Not saved: say below" in page.partition("<h1")[0] + page.partition("</h1>")[2]
    assert f'action="{PAGE}keep/?days=90#kept"' in page  # where the browser goes with the answer
    assert re.search(r'name="words_days"[^>]* aria-invalid="true"', page)
    assert f'href="{PAGE}?days=7"' in page
    saved = staff.post(f"{PAGE}keep/?days=90", {"days": 10, "words_days": 3})
    assert saved["Location"] == f"{PAGE}?days=90#top"


def test_no_words_are_stored_where_an_owner_wants_none() -> None:
    EventRetention.objects.create(days=30, words_days=0)
    ProductFactory()

    record({"q": "boots"})
    stored()

    assert LoggedQuery.objects.get().words == ""


def test_the_server_may_keep_no_words_at_all(settings: Any, staff: Client) -> None:
    settings.EVENTS_WORDS_DAYS = 0

    staff.post(f"{PAGE}keep/", {"days": 30, "words_days": 30})

    assert retention.kept() == (30, 0)


@pytest.mark.django_db(transaction=True)  # TRUNCATE wants no rows whose constraints wait
def test_all_is_forgotten_only_where_the_box_is_ticked(staff: Client) -> None:
    asked()
    staff.get(PAGE)

    unsure = staff.post(f"{PAGE}forget/", follow=True).content.decode()
    kept = LoggedQuery.objects.count()
    staff.post(f"{PAGE}forget/", {"sure": "on"})

    assert "Tick the box first" in unsure
    assert kept == 1
    assert not LoggedQuery.objects.exists()
    assert staff.get(PAGE).context["totals"]["searches"] == "0"
    assert LogEntry.objects.count() == 1


def test_what_cannot_be_forgotten_now_is_told(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RedisError

    monkeypatch.setattr(retention.buffer, "clear", fail)
    asked()

    answer = staff.post(f"{PAGE}forget/", {"sure": "on"}, follow=True)

    assert "That did not work" in answer.content.decode()
    assert LoggedQuery.objects.exists()


def test_a_report_is_kept_for_some_minutes(django_assert_num_queries: Any) -> None:
    report.report(7)

    with django_assert_num_queries(0):
        report.report(7)
    report.forget()

    assert cache.get("search.insights:2:7") is None


def test_many_searches_are_counted_in_the_background(
    monkeypatch: pytest.MonkeyPatch, staff: Client
) -> None:
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(report, "AT_ONCE", 2)
    monkeypatch.setattr(report, "dispatch", lambda task, **given: rung.append(given))
    for _ in range(5):
        asked(products=[1])

    first = staff.get(PAGE, {"days": 7})
    staff.get(PAGE, {"days": 7})
    tasks.make_report(7)
    then = staff.get(PAGE, {"days": 7})

    assert rung == [{"days": 7}]
    assert "So far only the newest 2 searches are counted" in first.content.decode()
    assert first.context["totals"]["searches"] == "2"
    assert then.context["totals"]["searches"] == "5"
    assert "So far" not in then.content.decode()
