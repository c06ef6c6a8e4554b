"""Many vouchers at once, each with a code that nobody guesses."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from shop.promotions.models import Voucher, normalized

# Without what looks alike (0 O, 1 I L), and without vowels: no words.
LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 8  # 28 ** 8: one in 400 thousand millions
MOST = 5000


def generate_vouchers(*, prefix: str, number: int, values: dict[str, Any]) -> list[Voucher]:
    """Create so many vouchers with the same `values` and codes like "SPRING-7K3F9QXM"."""
    if not 0 < number <= MOST:
        raise ValueError(f"Between 1 and {MOST} vouchers are made at once.")
    prefix = normalized(prefix)
    codes: set[str] = set()
    with transaction.atomic():
        while len(codes) < number:
            fresh = {_code(prefix) for _ in range(number - len(codes))}
            taken = Voucher.objects.filter(code__in=fresh).values_list("code", flat=True)
            codes |= fresh - set(taken)
        made = [Voucher(code=code, **values) for code in sorted(codes)]
        return Voucher.objects.bulk_create(made, batch_size=1000)


def _code(prefix: str) -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"{prefix}-{letters}" if prefix else letters
