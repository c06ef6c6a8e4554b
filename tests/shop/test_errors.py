"""What went wrong is said in the shop's own face, with a way on, to whoever asked and as they can
use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from shop.errors import too_many_requests
from tests.factories import CategoryFactory, ProductFactory, upload

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def fail(request: HttpRequest, kind: str) -> HttpResponse:
    """What a view may end with."""
    if kind == "throttled":
        return too_many_requests(request, seconds=7)
    if kind == "read":
        return HttpResponse(str(request.POST))
    errors: dict[str, Exception] = {
        "bug": RuntimeError("nobody's business"),
        "closed": OperationalError("the connection to host db.internal failed"),
        "forbidden": PermissionDenied("you are not Ada"),
        "suspicious": SuspiciousOperation("odd"),
    }
    raise errors[kind]


FAILING = [
    path("fail/<slug:kind>/", csrf_exempt(fail)),
    path("guarded/", fail, {"kind": "read"}),
    path("api/v1/fail/<slug:kind>/", csrf_exempt(fail)),
]
urlpatterns = [*FAILING, path("", include("shop.urls"))]
handler400 = "shop.errors.bad_request"
handler403 = "shop.errors.forbidden"
handler404 = "shop.errors.not_found"
handler500 = "shop.errors.server_error"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database() -> Iterator[None]:
    """Every query fails."""

    def refuse(*_: Any) -> Any:
        raise OperationalError("the connection to host db.internal failed")

    with connection.execute_wrapper(refuse):
        yield


# By the address that fails so: the status, and words of the page.
FAILURES = {
    "/fail/suspicious/": (400, "That request was not understood"),
    "/fail/forbidden/": (403, "This is not open to you"),
    "/nothing-here/": (404, "There is nothing here"),
    "/fail/throttled/": (429, "Go on in 7 seconds"),
    "/fail/bug/": (500, "Something went wrong on our side"),
    "/fail/closed/": (503, "The shop is closed for a moment"),
}


@pytest.mark.parametrize("address", FAILURES)
def test_it_is_said_in_the_shop_s_face_with_a_way_on(client: Client, address: str) -> None:
    status, words = FAILURES[address]

    answer = client.get(address)

    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert 'class="failure"' in html and "css/" in html and "<h1>" in html
    assert 'href="/">Go to the shop</a>' in html
    assert '<meta name="robots" content="noindex">' in html
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "unsafe" not in answer["Content-Security-Policy"]
    for secret in ("nobody's business", "db.internal", "you are not Ada", "Traceback"):
        assert secret not in html


@pytest.mark.parametrize("address", FAILURES)
def test_htmx_gets_the_words_without_a_page_around_them(client: Client, address: str) -> None:
    status, words = FAILURES[address]

    answer = client.get(address, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert "<html" not in html and "<header" not in html


@pytest.mark.parametrize("address", FAILURES)
def test_a_script_that_wants_json_gets_it(client: Client, address: str) -> None:
    answer = client.get(address, headers={"Accept": "application/json"})

    assert answer.status_code == FAILURES[address][0]
    assert set(answer.json()) == {"error"}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/fail/suspicious/", 400),
        ("/api/v1/fail/forbidden/", 403),
        ("/api/v1/nothing/", 404),
        ("/api/v1/fail/throttled/", 429),
        ("/api/v1/fail/bug/", 500),
        ("/api/v1/fail/closed/", 503),
    ],
)
def test_the_api_has_problems(client: Client, address: str, status: int) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_a_picture_that_is_gone_costs_no_page(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/media/products/gone.jpg", headers={"Sec-Fetch-Dest": "image"})

    assert (answer.status_code, answer.content) == (404, b"Not Found")


# --- Each by itself -------------------------------------------------------------------------------


def test_not_found_offers_the_categories_and_the_way_back(client: Client) -> None:
    CategoryFactory(name="Shoes")

    answer = client.get("/nothing-here/", headers={"Referer": "http://testserver/search/?q=a#b"})

    html = answer.content.decode()
    assert '<a class="chip" href="/category/shoes/">Shoes</a>' in html
    assert 'href="/search/?q=a">Go back</a>' in html


@pytest.mark.parametrize(
    "referer", ["http://elsewhere.example/", "http://testserver/nothing-here/", "http://["]
)
def test_back_leads_to_another_page_of_the_shop_alone(client: Client, referer: str) -> None:
    answer = client.get("/nothing-here/", headers={"Referer": referer})
    assert answer.status_code == 404
    assert "Go back" not in answer.content.decode()


def test_back_does_not_leave_the_shop_by_two_slashes(client: Client) -> None:
    came_from = "http://testserver//elsewhere.example/"
    answer = client.get("/nothing-here/", headers={"Referer": came_from})
    assert 'href="/%2Felsewhere.example/">Go back</a>' in answer.content.decode()


def test_in_place_of_a_product_that_is_gone_there_are_some_like_it(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    boots = CategoryFactory(name="Boots")
    ProductFactory(slug="gone", title="Gone boots", category=boots, published=False)
    ProductFactory(title="A draft", category=boots, variants=[{"published": False}])
    for number in range(6):
        ProductFactory(title=f"Red boots {number}", category=boots, images=1)
    client.get("/")  # the first of all makes the row of the shop's settings

    with django_assert_max_num_queries(14):
        answer = client.get("/product/gone/")

    html = answer.content.decode()
    assert answer.status_code == 404
    assert "What was here is not on sale at the moment." in html
    assert "Still here, in Boots" in html
    assert len(re.findall('<article class="card', html)) == 4
    assert 'href="/category/boots/">All of Boots</a>' in html
    assert "Gone boots" not in html and "A draft" not in html


def test_of_a_product_that_never_was_nothing_is_made_up(client: Client) -> None:
    ProductFactory()
    html = client.get("/product/never/").content.decode()
    assert "Still here" not in html and "no longer sold" in html


def test_who_may_not_see_it_may_log_in(client: Client, admin_user: Any) -> None:
    address = "/fail/forbidden/?page=2&sort=price"
    login = "/account/login/?next=%2Ffail%2Fforbidden%2F%3Fpage%3D2%26sort%3Dprice"
    assert login in client.get(address).content.decode()

    client.force_login(admin_user)
    assert "/account/login/" not in client.get(address).content.decode()


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_form_without_its_token_is_told_what_to_do(accept: str) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/cart/add/", headers={"Referer": "http://testserver/", "Accept": accept})

    assert answer.status_code == 403
    assert "reload the page and send it again" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_files_beyond_the_bound_are_too_much(client: Client, settings: LazySettings) -> None:
    settings.IMAGE_MAX_BYTES = 1024 * 1024

    answer = client.post(
        "/guarded/",
        {"image": upload(b"x" * 2 * 1024 * 1024)},
        headers={"Referer": "http://testserver/contact/"},
    )

    html = answer.content.decode()
    assert answer.status_code == 413
    assert "The files of one request may have 1 MB together." in html
    assert 'href="/contact/">Go back</a>' in html


def test_words_beyond_the_bound_are_too_much(client: Client, settings: LazySettings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    for address, kind in (
        ("/guarded/", "text/html"),
        ("/api/v1/fail/read/", "application/problem"),
    ):
        answer = client.post(address, {"message": "x" * 2000})
        assert answer.status_code == 413
        assert answer["Content-Type"].startswith(kind)
        assert "settings" not in answer.content.decode().lower()


def test_too_often_says_how_long(client: Client) -> None:
    answer = client.get("/fail/throttled/?page=2")

    assert answer["Retry-After"] == "7"
    assert 'href="/fail/throttled/?page=2">Try again</a>' in answer.content.decode()


def test_what_changes_something_is_not_tried_again_by_a_link(client: Client) -> None:
    assert "Try again" in client.get("/fail/bug/").content.decode()
    assert "Try again" not in client.post("/fail/bug/").content.decode()


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("address", ["/", "/search/", "/category/shoes/", "/nothing-here/"])
def test_without_the_database_the_shop_is_closed_for_a_moment(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "The shop is closed for a moment" in answer.content.decode()


@pytest.mark.usefixtures("no_database")
def test_without_the_database_the_words_are_in_the_visitor_s_language(client: Client) -> None:
    answer = client.get("/fail/bug/", headers={"Accept-Language": "de"})

    assert answer.status_code == 500
    assert '<html lang="de">' in answer.content.decode()


def test_an_unknown_host_gets_a_page_too(client: Client) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})

    assert answer.status_code == 400
    assert "That request was not understood" in answer.content.decode()
