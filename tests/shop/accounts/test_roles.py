"""Who may do what; and that nobody gets more than was given."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from shop.accounts import roles
from shop.mail.models import OutgoingMail
from tests.shop.accounts.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
STAFF, CUSTOMERS, GROUPS = (
    "/admin/accounts/staffmember/",
    "/admin/accounts/customer/",
    "/admin/auth/group/",
)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ids(*names: str) -> list[int]:
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def form(user: User, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a staff member's form."""
    data: dict[str, Any] = {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": "on",
        "is_staff": "on",
        "groups": list(user.groups.values_list("pk", flat=True)),
    }
    return {name: value for name, value in (data | changes).items() if value is not None}


# --- What the roles may ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("Owner", {"products", "customers", "staff", "roles"}),
        ("Catalogue", {"products"}),
        ("Fulfilment", set()),
        ("Support", {"customers"}),
    ],
)
def test_each_role_opens_its_pages(role: str, allowed: set[str]) -> None:
    client = as_(make_user(role=role))
    pages = {
        "products": "/admin/catalog/product/add/",
        "customers": CUSTOMERS,
        "staff": STAFF,
        "roles": GROUPS,
    }

    opened = {name for name, page in pages.items() if client.get(page).status_code == 200}

    assert opened == allowed
    assert client.get("/admin/").status_code == 200


def test_owners_have_every_permission() -> None:
    owner = Group.objects.get(name="Owner")

    assert owner.permissions.count() == Permission.objects.count()


def test_what_owners_did_by_hand_stays() -> None:
    group = Group.objects.get(name="Catalogue")
    added = Permission.objects.get(codename="view_customer")
    taken = Permission.objects.get(codename="delete_product")
    group.permissions.add(added)
    group.permissions.remove(taken)

    roles.apply()

    assert added in group.permissions.all() and taken not in group.permissions.all()


def test_a_permission_that_an_app_grants_later_comes_with_the_next_migration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(roles, "_granted", {role: set() for role in roles.ROLES})
    roles.grant("Fulfilment", "store.view_*")
    permissions = Group.objects.get(name="Fulfilment").permissions
    before = set(permissions.values_list("codename", flat=True))

    roles.apply()
    roles.apply()

    given = set(permissions.values_list("codename", flat=True)) - before
    assert {"view_store", "view_legalpage"} <= given
    assert all(codename.startswith("view_") for codename in given)


# --- Escalation -----------------------------------------------------------------------------------


@pytest.fixture
def support_with_all_permissions_of_users() -> Client:
    """A support worker to whom somebody has given by hand whatever concerns users."""
    user = make_user(role="Support")
    found = Permission.objects.filter(content_type__app_label__in=["accounts", "auth", "account"])
    user.user_permissions.set(found)
    return as_(user)


def test_no_permission_makes_an_owner(support_with_all_permissions_of_users: Client) -> None:
    client = support_with_all_permissions_of_users
    owner, other = make_user(role="Owner"), make_user(role="Catalogue")
    me = User.objects.get(pk=client.session["_auth_user_id"])

    for target in (owner, other, me):
        lifted = form(target, groups=ids("Owner"), is_superuser="on")
        assert client.post(f"{STAFF}{target.pk}/change/", lifted).status_code == 403
        assert client.post(f"{STAFF}{target.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{STAFF}add/", {"email": "x@example.com"}).status_code == 403
    group = Group.objects.get(name="Support")
    everything = {"permissions": list(Permission.objects.values_list("pk", flat=True))}
    assert client.post(f"{GROUPS}{group.pk}/change/", everything).status_code == 403
    for gone in ("/admin/auth/user/", "/admin/account/emailaddress/", "/admin/mfa/authenticator/"):
        assert client.get(gone).status_code == 404

    assert not me.is_superuser and list(me.groups.values_list("name", flat=True)) == ["Support"]
    assert User.objects.filter(pk=owner.pk).exists()


def test_support_changes_customers_and_no_owner() -> None:
    client = as_(make_user(role="Support"))
    owner, customer = make_user(role="Owner"), make_user("ada@example.com", first_name="Ida")
    sent = {
        "first_name": "Ada",
        "last_name": "L",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": ids("Owner"),
        "user_permissions": [1],
        "email": "mine@example.com",
        "password": "mine",
        "username": "mine",
        "addresses-TOTAL_FORMS": 0,
        "addresses-INITIAL_FORMS": 0,
    }

    client.post(f"{CUSTOMERS}{owner.pk}/change/", sent)
    response = client.post(f"{CUSTOMERS}{customer.pk}/change/", sent)

    assert response.status_code == 302
    before = (owner.email, owner.password, owner.first_name)
    owner.refresh_from_db()
    assert (owner.email, owner.password, owner.first_name) == before
    customer.refresh_from_db()
    assert customer.first_name == "Ada"
    assert customer.email == "ada@example.com" and customer.check_password(PASSWORD)
    assert not (customer.is_staff or customer.is_superuser or customer.groups.exists())
    entry = LogEntry.objects.get()
    assert str(customer.pk) == entry.object_id and "First name" in entry.get_change_message()


