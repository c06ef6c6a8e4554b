"""Signing up, confirming, logging in, a new password: by the mails that are really sent."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as RedisIsDown

from shop.cache import ForgivingRedisCache
from shop.mail.models import OutgoingMail
from tests.shop.accounts.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP, RESET = "/account/login/", "/account/signup/", "/account/password/reset/"


def log_in(client: Client, login: str, password: str = PASSWORD, **data: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **data})


def link_in(mail: OutgoingMail) -> str:
    """The path of the link that the mail is about; the same in both of its forms."""
    found = [
        urlsplit(unescape(link)).path
        for link in re.findall(r"https?://[^\s\"<]+", mail.text)
        if "/account/" in link
    ]
    assert found and found[0] in unescape(mail.html)
    return found[0]


def is_logged_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def newest_mail() -> OutgoingMail:
    mail = OutgoingMail.objects.order_by("-pk").first()
    assert mail is not None
    return mail


def words_of(response: Any) -> str:
    """A page without what differs from one request to the next, or says what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r'(value="|>|\s)[\w.]+@example\.com', "", page)


# --- The whole way --------------------------------------------------------------------------------


def test_from_sign_up_to_a_new_password(client: Client) -> None:
    response = client.post(SIGNUP, {"email": "Ada@Example.com", "password1": PASSWORD})
    assert response.headers["Location"] == "/account/confirm-email/"
    assert not is_logged_in(client)
    log_in(client, "ada@example.com")
    assert not is_logged_in(client)  # not confirmed

    confirm = link_in(OutgoingMail.objects.get())  # and the login sent no second one so soon
    assert "Yes, confirm it" in client.get(confirm).content.decode()
    assert not EmailAddress.objects.get().verified  # a robot that opens links confirms nothing
    elsewhere = Client()
    elsewhere.post(confirm)
    assert EmailAddress.objects.get().verified
    assert not is_logged_in(elsewhere)
    assert log_in(client, "ada@example.com").headers["Location"] == "/account/"
    assert is_logged_in(client)

    visitor = Client()
    visitor.post(RESET, {"email": "ada@example.com"})
    page = visitor.get(link_in(newest_mail()), follow=True)
    visitor.post(page.redirect_chain[-1][0], {"password1": "another 1", "password2": "another 1"})
    assert not is_logged_in(client)  # other devices are logged out
    assert log_in(visitor, "ada@example.com", "another 1").status_code == 302
    assert is_logged_in(visitor)
    assert "Your password was reset" in newest_mail().text
    used = visitor.get(link_in(OutgoingMail.objects.get(key__contains="password_reset_key")))
    assert "no longer valid" in used.content.decode()


def test_confirming_in_the_browser_that_signed_up_logs_in_and_leads_back(client: Client) -> None:
    client.post(SIGNUP, {"email": "ada@example.com", "password1": PASSWORD, "next": "/?from=cart"})

    response = client.post(link_in(OutgoingMail.objects.get()))

    assert response.headers["Location"] == "/?from=cart"
    assert is_logged_in(client)


def test_staff_without_any_address_logs_in_by_name(client: Client) -> None:
    User.objects.create_superuser("root", "", PASSWORD)
    User.objects.create_superuser("admin", "admin@example.com", PASSWORD)

    for name in ("root", "admin", "admin@example.com"):
        browser = Client()
        assert log_in(browser, name).headers["Location"] == "/account/"
        assert is_logged_in(browser)


def test_a_login_has_a_session_of_its_own(client: Client) -> None:
    user = make_user()
    client.get("/account/login/")
    client.session.save()
    before = client.session.session_key

    log_in(client, user.email)

    assert client.session.session_key not in (None, before)


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/account/addresses/", "/account/addresses/"),
        ("https://evil.example/", "/account/"),
        ("//evil.example/", "/account/"),
        ("/\\evil.example", "/account/"),
        ("javascript:alert(1)", "/account/"),
    ],
)
def test_a_login_leads_back_but_never_elsewhere(client: Client, wanted: str, led_to: str) -> None:
    user = make_user()

    assert log_in(client, user.email, next=wanted).headers["Location"] == led_to


