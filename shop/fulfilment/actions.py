"""The actions on an order's page: when each is offered, to whom, what it asks for and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.fulfilment import services
from shop.fulfilment.amounts import left_to_refund
from shop.fulfilment.forms import (
    ActionForm,
    CancelForm,
    MailForm,
    MarkPaidForm,
    NoteForm,
    RefundForm,
    RetryForm,
    TakeBackForm,
    TrackingForm,
    reached,
)
from shop.money import formatted
from shop.orders import services as orders
from shop.orders.mails import TEMPLATES
from shop.orders.models import Order
from shop.orders.states import State

Text = str | Promise


@dataclass(frozen=True)
class Action:
    """One action. `run` does it and says what was done; `tells` says beforehand what will happen.

    The order that `is_offered` gets has its lines read.
    """

    name: str
    label: Text
    icon: str  # of Material Symbols
    permission: str
    is_offered: Callable[[Order], bool]
    run: Callable[[Order, Any, User], str]
    form: type[ActionForm] = ActionForm
    tells: Callable[[Order], str] = lambda order: ""
    is_main: bool = False  # what usually comes next
    is_dangerous: bool = False

    def is_for(self, order: Order, user: Any) -> bool:
        return user.has_perm(self.permission) and self.is_offered(order)


def _in(*states: State) -> Callable[[Order], bool]:
    return lambda order: order.state in states


def _is_out(order: Order) -> bool:
    """Whether something was sent that has not come back."""
    out = any(line.quantity > line.returned for line in order.lines.all())
    return order.shipped_at is not None and order.state in orders.SENT and out


def _can_lose_lines(order: Order) -> bool:
    left = sum(line.quantity - line.returned for line in order.lines.all())
    return order.state in services.TO_BE_SENT and left > 1


# --- What each does -----------------------------------------------------------------------------


def _pack(order: Order, form: ActionForm, user: User) -> str:
    services.pack_order(order_id=order.pk, actor=user, seen=form.cleaned_data["seen"])
    return _("The order is packed.")


def _unpack(order: Order, form: ActionForm, user: User) -> str:
    services.unpack_order(order_id=order.pk, actor=user, seen=form.cleaned_data["seen"])
    return _("The order is to be packed again.")


def _ship(order: Order, form: TrackingForm, user: User) -> str:
    services.ship_order(order_id=order.pk, actor=user, **form.cleaned_data)
    return _("The order is shipped, and the shopper is told.")


def _track(order: Order, form: TrackingForm, user: User) -> str:
    services.change_tracking(order_id=order.pk, actor=user, **form.cleaned_data)
    return _("The tracking is changed.")


def _mark_paid(order: Order, form: MarkPaidForm, user: User) -> str:
    services.mark_paid(order_id=order.pk, actor=user, **form.cleaned_data)
    return _("The order is marked as paid.")


def _cancel(order: Order, form: CancelForm, user: User) -> str:
    services.cancel_order(order_id=order.pk, actor=user, **form.cleaned_data)
    return _("The order is cancelled.")


def _take_back(order: Order, form: TakeBackForm, user: User) -> str:
    refund = bool(form.cleaned_data.get("refund")) and user.has_perm("fulfilment.refund_order")
    services.take_back(
        order_id=order.pk,
        quantities=form.quantities(),
        restock=form.cleaned_data["restock"],
        refund=refund,
        note=form.cleaned_data["note"],
        actor=user,
        seen=form.cleaned_data["seen"],
    )
    units = sum(form.quantities().values())
    done = _("%(units)d units were taken back.") % {"units": units}
    on_its_way = _("Their money is on its way.")
    return f"{done} {on_its_way}" if refund else done


def _refund(order: Order, form: RefundForm, user: User) -> str:
    by_hand = services.is_refunded_by_hand(order, form.cleaned_data["amount"])
    services.refund_order(order_id=order.pk, actor=user, **form.cleaned_data)
    amount = formatted(form.cleaned_data["amount"], order.currency)
    if by_hand:
        return _("%(amount)s is noted. Please send the money yourself.") % {"amount": amount}
    return _("%(amount)s is on its way back.") % {"amount": amount}


def _retry(order: Order, form: RetryForm, user: User) -> str:
    services.retry_refund(order_id=order.pk, actor=user, **form.cleaned_data)
    return _("The refund is tried again.")


def _resend(order: Order, form: MailForm, user: User) -> str:
    about = State(form.cleaned_data["about"])
    services.resend_mail(order_id=order.pk, about=about, actor=user)
    return _("The mail is sent again, to %(email)s.") % {"email": order.email}


def _note(order: Order, form: NoteForm, user: User) -> str:
    orders.add_note(order_id=order.pk, note=form.cleaned_data["note"], actor=user)
    return _("The note is written.")


# --- What each tells beforehand -----------------------------------------------------------------


def _cancel_tells(order: Order) -> str:
    units = sum(line.quantity - line.returned for line in order.lines.all())
    goods = _("%(units)d units go back into the stock.") % {"units": units}
    left = left_to_refund(order)
    if not left:
        unpaid = _("Nothing was paid, so nothing is given back.")
        return f"{goods} {unpaid}"
    amount = formatted(left, order.currency)
    if services.is_refunded_by_hand(order, left):
        money = _("%(amount)s was paid past the gateway: please send it back yourself.")
    else:
        money = _("%(amount)s goes back to the shopper, the way it was paid.")
    return f"{goods} {money % {'amount': amount}}"


def _refund_tells(order: Order) -> str:
    told = _("Only the money goes back: stock stays as it is.")
    if order.state in services.TO_BE_SENT:
        told += " " + _("If nothing is to be sent, cancel the order instead.")
    if services.is_refunded_by_hand(order, left_to_refund(order)):
        told += " " + _("It was paid past the gateway: please send the money yourself.")
    return told


def _ship_tells(order: Order) -> str:
    return _("The shopper is sent a mail with the tracking, if you enter it.")


FULFIL = "fulfilment.fulfil_order"

ACTIONS = [
    Action(
        "pack",
        gettext_lazy("Mark as packed"),
        "package_2",
        FULFIL,
        _in(State.PAID),
        _pack,
        is_main=True,
    ),
    Action(
        "ship",
        gettext_lazy("Ship"),
        "local_shipping",
        FULFIL,
        _in(State.PAID, State.PACKED),
        _ship,
        TrackingForm,
        _ship_tells,
    ),
    Action(
        "mark-paid",
        gettext_lazy("Mark as paid"),
        "payments",
        "fulfilment.mark_paid",
        _in(State.PLACED),
        _mark_paid,
        MarkPaidForm,
        lambda order: _("For money that came past the shop, such as a bank transfer."),
    ),
    Action(
        "unpack",
        gettext_lazy("Unpack"),
        "undo",
        FULFIL,
        _in(State.PACKED),
        _unpack,
        tells=lambda order: _("It is to be packed again."),
    ),
    Action(
        "track",
        gettext_lazy("Change the tracking"),
        "share_location",
        FULFIL,
        lambda order: order.shipped_at is not None and order.state == State.SHIPPED,
        _track,
        TrackingForm,
        lambda order: _("No mail is sent for this."),
    ),
    Action(
        "return",
        gettext_lazy("Take back"),
        "assignment_return",
        FULFIL,
        _is_out,
        _take_back,
        TakeBackForm,
        lambda order: _("For what the shopper sent back."),
    ),
    Action(
        "take-off",
        gettext_lazy("Take off lines"),
        "playlist_remove",
        FULFIL,
        _can_lose_lines,
        _take_back,
        TakeBackForm,
        lambda order: _("For what will not be sent. To send nothing at all, cancel the order."),
    ),
    Action(
        "refund",
        gettext_lazy("Refund"),
        "currency_exchange",
        "fulfilment.refund_order",
        lambda order: left_to_refund(order) > 0,
        _refund,
        RefundForm,
        _refund_tells,
    ),
    Action(
        "retry",
        gettext_lazy("Try a refund again"),
        "sync",
        "fulfilment.refund_order",
        lambda order: services.stuck_refunds(order).exists(),
        _retry,
        RetryForm,
    ),
    Action(
        "resend",
        gettext_lazy("Send a mail again"),
        "forward_to_inbox",
        "fulfilment.note_order",
        lambda order: bool(order.email) and any(state in TEMPLATES for state in reached(order)),
        _resend,
        MailForm,
        lambda order: _("It goes to %(email)s.") % {"email": order.email},
    ),
    Action(
        "note",
        gettext_lazy("Write a note"),
        "edit_note",
        "fulfilment.note_order",
        lambda order: True,
        _note,
        NoteForm,
    ),
    Action(
        "cancel",
        gettext_lazy("Cancel the order"),
        "cancel",
        "fulfilment.cancel_order",
        _in(State.PLACED, State.PAID, State.PACKED),
        _cancel,
        CancelForm,
        _cancel_tells,
        is_dangerous=True,
    ),
]
BY_NAME = {action.name: action for action in ACTIONS}
