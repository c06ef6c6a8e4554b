"""Whether a voucher may be used, what it takes off, and its use by an order.

A use is counted when an order is placed and taken back when that is cancelled; both lock the
voucher, so a last use is had once, however many ask at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from shop.money import formatted, rounded
from shop.promotions.models import Voucher, VoucherUse


class VoucherRejected(Exception):
    """The voucher cannot be used; the message tells the shopper why."""


@dataclass(frozen=True)
class Customer:
    """Who wants to use a voucher, as far as it is known."""

    user: User | None = None
    email: str = ""


@dataclass(frozen=True)
class Reduction:
    """What a voucher takes off: an amount of the goods, and whether delivery is free."""

    amount: Decimal
    free_delivery: bool


NOTHING = Reduction(Decimal(0), False)


def find_voucher(*, code: str) -> Voucher:
    """The voucher of a code that a shopper typed. Raises `VoucherRejected`."""
    found = Voucher.objects.by_code(code).first()
    if found is None or not found.active:
        raise VoucherRejected(_("There is no voucher “%(code)s”.") % {"code": code.strip()[:40]})
    return found


def check_voucher(
    *, voucher: Voucher, subtotal: Decimal, currency: str, customer: Customer
) -> Reduction:
    """What the voucher takes off goods for `subtotal`. Raises `VoucherRejected`."""
    code = voucher.code
    at = now()
    if not voucher.active:
        raise VoucherRejected(_("The voucher %(code)s is no longer valid.") % {"code": code})
    if voucher.starts_at is not None and at < voucher.starts_at:
        raise VoucherRejected(
            _("The voucher %(code)s is valid from %(date)s.")
            % {"code": code, "date": date_format(localtime(voucher.starts_at))}
        )
    if voucher.ends_at is not None and at >= voucher.ends_at:
        raise VoucherRejected(
            _("The voucher %(code)s expired on %(date)s.")
            % {"code": code, "date": date_format(localtime(voucher.ends_at))}
        )
    if subtotal < voucher.minimum:
        raise VoucherRejected(
            _("The voucher %(code)s is for orders of %(minimum)s or more.")
            % {"code": code, "minimum": formatted(voucher.minimum, currency)}
        )
    _check_limits(voucher, customer)
    return reduction(voucher=voucher, subtotal=subtotal, currency=currency)


def reduction(*, voucher: Voucher, subtotal: Decimal, currency: str) -> Reduction:
    """What it takes off, without asking whether it may be used; never more than the goods cost."""
    if voucher.kind == Voucher.Kind.DELIVERY:
        return Reduction(Decimal(0), True)
    if voucher.kind == Voucher.Kind.PERCENT:
        amount = rounded(subtotal * voucher.value / 100, currency)
    else:
        amount = rounded(voucher.value, currency)
    return Reduction(min(amount, subtotal), False)


def use_voucher(
    *, voucher_id: int, subtotal: Decimal, currency: str, customer: Customer, reference: str
) -> Reduction:
    """Use the voucher for the order `reference`: what it takes off. Raises `VoucherRejected`."""
    with transaction.atomic():
        voucher = Voucher.objects.select_for_update(no_key=True).filter(pk=voucher_id).first()
        if voucher is None:
            raise VoucherRejected(_("The voucher is no longer valid."))
        found = check_voucher(
            voucher=voucher, subtotal=subtotal, currency=currency, customer=customer
        )
        VoucherUse.objects.create(
            voucher=voucher,
            reference=reference,
            customer=customer.email.lower(),
            user=customer.user,
        )
    return found


def give_back_voucher(*, reference: str) -> None:
    """The order came to nothing: its voucher may be used again. Twice does no harm."""
    VoucherUse.objects.filter(reference=reference).delete()


def _check_limits(voucher: Voucher, customer: Customer) -> None:
    if voucher.limit is not None and voucher.uses.count() >= voucher.limit:
        raise VoucherRejected(_("The voucher %(code)s has been used up.") % {"code": voucher.code})
    known = Q()
    if customer.email:
        known |= Q(customer=customer.email.lower())
    if customer.user is not None:
        known |= Q(user=customer.user)
    bound = voucher.limit_per_customer
    if bound is not None and known and voucher.uses.filter(known).count() >= bound:
        raise VoucherRejected(
            _("You have used the voucher %(code)s already.") % {"code": voucher.code}
        )
