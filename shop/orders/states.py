"""The states of an order, and which follows which. Nothing else moves an order.

    placed -> paid -> packed -> shipped -> returned -> refunded
      |         |        |         |                      ^
      |         +--------+---------+----------------------+
      +-> cancelled <----+  (money that was paid goes back: refunded)

An order is *refunded* when all that was paid was given back; a part of it leaves the state as it is
and stands in the history. A packed order may be unpacked.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    PLACED = "placed", _("Waiting for payment")
    PAID = "paid", _("Paid")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("Shipped")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Cancelled")
    REFUNDED = "refunded", _("Refunded")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.PLACED: frozenset({State.PAID, State.CANCELLED}),
    State.PAID: frozenset({State.PACKED, State.CANCELLED, State.REFUNDED}),
    State.PACKED: frozenset({State.PAID, State.SHIPPED, State.CANCELLED, State.REFUNDED}),
    State.SHIPPED: frozenset({State.RETURNED, State.REFUNDED}),
    State.RETURNED: frozenset({State.REFUNDED}),
    State.CANCELLED: frozenset({State.REFUNDED}),
    State.REFUNDED: frozenset(),
}


class IllegalTransition(Exception):
    """The order is in a state that does not lead to the wanted one."""

    def __init__(self, current: State, wanted: State) -> None:
        super().__init__(
            _("An order that is “%(current)s” cannot become “%(wanted)s”.")
            % {"current": current.label, "wanted": wanted.label}
        )
        self.current, self.wanted = current, wanted


def check(current: str, wanted: State) -> None:
    """Raises `IllegalTransition` unless `current` leads to `wanted`."""
    if wanted not in TRANSITIONS[State(current)]:
        raise IllegalTransition(State(current), wanted)
