"""What may be done to an order. Each locks it, so that of two at once the second sees the first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shop.orders import states
from shop.orders.models import Order, OrderEvent, OrderLine
from shop.orders.signals import money_returned, state_changed
from shop.orders.states import IllegalTransition, State
from shop.promotions.services import give_back_voucher
from shop.stock import services as stock
from shop.stock.services import Reason

SENT = frozenset({State.SHIPPED, State.RETURNED, State.REFUNDED})


class NotPossible(Exception):
    """What was asked cannot be done with this order; the message says why."""


def lock_order(order_id: int) -> Order:
    """The order with its row locked, as it is now. Within a transaction."""
    return Order.objects.select_for_update(no_key=True).get(pk=order_id)


def transition(*, order_id: int, to: State, actor: User | None = None, note: str = "") -> Order:
    """Bring the order into the state `to`, with all that follows from it.

    Paid: what was held for it is sold. Cancelled: its stock and its voucher are free again, and so
    is the stock of what was refunded before it was sent.
    Raises `IllegalTransition`, and changes nothing, where its state does not lead there.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        before = State(order.state)
        states.check(before, to)
        order.state = to
        if to == State.PAID and order.paid_at is None:
            order.paid_at = now()
            order.pay_until = None
        if to == State.SHIPPED:
            order.shipped_at = now()
        order.save(update_fields=["state", "paid_at", "pay_until", "shipped_at"])
        OrderEvent.objects.create(
            order=order,
            kind=OrderEvent.Kind.STATE,
            before=before,
            after=to,
            actor=actor,
            note=note[:500],
        )
        if to == State.PAID:
            stock.settle(reference=order.number)
        if to == State.CANCELLED:
            give_back_voucher(reference=order.number)
        unsent = order.shipped_at is None and before != State.CANCELLED
        if to == State.CANCELLED or (to == State.REFUNDED and unsent):
            # Nobody sends what was given back in full: on a gateway's own pages, say.
            _free_stock(order, actor, note)
        state_changed.send(
            sender=Order, order=order, before=before, after=to, actor=actor, note=note
        )
    return order


def return_lines(
    *,
    order_id: int,
    quantities: Mapping[int, int],
    restock: bool = True,
    actor: User | None = None,
    note: str = "",
) -> Order:
    """So many units of lines (by primary key) were sent back; into the stock if `restock`.

    A shipped order of which everything came back is returned. Raises `NotPossible` for an order
    that was not sent, and for more units than are out.
    """
    wanted = {pk: number for pk, number in quantities.items() if number}
    with transaction.atomic():
        order = lock_order(order_id)
        if order.state not in SENT or order.shipped_at is None:
            raise NotPossible(_("Only what was shipped can come back."))
        lines = {line.pk: line for line in order.lines.order_by("pk")}
        if not wanted or not wanted.keys() <= lines.keys() or min(wanted.values()) < 0:
            raise NotPossible(_("Say how many of which line came back."))
        for pk, number in wanted.items():
            line = lines[pk]
            if line.returned + number > line.quantity:
                left = line.quantity - line.returned
                raise NotPossible(
                    _("Of %(title)s only %(left)d can still come back.")
                    % {"title": line.title, "left": left}
                )
            line.returned += number
        OrderEvent.objects.create(
            order=order,
            kind=OrderEvent.Kind.RETURN,
            actor=actor,
            note=(note or _told([(lines[pk], number) for pk, number in wanted.items()]))[:500],
        )
        if restock:
            back: dict[int, int] = {}
            for pk, number in wanted.items():
                variant = lines[pk].variant_id
                if variant is not None:
                    back[variant] = back.get(variant, 0) + number
            stock.put_back(
                quantities=back, reason=Reason.RETURNED, reference=order.number, actor=actor
            )
        for pk in wanted:  # after the variants, as they go who delete a product
            lines[pk].save(update_fields=["returned"])
        if order.state == State.SHIPPED and all(
            line.returned == line.quantity for line in lines.values()
        ):
            order = transition(order_id=order.pk, to=State.RETURNED, actor=actor)
    return order


def record_refund(
    *, order_id: int, amount: Decimal, actor: User | None = None, note: str = ""
) -> Order:
    """`amount` of what was paid is given back. An order of which all is back is refunded.

    Raises `NotPossible` for more than is left.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        left = order.total - order.refunded
        if not order.is_paid or amount <= 0 or amount > left:
            raise NotPossible(
                _("%(left)s can be refunded at most.") % {"left": f"{left:.2f} {order.currency}"}
                if order.is_paid
                else _("The order was not paid.")
            )
        order.refunded += amount
        order.save(update_fields=["refunded"])
        event = OrderEvent.objects.create(
            order=order, kind=OrderEvent.Kind.REFUND, amount=amount, actor=actor, note=note[:500]
        )
        money_returned.send(sender=Order, order=order, event=event)
        if order.refunded == order.total and order.state != State.REFUNDED:
            if State.REFUNDED not in states.TRANSITIONS[State(order.state)]:
                raise IllegalTransition(State(order.state), State.REFUNDED)
            order = transition(order_id=order.pk, to=State.REFUNDED, actor=actor)
    return order


def forget_refund(*, order_id: int, amount: Decimal, note: str = "") -> Order:
    """A refund failed: its amount was not given back after all, and may be tried again."""
    with transaction.atomic():
        order = lock_order(order_id)
        order.refunded -= amount
        fields = ["refunded"]
        if order.state == State.REFUNDED:
            # The only way back: money that did not leave was not refunded. What was not sent is in
            # stock again, so nobody is to send it now.
            order.state = _before_refund(order) if order.shipped_at else State.CANCELLED
            fields.append("state")
        order.save(update_fields=fields)
        OrderEvent.objects.create(
            order=order, kind=OrderEvent.Kind.REFUND, amount=-amount, note=note[:500]
        )
    return order


def add_note(*, order_id: int, note: str, actor: User | None = None) -> OrderEvent:
    """Write something into the order's history."""
    return OrderEvent.objects.create(
        order_id=order_id, kind=OrderEvent.Kind.NOTE, actor=actor, note=note[:500]
    )


def _free_stock(order: Order, actor: User | None, note: str) -> None:
    """Give up what is held for an order that was not paid, or put back what was sold."""
    if not order.is_paid:
        stock.release(reference=order.number)
        return
    back: dict[int, int] = {}
    for line in order.lines.all():
        if line.variant_id is not None and line.quantity > line.returned:
            back[line.variant_id] = back.get(line.variant_id, 0) + line.quantity - line.returned
    stock.put_back(
        quantities=back,
        reason=Reason.CANCELLED,
        reference=order.number,
        actor=actor,
        note=note[:200],
    )
    # After the variants, as they go who delete a product.
    order.lines.update(returned=F("quantity"))


def _before_refund(order: Order) -> str:
    event = order.events.filter(kind=OrderEvent.Kind.STATE, after=State.REFUNDED).last()
    return event.before if event is not None else State.PAID


def _told(lines: list[tuple[OrderLine, int]]) -> str:
    return ", ".join(f"{number} × {line.title}" for line, number in lines)
