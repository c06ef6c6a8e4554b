"""Background work on the outbox, on the queue `mail`."""

from __future__ import annotations

from celery import shared_task

from shop.celery import dispatch
from shop.locks import try_lock
from shop.mail import sending


@shared_task
def send_mail(mail_id: int) -> None:
    """Send one mail, just written."""
    sending.send(mail_id=mail_id)


@shared_task
def sweep_mail() -> None:
    """Send what is due and was not rung for, or failed before, or was left by a dead worker.

    Where one sweep runs, another has nothing to do.
    """
    with try_lock("sweep-mail") as held:
        more = held and sending.sweep()
    if more:
        dispatch(sweep_mail)


@shared_task
def forget_mail() -> None:
    """Delete old mails."""
    sending.forget_old()
