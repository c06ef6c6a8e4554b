"""Addresses that nothing answers."""

import pytest
from django.test import Client, RequestFactory

from shop.errors import server_error

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/v1/nope/", "/api/v1/nope", "/api/", "/api/v2/search/?q=x"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_address_of_the_api_is_a_problem(client: Client, method: str, path: str) -> None:
    answer = getattr(client, method)(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "not_found",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address: /api/v1/schema/ lists all there are.",
    }


def test_an_unknown_address_of_the_shop_is_a_page(client: Client) -> None:
    answer = client.get("/nope/")

    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content


def test_an_address_without_its_last_slash_still_leads_to_the_search(client: Client) -> None:
    answer = client.get("/api/v1/search?q=boots")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/search/?q=boots")


def test_an_error_of_ours_is_a_problem_in_the_api_and_a_page_elsewhere() -> None:
    problem = server_error(RequestFactory().get("/api/v1/search/"))
    page = server_error(RequestFactory().get("/search/"))

    assert (problem.status_code, problem["Content-Type"]) == (500, "application/problem+json")
    assert (page.status_code, page["Content-Type"]) == (500, "text/html; charset=utf-8")
