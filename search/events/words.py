"""The words of a search as they are kept: normalised, and without what looks like a person's."""

from __future__ import annotations

import re
import unicodedata

from django.conf import settings

MOST_CHARACTERS = 500  # as the search's own form has it

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
# Nine digits and more, with what people write between them: of telephones, cards, accounts. Some
# article numbers are as long, and are lost with them; but not "SKU-48291 501 32/34".
_NUMBER = re.compile(r"(?<![\w-])[+(]?\d(?:[ ().+/-]{0,2}\d){8,}|\d{9,}")

EMAIL, NUMBER = "<e-mail>", "<number>"


def normalised(text: str) -> str:
    """In one spelling (NFKC), lower case, single spaces; e-mail addresses and long numbers masked.

    Nothing where no words are to be kept (`EVENTS_WORDS_DAYS`).
    """
    if settings.EVENTS_WORDS_DAYS <= 0:
        return ""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    masked = _NUMBER.sub(NUMBER, _EMAIL.sub(EMAIL, plain))
    # What cannot be printed no database need hold.
    return "".join(one for one in masked if one.isprintable())[:MOST_CHARACTERS]