def test_support_sends_a_customer_a_link_and_sees_it_not() -> None:
    client = as_(make_user(role="Support"))
    customer = make_user("ada@example.com")

    client.post(CUSTOMERS, {"action": "send_link", "_selected_action": [customer.pk]}, follow=True)

    mail = OutgoingMail.objects.get(to="ada@example.com")
    assert "/account/password/reset/key/" in mail.text
    assert LogEntry.objects.get().get_change_message().startswith("Sent a link")


def test_an_owner_makes_no_superuser_and_touches_none() -> None:
    root = User.objects.create_superuser("root", "root@example.com", PASSWORD)
    client, member = as_(make_user(role="Owner")), make_user(role="Support")

    client.post(f"{STAFF}{member.pk}/change/", form(member, is_superuser="on"))
    member.refresh_from_db()
    assert not member.is_superuser
    assert client.post(f"{STAFF}{root.pk}/change/", form(root, is_active=None)).status_code == 403
    assert client.post(f"{STAFF}{root.pk}/delete/", {"post": "yes"}).status_code == 403
    root.refresh_from_db()
    assert root.is_active


def test_an_owner_gives_a_role_and_the_trail_says_so() -> None:
    owner, member = make_user(role="Owner"), make_user(role="Support")

    as_(owner).post(f"{STAFF}{member.pk}/change/", form(member, groups=ids("Fulfilment")))

    assert list(member.groups.values_list("name", flat=True)) == ["Fulfilment"]
    entry = LogEntry.objects.get()
    assert entry.user == owner and "Support → Fulfilment" in entry.get_change_message()


@pytest.mark.parametrize(
    "change", [{"groups": []}, {"is_active": None}, {"is_staff": None}], ids=lambda one: str(one)
)
def test_an_owner_is_always_left(change: dict[str, Any]) -> None:
    owner = make_user(role="Owner")

    page = as_(owner).post(f"{STAFF}{owner.pk}/change/", form(owner, **change))

    assert "the only owner" in page.content.decode()
    assert as_(owner).post(f"{STAFF}{owner.pk}/delete/", {"post": "yes"}).status_code == 403
    assert roles.owners() == [owner]


# --- New staff, and those who go ------------------------------------------------------------------


def test_new_staff_is_invited_and_sets_a_password() -> None:
    client = as_(make_user(role="Owner"))

    client.post(f"{STAFF}add/", {"email": "New@Example.com", "groups": ids("Support")})

    member = User.objects.get(email="new@example.com")
    assert member.is_staff and not member.has_usable_password()
    assert list(member.groups.values_list("name", flat=True)) == ["Support"]
    mail = OutgoingMail.objects.get(to="new@example.com")
    path = mail.text.split("://")[1].split("/", 1)[1].split()[0]
    visitor = Client()
    page = visitor.get("/" + path, follow=True)
    visitor.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    member.refresh_from_db()
    assert member.check_password(PASSWORD)
    typed = {"login": "new@example.com", "password": PASSWORD}
    entered = visitor.post("/account/login/?next=/admin/", typed)
    assert entered.url == "/admin/"  # the link was in the mailbox: nothing is left to confirm


@pytest.mark.parametrize("verified", [True, False])
def test_a_customer_becomes_staff_with_a_password_of_his_own_alone(verified: bool) -> None:
    customer = make_user("ada@example.com", verified=verified)

    as_(make_user(role="Owner")).post(
        f"{STAFF}add/", {"email": "ada@example.com", "groups": ids("Support")}
    )

    customer.refresh_from_db()
    assert customer.is_staff and customer.has_usable_password() is verified


def test_a_member_of_staff_goes_and_the_trail_stays() -> None:
    owner, member = make_user(role="Owner"), make_user("sam@example.com", role="Support")
    customer = make_user()
    as_(member).post(
        CUSTOMERS, {"action": "send_link", "_selected_action": [customer.pk]}, follow=True
    )

    as_(owner).post(f"{STAFF}{member.pk}/delete/", {"post": "yes"})

    member.refresh_from_db()
    assert not member.is_active and not member.is_staff and member.email == ""
    assert LogEntry.objects.filter(user=member).count() == 1
    assert not LogEntry.objects.filter(object_repr__contains="sam@").exists()


def test_an_owner_deletes_a_customer_as_the_customer_would() -> None:
    customer = make_user("ada@example.com")

    as_(make_user(role="Owner")).post(f"{CUSTOMERS}{customer.pk}/delete/", {"post": "yes"})

    assert not User.objects.filter(pk=customer.pk).exists()
    assert OutgoingMail.objects.get(to="ada@example.com").key.startswith("account:deleted")


@pytest.mark.parametrize("page", [STAFF, f"{STAFF}add/", CUSTOMERS, GROUPS, f"{GROUPS}add/"])
def test_every_page_opens(page: str) -> None:
    client = as_(make_user(role="Owner"))

    assert client.get(page).status_code == 200


def test_the_pages_of_one_open() -> None:
    owner, customer = make_user(role="Owner"), make_user()
    client = as_(owner)

    for page in (
        STAFF + str(owner.pk),
        CUSTOMERS + str(customer.pk),
        GROUPS + str(ids("Owner")[0]),
    ):
        assert client.get(f"{page}/change/").status_code == 200
        assert client.get(f"{page}/history/").status_code == 200
