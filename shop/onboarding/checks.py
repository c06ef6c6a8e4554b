"""What is to be done until a shop can sell. Apps below this one register what they know of.

A check is asked each time the list is shown, so it costs a query or two and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """One item of the list. `label` says what to do, `why` what for; both may be lazy.

    `link` gives the address of the place where it is done; empty where that is not in the admin.
    `permission` is what it takes to do it ("store.change_store").
    """

    name: str
    label: Any
    why: Any
    is_done: Callable[[], bool]
    link: Callable[[], str] = str
    permission: str = "store.change_store"


@dataclass(frozen=True)
class Result:
    """A check as it stands."""

    name: str
    label: str
    why: str
    done: bool
    link: str


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Add a check to the end of the list; one of the same name is replaced."""
    _checks[check.name] = check


def results(user: Any) -> list[Result]:
    """The checks that concern a user, in order, each as it stands."""
    return [
        Result(check.name, str(check.label), str(check.why), check.is_done(), check.link())
        for check in _checks.values()
        if user.has_perm(check.permission)
    ]
