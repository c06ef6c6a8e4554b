"""200 shoppers order at once, over HTTP, where 50 units are left; and one who clicks 20 times.

gunicorn with `PROCESSES` processes serves the shop's own pages. Each shopper goes the whole way
with a session of their own - product into the cart, address, delivery, review - and waits; then
all send the last form in the same moment. What came of it is counted in the database: orders,
stock, ledger, reservations, and the deadlocks that PostgreSQL ended meanwhile.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import quantiles
from typing import Any
from unittest import mock

import requests
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test.utils import override_settings
from django.urls import reverse
from requests.adapters import HTTPAdapter

from benchmarks.scratch import scratch_shop
from benchmarks.serving import gunicorn
from shop.catalog.models import Variant
from shop.delivery.models import DeliveryMethod
from shop.orders.models import Order, OrderLine
from shop.stock.models import Movement, Reservation

SHOPPERS = 200
UNITS = 50
CLICKS = 20
PROCESSES = 4
LAST, AGAIN = "T-0", "T-1"  # what all want, and what one of them orders with many clicks
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')
ADDRESS = {
    "shipping-name": "Ada Lovelace",
    "shipping-line1": "12 Long Lane",
    "shipping-postcode": "12345",
    "shipping-city": "Springfield",
    "shipping-country": "US",
    "shipping-which": "new",
    "billing-which": "same",
}


@dataclass(frozen=True)
class Outcome:
    """What the last form was answered with, and how long that took, in milliseconds."""

    status: int
    location: str
    milliseconds: float


class Shopper:
    """A visitor with a session of their own, from an address of their own."""

    def __init__(self, port: int, number: int) -> None:
        self.shop = f"http://127.0.0.1:{port}"
        self.session = requests.Session()
        self.session.mount("http://", HTTPAdapter(pool_maxsize=CLICKS))
        self.session.headers["X-Forwarded-For"] = f"2001:db8::{number:x}"
        self.session.headers["Referer"] = f"{self.shop}/"
        self.email = f"shopper-{number}@example.com"
        self.form: dict[str, str] = {}

    def go_to_review(self, sku: str, method: int) -> None:
        """Everything but the last click."""
        number = sku.partition("-")[2]
        self._fields(reverse("catalog:product", args=[f"thing-{number}"]))  # and the CSRF cookie
        self._send("/cart/add/", {"variant": sku, "quantity": "1"})
        self._send("/checkout/", ADDRESS | {"email": self.email})
        self._send("/checkout/delivery/", {"method": str(method)})
        self.form = self._fields("/checkout/review/")
        if "total" not in self.form:
            raise SystemExit(f"A shopper did not come to the review: {self.form}")

    def order(self) -> Outcome:
        """The last click."""
        began = time.perf_counter()
        response = self.session.post(
            f"{self.shop}/checkout/review/", data=self.form, allow_redirects=False, timeout=120
        )
        took = (time.perf_counter() - began) * 1000
        return Outcome(response.status_code, response.headers.get("Location", ""), took)

    def _fields(self, path: str) -> dict[str, str]:
        response = self.session.get(self.shop + path, timeout=120)
        response.raise_for_status()
        fields = dict(HIDDEN.findall(response.text))
        fields["csrfmiddlewaretoken"] = self.session.cookies.get("csrftoken", "")
        return fields

    def _send(self, path: str, values: dict[str, str]) -> None:
        token = {"csrfmiddlewaretoken": self.session.cookies.get("csrftoken", "")}
        response = self.session.post(self.shop + path, data=values | token, timeout=120)
        response.raise_for_status()


def run(*, products: int) -> dict[str, Any]:
    """{"rows": [the crowd, the clicks]}, each with what the database says afterwards."""
    limits = {
        "PAYMENT_GATEWAYS": "test",
        "THROTTLE_PLACING": "100000/min",
        "THROTTLE_PLACING_SESSION": "100000/min",
    }
    with (
        scratch_shop(min(products, 10)),
        tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as static,
        override_settings(STATIC_ROOT=Path(static)),
        mock.patch.dict(os.environ, limits),
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        Variant.objects.filter(sku=LAST).update(stock=UNITS)
        Variant.objects.filter(sku=AGAIN).update(stock=UNITS)
        method = DeliveryMethod.objects.create(name="Parcel", countries=["US"])
        method.rates.create(price=Decimal("4.90"))
        with gunicorn(PROCESSES) as port:
            rows = [_crowd(port, method.pk), _clicks(port, method.pk)]
    _print(rows)
    return {"shoppers": SHOPPERS, "units": UNITS, "processes": PROCESSES, "rows": rows}


def _crowd(port: int, method: int) -> dict[str, Any]:
    shoppers = [Shopper(port, number + 1) for number in range(SHOPPERS)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: one.go_to_review(LAST, method), shoppers))
    title = f"{SHOPPERS} shoppers, {UNITS} units"
    return {"title": title, **_at_once(shoppers), **_counted(LAST)}


def _clicks(port: int, method: int) -> dict[str, Any]:
    shopper = Shopper(port, SHOPPERS + 1)
    shopper.go_to_review(AGAIN, method)
    title = f"one shopper, {CLICKS} clicks"
    return {"title": title, **_at_once([shopper] * CLICKS), **_counted(AGAIN)}


def _at_once(shoppers: list[Shopper]) -> dict[str, Any]:
    before = _deadlocks()
    ready = threading.Barrier(len(shoppers))

    def click(shopper: Shopper) -> Outcome:
        ready.wait()
        return shopper.order()

    began = time.perf_counter()
    with ThreadPoolExecutor(len(shoppers)) as pool:
        outcomes = list(pool.map(click, shoppers))
    seconds = time.perf_counter() - began
    cuts = quantiles([one.milliseconds for one in outcomes], n=20)
    return {
        "answers": dict(Counter(str(one.status) for one in outcomes)),
        "seconds": seconds,
        "p50_ms": cuts[9],
        "p95_ms": cuts[18],
        "deadlocks": _deadlocks() - before,
    }


def _counted(sku: str) -> dict[str, Any]:
    variant = Variant.objects.get(sku=sku)
    ledger = Movement.objects.filter(variant=variant).aggregate(sum=Sum("delta"))["sum"]
    return {
        "orders": Order.objects.filter(lines__sku=sku).count(),
        "units sold": OrderLine.objects.filter(sku=sku).aggregate(sum=Sum("quantity"))["sum"],
        "held": Reservation.objects.filter(variant=variant).aggregate(sum=Sum("quantity"))["sum"],
        "stock": variant.stock,
        "ledger": ledger,
    }


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        (number,) = cursor.fetchone()
    return int(number)


def _print(rows: list[dict[str, Any]]) -> None:
    columns = ["orders", "held", "stock", "ledger", "deadlocks", "answers", "p50_ms", "p95_ms"]
    print(f"  {'':28}" + "".join(f"{name:>11}" for name in columns))
    for row in rows:
        answers = " ".join(f"{number}x{status}" for status, number in row["answers"].items())
        cells = [answers if name == "answers" else row[name] for name in columns]
        told = "".join(
            f"{cell:11.0f}" if isinstance(cell, float) else f"{cell!s:>11}" for cell in cells
        )
        print(f"  {row['title']:28}{told}")
