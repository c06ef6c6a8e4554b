"""Who may import and export: whoever may change products and add them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def may_exchange(request: HttpRequest) -> bool:
    return request.user.has_perms(["catalog.change_product", "catalog.add_product"])


def for_exchangers(view: View) -> View:
    """Refuses everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_exchange(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
