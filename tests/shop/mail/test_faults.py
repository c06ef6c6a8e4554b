"""Workers that are killed, a Redis that is emptied: every mail arrives, and none twice.

Real processes: a worker with its scheduler, and an e-mail server that says what it accepted.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from shop.mail.models import OutgoingMail
from tests.e2e.servers import with_path
from tests.shop.mail.factories import MailFactory
from tests.shop.mail.smtp import SmtpServer
from tests.shop.workers import Workers, kill, workers

pytestmark = pytest.mark.django_db(transaction=True)

# Another database of Redis than other tests have, for it is emptied.
REDIS_URL = with_path(os.environ["REDIS_URL"], "3")
MAILS = 20


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    server = SmtpServer()
    yield server
    server.stop()


@pytest.fixture
def start_worker(tmp_path: Path, smtp: SmtpServer) -> Iterator[Workers]:
    redis.Redis.from_url(REDIS_URL).flushdb()
    log = tmp_path / "worker.log"
    with workers(log, "mail", REDIS_URL, EMAIL_URL=smtp.url, MAIL_PAUSE="2") as start:
        yield start


def test_a_killed_worker_loses_and_doubles_no_mail(start_worker: Workers, smtp: SmtpServer) -> None:
    mails = [MailFactory() for _ in range(MAILS)]
    smtp.hold = MAILS // 2

    worker = start_worker()
    assert smtp.holding.wait(60), "The worker sent nothing."
    kill(worker)  # while the server has the mail, and has not said yes
    redis.Redis.from_url(REDIS_URL).flushdb()
    smtp.hold = 0
    assert OutgoingMail.objects.filter(state="sending").exists()

    start_worker()
    end = time.monotonic() + 60
    while OutgoingMail.objects.exclude(state="sent").exists():
        assert time.monotonic() < end, "Mails were lost."
        time.sleep(0.1)

    arrived = Counter(message["Message-ID"] for message in smtp.accepted)
    assert arrived == Counter(mail.message_id for mail in mails)
