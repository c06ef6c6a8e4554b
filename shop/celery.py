"""The Celery app, and the one way to put a task on the queue.

PostgreSQL is the truth about what is to be done, the broker only a bell: `dispatch` rings it after
the transaction commits and never fails the caller. What a lost ring leaves behind, the periodic
sweeps of `settings.CELERY_BEAT_SCHEDULE` find.
"""

import logging
import os
import threading
import time
from typing import Any

from shop import embedded

embedded.configure()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")

from celery import Celery, Task  # noqa: E402  (needs the environment above)
from celery.signals import worker_process_init, worker_ready  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from kombu.exceptions import OperationalError  # noqa: E402

logger = logging.getLogger(__name__)

app = Celery("vitrine")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# After a failure the broker is left alone this long, so that a thousand saves while it is down
# cost one time-out and not a thousand.
PAUSE_SECONDS = 10.0


class _Publisher:
    """Publishes over a connection with short time-outs, which the workers' own must not have.

    A worker waits on its connection for minutes; a web process that publishes must give up on a
    frozen Redis within half a second.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paused_until = 0.0
        self._connection: Any = None
        self._pid = 0

    def publish(self, task: Task, kwargs: dict[str, Any]) -> bool:
        """Put `task` on its queue; False if the broker is down or was a moment ago."""
        with self._lock:
            if time.monotonic() < self._paused_until:
                return False
            try:
                task.apply_async(kwargs=kwargs, connection=self._connect(), retry=False)
            except (OperationalError, OSError) as error:
                self._drop()
                self._paused_until = time.monotonic() + PAUSE_SECONDS
                logger.warning(
                    "The broker does not answer (%s): %s waits for the next sweep.",
                    error,
                    task.name,
                )
                return False
        return True

    def _connect(self) -> Any:
        if self._pid != os.getpid():  # a connection does not survive a fork
            self._connection, self._pid = None, os.getpid()
        if self._connection is None:
            options = {
                **app.conf.broker_transport_options,
                "socket_timeout": settings.REDIS_SOCKET_TIMEOUT,
                "socket_connect_timeout": settings.REDIS_SOCKET_TIMEOUT,
                "max_retries": 0,
                "retry_on_timeout": False,
            }
            self._connection = app.connection_for_write(transport_options=options)
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (OperationalError, OSError):
                pass


_publisher = _Publisher()


def dispatch(task: Task, **kwargs: Any) -> None:
    """Ring for `task` once the current transaction is committed. Never raises, never waits long.

    Arguments must be JSON: identifiers, not objects.
    """
    transaction.on_commit(lambda: _publisher.publish(task, kwargs), robust=True)


@worker_process_init.connect
def let_shoppers_go_first(**_: Any) -> None:
    """Where workers share cores with web processes, nobody waits for a task as a shopper does for
    a page."""
    os.nice(settings.WORKER_NICE)


@worker_ready.connect
def sweep_at_start(**_: Any) -> None:
    """A worker that starts looks at once for what its predecessor left, without waiting."""
    for entry in app.conf.beat_schedule.values():
        task = app.tasks.get(entry["task"])
        if task is not None:
            _publisher.publish(task, {})
