"""Makes the first owner of the shop."""

from __future__ import annotations

import getpass
import json
import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from shop.accounts import roles


class Command(BaseCommand):
    help = (
        "Makes the first owner of the shop: a user who may do everything in the admin, and gives "
        "roles to others. Asks for an e-mail address and a password; where there is no terminal, "
        "or with --generate, it makes a password and prints it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", help="the owner's e-mail address, which is the login")
        parser.add_argument("--generate", action="store_true", help="make a password and print it")
        parser.add_argument("--another", action="store_true", help="even though there is an owner")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        present = roles.owners()
        if present and not options["another"]:
            names = ", ".join(owner.email or owner.username for owner in present)
            raise CommandError(
                f"The shop has an owner: {names}. A lost password is replaced on the login page; "
                "--another makes one more owner."
            )
        asks = sys.stdin.isatty() and not options["json"]
        email = self._email(options["email"], asks)
        generated = options["generate"] or not asks
        password = secrets.token_urlsafe(15) if generated else self._password(email)
        owner = make_owner(email=email, password=password)
        if options["json"]:
            made = {"email": email, "username": owner.username, "role": roles.OWNER}
            self.stdout.write(json.dumps(made | ({"password": password} if generated else {})))
            return
        self.stdout.write(f"{email} is an owner now, and logs in at /admin/.")
        if generated:
            self.stdout.write(f"Password: {password}")

    def _email(self, given: str | None, asks: bool) -> str:
        while True:
            if given is None and not asks:
                raise CommandError("Name the owner's address: --email owner@example.com")
            email = (given if given is not None else input("E-mail address: ")).strip().lower()
            problem = problem_of(email)
            if problem is None:
                return email
            if given is not None or not asks:
                raise CommandError(problem)
            self.stderr.write(problem)

    def _password(self, email: str) -> str:
        while True:
            password = getpass.getpass("Password: ")
            if password != getpass.getpass("The same again: "):
                self.stderr.write("These were two different ones. Once more, please.")
                continue
            try:
                validate_password(password, User(username=email, email=email))
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
                continue
            return password


def problem_of(email: str) -> str | None:
    """Why `email` cannot be an owner's address, or None."""
    try:
        validate_email(email)
    except ValidationError:
        return f"{email!r} is not an e-mail address."
    if User.objects.filter(email__iexact=email).exists() or (
        EmailAddress.objects.filter(email__iexact=email).exists()
    ):
        return f"{email} has an account already. An owner can give it a role in the admin."
    return None


@transaction.atomic
def make_owner(*, email: str, password: str) -> User:
    """A superuser in the group of owners, whose address is taken as confirmed."""
    roles.apply()
    username = email[:150]
    owner = User.objects.create_superuser(username, email, password)
    EmailAddress.objects.update_or_create(
        user=owner, email=email, defaults={"verified": True, "primary": True}
    )
    owner.groups.add(Group.objects.get(name=roles.OWNER))
    return owner
