"""The statements by which a search ranks, recorded while it runs and run again by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import psycopg
from django.db import connection

from search import retrieval
from search.connection import raw_connection
from search.words.leg import MARK

# What the legs' statements have and no other: distances of vectors, the mark of those of words.
RANKING = ("<#>", MARK)


@dataclass(frozen=True)
class Statement:
    """SQL and its parameters, as psycopg takes them."""

    sql: str
    parameters: Any


@contextmanager
def recording() -> Iterator[list[Statement]]:
    """Gives a list that is filled with the legs' statements, in order, while searches run in this
    thread. Others (what is counted, the page's products) are no part of it."""
    found: list[Statement] = []
    rows = retrieval._rows

    def keep(sql: str, parameters: Any) -> None:
        if any(mark in sql for mark in RANKING):
            found.append(Statement(sql, parameters))

    def by_psycopg(sql: str, parameters: Any, **options: Any) -> list[tuple[Any, ...]]:
        keep(sql, parameters)
        return rows(sql, parameters, **options)

    def by_django(
        execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any
    ) -> Any:
        keep(sql, parameters)
        return execute(sql, parameters, many, context)

    with mock.patch.object(retrieval, "_rows", by_psycopg), connection.execute_wrapper(by_django):
        yield found


def replay(statements: list[Statement]) -> list[list[tuple[Any, ...]]]:
    """The rows of each: prepared, in binary, on the connection that is open."""
    answers = []
    with psycopg.Cursor(raw_connection()) as cursor:
        for statement in statements:
            cursor.execute(statement.sql, statement.parameters, prepare=True, binary=True)
            answers.append(cursor.fetchall())
    return answers
