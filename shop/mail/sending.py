"""Sending what is in the outbox, each mail once.

A mail is sent in two steps. The first claims it: under a lock on its row the attempt is counted
and the time set at which whoever holds it is taken for dead. The second locks the row again, sends
and marks it, all in one transaction. So

- of two workers, or of two deliveries of one task, one finds the row locked or not due, and goes;
- a worker that is killed before it sends leaves a row that is due again a little later;
- one that was paused for so long that another took its mail over finds that the attempt is no
  longer its own, and sends nothing.

One window no shop can close: a worker that dies after the e-mail server took the mail and before
the row says so. That mail is sent again, with the same Message-ID, by which mailboxes drop doubles.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from shop.mail.models import MAX_ATTEMPTS, MailAttachment, OutgoingMail, pause_after
from shop.store.current import current_store

logger = logging.getLogger(__name__)

# A sweep lets others have the worker after so many seconds, and goes on in another task.
SWEEP_SECONDS_AT_ONCE = 60.0
BATCH = 50
DIED = gettext_noop("The worker ended while it was being sent.")


def send(*, mail_id: int) -> bool:
    """Send a mail that is due; whether it was sent by this call.

    Without an e-mail server it stays in the queue. A failure is kept in the row and logged.
    """
    if not settings.MAIL_IS_SENT:
        return False
    attempt = _claim(mail_id)
    return attempt is not None and _deliver(mail_id, attempt)


def sweep() -> bool:
    """Send what is due, the oldest first, for a while; whether there is more to do at once."""
    if not settings.MAIL_IS_SENT:
        if waiting := OutgoingMail.objects.waiting().count():
            logger.warning("%d mails wait: no e-mail server is set (EMAIL_URL).", waiting)
        return False
    end = time.monotonic() + SWEEP_SECONDS_AT_ONCE
    ids = list(OutgoingMail.objects.due().order_by("due_at").values_list("pk", flat=True)[:BATCH])
    for done, mail_id in enumerate(ids, start=1):
        send(mail_id=mail_id)
        if time.monotonic() > end:
            return done < len(ids) or len(ids) == BATCH
    return len(ids) == BATCH


def forget_old() -> int:
    """Delete mails older than `settings.MAIL_DAYS`; how many."""
    before = timezone.now() - timedelta(days=settings.MAIL_DAYS)
    _, by_model = OutgoingMail.objects.filter(created_at__lt=before).delete()
    return by_model.get(OutgoingMail._meta.label, 0)


def _claim(mail_id: int) -> int | None:
    """Make the mail ours for one attempt; its number, or None if it is not to be sent now."""
    with transaction.atomic():
        mail = (
            OutgoingMail.objects.due().select_for_update(skip_locked=True).filter(pk=mail_id)
        ).first()
        if mail is None:
            return None
        if mail.attempts >= MAX_ATTEMPTS:  # the last attempt killed its worker
            mail.state, mail.error = OutgoingMail.State.FAILED, DIED
            mail.save(update_fields=["state", "error"])
            return None
        mail.attempts += 1
        mail.state = OutgoingMail.State.SENDING
        mail.due_at = timezone.now() + pause_after(mail.attempts)
        mail.save(update_fields=["attempts", "state", "due_at"])
        return mail.attempts


def _deliver(mail_id: int, attempt: int) -> bool:
    with transaction.atomic():
        mail = (
            # Waits for who locked it only to find that it is not theirs. Whoever took it over has
            # another attempt's number.
            OutgoingMail.objects.select_for_update()
            .filter(pk=mail_id, state=OutgoingMail.State.SENDING, attempts=attempt)
            .first()
        )
        if mail is None:
            return False
        message = message_of(mail)
        try:
            message.send()
        except Exception as error:
            # Servers and libraries raise what they like, and any of it means: not now.
            _put_off(mail, error)
            return False
        mail.state, mail.sent_at, mail.error = OutgoingMail.State.SENT, timezone.now(), ""
        if not settings.MAILBOX:
            # What a mail said is nobody's business once it has arrived.
            mail.text = mail.html = ""
            MailAttachment.objects.filter(mail=mail).delete()
        mail.save(update_fields=["state", "sent_at", "error", "text", "html"])
    return True


def _put_off(mail: OutgoingMail, error: Exception) -> None:
    logger.warning("Mail %s was not sent (attempt %d): %s", mail.pk, mail.attempts, error)
    last = mail.attempts >= MAX_ATTEMPTS
    mail.state = OutgoingMail.State.FAILED if last else OutgoingMail.State.QUEUED
    mail.error = f"{type(error).__name__}: {error}"[:500]
    mail.save(update_fields=["state", "error"])


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it goes out, from the shop."""
    store = current_store()
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((store.sender, store.sender_email or settings.DEFAULT_FROM_EMAIL)),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            # No "I am on holiday" in answer.
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for one in mail.attachments.all():
        message.attach(one.name, bytes(one.content), one.content_type)
    return message
