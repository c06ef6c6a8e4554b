"""What is known of a customer is shown whole, and erased whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models
from django.test import Client

from shop.accounts import personal_data, services
from shop.accounts.models import Address, Customer
from shop.accounts.personal_data import AccountIsStaff, erase_account
from shop.accounts.tasks import end_sessions
from shop.cart.models import Cart
from shop.mail.models import OutgoingMail
from shop.wishes.models import BackInStockRequest, WishlistItem
from tests.factories import ProductFactory
from tests.shop.accounts.factories import PASSWORD, make_user, postal
from tests.shop.shopping import order_of

pytestmark = pytest.mark.django_db
DELETE = "/account/data/delete/"


@pytest.fixture
def ada() -> User:
    """One of whom there is something everywhere."""
    user = make_user("ada@example.com", first_name="Ada", last_name="Lovelace")
    services.save_address(user=user, postal=postal())
    Authenticator.objects.create(user=user, type="totp", data={"secret": "verysecret"})
    OutgoingMail.objects.create(
        key="a mail", to="ADA@example.com", subject="Hello Ada", text="...", language="en"
    )
    return user


@pytest.fixture
def registry() -> Iterator[dict[str, Any]]:
    """The registered parts, as they were before the test."""
    before = dict(personal_data._registry)
    yield personal_data._registry
    personal_data._registry.clear()
    personal_data._registry.update(before)


def references(pk: int) -> list[str]:
    """Each row of each table that points to the user of this key."""
    found = []
    for relation in User._meta.related_objects:
        model = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: pk})  # type: ignore[union-attr]
        found += [f"{model._meta.label} {row.pk}" for row in rows]  # type: ignore[union-attr]
    for field in User._meta.many_to_many:
        through = field.remote_field.through
        if through._base_manager.filter(user_id=pk).exists():
            found.append(through._meta.label)
    return found


def rows_with(words: str) -> list[str]:
    """Tables of the shop with a row that holds `words` in any column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {name} t WHERE t::text ILIKE %s",  # noqa: S608
                [f"%{words}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_the_download_holds_all_that_is_registered(
    client: Client, ada: User, registry: dict[str, Any]
) -> None:
    personal_data.register("wishes", export=lambda user: [f"of {user.pk}"], erase=lambda user: None)
    client.force_login(ada)

    response = client.get("/account/data/download/")

    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    data = json.loads(response.content)
    assert set(data) == set(registry)
    assert data["wishes"] == [f"of {ada.pk}"]
    assert data["account"]["email_addresses"][0]["email"] == "ada@example.com"
    assert data["addresses"][0]["line1"] == "12 St James's Square"
    assert data["mails"][0]["subject"] == "Hello Ada"
    assert "verysecret" not in response.content.decode()
    assert ada.password not in response.content.decode()


def test_a_deleted_account_leaves_no_trace(client: Client, ada: User) -> None:
    for browser in (client, Client()):
        browser.post("/account/login/", {"login": "ada@example.com", "password": PASSWORD})
        browser.force_login(ada)
    pk = ada.pk

    page = client.get(DELETE).content.decode()
    assert "tax law" in page
    response = client.post(DELETE, {"password": PASSWORD}, follow=True)

    assert "Your account is deleted" in response.content.decode()
    assert response.wsgi_request.user.is_anonymous
    end_sessions(pk)  # which the worker does
    assert references(pk) == []
    assert not any(session.get_decoded().get("_auth_user_id") for session in Session.objects.all())
    mail = OutgoingMail.objects.get()
    assert mail.to == "ada@example.com" and "deleted" in mail.subject
    mail.delete()
    assert rows_with("ada@example.com") == rows_with("Lovelace") == rows_with("St James") == []


def test_what_other_apps_know_goes_too_and_orders_stay(ada: User) -> None:
    variant = ProductFactory(variants=[{"stock": 9}]).variants.get()
    order = order_of({variant: 1}, user=ada)
    assert Cart.objects.filter(user=ada).exists()
    WishlistItem.objects.create(user=ada, product=variant.product, title="Boots")
    BackInStockRequest.objects.create(variant=variant, email="Ada@example.com", language="en")
    exported = json.dumps(personal_data.export_account(ada))
    assert order.number in exported and "Boots" in exported

    erase_account(user=ada)

    order.refresh_from_db()
    assert references(ada.pk) == [] and order.user_id is None
    # Who bought and where it went is what tax law has the shop keep.
    assert set(rows_with("ada@example.com")) <= {"orders_order"}
    assert set(rows_with("Lovelace")) <= {"orders_order"}


def test_an_address_that_is_only_claimed_shows_nobodys_mails(ada: User) -> None:
    thief = make_user("thief@example.com")
    EmailAddress.objects.create(user=thief, email="ada@example.com", verified=False)

    assert personal_data.export_account(thief)["mails"] == []
    erase_account(user=thief)

    assert OutgoingMail.objects.filter(to="ADA@example.com").exists()


def test_the_trail_of_who_worked_here_stays_without_the_person(ada: User) -> None:
    owner = make_user("owner@example.com", role="Owner")
    for author, about in ((owner, ada), (ada, owner)):
        LogEntry.objects.log_actions(
            user_id=author.pk,
            queryset=Customer._base_manager.filter(pk=about.pk),
            action_flag=CHANGE,
            change_message=f"Changed {about.email}",
        )
    pk = ada.pk

    erase_account(user=ada)

    left = User.objects.get(pk=pk)
    assert not left.is_active and not left.has_usable_password()
    assert references(pk) == [f"admin.LogEntry {LogEntry.objects.get(user=pk).pk}"]
    assert rows_with("ada@example.com") == rows_with("Lovelace") == []
    assert LogEntry.objects.count() == 2


def test_a_wrong_password_deletes_nothing_and_counts(client: Client, ada: User) -> None:
    client.force_login(ada)

    pages = [client.post(DELETE, {"password": "wrong"}).content.decode() for _ in range(6)]

    assert "That is not your password" in pages[0]
    assert User.objects.filter(pk=ada.pk).exists() and Address.objects.exists()
    assert "Too many" in pages[5]
    cache.clear()


def test_who_works_here_is_not_deleted_by_himself(client: Client) -> None:
    support = make_user(role="Support")
    client.force_login(support)

    page = client.post(DELETE, {"password": PASSWORD}).content.decode()

    assert "You work here" in page and User.objects.filter(pk=support.pk).exists()
    with pytest.raises(AccountIsStaff):
        erase_account(user=support)


def test_a_part_that_fails_keeps_all(ada: User, registry: dict[str, Any]) -> None:
    def fail(user: User) -> None:
        raise RuntimeError("no")

    personal_data.register("broken", export=lambda user: None, erase=fail)
    personal_data._registry["broken"] = personal_data._registry.pop("broken")

    with pytest.raises(RuntimeError):
        erase_account(user=ada)

    assert User.objects.filter(pk=ada.pk).exists() and Address.objects.exists()


def test_every_table_that_names_a_user_says_what_becomes_of_it() -> None:
    """A new reference to users either goes with them or lets go of them: none keeps them here."""
    for relation in User._meta.related_objects:
        assert relation.on_delete in (models.CASCADE, models.SET_NULL), relation
