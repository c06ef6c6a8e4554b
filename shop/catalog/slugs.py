"""Slugs for names in any script."""

from __future__ import annotations

import hashlib
import re
from itertools import count

from django.db.models import QuerySet
from django.utils.text import slugify


def slug_of(text: str, *, limit: int) -> str:
    """A slug that is never empty and tells apart what differs: 1.5 is not 15."""
    slug = slugify(re.sub(r"[./,+&_:]+", "-", text))
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    if not slug:
        return f"x-{digest}"
    return slug if len(slug) <= limit else f"{slug[: limit - 9]}-{digest}"


def free_slug(text: str, *, among: QuerySet, limit: int) -> str:
    """The slug of `text`, with a number behind if a row of `among` has it."""
    slug = slug_of(text, limit=limit - 6)
    taken = set(among.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
    return next(one for one in candidates if one not in taken)
