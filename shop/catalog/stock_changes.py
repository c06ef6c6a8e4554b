"""How the catalogue's own forms and imports change the stock.

The catalogue knows no ledger: an app that keeps one puts its ways here at startup (`use`). Without
it the number is changed all the same.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from django.contrib.auth.models import User
from django.db.models import F
from django.db.models.functions import Greatest

from shop.catalog.models import Variant


class Adjust(Protocol):
    def __call__(self, *, variant_id: int, by: int, actor: User | None) -> int:
        """Change the stock by so many, never below zero; the new stock."""


class Importing(Protocol):
    def __call__(self) -> AbstractContextManager[None]:
        """Surrounds what an import writes, within its transaction."""


def _adjust(*, variant_id: int, by: int, actor: User | None) -> int:
    variant = Variant.objects.filter(pk=variant_id)
    variant.update(stock=Greatest(0, F("stock") + by))
    return variant.get().stock


adjust: Adjust = _adjust
importing: Importing = nullcontext


def use(*, adjusting: Adjust, imports: Importing) -> None:
    """Have the stock changed in these ways from now on."""
    global adjust, importing
    adjust, importing = adjusting, imports
