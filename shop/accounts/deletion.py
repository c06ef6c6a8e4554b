"""A customer deletes the account."""

import uuid

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import get_language

from shop.accounts import personal_data
from shop.mail.services import queue_mail


@transaction.atomic
def delete_own_account(*, user: User, even_staff: bool = False) -> None:
    """Erase, and say so by mail. The mail is the last that knows the address."""
    address = user.email
    personal_data.erase_account(user=user, even_staff=even_staff)
    if address:
        queue_mail(
            key=f"account:deleted:{uuid.uuid4()}",
            to=address,
            template="account/deleted",
            context={"kept": [str(part.kept) for part in personal_data.registered() if part.kept]},
            language=get_language() or "en",
        )
