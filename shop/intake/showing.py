"""What the pages of photos share: who may open them, how they are shown, what forms send."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from shop.catalog.models import ProductImage
from shop.keys import key_of

View = Callable[..., HttpResponse]


def needs(*permissions: str) -> Callable[[View], View]:
    """Lets in who has all of these permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not cast(User, request.user).has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


sends = needs("intake.add_batch", "catalog.add_product")
arranges = needs("intake.change_batch", "catalog.change_product")
accepts = needs("intake.change_batch", "catalog.add_product", "catalog.change_product")


def show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def pictures_of(products: Iterable[int | None]) -> dict[int, list[ProductImage]]:
    found: dict[int, list[ProductImage]] = {}
    wanted = [one for one in products if one]
    images = ProductImage.objects.filter(product__in=wanted).select_related("file")
    for image in images.order_by("position", "pk"):
        found.setdefault(image.product_id, []).append(image)
    return found


def numbers(values: Iterable[str]) -> list[int]:
    return [key for one in values if (key := key_of(one)) is not None]
