"""Workers that are killed, a Redis that is emptied: every mail arrives, and none twice.

Real processes: a worker with its scheduler, and an e-mail server that says what it accepted.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.db import connection

from shop.mail.models import OutgoingMail
from tests.e2e.servers import ROOT, with_path
from tests.shop.mail.factories import MailFactory
from tests.shop.mail.smtp import SmtpServer

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
def start_worker(
    tmp_path: Path, smtp: SmtpServer
) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a worker of two processes that take mails, with a scheduler that is in a hurry."""
    started: list[subprocess.Popen[bytes]] = []
    redis.Redis.from_url(REDIS_URL).flushdb()

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "shop", "worker", "--beat"),
                    *("--scheduler", "celery.beat:Scheduler", "--concurrency", "2"),
                    *("--queues", "mail", "--without-mingle", "--without-gossip"),
                ],
                cwd=ROOT,
                env={
                    **os.environ,
                    "DATABASE_URL": with_path(
                        os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
                    ),
                    "REDIS_URL": REDIS_URL,
                    "EMAIL_URL": smtp.url,
                    "SWEEP_SECONDS": "0.5",
                    "MAIL_PAUSE": "2",
                },
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        kill(worker)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """SIGKILL for the worker, its children and its scheduler: a power cut."""
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    worker.wait()


def test_a_killed_worker_loses_and_doubles_no_mail(
    start_worker: Callable[[], subprocess.Popen[bytes]], smtp: SmtpServer
) -> None:
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
