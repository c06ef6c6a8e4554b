"""Payments, refunds and events in the admin: to look at, and to try again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client

from shop.payments.models import GatewayEvent, Refund, TestCharge
from shop.payments.refunds import refund_order
from tests.shop.payments.factories import paid_order, work_off

pytestmark = pytest.mark.django_db

LISTS = ["payment", "refund", "gatewayevent"]


def staff(role: str | None) -> Client:
    user = User.objects.create_user(f"staff-{role}", is_staff=True, is_superuser=role is None)
    if role:
        user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def failed_refund() -> Refund:
    order, _payment = paid_order()
    TestCharge.objects.update(refuses_refunds=True)
    [refund] = refund_order(order_id=order.pk, amount=Decimal(5))
    work_off()
    TestCharge.objects.update(refuses_refunds=False)
    refund.refresh_from_db()
    return refund


def test_lists_and_pages(failed_refund: Refund) -> None:
    client = staff("Fulfilment")
    keys = [failed_refund.payment_id, failed_refund.pk, GatewayEvent.objects.get().pk]
    for name, key in zip(LISTS, keys, strict=True):
        address = f"/admin/payments/{name}/"
        assert client.get(address).status_code == 200
        page = client.get(f"{address}{key}/change/")
        assert page.status_code == 200
        assert client.get(f"{address}add/").status_code == 403
        assert client.get(f"{address}{key}/delete/").status_code == 403


def test_nothing_is_changed_by_hand(failed_refund: Refund) -> None:
    client = staff(None)
    payment = failed_refund.payment

    client.post(f"/admin/payments/payment/{payment.pk}/change/", {"amount": "1", "state": "failed"})

    payment.refresh_from_db()
    assert (payment.state, payment.amount) == ("succeeded", Decimal("44.90"))


@pytest.mark.parametrize(("role", "shown"), [("Fulfilment", 3), ("Support", 2), ("Catalogue", 0)])
def test_the_sidebar(role: str, shown: int) -> None:
    html = staff(role).get("/admin/").content.decode()
    assert sum(f'href="/admin/payments/{name}/"' in html for name in LISTS) == shown


@pytest.mark.parametrize(("role", "status"), [("Catalogue", 403), ("Support", 200)])
def test_roles(role: str, status: int, failed_refund: Refund) -> None:
    assert staff(role).get("/admin/payments/payment/").status_code == status


def test_a_list_asks_no_more_for_more_rows(
    failed_refund: Refund, django_assert_max_num_queries: object
) -> None:
    client = staff("Fulfilment")
    for name in LISTS:
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            client.get(f"/admin/payments/{name}/")


def test_a_refund_is_tried_again(failed_refund: Refund) -> None:
    client = staff("Fulfilment")

    client.post(
        "/admin/payments/refund/",
        {"action": "try_again", "_selected_action": [failed_refund.pk]},
        follow=True,
    )
    work_off()

    assert Refund.objects.filter(state="succeeded").count() == 1
    assert LogEntry.objects.count() == 1


def test_who_may_only_look_tries_nothing_again(failed_refund: Refund) -> None:
    staff("Support").post(
        "/admin/payments/refund/",
        {"action": "try_again", "_selected_action": [failed_refund.pk]},
    )
    assert Refund.objects.count() == 1


def test_an_event_is_acted_on_again(failed_refund: Refund) -> None:
    event = GatewayEvent.objects.get()

    staff("Fulfilment").post(
        "/admin/payments/gatewayevent/", {"action": "act_again", "_selected_action": [event.pk]}
    )
    work_off()

    event.refresh_from_db()
    assert event.processed_at is not None
    assert failed_refund.payment.order.events.filter(after="paid").count() == 1
