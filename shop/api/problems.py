"""Errors as `application/problem+json` (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import OperationalError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer[dict[str, Any]]):
    """The shape of every error."""

    type = serializers.CharField(help_text="A stable name of the kind of error.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]  # hides DRF's own `errors`
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Messages by the name of the field.",
    )


class RequestTooLarge(exceptions.APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class Unavailable(exceptions.APIException):
    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_code = "unavailable"
    default_detail = _("The shop cannot answer right now. Please try again soon.")
    wait = 10  # seconds; becomes Retry-After


def problem(
    *, status: int, title: str, detail: str, kind: str, errors: dict[str, list[str]] | None = None
) -> Response:
    """An error response. `kind` is stable, `detail` is for people."""
    body: dict[str, Any] = {"type": kind, "title": title, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return Response(body, status=status, content_type=CONTENT_TYPE)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler, in the shape of problem details; None (a 500) for what it does not know."""
    if isinstance(error, ValidationError):
        errors = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        error = exceptions.ValidationError(errors)
    if isinstance(error, RequestDataTooBig):
        error = RequestTooLarge(str(error))
    if isinstance(error, SuspiciousOperation):
        error = exceptions.ParseError(str(error))
    if isinstance(error, OperationalError):
        logger.error("The database does not answer: %s", error)
        error = Unavailable()
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    response = drf_exception_handler(error, context)
    if response is None or not isinstance(error, exceptions.APIException):
        return response
    fields = None
    detail = str(error.detail) if not isinstance(error.detail, dict | list) else ""
    if isinstance(error.detail, dict):
        fields = {
            name: [str(m) for m in _listed(messages)] for name, messages in error.detail.items()
        }
        detail = " ".join(message for messages in fields.values() for message in messages)
    elif isinstance(error.detail, list):
        detail = " ".join(str(message) for message in error.detail)
    code = error.default_code
    answer = problem(
        status=response.status_code,
        title=HTTPStatus(response.status_code).phrase,
        detail=detail,
        kind=code,
        errors=fields,
    )
    for header in ("Retry-After", "WWW-Authenticate", "Allow"):
        if header in response:
            answer[header] = response[header]
    return answer


def _listed(messages: Any) -> list[Any]:
    return messages if isinstance(messages, list) else [messages]
