"""Which language's words are reduced to stems: `settings.SHOP_LANGUAGE`, the catalogue's own.

PostgreSQL stems by a text-search configuration. The shop's stands in the database, in the function
`search_language`, because triggers make documents of it; `apply` puts it there when the database is
migrated, and makes all documents anew where it is another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction

logger = logging.getLogger(__name__)

# The configurations of PostgreSQL by ISO 639-1. Other languages are matched word by word.
CONFIGURATIONS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
# Those that write nouns together to make a new one.
JOINING = frozenset(("da", "de", "et", "fi", "hu", "nb", "nl", "nn", "no", "sv"))
# Those that say what a thing is before they say how: "bottes rouges" (Dryer, "Order of Adjective
# and Noun", in The World Atlas of Language Structures, 2013).
NOUN_FIRST = frozenset(("ar", "ca", "es", "eu", "fr", "ga", "id", "it", "pt", "ro"))
# Documents made in one transaction.
AT_ONCE = 2_000


def configuration(code: str) -> str:
    """The text-search configuration for a language code such as "de" or "pt-br"."""
    return CONFIGURATIONS.get(code.lower().partition("-")[0], "simple")


def joins_nouns(code: str) -> bool:
    """Whether the language makes one word of several: "Lederstiefel"."""
    return code.lower().partition("-")[0] in JOINING


def nouns_come_first(code: str) -> bool:
    """Whether the noun stands before what is said of it: "bottes rouges"."""
    return code.lower().partition("-")[0] in NOUN_FIRST


def current() -> str:
    """The configuration that documents are made with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cfgname FROM pg_ts_config WHERE oid = search_language()")
        return str(cursor.fetchone()[0])


def apply(code: str) -> Iterator[int]:
    """Use the language of `code` from now on; nothing if it is in use. Gives how many documents
    have been made anew so far: until all have, some hold the stems of the former language.
    """
    wanted = configuration(code)
    if wanted == current():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE OR REPLACE FUNCTION search_language() RETURNS regconfig
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT 'pg_catalog.{wanted}'::regconfig $$
            """
        )
    yield from redocument()


def migrated(**_: Any) -> None:
    """The database was migrated: its documents are to be in the shop's language."""
    for done in apply(settings.SHOP_LANGUAGE):
        logger.info("The words of %d products are in %s now.", done, settings.SHOP_LANGUAGE)


def redocument() -> Iterator[int]:
    """Make every document anew; what already is as it should be, is not written."""
    done, last = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT array_agg(product_id), max(product_id) FROM (
                    SELECT product_id FROM search_listing
                     WHERE product_id > %s ORDER BY product_id LIMIT %s
                ) lot
                """,
                [last, AT_ONCE],
            )
            products, highest = cursor.fetchone()
            if products is None:
                return
            cursor.execute("SELECT search_renamed(%s)", [products])
        done, last = done + len(products), highest
        yield done
