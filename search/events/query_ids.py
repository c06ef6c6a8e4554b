"""Ids of answered searches: random, public, and in the order of the hours they were made in.

A UUID of version 8 (RFC 9562): the hour in 32 bits, then 90 random ones. Whoever holds one can
guess no other. Its hour tells without a look into any store that it is too old, or nobody's; and
new rows lie beside each other in the index, where those of random keys lie anywhere.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from uuid import UUID

HOUR = 3600
# How long a search may still be clicked on. Carts and purchases follow within `trail.KEEP_SECONDS`.
VALID_HOURS = 24

_FORM = re.compile(r"[0-9a-f]{32}", re.ASCII)
_RANDOM_BITS = 96
_VERSION = 0xF << 76, 8 << 76
_VARIANT = 0x3 << 62, 0x2 << 62


def new(now: datetime) -> UUID:
    """An id of this hour."""
    return _of(_hours(now), secrets.randbits(_RANDOM_BITS))


def hour_of(query_id: UUID) -> datetime:
    """The hour in which it was made."""
    return datetime.fromtimestamp((query_id.int >> _RANDOM_BITS) * HOUR, UTC)


def first_of(moment: datetime) -> UUID:
    """Not above any id of the moment's hour or a later one, and above all earlier ones."""
    return UUID(int=_hours(moment) << _RANDOM_BITS)


def parse(text: object, now: datetime) -> UUID | None:
    """The id that 32 hexadecimal digits stand for; None where they do not, or where it is of no
    hour in which a search may still be clicked on."""
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        return None
    query_id = UUID(text)
    age = _hours(now) - (query_id.int >> _RANDOM_BITS)
    mask, version = _VERSION
    if not 0 <= age <= VALID_HOURS or query_id.int & mask != version:
        return None
    return query_id


def _hours(moment: datetime) -> int:
    return int(moment.timestamp()) // HOUR


def _of(hours: int, random: int) -> UUID:
    value = hours << _RANDOM_BITS | random
    for mask, bits in (_VERSION, _VARIANT):
        value = value & ~mask | bits
    return UUID(int=value)
