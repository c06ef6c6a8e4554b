"""The contact page and its form."""

import re
import uuid
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client

from shop.mail.models import OutgoingMail
from shop.mail.tasks import sweep_mail
from shop.store.current import current_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reachable() -> None:
    store = current_store()
    store.contact_email, store.phone = "help@example.com", "+49 (30) 123"
    store.legal_name, store.line1, store.city = "Shop & Co", "Main Street 1", "Town"
    store.save()


def write(client: Client, **values: str) -> Any:
    given = {
        "name": "Ann",
        "email": "ann@example.com",
        "order": "",
        "message": "Where are my boots?",
        "website": "",
        "token": str(uuid.uuid4()),
    }
    return client.post("/contact/", {**given, **values})


def test_the_page_says_how_to_reach_the_shop(client: Client) -> None:
    html = client.get("/contact/").content.decode()

    assert 'href="mailto:help@example.com"' in html
    assert 'href="tel:+4930123"' in html
    assert "Main Street 1" in html
    assert '<a href="/contact/">' in client.get("/").content.decode()


def test_a_message_is_mailed_to_the_shop_and_answers_go_to_the_writer(client: Client) -> None:
    response = write(client, order="V-7K3M", message="One\n\n<b>Two</b>")

    assert response.status_code == 302 and response.url == "/contact/thanks/"
    assert "Thank you" in client.get(response.url).content.decode()
    sweep_mail()
    [sent] = django_mail.outbox
    assert (sent.to, sent.reply_to) == (["help@example.com"], ["ann@example.com"])
    assert sent.subject == "Message from Ann about order V-7K3M"
    assert "<b>Two</b>" in sent.body
    assert "&lt;b&gt;Two&lt;/b&gt;" in sent.alternatives[0][0]


def test_the_same_form_sent_twice_is_one_mail(client: Client) -> None:
    token = str(uuid.uuid4())

    assert [write(client, token=token).status_code for _ in range(2)] == [302, 302]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"email": "ann@example.com\nBcc: everybody@example.com"},
        {"email": "ann@example.com\r\nBcc: everybody@example.com"},
        {"email": "ann@example.com, everybody@example.com"},
        {"email": "nothing"},
        {"name": ""},
        {"message": "  "},
        {"message": "x" * 5001},
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_sent(
    client: Client, values: dict[str, str]
) -> None:
    response = write(client, **values)

    [name] = values
    assert response.status_code == 422
    html = response.content.decode()
    assert re.search(rf'name="{name}"[^>]* aria-invalid="true"', html)
    assert f'id="id_{name}_error"' in html
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("field", ["name", "order"])
def test_no_header_can_be_slipped_in(client: Client, field: str) -> None:
    write(client, **{field: "Ann\r\nBcc: everybody@example.com\r\n\r\nBody"})
    sweep_mail()

    [sent] = django_mail.outbox
    message = sent.message()
    assert message["Bcc"] is None
    assert sent.recipients() == ["help@example.com"]
    assert "\n" not in sent.subject


def test_a_machine_is_thanked_and_ignored(client: Client) -> None:
    assert write(client, website="https://spam.example").status_code == 302
    assert not OutgoingMail.objects.exists()


def test_many_messages_from_one_address_have_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "rest_framework.throttling.SimpleRateThrottle.THROTTLE_RATES", {"contact": "2/hour"}
    )

    answers = [write(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    html = answers[2].content.decode()
    assert "Many messages came from here" in html and "Where are my boots?" in html
    assert OutgoingMail.objects.count() == 2


def test_without_redis_messages_go_through(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from redis.exceptions import ConnectionError as RedisDown

    def down(*_: Any, **__: Any) -> None:
        raise RedisDown("down")

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", down)
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.set", down)
    monkeypatch.setattr(type(cache._connections[cache._alias]), "_paused_until", 0.0)  # type: ignore[attr-defined]

    assert write(client).status_code == 302
    assert OutgoingMail.objects.count() == 1


def test_a_shop_without_a_contact_address_has_no_form(client: Client) -> None:
    store = current_store()
    store.contact_email = ""
    store.save()

    assert '<form class="contact-form"' not in client.get("/contact/").content.decode()
    assert write(client).status_code == 200
    assert not OutgoingMail.objects.exists()


def test_what_is_known_of_the_writer_is_filled_in(client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("ann", "ann@example.com", first_name="Ann")
    client.force_login(user)

    html = client.get("/contact/?order=V-7K3M").content.decode()

    assert 'value="Ann"' in html and 'value="ann@example.com"' in html
    assert 'value="V-7K3M"' in html


def test_the_page_is_within_the_strict_policy(client: Client, settings: LazySettings) -> None:
    settings.MAILBOX = True
    write(client)
    for address in ("/contact/", "/mailbox/", f"/mailbox/{OutgoingMail.objects.get().pk}/"):
        response = client.get(address)
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert not re.search(r"<[^>]+\s(style|on\w+)\s*=", response.content.decode()), address


def test_messages_need_the_token_of_the_page() -> None:
    assert write(Client(enforce_csrf_checks=True)).status_code == 403
