"""What tests of the catalogue share."""

from pathlib import Path

import pytest

from tests.factories import picture_bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/boot.jpg").write_bytes(picture_bytes(seed=1))
    (tmp_path / "pictures/side.png").write_bytes(picture_bytes(seed=2, format="PNG"))
    return tmp_path
