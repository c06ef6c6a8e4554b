"""Serves the pictures of `MEDIA_ROOT` where no proxy does."""

from __future__ import annotations

import mimetypes

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# Systems without a list of their own know neither.
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")

# A file's name is drawn, or is the hash of its content, and never names another file.
FOR_EVER = "public, max-age=31536000, immutable"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below `MEDIA_ROOT`."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = FOR_EVER
    return response
