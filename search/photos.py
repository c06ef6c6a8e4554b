"""A shopper's photo between two requests: kept for an hour, for that visitor alone.

It is kept as intake re-encoded it (no metadata), made smaller, in the cache and never on a disk of
ours. The token in the address is useless without the visitor's session.

A form on another site can send a photo, too, and browsers send no cookie with that. A session of
its own would take the place of the visitor's, with their cart: such a photo is nobody's until the
address with its token is opened, which browsers do at once, and with the cookies.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import asdict
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from PIL import Image

from shop.catalog.images import TakenImage, encoded

KEEP_SECONDS = 3600
KEEP_SIDE = 512  # pixels; more than most encoders look at
VISITOR = "search-visitor"
NOBODY = ""
CHIP_SIDE = 80  # in the bar, on a dense screen


def shrunk(photo: TakenImage, *, side: int = KEEP_SIDE) -> TakenImage:
    """The photo at the size that is kept; queries use this one, so that all pages agree."""
    if max(photo.width, photo.height) <= side:
        return photo
    image = photo.open()
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return encoded(image, source_hash=photo.source_hash)


def keep(request: HttpRequest, photo: TakenImage) -> str:
    """Keep `photo` for this visitor; the token to find it by, or "" while the cache is down."""
    token = secrets.token_urlsafe(18)
    key = _key(NOBODY if _is_from_elsewhere(request) else _visitor(request), token)
    cache.set(key, asdict(photo), KEEP_SECONDS)
    return token if cache.get(key) is not None else ""


def find(request: HttpRequest, token: str) -> TakenImage | None:
    """The visitor's photo, or None if it is somebody else's, too old, or lost."""
    if not token or len(token) > 64:
        return None
    visitor = request.session.get(VISITOR)
    stored = cache.get(_key(visitor, token)) if visitor else None
    if stored is None:
        stored = cache.get(_key(NOBODY, token))
        if stored is None or not cache.delete(_key(NOBODY, token)):  # another one was faster
            return None
        cache.set(_key(_visitor(request), token), stored, KEEP_SECONDS)
    return TakenImage(**stored)


def as_data_url(photo: TakenImage, *, side: int = KEEP_SIDE) -> str:
    """To show the photo back with, without an address of its own."""
    return "data:image/jpeg;base64," + base64.b64encode(shrunk(photo, side=side).data).decode()


def _visitor(request: HttpRequest) -> str:
    """A secret of ours, in the session's data: a session's own key may be a visitor's invention."""
    visitor: str = request.session.setdefault(VISITOR, secrets.token_urlsafe(18))
    return visitor


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site sent it, without the visitor's cookies."""
    sent_by = request.headers.get("Origin", "")
    if not sent_by or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    try:
        return urlsplit(sent_by).netloc != request.get_host()
    except ValueError:  # it is no address, and so none of ours
        return True


def _key(visitor: str, token: str) -> str:
    owner = hashlib.sha256(f"{visitor}:{token}".encode()).hexdigest()
    # Raise the number with the fields of TakenImage: what an older version kept is not read.
    return f"query-photo:1:{owner}"
