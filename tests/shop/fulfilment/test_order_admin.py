"""The page of an order: who may do what in which state, and what is left of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.accounts import roles
from shop.fulfilment.services import version_of
from shop.orders.models import Order, OrderEvent
from shop.orders.states import State
from shop.payments.models import Payment, Refund
from tests.shop.fulfilment.factories import logged_in, order, variant
from tests.shop.orders.factories import OrderFactory

pytestmark = pytest.mark.django_db

OFFERED = {
    State.PLACED: {"mark-paid", "cancel"},
    State.PAID: {"pack", "ship", "take-off", "refund", "cancel"},
    State.PACKED: {"ship", "unpack", "take-off", "refund", "cancel"},
    State.SHIPPED: {"track", "return", "refund"},
    State.RETURNED: {"refund"},
    State.CANCELLED: set(),
    State.REFUNDED: set(),
}
ALWAYS = {"note", "resend"}
MAY = {
    roles.OWNER: {action for actions in OFFERED.values() for action in actions} | ALWAYS,
    roles.FULFILMENT: {"pack", "ship", "unpack", "track", "return", "take-off"} | ALWAYS,
    roles.SUPPORT: {"cancel"} | ALWAYS,
}
# What is typed for each action, so that it is done.
TYPED: dict[str, dict[str, str]] = {
    "mark-paid": {"note": "Statement 12"},
    "refund": {"amount": "1.00", "reason": "Late"},
    "note": {"note": "Gift"},
    "resend": {"about": "placed"},
}


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def page_of(of: Order) -> str:
    return f"/admin/orders/order/{of.pk}/change/"


def act(client: Client, of: Order, action: str, **typed: Any) -> Any:
    """What a browser sends of the form of an action on the page as it is now."""
    values = {"seen": version_of(of), **TYPED.get(action, {}), **typed}
    if action in ("return", "take-off") and "restock" not in values:
        values |= {f"line_{of.lines.first().pk}": "1", "restock": "on"}
    data = {f"{action}-{name}": value for name, value in values.items()}
    return client.post(f"/admin/orders/order/{of.pk}/do/{action}/", data)


def offered(client: Client, of: Order) -> set[str]:
    return {one["action"].name for one in client.get(page_of(of)).context["offered"]}


def in_state(state: State, **values: Any) -> Order:
    made = OrderFactory(state=state, lines=[{"quantity": 2}], **values)
    if state == State.RETURNED:
        made.lines.update(returned=2)
    return made


# --- Who may do what ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(MAY))
@pytest.mark.parametrize("state", list(State))
def test_the_page_offers_what_the_state_and_the_role_allow(state: State, role: str) -> None:
    made = in_state(state)

    assert offered(logged_in(role), made) == (OFFERED[state] | ALWAYS) & MAY[role]


def test_the_catalogue_sees_no_orders() -> None:
    made = in_state(State.PAID)
    client = logged_in(roles.CATALOGUE)

    assert client.get("/admin/orders/order/").status_code == 403
    assert client.get(page_of(made)).status_code == 403
    assert client.get(f"/admin/orders/order/packing-list/?orders={made.pk}").status_code == 403
    assert act(client, made, "note").status_code == 403


@pytest.mark.parametrize("action", sorted(MAY[roles.OWNER]))
def test_an_action_needs_its_permission(action: str) -> None:
    state = next((one for one in State if action in OFFERED[one]), State.PAID)
    for role, allowed in MAY.items():
        made = order(state, {variant(f"BOOT-{role}"): 3})
        client = logged_in(role)
        events = made.events.count()

        answer = act(client, made, action)

        if action in allowed:
            assert answer.status_code == 302, answer.content.decode()[-2000:]
            entry = LogEntry.objects.get(object_id=str(made.pk))
            assert entry.user.groups.get().name == role
            assert made.events.last().actor == entry.user
        else:
            assert answer.status_code == 403
            assert made.events.count() == events
            assert not LogEntry.objects.filter(object_id=str(made.pk)).exists()


@pytest.mark.parametrize("state", list(State))
def test_what_the_state_does_not_allow_is_not_done(staff: Client, state: State) -> None:
    made = in_state(state)
    events = made.events.count()

    for action in MAY[roles.OWNER] - OFFERED[state] - ALWAYS:
        answer = act(staff, made, action)
        assert answer.status_code == 302, action

    made.refresh_from_db()
    assert (made.state, made.refunded) == (state, made.total if state == "refunded" else 0)
    assert made.events.count() == events
    assert not LogEntry.objects.exists()
    assert "Nothing was done" in staff.get(page_of(made)).content.decode()


def test_actions_are_posted_with_a_token() -> None:
    made = in_state(State.PAID)
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("admin"))

    assert act(client, made, "pack").status_code == 403
    assert client.get(f"/admin/orders/order/{made.pk}/do/pack/").status_code == 405
    assert client.post(page_of(made)).status_code == 403
    made.refresh_from_db()
    assert made.state == State.PAID


def test_there_is_nothing_else_to_do(staff: Client) -> None:
    made = in_state(State.PAID)

    assert staff.post(f"/admin/orders/order/{made.pk}/do/nothing/").status_code == 404
    assert staff.get(f"/admin/orders/order/{made.pk}/delete/").status_code == 403
    assert staff.get("/admin/orders/order/add/").status_code == 403
    assert staff.get("/admin/orders/order/999999/change/").status_code == 404


# --- Two tabs -----------------------------------------------------------------------------------


def test_the_second_tab_is_told(staff: Client) -> None:
    made = order(State.PAID)
    seen = version_of(made)
    act(staff, made, "pack")

    answer = act(staff, made, "cancel", seen=seen)

    made.refresh_from_db()
    assert made.state == State.PACKED
    told = staff.get(answer["Location"]).content.decode()
    assert "changed since you opened this page" in told
    assert not Refund.objects.exists()


def test_a_double_click_on_refund_refunds_once(staff: Client) -> None:
    made = order(State.SHIPPED)
    seen = version_of(made)

    for _ in range(2):
        act(staff, made, "refund", seen=seen)

    assert Refund.objects.get().amount == Decimal("1.00")


# --- What is asked for --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "typed", "message"),
    [
        ("ship", {"tracking_number": "<b>"}, "letters, digits and dashes"),
        ("ship", {"tracking_number": "1", "tracking_url": "javascript:alert(1)"}, "valid URL"),
        ("ship", {"tracking_number": "1", "tracking_url": "ftp://a.example/"}, "https://"),
        ("ship", {"tracking_url": "https://a.example/"}, "Enter the number"),
        ("refund", {"amount": "0"}, "above zero"),
        ("refund", {"amount": "1000"}, "At most $34.90"),
        ("refund", {"amount": "1.005"}, "whole units of 0.01"),
        ("refund", {"amount": "1", "reason": ""}, "required"),
        ("take-off", {"restock": "on"}, "at least one"),
        ("note", {"note": " "}, "required"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    staff: Client, action: str, typed: dict[str, str], message: str
) -> None:
    made = order(State.PAID)

    answer = act(staff, made, action, **typed)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    [panel] = [one for one in answer.context["offered"] if one["action"].name == action]
    assert panel["is_open"]
    made.refresh_from_db()
    assert (made.state, made.refunded) == (State.PAID, 0)


def test_no_more_comes_back_than_is_out(staff: Client) -> None:
    made = order(State.SHIPPED)
    line = made.lines.get()

    answer = act(staff, made, "return", **{f"line_{line.pk}": "4", "restock": "on"})

    assert answer.status_code == 422
    assert "less than or equal to 3" in answer.content.decode()


def test_a_role_without_refunds_takes_back_without_money() -> None:
    made = order(State.SHIPPED)
    line = made.lines.get()

    typed = {f"line_{line.pk}": "1", "restock": "on", "refund": "on"}
    client = logged_in(roles.FULFILMENT)
    assert "return-refund" not in client.get(page_of(made)).content.decode()
    act(client, made, "return", **typed)

    line.refresh_from_db()
    assert line.returned == 1
    assert not Refund.objects.exists()


def test_a_stuck_refund_is_tried_again(staff: Client) -> None:
    made = order(State.SHIPPED)
    refund = Refund.objects.create(
        payment=Payment.objects.get(), amount=5, state="failed", error="No such account"
    )
    assert "retry" in offered(staff, made)

    answer = act(staff, made, "retry", refund=refund.pk)

    assert answer.status_code == 302
    assert Refund.objects.filter(state="pending").count() == 1


# --- What is shown ------------------------------------------------------------------------------


def test_the_page_shows_all_that_is_known(staff: Client) -> None:
    made = order(State.PAID)
    act(staff, made, "refund")
    act(staff, made, "note")

    page = staff.get(page_of(made)).content.decode()

    for text in (made.number, "BOOT-M", "$34.90", "$1.00", "Ada Lovelace", "ada@example.com"):
        assert text in page
    assert "Held for an order" in page  # the stock that it moved
    assert "Late" in page
    assert "Gift" in page


def test_what_shoppers_wrote_is_text(staff: Client) -> None:
    evil = "<script>alert(1)</script>"
    made = OrderFactory(lines=[{"title": evil, "options": [[evil, evil]]}])
    Order.objects.update(shipping={**made.shipping, "name": evil, "phone": '"><script>'})

    for address in (
        page_of(made),
        "/admin/orders/order/",
        f"/admin/orders/order/packing-list/?orders={made.pk}",
    ):
        page = staff.get(address).content.decode()
        assert evil not in page
        assert '"><script>' not in page


def test_the_page_asks_no_more_for_more_lines(staff: Client) -> None:
    counts = []
    for number in (1, 12):
        made = OrderFactory(state=State.SHIPPED, lines=[{} for _ in range(number)])
        OrderEvent.objects.bulk_create(
            OrderEvent(order=made, kind="note", note="x", actor=User.objects.get())
            for _ in range(number)
        )
        for n in range(number):
            payment = Payment.objects.create(
                order=made, gateway="test", reference=f"{made.pk}-{n}", amount=1, currency="USD"
            )
            Refund.objects.create(payment=payment, amount=1)
        staff.get(page_of(made))
        with CaptureQueriesContext(connection) as asked:
            staff.get(page_of(made))
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] < 30


# --- A shopper's own cancelling -----------------------------------------------------------------


def cancel(client: Client, of: Order) -> Any:
    return client.post(f"/orders/{of.number}/cancel/")


def let_see(client: Client, of: Order) -> None:
    session = client.session
    session["orders"] = [of.number]
    session.save()


@pytest.mark.parametrize("state", [State.PLACED, State.PAID])
def test_shoppers_cancel_their_own_order(client: Client, state: State) -> None:
    made = order(state)
    let_see(client, made)

    assert cancel(client, made)["Location"] == made.get_absolute_url()
    assert cancel(client, made).status_code == 302  # twice is as good as once

    made.refresh_from_db()
    assert made.state == (State.CANCELLED if state == State.PLACED else State.REFUNDED)
    assert made.events.filter(after=State.CANCELLED).count() == 1


@pytest.mark.parametrize("state", [State.PACKED, State.SHIPPED, State.RETURNED])
def test_shoppers_do_not_cancel_what_is_on_its_way(client: Client, state: State) -> None:
    made = order(state)
    let_see(client, made)

    answer = client.post(f"/orders/{made.number}/cancel/", follow=True)

    made.refresh_from_db()
    assert (made.state, made.refunded) == (state, 0)
    assert "can no longer be cancelled" in answer.content.decode()


def test_nobody_cancels_the_order_of_another(client: Client) -> None:
    owner, other = User.objects.create_user("owner"), User.objects.create_user("other")
    made = order(State.PAID, user=owner)

    assert cancel(client, made).status_code == 404
    client.force_login(other)
    assert cancel(client, made).status_code == 404
    client.force_login(owner)
    assert client.get(f"/orders/{made.number}/cancel/").status_code == 405
    assert cancel(client, made).status_code == 302


@pytest.mark.parametrize("state", [State.PAID, State.SHIPPED])
def test_what_others_wrote_is_no_html_on_the_page(state: State, staff: Client) -> None:
    script = "<script>alert(1)</script>"
    made = in_state(state)
    made.lines.update(sku=script, title=script, options=[[script, script]])
    OrderEvent.objects.create(order=made, kind=OrderEvent.Kind.NOTE, note=script)

    html = staff.get(page_of(made)).content.decode()

    assert "&lt;script&gt;alert(1)" in html
    assert script not in html


# --- Its documents ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [roles.OWNER, roles.FULFILMENT, roles.SUPPORT])
def test_the_merchant_opens_the_invoice(role: str) -> None:
    paid = order(State.PAID)
    client, invoice = logged_in(role), paid.invoices.get()
    link = f"/admin/orders/order/{paid.pk}/documents/{invoice.pk}/"

    page = client.get(page_of(paid)).content.decode()
    file = client.get(link)

    assert link in page and invoice.number in page
    assert file["Content-Type"] == "application/pdf" and file.content.startswith(b"%PDF")


def test_documents_of_another_order_and_to_other_staff_are_refused() -> None:
    paid, other = order(State.PAID), order(State.PAID, {variant("HAT"): 1})
    link = f"/admin/orders/order/{other.pk}/documents/{paid.invoices.get().pk}/"

    assert logged_in(roles.OWNER).get(link).status_code == 404
    assert logged_in(roles.CATALOGUE).get(link).status_code == 403
