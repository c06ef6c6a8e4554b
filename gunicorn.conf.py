"""How gunicorn runs the shop, wherever it does; read from the folder it starts in.

What differs (address, number of processes) stands in the command that starts it.
"""

import os
import shutil
import tempfile
from typing import Any

worker_class = "gthread"
threads = 4
# 500 characters of any script, percent-encoded, and the filters.
limit_request_line = 8190
accesslog = "-"
# Without what follows the question mark: words that were searched for are nobody's business beside
# an address and a second.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s "%(a)s"'
control_socket_disable = True

# A search multiplies small matrices: threads that wait for each other take longer than one, and on
# busy cores a hundred times as long. Requests run beside each other instead.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


# --- What processes count, for /metrics (search.metrics) ------------------------------------------
#
# prometheus_client has each process count in files of its own, and whichever is asked adds them up.


def on_starting(server: Any) -> None:
    """Before any process: a folder for the files, in memory where the workers' own files are."""
    if os.environ.get("METRICS_TOKEN"):
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(
            prefix="vitrine-metrics-", dir=server.cfg.worker_tmp_dir
        )


def pre_fork(server: Any, worker: Any) -> None:
    """The lowest number that no living process has.

    A process counts on in the files of the one that had its number before. By process ID, as is
    the default, each that max_requests ends would leave its files behind, to be read for ever.
    """
    taken = {other.metrics_number for other in server.WORKERS.values()}
    worker.metrics_number = next(n for n in range(len(taken) + 1) if n not in taken)


def post_fork(server: Any, worker: Any) -> None:
    """In the process, before it loads the shop."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client import values

        values.ValueClass = values.MultiProcessValue(lambda: worker.metrics_number)


def post_worker_init(worker: Any) -> None:
    """When the process has loaded the shop: models are loaded before anybody searches."""
    from django.apps import apps

    if apps.is_installed("search"):
        from search.versions import warming

        warming.start()


def on_exit(server: Any) -> None:
    """The last to leave takes the folder along."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
