"""What is compressed on its way, and what is not; and what no database takes."""

import gzip

import pytest
from django.conf import settings
from django.db import DataError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from shop.middleware import CompressionMiddleware, UnstorableInputMiddleware


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


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["a\0b", "9" * 50])
def test_what_no_database_takes_is_answered_with_400(sent: str, rf: RequestFactory) -> None:
    def view(_: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CAST(%s AS text), CAST(%s AS bigint)", [sent, sent])
        return HttpResponse()

    middleware = UnstorableInputMiddleware(view)
    request = rf.get("/")
    with pytest.raises(DataError) as raised, transaction.atomic():
        middleware(request)

    answer = middleware.process_exception(request, raised.value)

    assert answer is not None and answer.status_code == 400
    assert middleware.process_exception(request, OperationalError("gone")) is None


def test_a_nul_in_the_admin_is_no_error_of_the_shop_s(admin_client: Client) -> None:
    assert admin_client.get("/admin/search/rankingsetting/", {"like": "a\0b"}).status_code < 500
