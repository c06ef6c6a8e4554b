"""The admin opens with a second factor only; shoppers may have one."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from shop.onboarding.models import DemoRemoval
from tests.shop.accounts.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def needed(settings: LazySettings) -> None:
    settings.STAFF_SECOND_FACTOR = True


def code_of(secret: str, step: int = 0) -> str:
    """What an authenticator app shows (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + step)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def log_in(client: Client, user: User) -> Any:
    data = {"login": user.email, "password": PASSWORD, "next": "/admin/"}
    return client.post("/account/login/", data)


def set_up(client: Client) -> str:
    """Set up an authenticator app as a person does; returns its secret."""
    page = client.get("/account/2fa/totp/activate/", follow=True)
    if page.redirect_chain:
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret: str = page.context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    return secret


# Within a transaction the session would not learn that this browser set it up.
@pytest.mark.django_db(transaction=True)
def test_staff_is_led_to_set_one_up_and_then_gives_it(client: Client) -> None:
    owner = make_user(role="Owner")
    assert client.get("/admin/").headers["Location"] == "/admin/login/?next=/admin/"
    login = client.get("/admin/login/?next=/admin/").headers["Location"]
    assert login == "/account/login/?next=%2Fadmin%2F"
    assert log_in(client, owner).headers["Location"] == "/admin/"

    for address in ("/admin/", "/admin/catalog/product/", "/admin/accounts/customer/"):
        assert client.get(address).headers["Location"] == "/account/2fa/"
        assert client.post(address).headers["Location"] == "/account/2fa/"
    assert "needs a second factor" in client.get("/account/2fa/").content.decode()

    secret = set_up(client)
    assert client.get("/admin/").status_code == 200
    kinds = set(Authenticator.objects.filter(user=owner).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}

    browser = Client()
    assert log_in(browser, owner).headers["Location"] == "/account/2fa/authenticate/"
    assert browser.get("/admin/").headers["Location"].startswith("/admin/login/")
    wrong = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    cache.clear()
    done = browser.post("/account/2fa/authenticate/", {"code": code_of(secret, step=1)})
    assert done.headers["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200


def test_a_code_is_used_once(client: Client) -> None:
    owner = make_user(role="Owner")
    log_in(client, owner)
    secret = set_up(client)
    code = code_of(secret, step=1)
    first, second = Client(), Client()
    for browser in (first, second):
        log_in(browser, owner)

    first.post("/account/2fa/authenticate/", {"code": code})
    second.post("/account/2fa/authenticate/", {"code": code})

    assert first.get("/admin/").status_code == 200
    assert second.get("/admin/").status_code == 302


def test_a_recovery_code_lets_in_once(client: Client) -> None:
    owner = make_user(role="Owner")
    log_in(client, owner)
    set_up(client)
    codes = Authenticator.objects.get(user=owner, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]

    for expected in (200, 302):
        browser = Client()
        log_in(browser, owner)
        browser.post("/account/2fa/authenticate/", {"code": code})
        assert browser.get("/admin/").status_code == expected


def test_a_session_from_before_is_asked_for_it(client: Client) -> None:
    """Whoever got in by the password alone stays out once the owner has set one up."""
    owner = make_user(role="Owner")
    thief = Client()
    log_in(thief, owner)
    log_in(client, owner)
    secret = set_up(client)

    asked = thief.get("/admin/catalog/product/?q=boots").headers["Location"]
    assert asked == "/account/2fa/reauthenticate/?next=%2Fadmin%2Fcatalog%2Fproduct%2F%3Fq%3Dboots"
    thief.post("/account/reauthenticate/", {"password": PASSWORD})
    for page in (
        "recovery-codes/",
        "recovery-codes/generate/",
        "totp/deactivate/",
        "webauthn/add/",
    ):
        led_to = thief.get(f"/account/2fa/{page}").headers["Location"]
        assert led_to.startswith("/account/2fa/reauthenticate/")
        assert thief.post(f"/account/2fa/{page}").headers["Location"] == led_to
    assert Authenticator.objects.filter(user=owner, type="totp").exists()

    thief.post(asked, {"code": code_of(secret, step=1)})
    assert thief.get("/admin/").status_code == 200


def test_too_many_wrong_codes_close_the_second_step(client: Client) -> None:
    owner = make_user(role="Owner")
    log_in(client, owner)
    secret = set_up(client)
    browser = Client()
    log_in(browser, owner)

    for n in range(5):
        browser.post("/account/2fa/authenticate/", {"code": f"00000{n}"})
    page = browser.post("/account/2fa/authenticate/", {"code": code_of(secret, step=1)})

    assert "Too many" in page.content.decode()


def test_shoppers_need_none_and_see_no_admin(client: Client) -> None:
    shopper = make_user()
    assert log_in(client, shopper).headers["Location"] == "/admin/"

    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/account/").status_code == 200


def test_without_the_setting_the_password_does(client: Client, settings: LazySettings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    log_in(client, make_user(role="Owner"))

    assert client.get("/admin/").status_code == 200


def test_no_address_below_the_admin_s_opens_without_it(client: Client) -> None:
    client.force_login(make_user(role="Owner"))

    for address in ("/admin/getting-started/", "/admin/getting-started/demo/"):
        assert client.get(address).headers["Location"] == "/account/2fa/"
        assert client.post(address).headers["Location"] == "/account/2fa/"

    assert not DemoRemoval.objects.exists()
