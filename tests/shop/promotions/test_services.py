"""Vouchers: what they take off, when they may be used, and how often."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from shop.money import rounded
from shop.promotions.models import Voucher
from shop.promotions.services import (
    Customer,
    Reduction,
    VoucherRejected,
    check_voucher,
    find_voucher,
    give_back_voucher,
    reduction,
    use_voucher,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def voucher(**values: Any) -> Voucher:
    made = Voucher.objects.create(**{"code": "TEN", "value": 10, **values})
    made.refresh_from_db()  # amounts are Decimals then
    return made


def checked(one: Voucher, subtotal: str = "50", customer: Customer | None = None) -> Reduction:
    return check_voucher(
        voucher=one,
        subtotal=Decimal(subtotal),
        currency="USD",
        customer=customer or Customer(email="ada@example.com"),
    )


@pytest.mark.parametrize(
    ("values", "subtotal", "amount", "free_delivery"),
    [
        ({"kind": "percent", "value": 10}, "49.95", "5.00", False),
        ({"kind": "percent", "value": Decimal("12.5")}, "0.04", "0.01", False),
        ({"kind": "percent", "value": 100}, "49.95", "49.95", False),
        ({"kind": "fixed", "value": 20}, "49.95", "20.00", False),
        ({"kind": "fixed", "value": 80}, "49.95", "49.95", False),
        ({"kind": "delivery", "value": 0}, "49.95", "0", True),
    ],
)
def test_what_it_takes_off(values: dict, subtotal: str, amount: str, free_delivery: bool) -> None:
    assert checked(voucher(**values), subtotal) == Reduction(Decimal(amount), free_delivery)


@given(
    st.sampled_from(["percent", "fixed"]),
    st.integers(1, 10_000).map(lambda n: Decimal(n) / 100),
    st.integers(0, 10**7).map(lambda n: Decimal(n) / 100),
    st.sampled_from(["USD", "JPY"]),
)
def test_it_takes_off_whole_units_and_never_more_than_there_is(
    kind: str, value: Decimal, subtotal: Decimal, currency: str
) -> None:
    subtotal = rounded(subtotal, currency)

    off = reduction(voucher=Voucher(kind=kind, value=value), subtotal=subtotal, currency=currency)

    assert 0 <= off.amount <= subtotal
    assert off.amount == rounded(off.amount, currency)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"active": False}, "no longer valid"),
        ({"starts_at": now() + DAY}, "is valid from"),
        ({"ends_at": now() - DAY}, "expired on"),
        ({"minimum": Decimal("50.01")}, r"orders of \$50\.01 or more"),
        ({"limit": 0}, "has been used up"),
    ],
)
def test_why_it_may_not_be_used(values: dict, said: str) -> None:
    with pytest.raises(VoucherRejected, match=said):
        checked(voucher(**values))


def test_a_code_is_found_however_it_is_typed() -> None:
    made = voucher(code=" summer 10 ")

    assert made.code == "SUMMER10"
    assert find_voucher(code="Summer 10") == made
    with pytest.raises(VoucherRejected, match="no voucher “winter”"):
        find_voucher(code="winter")


def test_an_inactive_voucher_is_as_unknown_as_none() -> None:
    voucher(active=False)

    with pytest.raises(VoucherRejected, match="There is no voucher"):
        find_voucher(code="TEN")


def test_each_customer_has_it_as_often_as_it_says() -> None:
    one, ada = voucher(limit_per_customer=1), User.objects.create_user("ada")
    spend = {"voucher_id": one.pk, "subtotal": Decimal(50), "currency": "USD"}
    use_voucher(**spend, customer=Customer(user=ada, email="Ada@Example.com"), reference="A")

    for known in (Customer(email="ada@example.COM"), Customer(user=ada, email="new@example.com")):
        with pytest.raises(VoucherRejected, match="used the voucher TEN already"):
            use_voucher(**spend, customer=known, reference="B")
    use_voucher(**spend, customer=Customer(email="eve@example.com"), reference="C")


def test_an_order_that_came_to_nothing_gives_it_back() -> None:
    one = voucher(limit=1)
    spend = {"voucher_id": one.pk, "subtotal": Decimal(50), "currency": "USD"}
    use_voucher(**spend, customer=Customer(email="a@example.com"), reference="A")

    give_back_voucher(reference="A")
    give_back_voucher(reference="A")

    use_voucher(**spend, customer=Customer(email="b@example.com"), reference="B")


def test_a_deleted_voucher_is_said() -> None:
    with pytest.raises(VoucherRejected):
        use_voucher(
            voucher_id=1,
            subtotal=Decimal(1),
            currency="USD",
            customer=Customer(),
            reference="A",
        )


@pytest.mark.parametrize(
    "values",
    [
        {"value": 0},
        {"value": 101},
        {"kind": "fixed", "value": 0},
        {"starts_at": now(), "ends_at": now() - DAY},
    ],
)
def test_what_makes_no_sense_is_refused_by_form_and_database(values: dict) -> None:
    with pytest.raises(ValidationError):
        Voucher(**{"code": "X", "value": 10, **values}).full_clean()
    with pytest.raises(IntegrityError):
        voucher(**values)
