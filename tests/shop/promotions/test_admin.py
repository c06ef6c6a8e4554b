"""Vouchers in the admin."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from shop.accounts import roles
from shop.promotions.generating import generate_vouchers
from shop.promotions.models import Voucher
from tests.shop.fulfilment.factories import logged_in

pytestmark = pytest.mark.django_db
LIST = "/admin/promotions/voucher/"


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def voucher(code: str, **values: Any) -> Voucher:
    return Voucher.objects.create(**{"code": code, "kind": "percent", "value": 10, **values})


def form(**changes: Any) -> dict[str, Any]:
    values = {"code": "spring", "kind": "percent", "value": "10", "minimum": "0", "active": "on"}
    uses = {f"uses-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    return values | uses | changes


def test_a_voucher_is_made(staff: Client) -> None:
    answer = staff.post(f"{LIST}add/", form())

    assert answer.status_code == 302, answer.context["errors"]
    assert Voucher.objects.get().code == "SPRING"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": "0"}, "how much"),
        ({"value": "101"}, "100 %"),
        ({"value": "-1"}, "greater than or equal"),
        ({"code": "a/b"}, "letters"),
        ({"code": "=1+1"}, "letters"),
        ({"code": "taken"}, "already exists"),
        (
            {
                "starts_at_0": "2026-05-02",
                "starts_at_1": "00:00",
                "ends_at_0": "2026-05-01",
                "ends_at_1": "00:00",
            },
            "must end after",
        ),
    ],
)
def test_what_is_wrong_is_said(staff: Client, changes: dict[str, str], message: str) -> None:
    voucher("TAKEN")

    answer = staff.post(f"{LIST}add/", form(**changes))

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert Voucher.objects.count() == 1


def test_the_list_says_how_each_stands(staff: Client) -> None:
    at = now()
    voucher("RUNNING")
    voucher("LATER", starts_at=at + timedelta(days=1))
    voucher("OVER", ends_at=at - timedelta(days=1))
    voucher("OFF", active=False)
    used = voucher("USED", limit=1)
    used.uses.create(reference="A", customer="a@example.com")

    def found(query: str) -> list[str]:
        return [str(one) for one in staff.get(f"{LIST}?{query}").context["cl"].result_list]

    for state in ("running", "later", "over", "off"):
        assert found(f"now={state}") == [state.upper()]
    assert found("now=used-up") == ["USED"]
    page = staff.get(LIST).content.decode()
    assert "1 of 1" in page


def test_the_list_asks_no_more_for_more_vouchers(staff: Client) -> None:
    counts = []
    staff.get(LIST)
    for _ in range(2):
        for one in generate_vouchers(prefix="", number=10, values={"value": 5}):
            one.uses.create(reference=one.code, customer="a@example.com")
        with CaptureQueriesContext(connection) as asked:
            staff.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_many_at_once(staff: Client) -> None:
    values = {"beginning": "spring", "number": 50, "kind": "fixed", "value": "5", "minimum": "20"}

    answer = staff.post(f"{LIST}generate/", values | {"limit": "1"})

    assert answer["Location"] == f"{LIST}?q=SPRING"
    codes = set(Voucher.objects.values_list("code", flat=True))
    assert len(codes) == 50
    assert all(code.startswith("SPRING-") and len(code) == 15 for code in codes)
    assert {one.limit for one in Voucher.objects.all()} == {1}


@pytest.mark.parametrize(
    "changes",
    [{"number": 0}, {"number": 5001}, {"value": 0}, {"value": 200}, {"beginning": "a b/"}],
)
def test_many_that_cannot_be(staff: Client, changes: dict[str, Any]) -> None:
    values = {"beginning": "A", "number": 5, "kind": "percent", "value": 5, "minimum": 0}

    answer = staff.post(f"{LIST}generate/", values | changes)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Voucher.objects.exists()


def test_codes_that_are_taken_are_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from shop.promotions import generating

    codes = iter(["TAKEN", "TAKEN", "FREE", "FREE", "OTHER"])
    voucher("TAKEN")
    monkeypatch.setattr(generating, "_code", lambda prefix: next(codes))

    made = generate_vouchers(prefix="", number=2, values={"value": 5})

    assert [one.code for one in made] == ["FREE", "OTHER"]


def test_as_csv(staff: Client) -> None:
    one = voucher("SPRING", limit=3)
    one.uses.create(reference="A", customer="a@example.com")

    answer = staff.post(LIST, {"action": "export", "_selected_action": [one.pk]})

    text = b"".join(answer.streaming_content).decode()
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["code"], row["value"], row["uses"], row["active"]) == (
        "SPRING",
        "10.00",
        "1",
        "yes",
    )


def test_switching_off(staff: Client) -> None:
    one = voucher("SPRING")

    staff.post(LIST, {"action": "switch_off", "_selected_action": [one.pk]})

    one.refresh_from_db()
    assert not one.active


def test_support_sees_and_changes_nothing() -> None:
    one = voucher("SPRING")
    client = logged_in(roles.SUPPORT)

    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}generate/").status_code == 403
    assert client.post(f"{LIST}{one.pk}/change/", form(code="OTHER")).status_code == 403
    assert logged_in(roles.CATALOGUE).get(LIST).status_code == 403
