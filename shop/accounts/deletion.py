"""A customer deletes the account."""

import uuid

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import get_language

from shop.accounts import personal_data
from shop.mail.services import queue_mail


@transaction.atomic
def delete_own_account(*, user: User) -> None:
    """Erase, and say so by mail: the last row with the address, until mails are forgotten.

    None goes to an address that was never confirmed.
    """
    address = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary").first()
    personal_data.erase_account(user=user)
    if address is not None:
        queue_mail(
            key=f"account:deleted:{uuid.uuid4()}",
            to=address.email,
            template="account/deleted",
            context={"kept": [str(part.kept) for part in personal_data.registered() if part.kept]},
            language=get_language() or "en",
        )
