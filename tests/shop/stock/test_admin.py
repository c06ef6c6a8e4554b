"""Stock in the admin: the ledger is read, and what is counted overwrites nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.accounts import roles
from shop.catalog.models import Variant
from shop.orders.states import State
from shop.stock.models import Movement
from shop.stock.services import reserve
from tests.factories import CategoryFactory, ProductFactory
from tests.shop.fulfilment.factories import logged_in, order, variant

pytestmark = pytest.mark.django_db
COUNT = "/admin/stock/movement/count/"
LEDGER = "/admin/stock/movement/"


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def typed(
    client: Client, counts: dict[Variant, Any], query: str = "", **more: str
) -> dict[str, Any]:
    """What a browser sends of the page as it is now, with some counts typed in."""
    form = client.get(f"{COUNT}?{query}").context["form"]
    data = {name: form[name].value() for name in form.fields if name != "note"}
    return data | {f"count_{one.pk}": number for one, number in counts.items()} | more


def stock(sku: str) -> int:
    return Variant.objects.get(sku=sku).stock


def test_counts_are_saved(staff: Client) -> None:
    boot, mug, hat = variant("BOOT"), variant("MUG"), variant("HAT")
    data = typed(staff, {boot: "7", mug: "0"}, note="Spring")

    answer = staff.post(COUNT, data, follow=True)

    assert "2 counts were saved." in answer.content.decode()
    assert (stock("BOOT"), stock("MUG"), stock("HAT")) == (7, 0, 10)
    counted = Movement.objects.filter(reason="counted").order_by("sku")
    assert [(one.sku, one.delta, one.note) for one in counted] == [
        ("BOOT", -3, "Spring"),
        ("MUG", -10, "Spring"),
    ]
    assert counted[0].actor == User.objects.get()
    assert hat.movements.count() == 1


def test_a_sale_meanwhile_is_not_undone(staff: Client) -> None:
    boot, mug = variant("BOOT"), variant("MUG")
    data = typed(staff, {boot: "8", mug: "9"})
    reserve(reference="ORDER", quantities={boot.pk: 2})

    page = staff.post(COUNT, data)

    text = page.content.decode()
    assert (stock("BOOT"), stock("MUG")) == (8, 9)  # ten less two, which happens to be the count
    assert "is 8 now" in text
    assert Movement.objects.filter(reason="counted", sku="BOOT").count() == 0
    form = page.context["form"]
    assert (form[f"count_{boot.pk}"].value(), form[f"shown_{boot.pk}"].value()) == ("8", 8)
    # Sent once more, it is what somebody means who knows of the sale.
    data = {name: form[name].value() or "" for name in form.fields} | {f"count_{boot.pk}": "6"}
    staff.post(COUNT, data)
    assert stock("BOOT") == 6


def test_two_count_at_once(staff: Client) -> None:
    boot = variant("BOOT")
    mine, theirs = typed(staff, {boot: "8"}), typed(staff, {boot: "7"})
    staff.post(COUNT, theirs)

    page = staff.post(COUNT, mine)

    assert stock("BOOT") == 7
    assert 'value="8"' in page.content.decode()  # what was typed stays


@pytest.mark.parametrize("number", ["", "-1", "x", "1.5", "99999999999"])
def test_what_is_no_number_is_said_beside_it(staff: Client, number: str) -> None:
    boot, mug = variant("BOOT"), variant("MUG")

    page = staff.post(COUNT, typed(staff, {boot: number, mug: "1"}))

    assert page.context["form"].errors.keys() == {f"count_{boot.pk}"}
    assert (stock("BOOT"), stock("MUG")) == (10, 10)


def test_a_row_that_left_the_page_is_saved_all_the_same(staff: Client) -> None:
    low = variant("LOW", stock=2)
    data = typed(staff, {low: "3"}, "at_most=2")
    Variant.objects.filter(sku="LOW").update(position=5)

    staff.post(f"{COUNT}?at_most=1", data)

    assert stock("LOW") == 3


def test_wanted(staff: Client) -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = CategoryFactory(name="Boots", parent=shoes)
    ProductFactory(title="Red boot", category=boots, variants=[{"sku": "RED", "stock": 2}])
    ProductFactory(title="Mug", variants=[{"sku": "MUG", "stock": 50}])

    def found(query: str) -> list[str]:
        return [row["variant"].sku for row in staff.get(f"{COUNT}?{query}").context["rows"]]

    assert found("") == ["MUG", "RED"]
    assert found("q=red") == ["RED"]
    assert found("q=mu") == ["MUG"]
    assert found(f"category={shoes.slug}") == ["RED"]
    assert found("at_most=5") == ["RED"]
    assert found("at_most=x") == ["MUG", "RED"]
    assert found("q=nothing") == []


def test_what_is_put_aside_is_told(staff: Client) -> None:
    boot = variant("BOOT")
    order(State.PAID, {boot: 2})
    order(State.PACKED, {boot: 1})
    order(State.SHIPPED, {boot: 1})
    reserve(reference="ORDER", quantities={boot.pk: 1})

    [row] = staff.get(COUNT).context["rows"]

    assert (row["variant"].stock, row["aside"], row["on_shelf"]) == (5, 4, 9)


def test_the_page_asks_no_more_for_more_variants(staff: Client) -> None:
    counts = []
    staff.get(COUNT)
    for _ in range(2):
        for n in range(10):
            ProductFactory(variants=[{"stock": n, "options": {"size": "M"}}], images=1)
        with CaptureQueriesContext(connection) as asked:
            staff.get(COUNT)
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("role", "status"),
    [(roles.OWNER, 200), (roles.FULFILMENT, 200), (roles.CATALOGUE, 200), (roles.SUPPORT, 403)],
)
def test_who_may_count(role: str, status: int) -> None:
    boot = variant("BOOT")
    client = logged_in(role)

    assert client.get(COUNT).status_code == status
    data = {f"shown_{boot.pk}": 10, f"count_{boot.pk}": 4}
    client.post(COUNT, data)
    assert stock("BOOT") == (4 if status == 200 else 10)
    assert client.get(LEDGER).status_code == 200


def test_the_ledger_is_read_only(staff: Client) -> None:
    variant("BOOT")
    movement = Movement.objects.get()

    assert staff.get(f"{LEDGER}add/").status_code == 403
    assert staff.get(f"{LEDGER}{movement.pk}/delete/").status_code == 403
    assert staff.post(f"{LEDGER}{movement.pk}/change/", {"delta": 5}).status_code == 403
    assert staff.get("/admin/stock/reservation/add/").status_code == 403


def test_the_ledger_is_searched(staff: Client) -> None:
    boot = variant("BOOT")
    variant("MUG")
    reserve(reference="7K3F-9QXM-TH", quantities={boot.pk: 1})

    def found(query: str) -> list[str]:
        return [str(one) for one in staff.get(f"{LEDGER}?q={query}").context["cl"].result_list]

    assert found("boo") == ["BOOT -1", "BOOT +10"]
    assert found("7K3F-9QXM-TH") == ["BOOT -1"]
    held = staff.get("/admin/stock/reservation/?q=BOOT").context["cl"].result_list
    assert [one.quantity for one in held] == [1]