def test_a_page_of_the_account_asks_for_the_login_and_comes_back(client: Client) -> None:
    response = client.get("/account/addresses/?page=1", follow=True)

    assert response.redirect_chain[-1][0] == "/account/login/?next=/account/addresses/%3Fpage%3D1"
    assert 'name="next" value="/account/addresses/?page=1"' in response.content.decode()


# --- Nobody learns who has an account -------------------------------------------------------------


def test_sign_up_answers_the_same_for_known_addresses(client: Client) -> None:
    make_user("known@example.com")
    answers = []

    for email in ("known@example.com", "new@example.com"):
        browser = Client()
        first = browser.post(SIGNUP, {"email": email, "password1": PASSWORD})
        answers.append(
            (first.headers["Location"], words_of(browser.get(first.headers["Location"])))
        )

    assert answers[0] == answers[1]
    told = {mail.to: mail.subject for mail in OutgoingMail.objects.all()}
    assert "You have an account" in told["known@example.com"]
    assert "Confirm" in told["new@example.com"]


def test_a_new_password_answers_the_same_for_unknown_addresses() -> None:
    make_user("known@example.com")
    answers = []

    for email in ("known@example.com", "new@example.com"):
        browser = Client()
        first = browser.post(RESET, {"email": email})
        answers.append(
            (first.headers["Location"], words_of(browser.get(first.headers["Location"])))
        )

    assert answers[0] == answers[1]
    assert OutgoingMail.objects.count() == 2


def test_a_failed_login_says_what_to_do_and_the_same_for_all() -> None:
    make_user("known@example.com")

    pages = [
        words_of(log_in(Client(), email, "wrong"))
        for email in ("known@example.com", "new@example.com", "known")
    ]

    assert "set a new password below" in pages[0]
    assert pages[0] == pages[1]


# --- Limits ---------------------------------------------------------------------------------------


def guess(times: int, email: str) -> list[str]:
    return [log_in(Client(), email, f"guess {n}").content.decode() for n in range(times)]


def test_an_account_takes_five_wrong_passwords() -> None:
    user = make_user()

    pages = guess(6, user.email)

    assert "Too many wrong passwords" not in pages[4]
    assert "Too many wrong passwords" in pages[5]
    assert "Too many wrong passwords" in log_in(Client(), user.email).content.decode()


def test_the_limit_holds_while_redis_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise RedisIsDown("no answer")

    user = make_user()
    monkeypatch.setattr(ForgivingRedisCache, "_paused_until", 0.0)
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCacheClient.get_client", refuse)

    assert cache.get("anything") is None
    pages = guess(6, user.email)

    assert "Too many wrong passwords" not in pages[4]
    assert "Too many wrong passwords" in pages[5]


def test_many_requests_from_one_place_get_a_page_that_says_so() -> None:
    answers = [Client().post(SIGNUP, {"email": "x", "password1": "y"}) for _ in range(21)]

    assert [answer.status_code for answer in answers[:20]] == [200] * 20
    assert answers[20].status_code == 429
    assert "That was too often" in answers[20].content.decode()


# --- Changing what lets one in --------------------------------------------------------------------


def test_a_changed_password_is_told_by_mail_and_logs_others_out(client: Client) -> None:
    user = make_user()
    log_in(client, user.email)
    other = Client()
    log_in(other, user.email)

    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "another 1", "password2": "another 1"},
    )

    assert is_logged_in(client) and not is_logged_in(other)
    assert "Your password was changed" in newest_mail().text


def test_another_address_needs_the_password_again(client: Client) -> None:
    user = make_user()
    log_in(client, user.email)
    data = {"email": "second@example.com", "action_add": ""}

    response = client.post("/account/email/", data)
    assert response.headers["Location"].startswith("/account/reauthenticate/")
    client.post(response.headers["Location"], {"password": PASSWORD})

    assert EmailAddress.objects.filter(user=user, email="second@example.com").exists()
    client.post(link_in(newest_mail()))
    assert EmailAddress.objects.get(email="second@example.com").verified
