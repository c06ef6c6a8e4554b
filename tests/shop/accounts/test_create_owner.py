"""manage.py create_owner."""

from __future__ import annotations

import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from shop.accounts import roles
from tests.shop.accounts.factories import make_user

pytestmark = pytest.mark.django_db


def create(*arguments: str) -> str:
    output = io.StringIO()
    call_command("create_owner", *arguments, stdout=output, stderr=output)
    return output.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody types at the terminal, in order."""
    answers: list[str] = []

    def answer(_prompt: str = "") -> str:
        return answers.pop(0)

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr("getpass.getpass", answer)
    return answers


def test_an_owner_with_a_made_password_logs_in(client: Client) -> None:
    made = json.loads(create("--email", "Owner@Example.com", "--json"))

    assert made["email"] == "owner@example.com" and made["role"] == "Owner"
    client.post("/account/login/", {"login": made["email"], "password": made["password"]})
    assert client.get("/admin/accounts/staffmember/").status_code == 200
    assert [owner.email for owner in roles.owners()] == ["owner@example.com"]


def test_it_asks_until_the_answers_will_do(typed: list[str], client: Client) -> None:
    good = "long and unusual"
    typed += ["nobody", "owner@example.com", "12345678", "12345678", good, "typo", good, good]

    said = create()

    assert not typed
    assert "not an e-mail address" in said and "too common" in said and "two different" in said
    assert good not in said
    assert User.objects.get().check_password(good)


def test_a_second_owner_only_when_told() -> None:
    create("--email", "first@example.com")

    with pytest.raises(CommandError, match=r"first@example\.com.*--another"):
        create("--email", "second@example.com")
    create("--email", "second@example.com", "--another")

    assert len(roles.owners()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--email", "nobody"], "not an e-mail address"),
        (["--email", "ada@example.com"], "has an account already"),
        ([], "--email"),
    ],
)
def test_it_says_what_is_wrong(arguments: list[str], words: str) -> None:
    make_user("ada@example.com")

    with pytest.raises(CommandError, match=words):
        create(*arguments)
