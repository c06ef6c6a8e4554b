"""What vouchers know of a customer."""

from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User

from shop.promotions.models import Voucher, VoucherUse
from shop.promotions.own_data import erase_uses, export_uses
from shop.promotions.services import Customer, use_voucher

pytestmark = pytest.mark.django_db


def test_uses_are_told_and_go_on_counting_without_a_person() -> None:
    ada = User.objects.create_user("ada", "ada@example.com")
    EmailAddress.objects.create(user=ada, email="Ada@example.com", verified=True)
    voucher = Voucher.objects.create(code="TEN", value=10)
    for number, customer in enumerate(
        [
            Customer(user=ada, email="work@example.com"),
            Customer(email="ada@example.com"),
            Customer(email="eve@example.com"),
        ]
    ):
        use_voucher(
            voucher_id=voucher.pk,
            subtotal=Decimal(50),
            currency="USD",
            customer=customer,
            reference=f"A{number}",
        )

    assert {one["order"] for one in export_uses(ada)} == {"A0", "A1"}
    erase_uses(ada)

    assert VoucherUse.objects.count() == 3
    assert list(VoucherUse.objects.exclude(customer="").values_list("customer", flat=True)) == [
        "eve@example.com"
    ]
