"""One mail when what was sold out is back: asked for, confirmed, sent once."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from shop.catalog.models import Product, Variant
from shop.mail.models import OutgoingMail
from shop.stock.services import Reason, put_back
from shop.wishes import back_in_stock, tasks
from shop.wishes.back_in_stock import ask_to_be_told, forget_old, tell_restocked
from shop.wishes.models import BackInStockRequest
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
ADA = "ada@example.com"


def sold_out(**values: Any) -> Variant:
    product = ProductFactory(title="Red boots", variants=[{"sku": "B", "stock": 0, **values}])
    return product.variants.get()


def ask(client: Client, variant: Variant, **changes: str) -> Any:
    return client.post(reverse("wishes:ask"), {"variant": variant.sku, "email": ADA, **changes})


def waiting(variant: Variant, email: str = ADA) -> BackInStockRequest:
    return BackInStockRequest.objects.create(
        variant=variant, email=email, language="en", confirmed_at=timezone.now()
    )


def link(mail: OutgoingMail, kind: str) -> str:
    found = re.search(rf"(/back-in-stock/{kind}/\S+/)", mail.text)
    assert found
    return found[1]


def test_a_sold_out_variant_offers_to_tell(client: Client) -> None:
    variant = sold_out()
    html = client.get(variant.product.get_absolute_url()).content.decode()

    assert "Tell me when it is back" in html
    assert "Add to cart" not in html


def test_an_address_is_confirmed_first_and_told_once(client: Client) -> None:
    variant = sold_out()
    response = ask(client, variant)
    assert response.status_code == 302
    Variant.objects.update(stock=1)
    assert tell_restocked() == 0  # not confirmed

    (mail,) = OutgoingMail.objects.all()
    assert (mail.to, mail.subject) == (ADA, "Shall we tell you when Red boots is back?")
    assert client.get(link(mail, "confirm")).status_code == 200
    assert BackInStockRequest.objects.get().confirmed_at is None  # a link alone does nothing
    client.post(link(mail, "confirm"))

    assert [tell_restocked(), tell_restocked()] == [1, 0]
    told = OutgoingMail.objects.exclude(pk=mail.pk).get()
    assert (told.to, told.subject) == (ADA, "Red boots is back")
    assert "/product/" in told.text and "variant=B" in told.text


def test_the_own_address_of_an_account_needs_no_confirming(client: Client) -> None:
    variant = sold_out()
    user = User.objects.create_user("ada", ADA)
    EmailAddress.objects.create(user=user, email=ADA, verified=True, primary=True)
    client.force_login(user)

    ask(client, variant)

    request = BackInStockRequest.objects.get()
    assert request.user == user and request.confirmed_at
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("verified", [True, False])
def test_another_address_of_somebody_logged_in_is_confirmed(verified: bool) -> None:
    user = User.objects.create_user("eve", "eve@example.com")
    email = "eve@example.com" if not verified else ADA
    EmailAddress.objects.create(user=user, email="eve@example.com", verified=verified)

    assert ask_to_be_told(variant=sold_out(), email=email, user=user, language="en")

    assert BackInStockRequest.objects.get().user is None


def test_asking_twice_is_one_request_and_one_mail_a_day(client: Client) -> None:
    variant = sold_out()
    ask(client, variant)
    ask(client, variant, email="Ada@Example.com")

    assert BackInStockRequest.objects.count() == OutgoingMail.objects.count() == 1


def test_nobody_floods_another_ones_mailbox(client: Client) -> None:
    for number in range(back_in_stock.MOST_A_DAY + 3):
        response = ask(client, sold_out(sku=f"B{number}"))
        assert response.status_code == 302

    assert OutgoingMail.objects.count() == back_in_stock.MOST_A_DAY


@pytest.mark.parametrize("email", ["", "ada", "a@b", "x" * 300 + "@example.com", "a\n@example.com"])
def test_what_is_no_address_is_said_beside_the_field(client: Client, email: str) -> None:
    response = ask(client, sold_out(), email=email)

    assert response.status_code == 400
    assert 'class="field-error"' in response.content.decode()
    assert not BackInStockRequest.objects.exists()


def test_machines_are_thanked_and_forgotten(client: Client) -> None:
    assert ask(client, sold_out(), website="https://spam.example").status_code == 302
    assert not BackInStockRequest.objects.exists()


def test_too_many_at_once_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.wishes.views.seconds_to_wait", lambda request, scope: 60)
    response = ask(client, sold_out())

    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert not BackInStockRequest.objects.exists()


def test_the_limit_counts_by_sender(client: Client, settings: LazySettings) -> None:
    from shop.throttles import _Throttle

    _Throttle.THROTTLE_RATES = {"back_in_stock": "2/hour"}
    try:
        codes = [ask(client, sold_out(sku=f"B{n}")).status_code for n in range(3)]
    finally:
        del _Throttle.THROTTLE_RATES
    assert codes == [302, 302, 429]


def test_who_stops_it_is_not_told(client: Client) -> None:
    variant = sold_out()
    ask(client, variant)
    address = link(OutgoingMail.objects.get(), "stop")

    assert "No mail after all?" in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(address).status_code == 200

    assert not BackInStockRequest.objects.exists()


@pytest.mark.parametrize("token", ["x", "1:2:3", "MQ:1abc:def"])
def test_a_forged_link_leads_nowhere(client: Client, token: str) -> None:
    waiting(sold_out())
    assert client.get(reverse("wishes:confirm", args=[token])).status_code == 404
    assert client.post(reverse("wishes:confirm", args=[token])).status_code == 404
    client.post(reverse("wishes:stop", args=[token]))
    assert BackInStockRequest.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"stock": 0}, {"stock": 3, "published": False}, {"stock": 3, "product published": False}],
)
def test_what_cannot_be_bought_is_not_told(change: dict[str, Any]) -> None:
    variant = sold_out()
    waiting(variant)
    if not change.pop("product published", True):
        Product.objects.update(published=False)
    Variant.objects.update(**change)

    assert tell_restocked() == 0


def test_stock_that_rises_rings(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rung: list[int] = []
    monkeypatch.setattr("shop.wishes.receivers.dispatch", lambda task: rung.append(1))
    variant = sold_out()

    put_back(quantities={variant.pk: 1}, reason=Reason.COUNTED)
    assert not rung  # nobody waits
    Variant.objects.update(stock=0)
    waiting(variant)
    put_back(quantities={variant.pk: 1}, reason=Reason.COUNTED)
    assert rung


def test_the_sweep_finds_what_no_signal_told() -> None:
    waiting(sold_out())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_variant SET stock = 4")

    tasks.tell_restocked.apply().get()

    assert OutgoingMail.objects.count() == 1


def test_a_mail_is_in_the_language_that_was_asked_in(client: Client) -> None:
    variant = sold_out()
    ask_to_be_told(variant=variant, email=ADA, user=AnonymousUser(), language="de")
    assert OutgoingMail.objects.get().language == "de"


def test_old_requests_are_forgotten() -> None:
    now = timezone.now()
    variant = sold_out()
    keep = waiting(variant)
    for change in (
        {"confirmed_at": None, "created_at": now - timedelta(days=8)},
        {"notified_at": now - timedelta(days=91)},
    ):
        made = waiting(variant, email=f"{len(change)}@example.com")
        BackInStockRequest.objects.filter(pk=made.pk).update(**change)

    assert forget_old() == 2
    assert BackInStockRequest.objects.get() == keep


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_write_to_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(back_in_stock, "AT_ONCE", 3)
    variant = sold_out()
    for number in range(10):
        waiting(variant, email=f"{number}@example.com")
    Variant.objects.update(stock=1)

    def work() -> None:
        try:
            tell_restocked()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert OutgoingMail.objects.count() == 10
    assert not BackInStockRequest.objects.filter(notified_at=None).exists()
