"""What a gateway is: someone who takes shoppers' money for the shop, and gives it back.

A gateway never touches payments, refunds or orders: it says what is true at its end, and
`shop.payments.services` acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.functional import Promise

if TYPE_CHECKING:
    from shop.payments.models import Payment, Refund


class GatewayError(Exception):
    """A gateway does not do what it was asked. The message is for the shopper."""


class GatewayUnavailable(GatewayError):
    """It does not answer, or not sensibly: the same again may work later."""


class GatewayRefused(GatewayError):
    """It answered no, and will to the same again."""


class BadSignature(Exception):
    """An event that its gateway did not send."""


@dataclass(frozen=True)
class Started:
    """A payment that waits for its shopper: on the gateway's page, or in an app by its secret."""

    reference: str
    redirect_url: str | None = None
    client_secret: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a payment stands at its gateway.

    A success says `amount` and `currency`, which are compared with what was asked for. `error` says
    why it was declined, to the shopper. `under_way`: nobody has to do anything, it takes a while.
    """

    state: Payment.State
    reference: str = ""
    error: str = ""
    amount: Decimal | None = None
    currency: str = ""
    under_way: bool = False
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RefundOutcome:
    """How a refund stands at its gateway. `amount` where the gateway was asked."""

    state: Refund.State
    reference: str = ""
    error: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class Event:
    """What a gateway tells by webhook: which payment or refund to look at.

    `note` is what the merchant has to know beside that; `payload` is kept, so it says nothing of
    the person who pays.
    """

    id: str
    kind: str
    payment_key: str = ""
    reference: str = ""
    refund_key: str = ""
    refund_reference: str = ""
    note: str = ""
    payload: dict[str, Any] = field(default_factory=dict)


class Gateway(Protocol):
    """All but `read_event` may raise `GatewayUnavailable` and `GatewayRefused`."""

    name: str
    label: str | Promise

    def start(self, payment: Payment, *, return_url: str, cancel_url: str) -> Started:
        """Have the shopper pay on the gateway's page. The same payment again is the same page."""
        ...

    def start_intent(self, payment: Payment) -> Started:
        """Have an app take the payment, by the gateway's own parts in it."""
        ...

    def fetch(self, payment: Payment) -> Outcome:
        """How it stands."""
        ...

    def cancel(self, payment: Payment) -> Outcome:
        """Cancel it if that can be; how it stands then, which may be paid."""
        ...

    def refund(self, refund: Refund) -> RefundOutcome:
        """Give money back. The same refund again gives back nothing more."""
        ...

    def fetch_refund(self, payment: Payment, reference: str) -> RefundOutcome:
        """How a refund of a payment stands."""
        ...

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        """What a webhook says. Raises `BadSignature`."""
        ...
