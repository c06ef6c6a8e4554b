"""Middleware of the shop's own."""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

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
