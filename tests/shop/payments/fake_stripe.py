"""A Stripe on loopback: the endpoints that the shop uses, answering in Stripe's shapes.

It honours idempotency keys as Stripe does (the same answer to the same request, an error for
another one with the same key), and fails on demand. What a shopper would do on Stripe's pages are
methods: `pay_session`, `decline`, ...
"""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe

SECRET = "whsec_of_the_tests"
Answer = tuple[int, dict[str, Any]]


class FakeStripe:
    """`faults` are taken one by one by the requests that come.

    "500", "401", "declined", "timeout", "hangup"; "lost" is done, but nobody hears of it.
    """

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.faults: list[str] = []
        self.refund_status = "succeeded"
        # The request of this number (from now on) is held until `released`.
        self.hold = 0
        self.holding, self.released = threading.Event(), threading.Event()
        self._answers: dict[str, tuple[str, Answer]] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- What shoppers and merchants do on Stripe's own pages ---

    def pay_session(self, session_id: str, *, amount: int | None = None) -> None:
        session = self.sessions[session_id]
        intent = self._intent_of(session)
        intent |= {"status": "succeeded", "amount_received": amount or session["amount_total"]}
        session |= {"status": "complete", "payment_status": "paid"}
        session["amount_total"] = amount or session["amount_total"]

    def pay_slowly(self, session_id: str) -> None:
        """By a method that takes days."""
        session = self.sessions[session_id]
        self._intent_of(session)["status"] = "processing"
        session["status"] = "complete"

    def decline(self, session_id: str) -> None:
        intent = self._intent_of(self.sessions[session_id])
        intent["status"] = "requires_payment_method"
        intent["last_payment_error"] = {
            "code": "card_declined",
            "decline_code": "insufficient_funds",
            "message": "Your card has insufficient funds.",
            "type": "card_error",
        }

    def pay_intent(self, intent_id: str) -> None:
        intent = self.intents[intent_id]
        intent |= {"status": "succeeded", "amount_received": intent["amount"]}

    def refund_by_hand(self, intent_id: str, amount: int) -> dict[str, Any]:
        return self._new_refund({"payment_intent": intent_id, "amount": str(amount)})

    def event(
        self, kind: str, about: dict[str, Any], *, secret: str = SECRET, age: int = 0
    ) -> tuple[bytes, dict[str, str]]:
        """A signed event about an object, as body and headers."""
        told = {
            "id": f"evt_{uuid.uuid4().hex[:24]}",
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": int(time.time()) - age,
            "livemode": False,
            "pending_webhooks": 1,
            "type": kind,
            "data": {"object": about},
            "request": {"id": None, "idempotency_key": None},
        }
        body = json.dumps(told)
        header = stripe.WebhookSignature.generate_signature_header(
            body, secret, int(time.time()) - age
        )
        return body.encode(), {"Stripe-Signature": header}

    # --- The endpoints ---

    def answer(self, method: str, path: str, form: dict[str, str]) -> Answer:
        routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("POST", r"/v1/checkout/sessions", self._create_session),
            ("GET", r"/v1/checkout/sessions/(\w+)", self._show_session),
            ("POST", r"/v1/checkout/sessions/(\w+)/expire", self._expire_session),
            ("POST", r"/v1/payment_intents", self._create_intent),
            ("GET", r"/v1/payment_intents/(\w+)", self._show_intent),
            ("POST", r"/v1/payment_intents/(\w+)/cancel", self._cancel_intent),
            ("POST", r"/v1/refunds", self._create_refund),
            ("GET", r"/v1/refunds/(\w+)", self._show_refund),
        ]
        for verb, pattern, view in routes:
            if verb == method and (found := re.fullmatch(pattern, path)):
                return view(form, *found.groups())
        return _error(404, "invalid_request_error", f"Unrecognized request URL ({method}: {path}).")

    def _create_session(self, form: dict[str, str]) -> Answer:
        expires_at = int(form["expires_at"])
        if not time.time() + 30 * 60 <= expires_at <= time.time() + 24 * 3600:
            return _error(400, "invalid_request_error", "The `expires_at` timestamp is not valid.")
        if form.get("customer_email", "@").count("@") != 1:
            return _error(400, "invalid_request_error", "Invalid email address.")
        amount = int(form["line_items[0][price_data][unit_amount]"])
        session = {
            "id": f"cs_test_{uuid.uuid4().hex}",
            "object": "checkout.session",
            "amount_subtotal": amount,
            "amount_total": amount,
            "cancel_url": form["cancel_url"],
            "client_reference_id": form["client_reference_id"],
            "created": int(time.time()),
            "currency": form["line_items[0][price_data][currency]"],
            "customer_details": {"email": form["customer_email"], "name": "Ada Lovelace"},
            "customer_email": form["customer_email"],
            "expires_at": expires_at,
            "livemode": False,
            "locale": form["locale"],
            "metadata": _nested(form, "metadata"),
            "mode": form["mode"],
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": form["success_url"],
        }
        session["url"] = f"{self.url}/pay/{session['id']}"
        session["_intent_metadata"] = _nested(form, "payment_intent_data[metadata]")
        self.sessions[session["id"]] = session
        return 200, self._shown(session, expand=False)

    def _show_session(self, form: dict[str, str], session_id: str) -> Answer:
        if session_id not in self.sessions:
            return _missing("checkout.session", session_id)
        return 200, self._shown(self.sessions[session_id], expand="expand[0]" in form)

    def _expire_session(self, form: dict[str, str], session_id: str) -> Answer:
        session = self.sessions[session_id]
        if session["status"] != "open":
            return _error(
                400,
                "invalid_request_error",
                'Only Checkout Sessions with a status in ["open"] can be expired.',
            )
        session["status"] = "expired"
        return 200, self._shown(session, expand=False)

    def _create_intent(self, form: dict[str, str]) -> Answer:
        assert form["automatic_payment_methods[enabled]"] == "true"
        return 200, self._new_intent(
            int(form["amount"]), form["currency"], _nested(form, "metadata")
        )

    def _show_intent(self, form: dict[str, str], intent_id: str) -> Answer:
        return 200, self.intents[intent_id]

    def _cancel_intent(self, form: dict[str, str], intent_id: str) -> Answer:
        intent = self.intents[intent_id]
        if intent["status"] in ("succeeded", "canceled"):
            return _error(
                400,
                "invalid_request_error",
                f"You cannot cancel this PaymentIntent because it has a status of "
                f"{intent['status']}.",
                code="payment_intent_unexpected_state",
            )
        intent["status"] = "canceled"
        return 200, intent

    def _create_refund(self, form: dict[str, str]) -> Answer:
        intent = self.intents[form["payment_intent"]]
        gone = sum(
            refund["amount"]
            for refund in self.refunds.values()
            if refund["payment_intent"] == intent["id"] and refund["status"] != "failed"
        )
        if gone + int(form["amount"]) > intent["amount_received"]:
            return _error(
                400,
                "invalid_request_error",
                "Refund amount is greater than unrefunded amount on charge.",
            )
        return 200, self._new_refund(form)

    def _show_refund(self, form: dict[str, str], refund_id: str) -> Answer:
        return 200, self.refunds[refund_id]

    def _new_refund(self, form: dict[str, str]) -> dict[str, Any]:
        refund = {
            "id": f"re_{uuid.uuid4().hex[:24]}",
            "object": "refund",
            "amount": int(form["amount"]),
            "charge": f"ch_{uuid.uuid4().hex[:24]}",
            "created": int(time.time()),
            "currency": self.intents[form["payment_intent"]]["currency"],
            "metadata": _nested(form, "metadata"),
            "payment_intent": form["payment_intent"],
            "reason": None,
            "status": self.refund_status,
        }
        self.refunds[refund["id"]] = refund
        return refund

    def _new_intent(self, amount: int, currency: str, metadata: dict[str, str]) -> dict[str, Any]:
        intent_id = f"pi_{uuid.uuid4().hex[:24]}"
        self.intents[intent_id] = {
            "id": intent_id,
            "object": "payment_intent",
            "amount": amount,
            "amount_received": 0,
            "automatic_payment_methods": {"allow_redirects": "always", "enabled": True},
            "client_secret": f"{intent_id}_secret_{uuid.uuid4().hex[:25]}",
            "created": int(time.time()),
            "currency": currency,
            "last_payment_error": None,
            "livemode": False,
            "metadata": metadata,
            "status": "requires_payment_method",
        }
        return self.intents[intent_id]

    def _intent_of(self, session: dict[str, Any]) -> dict[str, Any]:
        """Stripe makes it when the shopper first tries to pay."""
        if session["payment_intent"] is None:
            intent = self._new_intent(
                session["amount_total"], session["currency"], session["_intent_metadata"]
            )
            session["payment_intent"] = intent["id"]
        return self.intents[session["payment_intent"]]

    def _shown(self, session: dict[str, Any], *, expand: bool) -> dict[str, Any]:
        shown = {key: value for key, value in session.items() if not key.startswith("_")}
        if expand and shown["payment_intent"]:
            shown["payment_intent"] = self.intents[shown["payment_intent"]]
        if shown["status"] != "open":
            shown["url"] = None
        return shown

    # --- HTTP ---

    def respond(self, method: str, target: str, body: str, key: str) -> Answer:
        """The answer, the same as before to what was asked before with the same key."""
        url = urlsplit(target)
        form = dict(parse_qsl(body or url.query, keep_blank_values=True))
        with self._lock:
            self.hold -= 1
            held = self.hold == 0
        if held:
            self.holding.set()
            self.released.wait(30)
        with self._lock:
            self.requests.append((method, url.path, form))
            if key and key in self._answers:
                before, answer = self._answers[key]
                if before != target + body:
                    return _error(
                        400,
                        "idempotency_error",
                        "Keys for idempotent requests can only be used with the same parameters "
                        "they were first used with.",
                    )
                return answer
            answer = self.answer(method, url.path, form)
            if key and answer[0] == 200:
                self._answers[key] = (target + body, answer)
            return answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                fault = fake.faults.pop(0) if fake.faults else ""
                if fault == "timeout":
                    time.sleep(2)
                if fault in ("timeout", "hangup"):
                    self.close_connection = True
                    return
                if self.headers.get("Authorization") != "Bearer sk_test_of_the_tests":
                    fault = "401"
                answer = {
                    "": lambda: fake.respond(
                        self.command, self.path, body, self.headers.get("Idempotency-Key") or ""
                    ),
                    "500": lambda: _error(500, "api_error", "Something went wrong."),
                    "401": lambda: _error(401, "invalid_request_error", "Invalid API Key."),
                    "declined": lambda: _error(
                        402, "card_error", "Your card was declined.", code="card_declined"
                    ),
                }
                if fault == "lost":  # it is done, but nobody hears of it
                    answer[""]()
                    self.close_connection = True
                    return
                status, said = answer[fault]()
                data = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Request-Id", f"req_{uuid.uuid4().hex[:14]}")
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = handle_one

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def _nested(form: dict[str, str], name: str) -> dict[str, str]:
    start = f"{name}["
    return {
        key.removeprefix(start).removesuffix("]"): value
        for key, value in form.items()
        if key.startswith(start)
    }


def _error(status: int, kind: str, message: str, code: str = "") -> Answer:
    error = {"type": kind, "message": message} | ({"code": code} if code else {})
    return status, {"error": error}


def _missing(what: str, key: str) -> Answer:
    return _error(404, "invalid_request_error", f"No such {what}: '{key}'", code="resource_missing")
