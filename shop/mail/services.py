"""Writing mails into the outbox. Sending them is `shop.mail.sending`.

A mail is written in the transaction of what it tells of: an order that is rolled back leaves no
mail, and one that is committed is told of, whatever happens to the broker or the e-mail server.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation

from shop.celery import dispatch
from shop.mail.models import MailAttachment, OutgoingMail
from shop.store.current import current_store
from shop.store.models import LegalPage


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail; `type` as "application/pdf"."""

    name: str
    content: bytes
    type: str


def queue_mail(
    *,
    key: str,
    to: str,
    template: str,
    context: dict[str, Any],
    language: str,
    attachments: Sequence[Attachment] = (),
    reply_to: str = "",
) -> OutgoingMail | None:
    """Write a mail, to be sent once the current transaction is committed; None if `key` was used.

    `templates/mail/<template>` + `.subject.txt`, `.txt` and `.html` are rendered at once, under
    `language` (the shop's own where that is empty), with `context`, `store`, `shop_url`,
    `legal_pages` and `subject`. Texts and subjects are no HTML: nothing is escaped in them.
    """
    if OutgoingMail.objects.filter(key=key).exists():
        return None
    language = language or current_store().language
    with translation.override(language):
        values = {**common_context(), **context, "language": language}
        subject = _one_line(_render_plain(f"mail/{template}.subject.txt", values))
        values["subject"] = subject
        text = _render_plain(f"mail/{template}.txt", values)
        html = render_to_string(f"mail/{template}.html", values)
    return _keep(
        key=key,
        to=to,
        reply_to=reply_to,
        subject=subject,
        text=text.strip() + "\n",
        html=html,
        language=language,
        attachments=attachments,
    )


def send_again(*, mail_ids: Iterable[int]) -> list[int]:
    """Queue mails that failed anew, with all their attempts; the ids of those that had."""
    with transaction.atomic():
        failed = OutgoingMail.objects.filter(pk__in=mail_ids, state=OutgoingMail.State.FAILED)
        ids = list(failed.select_for_update().order_by("pk").values_list("pk", flat=True))
        OutgoingMail.objects.filter(pk__in=ids).update(
            state=OutgoingMail.State.QUEUED, attempts=0, error="", due_at=timezone.now()
        )
        for mail_id in ids:
            _ring(mail_id)
    return ids


def common_context() -> dict[str, Any]:
    """What every mail's template knows, in the active language."""
    store = current_store()
    return {
        "store": store,
        "store_address": store.address.lines(),
        "shop_url": settings.SHOP_URL,
        "legal_pages": LegalPage.objects.shown().for_links().in_language(),
    }


def _keep(*, attachments: Sequence[Attachment], **values: Any) -> OutgoingMail | None:
    mail = OutgoingMail(**values)
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
            MailAttachment.objects.bulk_create(
                MailAttachment(mail=mail, name=one.name, content_type=one.type, content=one.content)
                for one in attachments
            )
            _ring(mail.pk)
    except IntegrityError:
        if OutgoingMail.objects.filter(key=mail.key).exists():
            return None  # somebody else wrote it in this moment
        raise
    return mail


def _ring(mail_id: int) -> None:
    from shop.mail.tasks import send_mail  # the tasks send what this module writes

    dispatch(send_mail, mail_id=mail_id)


def _render_plain(name: str, values: dict[str, Any]) -> str:
    template: Any = get_template(name)
    return str(template.template.render(Context(values, autoescape=False)))


def _one_line(text: Any) -> str:
    """Fit for the head of a mail, where a line break would begin another field."""
    return " ".join(str(text).split())[:250]
