"""The shop's other end, for `Servers.run`: each line that comes in is a piece of Python to run.

One process for all tests, since Django alone takes seconds to start.
"""

import contextlib
import json
import sys
import traceback

import django
from django.core.signals import request_finished, request_started


def run(code: str) -> str:
    """What went wrong, if anything did. As in a request nothing is left of the one before."""
    request_started.send(run)
    try:
        exec(code, {})  # noqa: S102
    except Exception:
        return traceback.format_exc()
    finally:
        request_finished.send(run)
    return ""


if __name__ == "__main__":
    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        django.setup()
        for line in sys.stdin:
            print(json.dumps(run(json.loads(line))), file=answers, flush=True)
