"""What answers where no view does: below `/api/` problem details, elsewhere the shop's pages."""

from http import HTTPStatus

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views import defaults

from shop.api.problems import CONTENT_TYPE


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not _of_the_api(request):
        if isinstance(exception.__context__, ObjectDoesNotExist):
            exception = Http404()  # "No Product matches" is nothing to tell a shopper
        return defaults.page_not_found(request, exception)
    return _problem(
        HTTPStatus.NOT_FOUND,
        "not_found",
        gettext("There is nothing at this address: %(schema)s lists all there are.")
        % {"schema": reverse("api-schema")},
    )


def server_error(request: HttpRequest) -> HttpResponse:
    if not _of_the_api(request):
        return defaults.server_error(request)
    return _problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "error",
        gettext("Something went wrong on our side. Please try again in a minute."),
    )


def _of_the_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _problem(status: HTTPStatus, kind: str, detail: str) -> HttpResponse:
    """As `shop.api.problems.problem`, which only a view of the API can answer with."""
    body = {"type": kind, "title": status.phrase, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)
