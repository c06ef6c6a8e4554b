"""Two who act on one order in the same moment: the second sees what the first did."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shop.catalog.models import Variant
from shop.fulfilment import services
from shop.orders.services import NotPossible
from shop.orders.states import IllegalTransition, State
from shop.payments.models import Refund
from tests.shop.fulfilment.factories import order

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], Any]) -> list[str]:
    """Run all in the same moment; "done" or "refused" for each."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> str:
        barrier.wait()
        try:
            action()
            return "done"
        except (NotPossible, IllegalTransition):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(run, actions))


def test_one_refund_of_one_page() -> None:
    sent = order(State.SHIPPED)
    seen = services.version_of(sent)

    def refund() -> None:
        services.refund_order(
            order_id=sent.pk, amount=Decimal("20.00"), reason="x", actor=None, seen=seen
        )

    assert at_once(refund, refund, refund) == ["done", "refused", "refused"]
    assert Refund.objects.get().amount == Decimal("20.00")


def test_a_shopper_cancels_while_the_shop_packs() -> None:
    paid = order(State.PAID)

    found = at_once(
        lambda: services.cancel_order(order_id=paid.pk, only_from=services.BY_SHOPPER),
        lambda: services.pack_order(order_id=paid.pk, actor=None),
    )

    paid.refresh_from_db()
    assert found == ["done", "refused"]
    stock = Variant.objects.get(sku="BOOT-M").stock
    assert (paid.state, paid.refunded, stock) in [
        (State.PACKED, Decimal(0), 7),
        (State.REFUNDED, paid.total, 10),
    ]
