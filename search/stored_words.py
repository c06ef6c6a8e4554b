"""Sentences that tables keep in English, such as why a picture failed, in the reader's language.

A worker that writes one knows no reader. Sentences are marked with `gettext_noop` where they are
written; the one number that a sentence may hold stands in its msgid as `%(number)s`. What no
translation knows (a decoder's own words) stays as it is.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext

_NUMBER = re.compile(r"\d+(?: ?%)?")


def translated(sentence: str) -> str:
    """The stored `sentence` in the active language."""
    if not sentence:
        return ""
    found = _NUMBER.findall(sentence)
    if len(found) != 1:
        return gettext(sentence)
    msgid = sentence.replace("%", "%%").replace(found[0].replace("%", "%%"), "%(number)s")
    return gettext(msgid) % {"number": found[0]}
