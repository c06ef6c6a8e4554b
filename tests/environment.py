"""The servers and folders of a test run; loaded (`-p tests.environment`) before the settings.

Every run has real PostgreSQL and Redis: its own embedded ones, with fsync off, unless the
environment names others.
"""

import os
import tempfile
from pathlib import Path

from shop import embedded

ROOT = Path(__file__).resolve().parent.parent

os.environ["VITRINE_DATA"] = os.environ.get("VITRINE_TEST_DATA", str(ROOT / ".data" / "test"))
os.environ.setdefault("VITRINE_EMBEDDED_FSYNC", "off")
os.environ.setdefault("MODEL_CACHE", str(ROOT / ".data" / "models"))
os.environ["MEDIA_ROOT"] = tempfile.mkdtemp(prefix="vitrine-media-")
os.environ["SECRET_KEY"] = "tests only"
# Tests ask often, from one address.
os.environ["THROTTLE_SEARCH"] = os.environ["THROTTLE_PHOTO"] = "100000/min"
# Those of the admin log in without a second factor, except where a test is about it.
os.environ.setdefault("STAFF_SECOND_FACTOR", "0")
# Mails are sent, into the memory of the test.
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["PAYMENT_GATEWAYS"] = "test"
embedded.configure()
