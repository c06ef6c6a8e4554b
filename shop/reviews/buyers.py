"""Who may write a review: whoever was sent the product. Known by account, or by a signed link."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.core import signing
from django.db.models import QuerySet

from shop.catalog.models import Product
from shop.orders.models import OrderLine
from shop.orders.states import State
from shop.reviews.models import Review

SALT = "reviews.line"
# An order that was sent; what came back or was refunded was seen, too.
SENT = (State.SHIPPED, State.RETURNED, State.REFUNDED)


@dataclass(frozen=True)
class Buyer:
    """Somebody who bought a product: the line of the order that says so."""

    line: OrderLine

    @property
    def product(self) -> Product:
        product: Product | None = self.line.product
        if product is None:
            raise ValueError("The product of the line is gone.")
        return product

    @property
    def user(self) -> User | None:
        return self.line.order.user

    @property
    def email(self) -> str:
        return self.line.order.email.lower()

    def review(self) -> Review | None:
        """What they wrote of the product. Never what another account, or another guest, wrote."""
        found = Review.objects.filter(product=self.product)
        if self.user is not None:
            return found.filter(user=self.user).first()
        return found.filter(user=None, email__iexact=self.email).first()


def sent_lines() -> QuerySet[OrderLine]:
    """Lines that were sent, of products that are still sold."""
    return OrderLine.objects.filter(
        order__state__in=SENT, order__shipped_at__isnull=False, product__published=True
    ).select_related("order__user", "product")


def buyer_by_account(user: User | AnonymousUser, product: Product) -> Buyer | None:
    """The user as a buyer of the product, by their latest order of it."""
    if not isinstance(user, User):
        return None
    line = sent_lines().filter(order__user=user, product=product).order_by("-pk").first()
    return Buyer(line) if line else None


def token_of(line: OrderLine) -> str:
    """What lets its holder review the product of the line."""
    return signing.dumps(line.pk, salt=SALT)


def buyer_by_token(token: str) -> Buyer | None:
    """The holder of the link that was mailed for a line."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    line = sent_lines().filter(pk=pk).first()
    return Buyer(line) if line else None
