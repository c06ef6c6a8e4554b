"""Places where another app adds to the account pages, and what every page knows of them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class AccountLink:
    """A page of the account, by the name of its URL; those of lower `position` come first."""

    label: str | Promise
    url_name: str
    position: int = 20


# An app appends in its `AppConfig.ready()`.
account_links: list[AccountLink] = [
    AccountLink(_("Overview"), "accounts:overview", 0),
    AccountLink(_("Addresses"), "accounts:addresses", 30),
    AccountLink(_("E-mail addresses"), "account_email", 40),
    AccountLink(_("Password"), "account_change_password", 50),
    AccountLink(_("Two-factor login"), "mfa_index", 60),
    AccountLink(_("My data"), "accounts:data", 70),
]
overview_parts: list[str] = []  # templates on the account's first page, such as the last orders


def account(request: HttpRequest) -> dict[str, Any]:
    """The links of the account pages; made only where a page shows them."""

    def links() -> list[dict[str, Any]]:
        made = [
            {"label": link.label, "url": reverse(link.url_name), "current": False}
            for link in sorted(account_links, key=lambda link: link.position)
        ]
        # The page itself, or the nearest above it: /account/ is above them all.
        above = [link for link in made if request.path.startswith(str(link["url"]))]
        if above:
            max(above, key=lambda link: len(str(link["url"])))["current"] = True
        return made

    return {"account_links": links, "overview_parts": overview_parts}
