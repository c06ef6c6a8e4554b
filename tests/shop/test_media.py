"""Pictures are served as what they are, once."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

pytestmark = pytest.mark.django_db  # a page that is not found shows the cart


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.avif", "image/avif"), ("a.webp", "image/webp"), ("a.jpg", "image/jpeg")],
)
def test_a_picture_is_kept_for_ever_as_what_it_is(client: Client, name: str, kind: str) -> None:
    stored = default_storage.save(f"products/{name}", ContentFile(b"bytes"))

    answer = client.get(f"/media/{stored}")

    assert b"".join(answer) == b"bytes"
    assert answer["Content-Type"] == kind
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.get("Vary", "")
    again = client.get(f"/media/{stored}", headers={"If-Modified-Since": answer["Last-Modified"]})
    assert again.status_code == 304
    assert again["Cache-Control"] == answer["Cache-Control"]


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    for path in ("products/none.avif", "../settings.py", "%2e%2e/settings.py", "products/"):
        answer = client.get(f"/media/{path}")

        assert answer.status_code in (400, 404)
        assert "immutable" not in answer.get("Cache-Control", "")
