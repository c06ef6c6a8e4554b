"""What payments do when something happens to orders."""

from typing import Any

from shop.celery import dispatch
from shop.orders.models import Order
from shop.orders.states import State
from shop.payments.models import Payment
from shop.payments.tasks import give_up_payments as give_up_task


def give_up_payments(order: Order, after: State, **_: Any) -> None:
    """Nobody is to pay an order that was cancelled: its open payments are, too, once that holds."""
    if after == State.CANCELLED and order.payments.filter(state=Payment.State.PENDING).exists():
        dispatch(give_up_task, order_id=order.pk)
