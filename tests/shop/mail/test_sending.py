"""Sending what is in the outbox: once each, with growing pauses, and private afterwards."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from itertools import pairwise
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail as django_mail
from django.db import connection, transaction
from django.utils import timezone

from shop.mail import sending
from shop.mail.models import MailAttachment, OutgoingMail, pause_after
from shop.mail.services import send_again
from shop.mail.tasks import sweep_mail
from shop.store.current import current_store
from tests.shop.mail.factories import MailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_server(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail)


def make_due(mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(due_at=timezone.now())


def test_a_mail_is_sent_from_the_shop_and_marked() -> None:
    store = current_store()
    store.sender_name, store.sender_email = "Ann’s shop, Ltd", "shop@example.com"
    store.save()
    mail = MailFactory(to="ann@example.com", reply_to="bob@example.com", html="<p>HTML</p>")
    MailAttachment.objects.create(
        mail=mail, name="invoice.pdf", content=b"%PDF", content_type="application/pdf"
    )

    assert sending.send(mail_id=mail.pk)

    [sent] = django_mail.outbox
    assert sent.to == ["ann@example.com"] and sent.reply_to == ["bob@example.com"]
    assert parseaddr(sent.from_email)[1] == "shop@example.com"
    assert sent.alternatives[0][0] == "<p>HTML</p>"
    assert sent.attachments[0].content == b"%PDF"
    assert sent.message()["Message-ID"] == mail.message_id
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == ("sent", 1, "")
    assert mail.sent_at is not None


def test_a_mail_is_sent_once_however_often_its_task_is_delivered() -> None:
    mail = MailFactory()

    assert [sending.send(mail_id=mail.pk) for _ in range(3)] == [True, False, False]
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_sends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    mails = [MailFactory() for _ in range(5)]
    sent: list[str] = []
    slow = threading.Event()

    def send(message: Any) -> None:
        slow.wait(0.05)
        sent.append(message.extra_headers["Message-ID"])

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send)

    def work() -> None:
        for mail in mails:
            sending.send(mail_id=mail.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(sent) == sorted(mail.message_id for mail in mails)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"sent"}


def a_lock_is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        (waits,) = cursor.fetchone() or (False,)
    return bool(waits)


@pytest.mark.django_db(transaction=True)
def test_who_looks_at_a_claimed_mail_and_goes_does_not_keep_it_from_being_sent() -> None:
    mail = MailFactory()
    attempt = sending._claim(mail.pk)
    assert attempt is not None
    locked = threading.Event()

    def look() -> None:
        with transaction.atomic():
            OutgoingMail.objects.select_for_update().get(pk=mail.pk)
            locked.set()
            end = time.monotonic() + 5
            while not a_lock_is_waited_for() and time.monotonic() < end:
                time.sleep(0.02)
        connection.close()

    looker = threading.Thread(target=look)
    looker.start()
    locked.wait()
    assert sending._deliver(mail.pk, attempt)
    looker.join()


def test_a_mail_whose_worker_died_is_sent_when_its_time_is_over() -> None:
    held = MailFactory(state="sending", attempts=1, due_at=timezone.now() + timedelta(seconds=9))
    left = MailFactory(state="sending", attempts=1)

    sweep_mail()

    assert [one.extra_headers["Message-ID"] for one in django_mail.outbox] == [left.message_id]
    held.refresh_from_db()
    assert held.state == "sending"


def test_a_worker_that_slept_while_another_took_its_mail_over_sends_nothing() -> None:
    mail = MailFactory()
    mine = sending._claim(mail.pk)
    make_due(mail)
    others = sending._claim(mail.pk)
    assert (mine, others) == (1, 2)

    assert not sending._deliver(mail.pk, 1)
    assert sending._deliver(mail.pk, 2)
    assert len(django_mail.outbox) == 1


def test_what_fails_is_tried_again_with_growing_pauses(broken_server: None) -> None:
    mail = MailFactory()
    pauses = []
    for _ in range(8):
        make_due(mail)
        sending.send(mail_id=mail.pk)
        mail.refresh_from_db()
        pauses.append((mail.due_at - timezone.now()).total_seconds())

    assert all(later > 2 * earlier for earlier, later in pairwise(pauses))
    assert (mail.state, mail.attempts) == ("failed", 8)
    assert mail.error == "ConnectionRefusedError: nobody listens"
    make_due(mail)
    assert not sending.send(mail_id=mail.pk)


def test_after_a_failure_it_is_not_tried_at_once(broken_server: None) -> None:
    mail = MailFactory()

    assert [sending.send(mail_id=mail.pk) for _ in range(3)] == [False] * 3
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 1)
    assert pause_after(1) < pause_after(2)


def test_a_mail_that_always_kills_its_worker_fails() -> None:
    mail = MailFactory(state="sending", attempts=8)

    sweep_mail()

    mail.refresh_from_db()
    assert (mail.state, mail.error) == ("failed", sending.DIED)
    assert not django_mail.outbox


def test_one_that_fails_holds_up_no_other() -> None:
    bad, good = MailFactory(to="x@example.com\nBcc: y@example.com"), MailFactory()

    sweep_mail()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("queued", "sent")
    assert "BadHeaderError" in bad.error
    assert len(django_mail.outbox) == 1


def test_failed_mails_can_be_sent_again() -> None:
    failed, sent = MailFactory(state="failed", attempts=8, error="no"), MailFactory(sent=True)

    assert send_again(mail_ids=[failed.pk, sent.pk]) == [failed.pk]
    sweep_mail()

    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == ("sent", 1, "")
    assert len(django_mail.outbox) == 1


def test_without_a_server_mails_wait_and_the_log_says_so(
    settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAIL_IS_SENT = False
    mail = MailFactory()

    sweep_mail()
    assert not sending.send(mail_id=mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 0)
    assert "1 mails wait: no e-mail server is set (EMAIL_URL)." in caplog.text


@pytest.mark.parametrize("mailbox", [False, True])
def test_what_was_sent_is_forgotten_unless_there_is_a_mailbox(
    mailbox: bool, settings: LazySettings
) -> None:
    settings.MAILBOX = mailbox
    mail = MailFactory(html="<p>HTML</p>")
    MailAttachment.objects.create(mail=mail, name="a", content=b"a", content_type="text/plain")

    sending.send(mail_id=mail.pk)

    mail.refresh_from_db()
    assert bool(mail.text) == bool(mail.html) == mail.attachments.exists() == mailbox
    assert mail.subject


def test_old_mails_are_deleted() -> None:
    old = MailFactory(sent=True, created_at=timezone.now() - timedelta(days=91))
    MailAttachment.objects.create(mail=old, name="a", content=b"a", content_type="text/plain")
    new = MailFactory(created_at=timezone.now() - timedelta(days=89))

    assert sending.forget_old() == 1
    assert OutgoingMail.objects.get() == new


def test_the_message_id_is_the_same_each_time_and_tells_nothing() -> None:
    mail = MailFactory(key="order-17-placed")

    assert mail.message_id == OutgoingMail.objects.get().message_id
    assert "17" not in mail.message_id.split("@")[0] or "order" not in mail.message_id
    assert mail.message_id != MailFactory(key="order-18-placed").message_id


def test_a_sweep_of_many_asks_for_another(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    monkeypatch.setattr(sending, "BATCH", 3)
    for _ in range(4):
        MailFactory()

    with django_capture_on_commit_callbacks() as rung:
        sweep_mail()
    assert len(rung) == 1 and len(django_mail.outbox) == 3
    with django_capture_on_commit_callbacks() as rung:
        sweep_mail()
    assert len(rung) == 0 and len(django_mail.outbox) == 4
