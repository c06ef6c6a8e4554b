"""The page "Changes": who changed what, and when."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.accounts import changes
from shop.accounts.personal_data import erase_account
from tests.factories import CategoryFactory, ProductFactory
from tests.shop.accounts.factories import make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/admin/logentry/"


@pytest.fixture
def owner() -> User:
    return make_user("olga@example.com", role="Owner", first_name="Olga", last_name="Owner")


@pytest.fixture
def page(client: Client, owner: User) -> Any:
    """Opens the page as the owner; its text."""
    client.force_login(owner)

    def get(path: str = "", **asked: Any) -> str:
        return client.get(PAGE + path, asked).content.decode()

    return get


def log(user: User, thing: Model, told: str = "", flag: int = CHANGE) -> LogEntry:
    entry: LogEntry = LogEntry.objects.log_actions(
        user.pk, [thing], flag, change_message=told, single_object=True
    )
    return entry


def test_it_says_who_what_and_when(page: Any, owner: User) -> None:
    product = ProductFactory(title="Grey shawl")
    log(owner, product, "Price 10 → 12.")

    told = page()

    assert "Olga Owner" in told
    assert f'href="/admin/catalog/product/{product.pk}/change/">Grey shawl</a>' in told
    assert "Price 10 → 12." in told


def test_what_is_gone_has_no_link(page: Any, owner: User) -> None:
    product = ProductFactory(title="Grey shawl")
    log(owner, product, flag=DELETION)
    product.delete()

    told = page()

    assert "Grey shawl" in told
    assert "Grey shawl</a>" not in told
    assert "Deleted." in told


def test_it_is_filtered(page: Any, owner: User) -> None:
    other = make_user(role="Catalogue")
    shawl, coats = ProductFactory(title="Grey shawl"), CategoryFactory(name="Coats")
    log(owner, shawl, "Price 10 → 12.")
    log(other, coats, flag=ADDITION)
    old = log(owner, ProductFactory(title="Old hat"), "Hidden.")
    LogEntry.objects.filter(pk=old.pk).update(action_time=datetime(2020, 5, 4, 12, tzinfo=UTC))
    kind = next(one.pk for one in changes.kinds() if one.model == "category")

    def shown(**asked: Any) -> set[str]:
        told = page(**asked)
        return {name for name in ("Grey shawl", "Coats", "Old hat") if f">{name}</a>" in told}

    assert shown() == {"Grey shawl", "Coats", "Old hat"}
    assert shown(person=other.pk) == {"Coats"}
    assert shown(kind=kind) == {"Coats"}
    assert shown(flag=ADDITION) == {"Coats"}
    assert shown(until="2020-05-04") == {"Old hat"}
    assert shown(since="2020-05-05") == {"Grey shawl", "Coats"}
    assert shown(words="10 →") == {"Grey shawl"}
    assert shown(words="OLD") == {"Old hat"}


def test_what_is_asked_for_wrongly_is_told(client: Client, owner: User) -> None:
    client.force_login(owner)

    answer = client.get(PAGE, {"since": "2026-02-02", "until": "2026-01-01"})

    assert answer.status_code == 400
    assert "This day is before the first one." in answer.content.decode()
    assert client.get(PAGE, {"person": "nobody"}).status_code == 400
    assert client.get(PAGE, {"before": "x"}).status_code == 200


def test_pages_follow_one_another_also_at_one_time(
    page: Any, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.accounts.admin_changes.PER_PAGE", 2)
    now = timezone.now()
    things = [log(owner, ProductFactory(title=f"Thing {number}")) for number in range(5)]
    LogEntry.objects.update(action_time=now)

    first = page()
    second = page(before=things[3].pk)
    third = page(before=things[1].pk)

    assert [one for one in range(5) if f"Thing {one}<" in first] == [3, 4]
    assert f"before={things[3].pk}" in first
    assert [one for one in range(5) if f"Thing {one}<" in second] == [1, 2]
    assert [one for one in range(5) if f"Thing {one}<" in third] == [0]
    assert "Older" not in third


def test_as_many_queries_for_many(client: Client, owner: User) -> None:
    client.force_login(owner)
    log(owner, ProductFactory())
    client.get(PAGE)  # content types are read once a process

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    for_one = queries()
    for _ in range(40):
        log(owner, ProductFactory())

    assert queries() == for_one


def test_as_a_file(client: Client, owner: User) -> None:
    client.force_login(owner)
    log(owner, ProductFactory(title="=cmd()"), "Price 10 → 12.")

    answer = client.get(f"{PAGE}file/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    (row,) = csv.DictReader(io.StringIO(text))
    assert row["who"] == "Olga Owner"
    assert row["thing"] == "'=cmd()"
    assert row["what was changed"] == "Price 10 → 12."


def test_who_left_is_still_one_hand(page: Any, owner: User) -> None:
    other = make_user("carl@example.com", role="Catalogue", first_name="Carl")
    log(other, ProductFactory(), "Hidden.")
    erase_account(user=other, even_staff=True)

    told = page()

    assert "somebody who left" in told
    assert "Hidden." in told
    assert "carl" not in told.lower()


def test_a_kind_of_thing_that_is_no_more(page: Any, owner: User) -> None:
    entry = log(owner, ProductFactory(title="Grey shawl"))
    LogEntry.objects.filter(pk=entry.pk).update(content_type=None)

    assert "Something that is no more" in page()


@pytest.mark.parametrize("role", ["Catalogue", "Fulfilment", "Support"])
def test_only_owners_see_it(client: Client, role: str) -> None:
    client.force_login(make_user(role=role))

    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}file/").status_code == 403


def test_nobody_edits_it(client: Client, owner: User) -> None:
    client.force_login(owner)

    assert client.post(PAGE).status_code == 405


def test_from_day_to_day_includes_both(page: Any, owner: User) -> None:
    log(owner, ProductFactory(title="Grey shawl"))
    today = timezone.localdate()

    assert "Grey shawl" in page(since=str(today), until=str(today))
    assert "Grey shawl" not in page(until=str(today - timedelta(days=1)))
