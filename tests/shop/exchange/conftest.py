"""Files of exchanges lie in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def exchange_root(settings: LazySettings, tmp_path: Path) -> Path:
    settings.EXCHANGE_ROOT = tmp_path / "exchange"
    return tmp_path / "exchange"
