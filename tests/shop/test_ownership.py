"""Somebody else's order, address, invoice, payment or review, asked for by a changed id: not found.

Every address of the shop that takes something from whoever asks is here: a new one fails the first
test until it is told whose it is.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shop.accounts.models import Address
from shop.cart.models import CartLine
from shop.checkout.models import Checkout
from shop.orders import services
from shop.orders.models import Order
from shop.orders.states import State
from shop.payments.models import Payment
from shop.payments.services import start_payment
from shop.reviews.models import Review
from tests.factories import VariantFactory
from tests.shop.shopping import HOME, cart_with, checkout_of, delivery, order_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Belongings:
    """What Ada has, and Eve would like to see."""

    order: Order
    payment: Payment
    address: Address
    review: Review
    key: Authenticator


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada", "ada@example.com")


@pytest.fixture
def eve() -> User:
    eve = User.objects.create_user("eve", "eve@example.com", "a password of her own")
    EmailAddress.objects.create(user=eve, email=eve.email, verified=True, primary=True)
    return eve


@pytest.fixture
def hers(ada: User) -> Belongings:
    boots = VariantFactory(price=Decimal(20), stock=9)
    order = order_of({boots: 1}, user=ada)
    start_payment(
        order_id=order.pk,
        gateway="test",
        return_url="http://testserver/",
        cancel_url="http://testserver/",
    )
    Payment.objects.update(state=Payment.State.SUCCEEDED)
    for state in (State.PAID, State.PACKED, State.SHIPPED):
        services.transition(order_id=order.pk, to=state)
    services.record_refund(order_id=order.pk, amount=order.total)
    return Belongings(
        order=order,
        payment=order.payments.get(),
        address=Address.objects.create(user=ada, **HOME.as_dict()),
        review=Review.objects.create(
            product=boots.product, user=ada, rating=5, order_line=order.lines.get()
        ),
        key=Authenticator.objects.create(
            user=ada, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
        ),
    )


# By the name of the address: what of Ada's is in it.
OWNED: dict[str, Callable[[Belongings], list[Any]]] = {
    "accounts:change_address": lambda hers: [hers.address.pk],
    "accounts:delete_address": lambda hers: [hers.address.pk],
    "mfa_remove_webauthn": lambda hers: [hers.key.pk],
    "mfa_edit_webauthn": lambda hers: [hers.key.pk],
    "fulfilment:cancel": lambda hers: [hers.order.number],
    "orders:order": lambda hers: [hers.order.number],
    "orders:invoice": lambda hers: [hers.order.number],
    "orders:credit_note": lambda hers: [hers.order.number],
    "orders:again": lambda hers: [hers.order.number],
    "payments:return": lambda hers: [hers.payment.key],
    "payments:retry": lambda hers: [hers.order.number],
    "payments:test": lambda hers: [hers.payment.key],
    "payments:test-confirm": lambda hers: [hers.payment.key],
    "reviews:edit": lambda hers: [hers.review.pk],
    "reviews:delete": lambda hers: [hers.review.pk],
    "reviews:write": lambda hers: [hers.review.product.slug],
}
# Signed, so that nobody makes one up; what follows is no such thing.
SIGNED = {
    "account_confirm_email": ["MQ:1abcde:" + "x" * 43],
    "account_reset_password_from_key": ["1", "abcdef-" + "0" * 32],
    "orders:signed": ["7K3F-9QXM-TH", "x" * 43],
    "reviews:by_link": ["1:" + "x" * 43],
    "wishes:confirm": ["1:" + "x" * 43],
    "wishes:stop": ["1:" + "x" * 43],
}
# For everybody, or (the mailbox) there in the demo alone.
PUBLIC = {
    "catalog:category",
    "catalog:product",
    "discovery:section",
    "installable:icon",
    "store:page",
    "styleguide:error",  # for staff alone
    "payments:webhook",
    "mail:mail",
    "mail:mail_html",
    "mail:mail_attachment",
    "",  # pictures
}


def test_every_address_that_takes_something_is_known() -> None:
    taking = {name for name, pattern in all_addresses() if "<" in pattern}
    of_the_admin = {name for name in taking if name.startswith("exchange:")}

    assert taking - of_the_admin == {*OWNED, *SIGNED, *PUBLIC}


def test_the_admin_s_own_addresses_ask_who_is_there(eve: User) -> None:
    names = [(name, pattern) for name, pattern in all_addresses() if pattern.startswith("admin/")]
    assert {name for name, _ in names} >= {"exchange:imports", "exchange:import_start"}

    for (name, pattern), method, who in itertools.product(names, ("get", "post"), (eve, None)):
        client = Client()
        if who is not None:
            client.force_login(who)
        answer = getattr(client, method)(reverse(name, args=[1] if "<" in pattern else []))
        assert answer.status_code == 302, (name, method)
        assert answer["Location"].startswith(reverse("admin:login")), (name, method)


def test_who_is_not_ada_finds_nothing(hers: Belongings, eve: User) -> None:
    before = snapshot()

    for name, method, who in itertools.product(OWNED, ("get", "post"), (eve, None)):
        client = Client()
        if who is not None:
            client.force_login(who)
        answer = getattr(client, method)(reverse(name, args=OWNED[name](hers)))
        # Who must log in first, or once more, learns nothing from that: it is so for every id.
        found_nothing = answer.status_code in (404, 405)
        assert found_nothing or to_login(answer, again=who is not None), (name, method, answer)
        assert snapshot() == before, name


def test_ada_finds_it(ada: User, hers: Belongings) -> None:
    client = Client()
    client.force_login(ada)

    for name in [name for name in OWNED if not name.startswith("mfa_")]:
        answer = client.get(reverse(name, args=OWNED[name](hers)))
        assert answer.status_code in (200, 302, 405), (name, answer)


def test_what_nobody_signed_opens_nothing(hers: Belongings) -> None:
    for name, made_up in SIGNED.items():
        answer = Client().get(reverse(name, args=made_up), follow=True)

        shown = answer.content.decode()
        assert answer.status_code == 404 or name.startswith(("account_", "wishes:")), name
        assert hers.order.number not in shown, name
        assert "ada@example.com" not in shown, name


def test_an_id_of_nothing_is_answered_as_somebody_else_s(hers: Belongings, eve: User) -> None:
    client = Client()
    client.force_login(eve)
    made_up = {int: 987_654_321, str: "7K3F-9QXM-TH", uuid.UUID: uuid.uuid4()}

    for name, belonging in OWNED.items():
        (known,) = belonging(hers)
        theirs = client.get(reverse(name, args=[known]))
        nothing = client.get(reverse(name, args=[made_up[type(known)]]))
        assert theirs.status_code == nothing.status_code, name


# --- What a form names --------------------------------------------------------------------------


def test_a_form_s_ids_reach_nothing_of_somebody_else_s(eve: User) -> None:
    method = delivery()
    boots = VariantFactory(price=Decimal(20), stock=9)
    checkout = checkout_of(cart_with({boots: 1}), method=method)
    line = CartLine.objects.get()
    client = Client()
    client.force_login(eve)
    before = snapshot()

    answers = [
        client.post(reverse("cart:update"), {"variant": line.variant_id, "quantity": 7}),
        client.post(reverse("cart:remove"), {"variant": line.variant_id}),
        client.post(reverse("checkout:review"), {"key": str(checkout.key), "total": "24.90"}),
    ]

    assert all(answer.status_code in (302, 400, 404) for answer in answers)
    assert snapshot() == before


def test_a_saved_address_is_chosen_by_its_owner_alone(eve: User, hers: Belongings) -> None:
    delivery()
    cart_with({VariantFactory(): 1}, user=eve)
    client = Client()
    client.force_login(eve)

    answer = client.post(
        reverse("checkout:address"),
        {"shipping-which": str(hers.address.pk), "billing-which": "same"},
    )

    assert answer["Location"] == reverse("checkout:address")  # where it is said
    assert not Checkout.objects.exclude(shipping={}).filter(user=eve).exists()


def all_addresses() -> Iterator[tuple[str, str]]:
    """The name and the pattern of each of the shop's addresses, but for the admin's."""

    def walk(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str]]:
        for one in resolver.url_patterns:
            pattern = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield space + (one.name or ""), pattern
            elif one.namespace != "admin":
                yield from walk(one, pattern, f"{one.namespace}:" if one.namespace else space)

    return walk(get_resolver(), "", "")


def to_login(answer: HttpResponse, *, again: bool) -> bool:
    page = reverse("account_reauthenticate" if again else "account_login")
    return answer.status_code == 302 and answer["Location"].startswith(page)


def snapshot() -> list[Any]:
    """All that somebody might want to change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Address, Authenticator, CartLine, Order, Payment, Review)
    ]
