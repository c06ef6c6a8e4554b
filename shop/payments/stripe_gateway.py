"""Stripe, by its own library: its hosted Checkout for the web, PaymentIntents for apps.

Keys come from the environment alone. The library is loaded by shops that offer Stripe, and by no
other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.orders.models import Order
from shop.payments.gateways import (
    BadSignature,
    Event,
    GatewayRefused,
    GatewayUnavailable,
    Outcome,
    RefundOutcome,
    Started,
)
from shop.payments.models import Payment, Refund

logger = logging.getLogger(__name__)

# Seconds to connect, and to wait for an answer. With its repetitions a request ends before the
# first pause of `shop.payments.models` does.
TIMEOUT = (3.0, 7.0)
REPETITIONS = 2
# An event older than this is a replay of one that somebody overheard.
TOLERANCE_SECONDS = 300

# What Stripe counts in whole units, and in thousandths (of which it takes only whole tens).
WITHOUT_DECIMALS = frozenset(
    (
        *("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA"),
        *("PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"),
    )
)
WITH_THREE_DECIMALS = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))
# Stripe's own list contradicts itself on these, and a factor of a hundred is at stake.
UNCLEAR = frozenset({"UGX"})

# The languages of its page; of others it takes the browser's.
LANGUAGES = frozenset(
    (
        *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fil", "fr", "hr", "hu", "id"),
        *("it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk"),
        *("sl", "sv", "th", "tr", "vi", "zh"),
    )
)
# A session lives half an hour at least, counted at Stripe's end from when it is made there. What
# the order has less is seen to by the sweep that cancels it.
SHORTEST_SESSION = timedelta(minutes=30) + timedelta(minutes=6)
LONGEST_SESSION = timedelta(hours=23)


class StripeGateway:
    """See `shop.payments.gateways.Gateway`."""

    name = "stripe"
    label = gettext_lazy("Card, wallet and more (Stripe)")

    def start(self, payment: Payment, *, return_url: str, cancel_url: str) -> Started:
        order = payment.order
        params: Any = {
            "mode": "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": payment.currency.lower(),
                        "unit_amount": minor_units(payment.amount, payment.currency),
                        # The total as the order has it, discount, delivery and tax in it: Stripe
                        # is to charge it and not to work it out again.
                        "product_data": _product(order),
                    },
                }
            ],
            "client_reference_id": str(payment.key),
            "metadata": _metadata(payment),
            "payment_intent_data": {
                "metadata": _metadata(payment),
                "description": _("Order %(number)s") % {"number": order.number},
            },
            "customer_email": order.email,
            "locale": _locale(order.language),
            "expires_at": _expires_at(payment),
            "success_url": return_url,
            "cancel_url": cancel_url,
            # It would show and charge another currency than was asked for.
            "adaptive_pricing": {"enabled": False},
        }
        with _asking():
            session = _client().v1.checkout.sessions.create(
                params, {"idempotency_key": str(payment.key)}
            )
        return Started(session.id, session.url)

    def start_intent(self, payment: Payment) -> Started:
        order = payment.order
        params: Any = {
            "amount": minor_units(payment.amount, payment.currency),
            "currency": payment.currency.lower(),
            "automatic_payment_methods": {"enabled": True},
            "metadata": _metadata(payment),
            "description": _("Order %(number)s") % {"number": order.number},
            "receipt_email": order.email,
        }
        with _asking():
            intent = _client().v1.payment_intents.create(
                params, {"idempotency_key": str(payment.key)}
            )
        data = {"payment_intent": intent.id}
        return Started(intent.id, client_secret=intent.client_secret, data=data)

    def fetch(self, payment: Payment) -> Outcome:
        with _asking():
            if payment.reference.startswith("pi_"):
                intent = _client().v1.payment_intents.retrieve(payment.reference)
                return _outcome_of_intent(intent.to_dict())
            session = _client().v1.checkout.sessions.retrieve(
                payment.reference, {"expand": ["payment_intent"]}
            )
        return _outcome_of_session(session.to_dict())

    def cancel(self, payment: Payment) -> Outcome:
        outcome = self.fetch(payment)
        if outcome.state == Payment.State.PENDING and not outcome.under_way:
            try:
                with _asking():
                    if payment.reference.startswith("pi_"):
                        _client().v1.payment_intents.cancel(payment.reference)
                    else:
                        _client().v1.checkout.sessions.expire(payment.reference)
            except GatewayRefused:
                pass  # it was paid, or cancelled, a moment ago
            outcome = self.fetch(payment)
        return outcome

    def refund(self, refund: Refund) -> RefundOutcome:
        payment = refund.payment
        intent = payment.data.get("payment_intent") or self.fetch(payment).data["payment_intent"]
        params: Any = {
            "payment_intent": intent,
            "amount": minor_units(refund.amount, payment.currency),
            "metadata": {"refund": str(refund.key), "payment": str(payment.key)},
        }
        with _asking():
            made = _client().v1.refunds.create(params, {"idempotency_key": str(refund.key)})
        return _outcome_of_refund(made.to_dict())

    def fetch_refund(self, payment: Payment, reference: str) -> RefundOutcome:
        with _asking():
            found = _client().v1.refunds.retrieve(reference)
        return _outcome_of_refund(found.to_dict())

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        try:
            event = stripe.Webhook.construct_event(
                body,
                headers.get("Stripe-Signature"),
                settings.STRIPE_WEBHOOK_SECRET,
                tolerance=TOLERANCE_SECONDS,
                api_key=settings.STRIPE_SECRET_KEY,
            )
            return _event_of(event.to_dict())
        except stripe.SignatureVerificationError as error:
            raise BadSignature from error
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise BadSignature from error  # signed, but no event


# --- Amounts --------------------------------------------------------------------------------------


def minor_units(amount: Decimal, currency: str) -> int:
    """An amount as Stripe counts it: 12.50 USD is 1250, 500 JPY is 500, 1.25 KWD is 1250."""
    units = amount.scaleb(_decimals(currency))
    if units != units.to_integral_value() or (currency in WITH_THREE_DECIMALS and units % 10):
        raise GatewayRefused(_("%(amount)s cannot be paid by Stripe.") % {"amount": amount})
    return int(units)


def from_minor_units(units: int, currency: str) -> Decimal:
    """The amount that Stripe means by so many units of a currency (in capitals)."""
    return Decimal(units).scaleb(-_decimals(currency))


def _decimals(currency: str) -> int:
    if currency in UNCLEAR:
        raise GatewayRefused(_("Stripe is not offered in %(currency)s.") % {"currency": currency})
    return 0 if currency in WITHOUT_DECIMALS else 3 if currency in WITH_THREE_DECIMALS else 2


# --- What is asked for ----------------------------------------------------------------------------


def _metadata(payment: Payment) -> dict[str, str]:
    return {"payment": str(payment.key), "order": payment.order.number}


def _product(order: Order) -> dict[str, str]:
    lines = [f"{line.quantity} × {line.title}" for line in order.lines.all()]
    product = {"name": _("Order %(number)s") % {"number": order.number}}
    if lines:  # Stripe refuses an empty description
        product["description"] = ", ".join(lines)[:500]
    return product


def _locale(language: str) -> str:
    code = language.split("-")[0].lower()
    return code if code in LANGUAGES else "auto"


def _expires_at(payment: Payment) -> int:
    """When the session ends. The same for each repetition of a request, which must not differ."""
    shortest = payment.created_at + SHORTEST_SESSION
    wanted = payment.order.pay_until or shortest
    bounded = min(max(wanted, shortest), payment.created_at + LONGEST_SESSION)
    return int(bounded.timestamp())


# --- What is answered -----------------------------------------------------------------------------


def _outcome_of_session(session: dict[str, Any]) -> Outcome:
    intent = session.get("payment_intent") or {}
    if isinstance(intent, str):
        intent = {"id": intent}
    data = {"payment_intent": intent["id"]} if intent else {}
    told: dict[str, Any] = {"reference": session["id"], "data": data}
    if session["payment_status"] in ("paid", "no_payment_required"):
        currency = session["currency"].upper()
        amount = from_minor_units(session["amount_total"], currency)
        return Outcome(Payment.State.SUCCEEDED, amount=amount, currency=currency, **told)
    if session["status"] == "expired":
        return Outcome(Payment.State.CANCELLED, **told)
    error = _decline_of(intent)
    if session["status"] == "complete":
        # Paid by something that takes days: it is under way, or has failed since.
        failed = intent.get("status") in ("requires_payment_method", "canceled")
        if failed:
            return Outcome(Payment.State.FAILED, error=error, **told)
        return Outcome(Payment.State.PENDING, under_way=True, **told)
    return Outcome(Payment.State.PENDING, error=error, **told)


def _outcome_of_intent(intent: dict[str, Any]) -> Outcome:
    told: dict[str, Any] = {
        "reference": intent["id"],
        "data": {"payment_intent": intent["id"]},
        "error": _decline_of(intent),
    }
    if intent["status"] == "succeeded":
        currency = intent["currency"].upper()
        amount = from_minor_units(intent["amount_received"], currency)
        told["error"] = ""
        return Outcome(Payment.State.SUCCEEDED, amount=amount, currency=currency, **told)
    if intent["status"] == "canceled":
        return Outcome(Payment.State.CANCELLED, **told)
    # One that was declined waits for another card.
    return Outcome(Payment.State.PENDING, under_way=intent["status"] == "processing", **told)


def _decline_of(intent: dict[str, Any]) -> str:
    return str((intent.get("last_payment_error") or {}).get("message") or "")


def _outcome_of_refund(refund: dict[str, Any]) -> RefundOutcome:
    states = {"succeeded": Refund.State.SUCCEEDED, "failed": Refund.State.FAILED}
    return RefundOutcome(
        Refund.State.FAILED
        if refund["status"] == "canceled"
        else states.get(refund["status"], Refund.State.PENDING),
        refund["id"],
        error=str(refund.get("failure_reason") or ""),
        amount=from_minor_units(refund["amount"], refund["currency"].upper()),
    )


def _event_of(event: dict[str, Any]) -> Event:
    """Where an event says to look. Of what it is about only this is kept: the rest is personal."""
    about = event["data"]["object"]
    kind, what = event["type"], about.get("object", "")
    metadata = about.get("metadata") or {}
    told: dict[str, Any] = {"payment_key": str(metadata.get("payment") or "")}
    if what in ("checkout.session", "payment_intent"):
        told["reference"] = about["id"]
        told["payment_key"] = told["payment_key"] or str(about.get("client_reference_id") or "")
    elif what == "refund":
        told |= {
            "reference": str(about.get("payment_intent") or ""),
            "refund_reference": about["id"],
            "refund_key": str(metadata.get("refund") or ""),
        }
    elif what == "dispute" and kind == "charge.dispute.created":
        told |= {
            "reference": str(about.get("payment_intent") or ""),
            "note": _("The payment is disputed: see Stripe's own pages, and answer in time."),
        }
    payload = {
        "object": what,
        "id": about.get("id"),
        "status": about.get("status"),
        "payment_status": about.get("payment_status"),
        "created": event.get("created"),
        "livemode": event.get("livemode"),
    }
    return Event(id=event["id"], kind=kind, payload=payload, **told)


# --- Asking ---------------------------------------------------------------------------------------


def _client() -> stripe.StripeClient:
    if not settings.STRIPE_SECRET_KEY:
        raise GatewayUnavailable(_unreachable())
    return _client_of(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@lru_cache(maxsize=4)
def _client_of(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base},
        max_network_retries=REPETITIONS,
        http_client=stripe.RequestsClient(timeout=TIMEOUT),
    )


@contextmanager
def _asking() -> Iterator[None]:
    """Turns what the library raises into what the shop understands, and has it logged."""
    try:
        yield
    except stripe.CardError as error:
        raise GatewayRefused(str(error.user_message)) from error
    except stripe.InvalidRequestError as error:
        logger.error("Stripe refuses: %s", error)
        raise GatewayRefused(
            _("Stripe does not take this. Please choose another way to pay.")
        ) from error
    except stripe.StripeError as error:
        logger.error("Stripe: %s: %s", type(error).__name__, error)
        raise GatewayUnavailable(_unreachable()) from error


def _unreachable() -> str:
    return _(
        "Stripe cannot be reached at the moment, and nothing was charged. Your order is kept: "
        "please try again in a minute, or choose another way to pay."
    )
