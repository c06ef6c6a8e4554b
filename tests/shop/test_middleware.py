"""What is compressed on its way, and what is not."""

import gzip

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from shop.middleware import CompressionMiddleware


@pytest.mark.django_db
def test_a_page_is_compressed_for_whoever_takes_that(client: Client) -> None:
    plain = client.get("/contact/")
    response = client.get("/contact/", headers={"accept-encoding": "gzip, deflate"})
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert b"</html>" in gzip.decompress(response.content)
    assert len(response.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize("kind", ["image/jpeg", "image/webp", "application/pdf"])
def test_what_is_compressed_already_goes_as_it_is(kind: str, rf: RequestFactory) -> None:
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    response = CompressionMiddleware(lambda _: HttpResponse(b"x" * 5000, content_type=kind))(
        request
    )
    assert "Content-Encoding" not in response
    assert response.content == b"x" * 5000


def test_static_files_are_left_to_whitenoise() -> None:
    names = settings.MIDDLEWARE
    assert names.index("whitenoise.middleware.WhiteNoiseMiddleware") < names.index(
        "shop.middleware.CompressionMiddleware"
    )
