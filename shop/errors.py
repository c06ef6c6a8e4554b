"""What answers where no view does: pages in the shop's own face, each with a way on.

Below `/api/` the answer is a problem (RFC 9457); htmx gets the words without the page around them,
a script that asks for JSON gets `{"error": words}`, and an `<img>` or `<script>` a line of text.
"""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import (
    ObjectDoesNotExist,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.urls import reverse
from django.utils.http import escape_leading_slashes, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.api.problems import CONTENT_TYPE
from shop.catalog import gone

FRAGMENT = "errors/_fragment.html"
# What a page asks for that is no page (the request header Sec-Fetch-Dest).
NO_PAGES = {"audio", "font", "image", "manifest", "script", "serviceworker", "style", "video"}
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# A database that was restarted is back by then.
CLOSED_SECONDS = 30


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for what is too large. Bare, for it may be the host's name that is wrong."""
    if isinstance(exception, TOO_MUCH):
        said = str(exception) if isinstance(exception, RequestDataTooBig) else ""
        # Django's own words, which are not translated, are for developers.
        words = said if "MB" in said else _("Send less at once: one photo instead of several.")
        return _answer(
            request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", words, back=_back(request)
        )
    words = _("Something in the address or in what was sent is not as it should be.")
    return _answer(request, HTTPStatus.BAD_REQUEST, "bad_request", words, bare=True)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    login = ""
    if request.user.is_anonymous:
        login = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    words = _("You may need to log in, or to log in with another account.")
    return _answer(
        request, HTTPStatus.FORBIDDEN, "permission_denied", words, login=login, back=_back(request)
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from the shop's own page, as far as one can tell."""
    words = _(
        "Go back, reload the page and send it again. If that does not help, allow this site its "
        "cookies."
    )
    return _answer(
        request,
        HTTPStatus.FORBIDDEN,
        "csrf",
        words,
        template="403_csrf.html",
        back=_back(request),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _of_the_api(request):
        words = _("There is nothing at this address: %(schema)s lists all there are.")
        words %= {"schema": reverse("api-schema")}
        return _answer(request, HTTPStatus.NOT_FOUND, "not_found", words)
    context = gone.similar_to(request) if _is_page(request) else {}
    words = _said(exception) or (
        _("What was here is not on sale at the moment.")
        if context
        else _("The address may be mistyped, or what was here is no longer sold.")
    )
    return _answer(
        request,
        HTTPStatus.NOT_FOUND,
        "not_found",
        words,
        back=_back(request),
        **context,
    )


def too_many_requests(
    request: HttpRequest, exception: Exception | None = None, *, seconds: int = 0
) -> HttpResponse:
    """429; allauth answers with it, too (`handler429`), and does not know for how long."""
    if seconds:
        words = ngettext(
            "There were many attempts in a short time. Go on in %(count)d second.",
            "There were many attempts in a short time. Go on in %(count)d seconds.",
            seconds,
        ) % {"count": seconds}
    else:
        words = _("There were many attempts in a short time. Wait a minute, then try again.")
    answer = _answer(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        "throttled",
        words,
        retry=_same_again(request),
        back=_back(request),
    )
    if seconds:
        answer["Retry-After"] = str(seconds)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 while the database does not answer. Asks nothing of anything."""
    closed = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if closed else HTTPStatus.INTERNAL_SERVER_ERROR
    words = (
        _("We will be back in a moment. Nothing of yours is lost.")
        if closed
        else _("Something went wrong on our side. Please try again in a minute.")
    )
    answer = _answer(request, status, "error", words, bare=True, retry=_same_again(request))
    if closed:
        answer["Retry-After"] = str(CLOSED_SECONDS)
    return answer


def _answer(
    request: HttpRequest,
    status: HTTPStatus,
    kind: str,
    words: str,
    *,
    template: str = "",
    bare: bool = False,
    **context: Any,
) -> HttpResponse:
    """In the form that whoever asks can use. A `bare` page is rendered without the request: with
    no context processor, and so without the database."""
    answer: HttpResponse
    if _of_the_api(request):
        # As `shop.api.problems.problem`, which only a view of the API can answer with.
        body = {"type": kind, "title": status.phrase, "status": status, "detail": words}
        answer = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    elif not _is_page(request):
        answer = HttpResponse(status.phrase, status=status, content_type="text/plain")
    elif not request.accepts("text/html"):
        answer = JsonResponse({"error": words}, status=status)
    else:
        context |= {"words": words}
        if request.headers.get("HX-Request") == "true":
            context["error_frame"], bare = FRAGMENT, True
        page = loader.render_to_string(
            template or f"{status.value}.html", context, None if bare else request
        )
        answer = HttpResponse(page, status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _of_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _is_page(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Dest") not in NO_PAGES


def _said(exception: Exception) -> str:
    """What a view told the shopper with its `Http404`."""
    if isinstance(exception.__context__, ObjectDoesNotExist):
        return ""  # "No Product matches" is nothing to tell a shopper
    told = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    return told if isinstance(told, str) else ""  # where no address fits, it is a list of them


def _same_again(request: HttpRequest) -> str:
    """The address that was asked for, if asking again does no harm."""
    return request.get_full_path() if request.method in ("GET", "HEAD") else ""


def _back(request: HttpRequest) -> str:
    """Where whoever asks came from, if that is a page of the shop and another one."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # it is no address
        return ""
    if came_from.netloc != request.get_host() or came_from.path == request.path:
        return ""
    back = came_from._replace(scheme="", netloc="", fragment="").geturl()
    return escape_leading_slashes(back)  # else `//elsewhere/` would lead there
