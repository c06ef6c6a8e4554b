"""Middleware of the shop's own."""

import logging
from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from shop import errors

logger = logging.getLogger(__name__)

# Pictures and PDFs are compressed already.
COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/manifest+json",
    "application/xml",
    "image/svg+xml",
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy for shoppers; for the admin a wider one, which its Alpine.js needs.

    Only staff sees the admin, and unfold evaluates expressions and sets inline styles there.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            response._csp_update = {  # type: ignore[attr-defined]
                "script-src": [SELF, UNSAFE_EVAL, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
            }
        return super().process_response(request, response)


class UnstorableInputMiddleware:
    """What no database takes (a NUL, half a surrogate pair, a number of fifty digits) is the fault
    of who sent it: 400, wherever no form has said so before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DataError | UnicodeEncodeError):
            return None
        logger.warning("%s %s was refused: %s", request.method, request.path, exception)
        return errors.bad_request(request, exception)


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages and the API's answers. Static files come compressed from whitenoise.

    Against guessing secrets by the size of answers (BREACH), Django masks its CSRF tokens and adds
    random bytes to what it compresses.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(COMPRESSIBLE):
            return response
        return super().process_response(request, response)
