"""Keys of rows as they come from outside: in an address, or in a form."""

from __future__ import annotations

LONGEST = 18  # digits: what a bigint holds for certain


def key_of(text: str | None) -> int | None:
    """The key, or None for what is none."""
    is_key = text and text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if text and is_key else None
