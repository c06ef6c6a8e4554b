"""Carts and checkouts that nobody comes back to."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils.timezone import now

from shop.cart.models import Cart
from shop.checkout.models import Checkout


@shared_task
def forget_abandoned() -> None:
    """Delete visitors' carts, and checkouts, that were left alone for `settings.CART_DAYS`.

    Carts of accounts stay. A checkout that became an order is deleted as well: the order has all.
    """
    before = now() - timedelta(days=settings.CART_DAYS)
    Checkout.objects.filter(updated_at__lt=before).delete()
    Cart.objects.filter(user=None, updated_at__lt=before).delete()
