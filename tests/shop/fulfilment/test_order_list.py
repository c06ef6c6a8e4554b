"""The list of orders: found, filtered, acted upon together, printed and exported."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.accounts import roles
from shop.orders.models import Order
from shop.orders.states import State
from tests.shop.fulfilment.factories import logged_in, order, variant
from tests.shop.orders.factories import ADDRESS, OrderFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/orders/order/"


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def shown(client: Client, query: str = "") -> set[str]:
    page = client.get(f"{LIST}?{query}")
    assert page.status_code == 200, page.headers
    return {one.number for one in page.context["cl"].result_list}


def choose(client: Client, action: str, *orders: Order, **values: Any) -> Any:
    data = {"action": action, "_selected_action": [one.pk for one in orders], **values}
    return client.post(LIST, data)


# --- Finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "7K3F-9QXM-TH",
        "7k3f",
        "7K3F9QXMTH",
        "Grace@Example.com",
        "grace@",
        "Hopper",
        "hopp",
        "grace hopper",
        "Navy",
        "boot-red",
        "BOOT",
        "jd0146",
        "JD 0146 0003",
        " Hopper ",
    ],
)
def test_orders_are_found(staff: Client, text: str) -> None:
    OrderFactory(number="AAAA-AAAA-AA", lines=[{"variant": None, "sku": "MUG"}])
    OrderFactory(
        number="7K3F-9QXM-TH",
        email="grace@example.com",
        shipping={**ADDRESS.as_dict(), "name": "Grace Hopper", "company": "Navy"},
        tracking_number="JD01460003",
        lines=[{"variant": None, "sku": "Boot-Red-42"}, {"variant": None, "sku": "BOOT-2"}],
    )

    assert shown(staff, f"q={text}") == {"7K3F-9QXM-TH"}


@pytest.mark.parametrize("text", ["nobody", "%", "_", "'", "' | x", "\\", "!&:*"])
def test_what_is_not_there_is_not_found(staff: Client, text: str) -> None:
    OrderFactory()

    page = staff.get(LIST, {"q": text})

    assert list(page.context["cl"].result_list) == []


def test_filters(staff: Client) -> None:
    placed = OrderFactory(country="DE", gateway="stripe")
    paid = OrderFactory(state=State.PAID)
    refunded = OrderFactory(state=State.REFUNDED)
    cancelled = OrderFactory(state=State.CANCELLED)

    assert shown(staff, "state__exact=paid") == {paid.number}
    assert shown(staff, "paid=yes") == {paid.number, refunded.number}
    assert shown(staff, "paid=no") == {placed.number}
    assert shown(staff, "paid=back") == {refunded.number}
    assert shown(staff, "country=DE") == {placed.number}
    assert shown(staff, "gateway=test") == {paid.number, refunded.number, cancelled.number}
    assert shown(staff, "state__exact=paid&q=ada@example.com") == {paid.number}


def test_what_is_to_do_is_counted(staff: Client) -> None:
    for state in (State.PAID, State.PAID, State.PACKED, State.PLACED, State.SHIPPED):
        OrderFactory(state=state)

    counts = {one["state"]: one["count"] for one in staff.get(LIST).context["to_do"]}

    assert counts == {"paid": 2, "packed": 1, "placed": 1}


def test_the_list_asks_no_more_for_more_orders(staff: Client) -> None:
    counts = []
    staff.get(LIST)
    for number in (1, 20):
        for _ in range(number):
            OrderFactory(lines=[{"variant": None}, {"variant": None}])
        with CaptureQueriesContext(connection) as asked:
            staff.get(LIST)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] < 20


# --- On several ---------------------------------------------------------------------------------


def test_packing_and_shipping_several(staff: Client) -> None:
    one, other = order(quantities={variant("A"): 1}), order(quantities={variant("B"): 1})
    unpaid = order(State.PLACED, {variant("C"): 1})

    answer = choose(staff, "pack", one, other, unpaid)

    told = staff.get(answer["Location"]).content.decode()
    assert "Packed: 2 orders." in told
    assert f"1 was left out. {unpaid.number}" in told
    states = dict(Order.objects.values_list("number", "state"))
    assert states == {one.number: "packed", other.number: "packed", unpaid.number: "placed"}
    assert LogEntry.objects.count() == 2
    choose(staff, "ship", one, other)
    assert Order.objects.filter(state=State.SHIPPED).count() == 2


@pytest.mark.parametrize("action", ["pack", "ship", "print_packing_list", "export"])
def test_support_acts_on_no_list(action: str) -> None:
    made = order()

    choose(logged_in(roles.SUPPORT), action, made)

    made.refresh_from_db()
    assert made.state == State.PAID
    page = logged_in(roles.SUPPORT).get(LIST).content.decode()
    assert f'<option value="{action}"' not in page


# --- Printing -----------------------------------------------------------------------------------


def test_the_packing_list(staff: Client) -> None:
    boot, mug = variant("BOOT"), variant("MUG")
    one, other = order(quantities={boot: 2, mug: 1}), order(quantities={boot: 3})
    other.lines.update(returned=1)

    answer = choose(staff, "print_packing_list", one, other)
    page = staff.get(answer["Location"])

    picked = [each["picked"] for each in page.context["picked"]]
    assert [(each.line.sku, each.quantity, each.orders) for each in picked] == [
        ("BOOT", 4, 2),
        ("MUG", 1, 1),
    ]
    text = page.content.decode()
    assert one.number in text
    assert other.number in text
    assert "12 Long Lane" in text
    assert text.index(other.number) < text.index(one.number)  # as the list had them


def test_the_packing_list_warns_of_what_is_not_to_be_packed(staff: Client) -> None:
    made = OrderFactory(state=State.CANCELLED)

    page = staff.get(f"{LIST}packing-list/?orders={made.pk},999999,x,-1").content.decode()

    assert "do not pack it" in page


@pytest.mark.parametrize("orders", ["", "x", "99999999999999999999", "1" * 5000])
def test_a_packing_list_of_nothing(staff: Client, orders: str) -> None:
    page = staff.get(f"{LIST}packing-list/?orders={orders}")

    assert page.status_code == 200
    assert "No orders were chosen" in page.content.decode()


def test_the_packing_list_asks_no_more_for_more_orders(staff: Client) -> None:
    counts = []
    for number in (1, 10):
        made = [OrderFactory(lines=[{}] * number) for _ in range(number)]
        keys = ",".join(str(one.pk) for one in made)
        with CaptureQueriesContext(connection) as asked:
            staff.get(f"{LIST}packing-list/?orders={keys}")
        counts.append(len(asked))

    assert counts[0] == counts[1]


# --- Exporting ----------------------------------------------------------------------------------


def rows(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_orders_as_csv(staff: Client) -> None:
    made = order(quantities={variant("BOOT"): 2, variant("MUG", "5.00"): 1})

    assert "Export" in choose(staff, "export", made).content.decode()
    answer = choose(staff, "export", made, rows="orders")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    [row] = rows(answer)
    assert row["number"] == made.number
    assert (row["subtotal"], row["delivery"], row["total"]) == ("25.00", "4.90", "29.90")
    assert (row["units"], row["shipping_name"]) == ("3", "Ada Lovelace")
    assert row["placed_at"].startswith(f"{made.placed_at:%Y-%m-%dT%H:%M}")


def test_lines_as_csv(staff: Client) -> None:
    made = order(quantities={variant("BOOT"): 2, variant("MUG", "5.00"): 1})

    found = rows(choose(staff, "export", made, rows="lines"))

    assert [(row["sku"], row["quantity"], row["paid"]) for row in found] == [
        ("BOOT", "2", "20.00"),
        ("MUG", "1", "5.00"),
    ]
    assert sum(Decimal(row["paid"]) for row in found) == made.subtotal


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(staff: Client, start: str) -> None:
    evil = f'{start}HYPERLINK("http://evil.example")'
    made = OrderFactory(
        shipping={**ADDRESS.as_dict(), "name": evil, "phone": "+1 555"},
        lines=[{"title": evil, "variant": None, "sku": evil, "options": [["Size", evil]]}],
        tracking_number=evil,
    )

    for kind in ("orders", "lines"):
        for row in rows(choose(staff, "export", made, rows=kind)):
            for value in row.values():
                assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
    [row] = rows(choose(staff, "export", made, rows="orders"))
    assert row["shipping_phone"] == "'+1 555"


def test_excel_is_told_that_it_is_utf_8(staff: Client) -> None:
    made = OrderFactory(shipping={**ADDRESS.as_dict(), "name": "Jürgen"})

    plain = b"".join(choose(staff, "export", made, rows="orders").streaming_content)
    marked = choose(staff, "export", made, rows="orders", for_excel="on")

    assert not plain.startswith(b"\xef\xbb\xbf")
    written = b"".join(marked.streaming_content)
    assert written == b"\xef\xbb\xbf" + plain
    assert "Jürgen" in written.decode()


def test_excel_finds_columns_and_amounts_where_numbers_have_a_comma(staff: Client) -> None:
    staff.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    made = order(quantities={variant("BOOT"): 2})

    answer = choose(staff, "export", made, rows="orders", for_excel="on")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert (row["number"], row["total"]) == (made.number, "24,90")


def test_an_export_asks_no_more_for_more_orders(staff: Client) -> None:
    counts = []
    choose(staff, "export", OrderFactory(), rows="lines")
    for number in (1, 10):
        made = [OrderFactory(lines=[{"variant": None}] * number) for _ in range(number)]
        with CaptureQueriesContext(connection) as asked:
            list(choose(staff, "export", *made, rows="lines").streaming_content)
        counts.append(len(asked))

    assert counts[0] == counts[1]
