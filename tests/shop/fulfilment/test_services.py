"""What a merchant does with orders: states, stock and money go together."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db.models import Sum

from shop.catalog.models import Variant
from shop.fulfilment import services
from shop.fulfilment.services import Outdated
from shop.mail.models import OutgoingMail
from shop.orders.models import Order, OrderEvent
from shop.orders.services import NotPossible, add_note
from shop.orders.states import IllegalTransition, State
from shop.payments.models import Payment, Refund
from shop.stock.models import Movement, Reservation
from tests.shop.fulfilment.factories import order, variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> User:
    return User.objects.create_user("merchant", is_staff=True)


def stock(sku: str = "BOOT-M") -> int:
    """The stock, which is the sum of its movements."""
    found = Variant.objects.get(sku=sku).stock
    assert Movement.objects.filter(sku=sku).aggregate(sum=Sum("delta"))["sum"] == found
    return found


def refunded(of: Order) -> Decimal:
    """What the order says was given back, which is what its refunds say."""
    of.refresh_from_db()
    sums = Refund.objects.that_count().filter(payment__order=of, surplus=False)
    assert (sums.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)) == of.refunded
    return of.refunded


# --- Cancelling ---------------------------------------------------------------------------------


def test_cancelling_what_was_not_paid(actor: User) -> None:
    placed = order(State.PLACED)
    assert stock() == 7

    services.cancel_order(order_id=placed.pk, actor=actor, note="Asked by phone")

    placed.refresh_from_db()
    assert placed.state == State.CANCELLED
    assert stock() == 10
    assert not Reservation.objects.exists()
    assert not Refund.objects.exists()
    event = placed.events.get(after=State.CANCELLED)
    assert (event.actor, event.note) == (actor, "Asked by phone")


@pytest.mark.parametrize("state", [State.PAID, State.PACKED])
def test_cancelling_what_was_paid_gives_all_back(state: State, actor: User) -> None:
    paid = order(state)

    services.cancel_order(order_id=paid.pk, actor=actor)

    assert refunded(paid) == paid.total == Decimal("34.90")
    assert paid.state == State.REFUNDED
    assert stock() == 10
    assert Refund.objects.get().actor == actor


def test_cancelling_gives_back_what_is_left(actor: User) -> None:
    paid = order()
    services.refund_order(order_id=paid.pk, amount=Decimal("4.90"), reason="Late", actor=actor)

    services.cancel_order(order_id=paid.pk, actor=actor)

    assert refunded(paid) == Decimal("34.90")
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [
        Decimal("4.90"),
        Decimal("30.00"),
    ]


@pytest.mark.parametrize("state", [State.SHIPPED, State.RETURNED, State.CANCELLED, State.REFUNDED])
def test_what_was_sent_or_is_over_is_not_cancelled(state: State, actor: User) -> None:
    over = order(state)
    before = stock()

    with pytest.raises(IllegalTransition):
        services.cancel_order(order_id=over.pk, actor=actor)

    assert stock() == before


def test_money_that_came_by_hand_is_only_written_down(actor: User) -> None:
    placed = order(State.PLACED)
    services.mark_paid(order_id=placed.pk, note="Statement 12", actor=actor)

    services.cancel_order(order_id=placed.pk, actor=actor)

    placed.refresh_from_db()
    assert (placed.state, placed.refunded) == (State.REFUNDED, placed.total)
    assert not Refund.objects.exists()
    event = placed.events.get(kind=OrderEvent.Kind.REFUND)
    assert "by hand" in event.note


def test_a_payment_that_was_a_surplus_is_not_counted(actor: User) -> None:
    paid = order(by_gateway=False)
    late = Payment.objects.create(
        order=paid, gateway="test", reference="2", state="succeeded", amount=40, currency="USD"
    )
    Refund.objects.create(payment=late, amount=40, surplus=True)

    assert services.is_refunded_by_hand(paid, Decimal("1.00"))


# --- On its way ---------------------------------------------------------------------------------


def test_shipping_what_was_paid_packs_it_too(actor: User) -> None:
    paid = order()

    services.ship_order(order_id=paid.pk, carrier="DHL", tracking_number="00340", actor=actor)

    paid.refresh_from_db()
    assert paid.state == State.SHIPPED
    states = [event.after for event in paid.events.all() if event.after]
    assert states == ["placed", "paid", "packed", "shipped"]
    mail = OutgoingMail.objects.get(key__startswith="order-shipped")
    assert "00340" in mail.text


def test_an_unpaid_order_is_not_shipped(actor: User) -> None:
    placed = order(State.PLACED)

    with pytest.raises(IllegalTransition):
        services.ship_order(order_id=placed.pk, tracking_number="1", actor=actor)

    placed.refresh_from_db()
    assert (placed.state, placed.tracking_number) == (State.PLACED, "")


def test_unpacking(actor: User) -> None:
    packed = order(State.PACKED)
    mails = OutgoingMail.objects.count()

    services.unpack_order(order_id=packed.pk, actor=actor)

    packed.refresh_from_db()
    assert packed.state == State.PAID
    assert OutgoingMail.objects.count() == mails
    assert stock() == 7


def test_unpacking_does_not_mark_as_paid(actor: User) -> None:
    placed = order(State.PLACED)

    with pytest.raises(IllegalTransition):
        services.unpack_order(order_id=placed.pk, actor=actor)


def test_packing_several_says_what_was_left_out(actor: User) -> None:
    one, other = (
        order(quantities={variant("A"): 1}),
        order(State.PLACED, quantities={variant("B"): 1}),
    )

    found = services.pack_orders(order_ids=[one.pk, other.pk], actor=actor)

    assert [each.pk for each in found.done] == [one.pk]
    assert [number for number, _why in found.left_out] == [other.number]
    other.refresh_from_db()
    assert other.state == State.PLACED


# --- Goods and money that come back ------------------------------------------------------------


def test_goods_that_were_sent_come_back_in_parts(actor: User) -> None:
    boots = variant(price="3.33")
    sent = order(State.SHIPPED, {boots: 3})
    line = sent.lines.get()

    for _ in range(3):
        services.take_back(
            order_id=sent.pk, quantities={line.pk: 1}, restock=True, refund=True, actor=actor
        )

    sent.refresh_from_db()
    assert sent.state == State.RETURNED
    assert refunded(sent) == Decimal("9.99")  # delivery is not given back
    assert stock() == 10


def test_the_parts_of_a_discounted_line_sum_to_what_it_cost(actor: User) -> None:
    from shop.promotions.models import Voucher

    voucher = Voucher.objects.create(code="SEVEN", kind="percent", value=7)
    sent = order(State.SHIPPED, {variant(price="3.33"): 3}, voucher=voucher)
    line = sent.lines.get()

    for _ in range(3):
        services.take_back(
            order_id=sent.pk, quantities={line.pk: 1}, restock=False, refund=True, actor=actor
        )

    assert refunded(sent) == line.amount - line.discount
    assert stock() == 7


def test_lines_are_taken_off_what_is_not_sent_yet(actor: User) -> None:
    paid = order()
    line = paid.lines.get()

    services.take_back(
        order_id=paid.pk, quantities={line.pk: 2}, restock=True, refund=True, actor=actor
    )

    line.refresh_from_db()
    assert line.returned == 2
    assert stock() == 9
    assert refunded(paid) == Decimal("20.00")
    assert paid.state == State.PAID
    services.cancel_order(order_id=paid.pk, actor=actor)
    assert stock() == 10
    assert refunded(paid) == Decimal("34.90")


@pytest.mark.parametrize("quantity", [3, 4, 0, -1])
def test_what_cannot_be_taken_off(quantity: int, actor: User) -> None:
    paid = order()
    line = paid.lines.get()

    with pytest.raises(NotPossible):
        services.take_back(
            order_id=paid.pk,
            quantities={line.pk: quantity},
            restock=True,
            refund=True,
            actor=actor,
        )

    assert stock() == 7
    assert refunded(paid) == 0


def test_lines_of_another_order_are_refused(actor: User) -> None:
    mine, other = order(quantities={variant("A"): 3}), order(quantities={variant("B"): 3})

    with pytest.raises(NotPossible):
        services.take_back(
            order_id=mine.pk,
            quantities={other.lines.get().pk: 1},
            restock=True,
            refund=False,
            actor=actor,
        )

    assert (stock("A"), stock("B")) == (7, 7)


@pytest.mark.parametrize("amount", ["0", "-1", "34.91"])
def test_amounts_that_cannot_be_given_back(amount: str, actor: User) -> None:
    sent = order(State.SHIPPED)

    with pytest.raises(NotPossible):
        services.refund_order(order_id=sent.pk, amount=Decimal(amount), reason="x", actor=actor)

    assert refunded(sent) == 0


def test_all_of_an_unsent_order_is_cancelled_not_refunded(actor: User) -> None:
    paid = order()

    with pytest.raises(NotPossible, match="cancel"):
        services.refund_order(order_id=paid.pk, amount=paid.total, reason="x", actor=actor)


# --- Two at once --------------------------------------------------------------------------------


def test_lines_are_not_taken_off_with_the_last_of_the_money(actor: User) -> None:
    boots, gift = variant(), variant("GIFT", price="0.00")
    paid = order(State.PAID, {boots: 1, gift: 1})
    services.refund_order(order_id=paid.pk, amount=Decimal("4.90"), reason="Late", actor=actor)
    line = paid.lines.get(sku="BOOT-M")

    with pytest.raises(NotPossible, match="cancel it"):
        services.take_back(
            order_id=paid.pk, quantities={line.pk: 1}, restock=True, refund=True, actor=actor
        )

    assert refunded(paid) == Decimal("4.90")
    assert (paid.state, stock(), stock("GIFT")) == (State.PAID, 9, 9)
    services.cancel_order(order_id=paid.pk, actor=actor)
    assert (stock(), stock("GIFT")) == (10, 10)


def test_a_page_that_is_no_longer_true_does_nothing(actor: User) -> None:
    paid = order()
    seen = services.version_of(paid)
    services.pack_order(order_id=paid.pk, actor=actor)

    with pytest.raises(Outdated, match="Packed"):
        services.cancel_order(order_id=paid.pk, actor=actor, seen=seen)

    paid.refresh_from_db()
    assert (paid.state, paid.refunded) == (State.PACKED, 0)


def test_the_same_refund_sent_twice_is_made_once(actor: User) -> None:
    sent = order(State.SHIPPED)
    seen = services.version_of(sent)
    amount = {"order_id": sent.pk, "amount": Decimal("5.00"), "reason": "x", "actor": actor}
    services.refund_order(**amount, seen=seen)

    with pytest.raises(Outdated):
        services.refund_order(**amount, seen=seen)

    assert refunded(sent) == Decimal("5.00")


def test_a_note_makes_no_page_untrue(actor: User) -> None:
    paid = order()
    seen = services.version_of(paid)
    add_note(order_id=paid.pk, note="Gift")

    services.pack_order(order_id=paid.pk, actor=actor, seen=seen)

    paid.refresh_from_db()
    assert paid.state == State.PACKED


# --- Mails --------------------------------------------------------------------------------------


def test_a_mail_is_sent_again_when_somebody_asks(actor: User) -> None:
    paid = order()
    first = OutgoingMail.objects.get(key=f"order-paid:{paid.number}")

    services.resend_mail(order_id=paid.pk, about=State.PAID, actor=actor)

    again = OutgoingMail.objects.get(key__startswith=f"order-paid:{paid.number}:")
    assert (again.to, again.subject) == (first.to, first.subject)
    assert again.attachments.count() == first.attachments.count() == 1
    assert paid.events.get(kind=OrderEvent.Kind.NOTE).actor == actor
