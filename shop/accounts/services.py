"""What changes a customer's addresses. One transaction each, one change of a customer at a time."""

from django.contrib.auth.models import User
from django.db import transaction

from shop.accounts.models import Address
from shop.addresses import PostalAddress

MAX_ADDRESSES = 50


class TooManyAddresses(Exception):
    """The customer has as many as are kept."""


@transaction.atomic
def save_address(
    *,
    user: User,
    postal: PostalAddress,
    address: Address | None = None,
    default_shipping: bool = False,
    default_billing: bool = False,
) -> Address:
    """Keep a new address, or change `address`; the first one becomes the default for both."""
    _lock(user)
    if address is None:
        count = Address.objects.filter(user=user).count()
        if count >= MAX_ADDRESSES:
            raise TooManyAddresses
        default_shipping = default_shipping or not count
        default_billing = default_billing or not count
        address = Address(user=user)
    others = Address.objects.filter(user=user).exclude(pk=address.pk)
    if default_shipping:
        others.filter(is_default_shipping=True).update(is_default_shipping=False)
    if default_billing:
        others.filter(is_default_billing=True).update(is_default_billing=False)
    for name, value in postal.as_dict().items():
        setattr(address, name, value)
    address.is_default_shipping = default_shipping
    address.is_default_billing = default_billing
    address.save()
    return address


@transaction.atomic
def delete_address(*, address: Address) -> None:
    """Forget an address. Where it was the default, the oldest of the others takes its place."""
    _lock(address.user)
    # Its flags may have changed since it was read.
    address = Address.objects.get(pk=address.pk)
    address.delete()
    heir = Address.objects.filter(user=address.user).first()
    if heir is not None:
        heir.is_default_shipping |= address.is_default_shipping
        heir.is_default_billing |= address.is_default_billing
        heir.save(update_fields=["is_default_shipping", "is_default_billing"])


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)
