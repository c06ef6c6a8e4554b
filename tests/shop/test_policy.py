"""The Content-Security-Policy of the storefront: nothing written into a page runs or styles it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def plain_addresses() -> list[str]:
    """Every address of the shop that takes nothing, but for the admin's."""

    def walk(resolver: URLResolver, before: str) -> list[str]:
        found: list[str] = []
        for one in resolver.url_patterns:
            pattern = before + str(one.pattern).removeprefix("^").removesuffix("$")
            if isinstance(one, URLPattern):
                found.append("/" + pattern)
            elif one.namespace != "admin":
                found.extend(walk(one, pattern))
        return found

    return [one for one in walk(get_resolver(), "") if not set("<(\\") & set(one)]


@pytest.mark.parametrize("who", ["visitor", "customer", "staff"])
def test_no_answer_allows_what_is_written_into_pages(client: Client, who: str) -> None:
    client.raise_request_exception = False
    if who != "visitor":
        client.force_login(User.objects.create_user("ida", is_staff=who == "staff"))
    slug = ProductFactory(images=1).slug
    addresses = [*plain_addresses(), f"/product/{slug}/", "/search/?q=x", "/nothing/"]

    policies = {
        address: client.get(address).get("Content-Security-Policy", "")
        for address in addresses
        if not address.startswith("/admin/")
    }

    assert len(policies) > 50
    strict = "script-src 'self'"
    wrong = {
        address: policy
        for address, policy in policies.items()
        if strict not in policy or "unsafe" in policy or "*" in policy
    }
    assert wrong == {}
