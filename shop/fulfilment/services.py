"""What a merchant does with an order, and how a shopper cancels one.

Each is one transaction around the services of orders, payments and stock. `seen` is the version of
the order's history that the page showed (`version_of`): where more has happened since, nothing is
done and `Outdated` says what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from shop.celery import dispatch
from shop.fulfilment.amounts import left_to_refund, paid_for
from shop.money import formatted
from shop.orders import mails
from shop.orders import services as orders
from shop.orders.invoices.models import Kind
from shop.orders.models import Order, OrderEvent
from shop.orders.services import NotPossible
from shop.orders.states import IllegalTransition, State
from shop.payments import refunds
from shop.payments import services as payments
from shop.payments.models import MOST_ATTEMPTS, Payment, Refund, RefundQuerySet
from shop.payments.tasks import give_up_payments
from shop.stock import services as stock
from shop.stock.services import Reason

BY_SHOPPER = frozenset({State.PLACED, State.PAID})
TO_BE_SENT = frozenset({State.PAID, State.PACKED})


class Outdated(NotPossible):
    """The order changed since the page was opened. Nothing was done."""


def version_of(order: Order) -> int:
    """The last thing that happened to an order, notes apart; 0 where nothing did."""
    events = order.events.exclude(kind=OrderEvent.Kind.NOTE)
    return events.order_by("-pk").values_list("pk", flat=True).first() or 0


@contextmanager
def handling(order_id: int, seen: int | None) -> Iterator[Order]:
    """The order, locked. Raises `Outdated` if it changed since the page that shows `seen`."""
    with transaction.atomic():
        order = orders.lock_order(order_id)
        if seen is not None and version_of(order) != seen:
            raise Outdated(
                _(
                    "The order changed since you opened this page: it is “%(state)s” now. "
                    "Nothing was done; please look at it again."
                )
                % {"state": order.get_state_display()}
            )
        yield order


# --- On its way ---------------------------------------------------------------------------------


@dataclass
class Packed:
    """What became of several orders: those that were done, and why others were left out."""

    done: list[Order] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)  # number, why


def pack_order(*, order_id: int, actor: User | None, seen: int | None = None) -> Order:
    """What was paid is packed."""
    with handling(order_id, seen):
        return orders.transition(order_id=order_id, to=State.PACKED, actor=actor)


def unpack_order(*, order_id: int, actor: User | None, seen: int | None = None) -> Order:
    """What was packed by mistake is not."""
    with handling(order_id, seen) as order:
        if order.state != State.PACKED:
            raise IllegalTransition(State(order.state), State.PAID)
        return orders.transition(order_id=order_id, to=State.PAID, actor=actor)


def ship_order(
    *,
    order_id: int,
    carrier: str = "",
    tracking_number: str = "",
    tracking_url: str = "",
    actor: User | None,
    seen: int | None = None,
) -> Order:
    """The order is on its way; what was not marked as packed is with that."""
    with handling(order_id, seen) as order:
        if order.state == State.PAID:
            orders.transition(order_id=order_id, to=State.PACKED, actor=actor)
        elif order.state != State.PACKED:
            raise IllegalTransition(State(order.state), State.SHIPPED)
        # Before the order is shipped: the mail that says so tells it.
        _set_tracking(order, carrier, tracking_number, tracking_url)
        return orders.transition(
            order_id=order_id,
            to=State.SHIPPED,
            actor=actor,
            note=" ".join(part for part in (carrier, tracking_number) if part),
        )


def change_tracking(
    *,
    order_id: int,
    carrier: str,
    tracking_number: str,
    tracking_url: str,
    actor: User | None,
    seen: int | None = None,
) -> Order:
    """Correct where a parcel can be followed."""
    with handling(order_id, seen) as order:
        if order.shipped_at is None:
            raise NotPossible(_("The order was not shipped yet."))
        _set_tracking(order, carrier, tracking_number, tracking_url)
        told = " ".join(part for part in (carrier, tracking_number) if part) or "—"
        note = _("Tracking: %(tracking)s") % {"tracking": told}
        orders.add_note(order_id=order_id, actor=actor, note=note)
    return order


def pack_orders(*, order_ids: Collection[int], actor: User | None) -> Packed:
    """Mark those as packed that were paid; others are left out."""
    return _each(order_ids, lambda pk: pack_order(order_id=pk, actor=actor))


def ship_orders(*, order_ids: Collection[int], actor: User | None) -> Packed:
    """Mark those as shipped, without tracking, that were paid or packed."""
    return _each(order_ids, lambda pk: ship_order(order_id=pk, actor=actor))


# --- Money and goods ----------------------------------------------------------------------------


def mark_paid(*, order_id: int, note: str, actor: User | None, seen: int | None = None) -> Order:
    """The money came past the shop, by bank transfer for instance."""
    with handling(order_id, seen):
        order = orders.transition(
            order_id=order_id,
            to=State.PAID,
            actor=actor,
            note=_("Marked as paid: %(note)s") % {"note": note},
        )
        # What the shopper began at a gateway is not to be paid as well.
        dispatch(give_up_payments, order_id=order_id)
    return order


def cancel_order(
    *,
    order_id: int,
    actor: User | None = None,
    note: str = "",
    seen: int | None = None,
    only_from: Collection[State] | None = None,
) -> Order:
    """Cancel an order: its stock and its voucher are free again, what was paid goes back.

    Raises `IllegalTransition` where it can no longer be cancelled, or is in none of `only_from`.
    """
    with handling(order_id, seen) as order:
        if only_from is not None and order.state not in only_from:
            raise IllegalTransition(State(order.state), State.CANCELLED)
        order = orders.transition(order_id=order_id, to=State.CANCELLED, actor=actor, note=note)
        left = left_to_refund(order)
        if left:
            reason = note or _("The order was cancelled.")
            order = _give_back(order, left, actor=actor, reason=reason)
    return order


def refund_order(
    *, order_id: int, amount: Decimal, reason: str, actor: User | None, seen: int | None = None
) -> Order:
    """Give back some of what was paid; the goods stay where they are."""
    with handling(order_id, seen) as order:
        left = left_to_refund(order)
        if amount <= 0 or amount > left:
            raise NotPossible(
                _("%(left)s can be given back at most.") % {"left": formatted(left, order.currency)}
            )
        _check_something_is_left(order, amount)
        return _give_back(order, amount, actor=actor, reason=reason)


def take_back(
    *,
    order_id: int,
    quantities: Mapping[int, int],
    restock: bool,
    refund: bool,
    note: str = "",
    actor: User | None,
    seen: int | None = None,
) -> Order:
    """Units of lines (by primary key) came back, or will not be sent; with their money, if wanted.

    Of an order that is still here the units are taken off; of one that was sent they return.
    """
    with handling(order_id, seen) as order:
        amount = paid_for(order, list(order.lines.all()), quantities) if refund else Decimal(0)
        _check_something_is_left(order, amount)
        if order.state in TO_BE_SENT:
            _take_off(order, quantities, restock=restock, actor=actor, note=note)
        else:
            orders.return_lines(
                order_id=order_id, quantities=quantities, restock=restock, actor=actor, note=note
            )
        order.refresh_from_db()
        amount = min(amount, left_to_refund(order))
        if amount:
            reason = note or _("Goods were taken back.")
            order = _give_back(order, amount, actor=actor, reason=reason)
    return order


def resend_mail(*, order_id: int, about: State, actor: User | None) -> OrderEvent:
    """Write to the shopper once more what they were written when the order came into a state."""
    with transaction.atomic():
        order = orders.lock_order(order_id)
        note = _("Mail sent again: %(state)s") % {"state": about.label}
        event = orders.add_note(order_id=order_id, actor=actor, note=note)
        invoice = None
        if about == State.PAID:
            invoice = order.invoices.filter(kind=Kind.INVOICE).first()
        mails.mail_state(order=order, after=about, invoice=invoice, again=str(event.pk))
    return event


def is_refunded_by_hand(order: Order, amount: Decimal) -> bool:
    """Whether no gateway can send `amount` back, so that somebody must."""
    return amount > _refundable_by_gateway(order)


def stuck_refunds(order: Order) -> RefundQuerySet:
    """Refunds that failed, or that a gateway never took: somebody may try them again."""
    given_up = Q(state=Refund.State.PENDING, attempts__gte=MOST_ATTEMPTS, reference="")
    return (
        Refund.objects.filter(given_up | Q(state=Refund.State.FAILED), payment__order=order)
        .select_related("payment")
        .order_by("-pk")
    )


def retry_refund(
    *, order_id: int, refund: Refund, actor: User | None, seen: int | None = None
) -> Refund:
    """Try a stuck refund of the order once more."""
    with handling(order_id, seen):
        return refunds.try_again(refund_id=refund.pk, actor=actor)


def _take_off(
    order: Order,
    quantities: Mapping[int, int],
    *,
    restock: bool,
    actor: User | None,
    note: str,
) -> None:
    """Units that will not be sent: counted as returned, so that nobody packs them."""
    wanted = {pk: number for pk, number in quantities.items() if number}
    lines = {line.pk: line for line in order.lines.order_by("pk")}
    if not wanted or not wanted.keys() <= lines.keys() or min(wanted.values()) < 0:
        raise NotPossible(_("Say how many of which line."))
    back: dict[int, int] = {}
    for pk, number in wanted.items():
        line = lines[pk]
        if line.returned + number > line.quantity:
            raise NotPossible(
                _("Of %(title)s only %(left)d are left.")
                % {"title": line.title, "left": line.quantity - line.returned}
            )
        line.returned += number
        if line.variant_id is not None:
            back[line.variant_id] = back.get(line.variant_id, 0) + number
    if all(line.returned == line.quantity for line in lines.values()):
        raise NotPossible(_("Nothing would be left to send: cancel the order instead."))
    told = ", ".join(f"{number} × {lines[pk].title}" for pk, number in wanted.items())
    OrderEvent.objects.create(
        order=order,
        kind=OrderEvent.Kind.RETURN,
        actor=actor,
        note=": ".join(
            part for part in (_("Taken off: %(lines)s") % {"lines": told}, note) if part
        )[:500],
    )
    if restock:
        stock.put_back(
            quantities=back,
            reason=Reason.CANCELLED,
            reference=order.number,
            actor=actor,
            note=note[:200],
        )
    for pk in wanted:  # after the variants, as they go who delete a product
        lines[pk].save(update_fields=["returned"])


def _check_something_is_left(order: Order, amount: Decimal) -> None:
    """Without any money left an order is refunded, and nobody packs what is left of its goods."""
    if order.state in TO_BE_SENT and 0 < left_to_refund(order) <= amount:
        raise NotPossible(
            _("To give back all of an order that is not sent, cancel it: so its stock is free.")
        )


def _give_back(order: Order, amount: Decimal, *, actor: User | None, reason: str) -> Order:
    """By the gateways that took the money, as far as they did; the rest is only written down."""
    by_gateway = min(amount, _refundable_by_gateway(order))
    if by_gateway:
        payments.refund_order(order_id=order.pk, amount=by_gateway, actor=actor, reason=reason)
    if amount > by_gateway:
        orders.record_refund(
            order_id=order.pk,
            amount=amount - by_gateway,
            actor=actor,
            note=_("To be paid back by hand: %(reason)s") % {"reason": reason},
        )
    order.refresh_from_db()
    return order


def _refundable_by_gateway(order: Order) -> Decimal:
    paid = Payment.objects.filter(order=order, state=Payment.State.SUCCEEDED)
    paid = paid.exclude(refunds__surplus=True)  # money that was never the order's
    given = Refund.objects.that_count().filter(payment__in=paid)
    taken = paid.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    returned = given.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return max(taken - returned, Decimal(0))


def _set_tracking(order: Order, carrier: str, number: str, url: str) -> None:
    order.tracking_carrier, order.tracking_number, order.tracking_url = carrier, number, url
    order.save(update_fields=["tracking_carrier", "tracking_number", "tracking_url"])


def _each(order_ids: Collection[int], do: object) -> Packed:
    found = Packed()
    numbers = dict(Order.objects.filter(pk__in=order_ids).values_list("pk", "number"))
    for pk in sorted(numbers):
        try:
            found.done.append(do(pk))  # type: ignore[operator]
        except (IllegalTransition, NotPossible) as problem:
            found.left_out.append((numbers[pk], str(problem)))
    return found
