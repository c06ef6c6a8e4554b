"""One mail when what was sold out can be bought again.

The address of somebody who is not logged in with it is written to once, to ask whether the wish was
theirs (double opt-in). The truth about who is to be told is in the database: a sweep every minute
finds whoever waits for what is in stock, and changes of stock only ring for it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from shop.catalog.choices import address_of
from shop.catalog.models import Variant
from shop.mail.services import queue_mail
from shop.wishes.models import BackInStockRequest

SALT = "wishes.back-in-stock"
# So many questions a day go to one address, whoever asks for them.
MOST_A_DAY = 5
CONFIRM_DAYS = 7
KEEP_DAYS = 90
AT_ONCE = 100


@transaction.atomic
def ask_to_be_told(
    *, variant: Variant, email: str, user: User | AnonymousUser, language: str
) -> bool:
    """Have `email` told once when `variant` is back; whether it must be confirmed first.

    What it answers says nothing of who asked before.
    """
    now = timezone.now()
    owner = user if isinstance(user, User) else None
    known = owner is not None and _is_address_of(owner, email)
    # Two who ask for one address follow each other.
    Variant.objects.select_for_update(no_key=True).get(pk=variant.pk)
    request = BackInStockRequest.objects.open().filter(variant=variant, email__iexact=email).first()
    if request is None:
        if not known and _asked_today(email) >= MOST_A_DAY:
            return True
        request = BackInStockRequest(variant=variant, email=email, language=language)
    if known:
        request.user = owner
        request.confirmed_at = request.confirmed_at or now
    request.save()
    if request.confirmed_at is None:
        _mail(request, "back_in_stock_confirm", key=f"confirm-{request.pk}-{now:%Y-%m-%d}")
    return not known


def confirm(token: str) -> BackInStockRequest | None:
    """The address is theirs: it will be told. None for a link that is not (or no longer) ours."""
    request = find(token, max_age=timedelta(days=CONFIRM_DAYS))
    if request is not None and request.confirmed_at is None:
        request.confirmed_at = timezone.now()
        request.save(update_fields=["confirmed_at"])
    return request


def stop(token: str) -> bool:
    """Forget the request; whether there was one."""
    request = find(token)
    if request is not None:
        request.delete()
    return request is not None


def find(token: str, *, max_age: timedelta | None = None) -> BackInStockRequest | None:
    """The request that a link in a mail is about."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=max_age)
    except signing.BadSignature:
        return None
    return BackInStockRequest.objects.select_related("variant__product").filter(pk=pk).first()


def tell_restocked() -> int:
    """Write to all whose wish is in stock; how many. Two at once write to nobody twice."""
    count = 0
    while True:
        with transaction.atomic():
            waiting = list(
                BackInStockRequest.objects.to_notify()
                .select_related("variant__product")
                .prefetch_related("variant__options")
                .select_for_update(of=("self",), skip_locked=True)
                .order_by("created_at", "pk")[:AT_ONCE]
            )
            if not waiting:
                return count
            for request in waiting:
                _mail(request, "back_in_stock", key=str(request.pk))
            BackInStockRequest.objects.filter(pk__in=[one.pk for one in waiting]).update(
                notified_at=timezone.now()
            )
            count += len(waiting)


def forget_old() -> int:
    """Delete what was never confirmed, and what was told long ago; how many."""
    now = timezone.now()
    unconfirmed = BackInStockRequest.objects.filter(
        confirmed_at=None, created_at__lt=now - timedelta(days=CONFIRM_DAYS)
    )
    told = BackInStockRequest.objects.filter(notified_at__lt=now - timedelta(days=KEEP_DAYS))
    return unconfirmed.delete()[0] + told.delete()[0]


def _is_address_of(user: User, email: str) -> bool:
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()


def _asked_today(email: str) -> int:
    since = timezone.now() - timedelta(days=1)
    return BackInStockRequest.objects.filter(
        email__iexact=email, created_at__gte=since, user__isnull=True
    ).count()


def _mail(request: BackInStockRequest, template: str, *, key: str) -> None:
    variant = request.variant
    token = signing.dumps(request.pk, salt=SALT)
    with translation.override(request.language):
        options = ", ".join(value.value for value in variant.options.all())
    context: dict[str, Any] = {
        "title": variant.product.title,
        "options": options,
        "variant": variant,
        "product_url": settings.SHOP_URL + address_of(variant.product, variant),
        "confirm_url": settings.SHOP_URL + reverse("wishes:confirm", args=[token]),
        "stop_url": settings.SHOP_URL + reverse("wishes:stop", args=[token]),
    }
    queue_mail(
        key=f"back-in-stock-{key}",
        to=request.email,
        template=template,
        context=context,
        language=request.language,
    )
