"""In the admin: choosing a file to import, and the imports so far."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from shop.exchange.access import for_exchangers
from shop.exchange.imports import add_import
from shop.exchange.models import CatalogImport
from shop.exchange.pages import page, past
from shop.exchange.uploads import ArrivedFile, DiskUploadHandler, UploadRefused, too_big
from shop.spreadsheets import csv_response


@csrf_exempt  # until the handler of the upload is set; then it is checked
@for_exchangers
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponseBase:
    """A place for a file, and the imports so far. What is uploaded leads to its own page."""
    if request.method == "POST":
        request.upload_handlers = [DiskUploadHandler(request)]
    return _imports(request)


@csrf_protect
def _imports(request: HttpRequest) -> HttpResponse:
    error = ""
    wants_json = request.headers.get("Accept") == "application/json"
    if request.method == "POST":
        try:
            run = add_import(file=_file(request), actor=cast(User, request.user))
        except UploadRefused as refused:
            error = str(refused)
        else:
            address = run.get_absolute_url()
            return JsonResponse({"url": address}) if wants_json else redirect(address)
        if wants_json:
            return JsonResponse({"error": error}, status=400)
    response = page(
        request,
        "exchange/imports.html",
        title=_("Import products"),
        error=error,
        max_bytes=settings.IMPORT_MAX_BYTES,
        too_big=too_big(),
        max_megabytes=settings.IMPORT_MAX_BYTES // 1024**2,
        runs=past(request, CatalogImport.objects.defer("plan")),
    )
    response.status_code = 400 if error else 200
    return response


def _file(request: HttpRequest) -> ArrivedFile:
    file = request.FILES.get("file")
    handler: Any = request.upload_handlers[0]
    if handler.refused:
        raise UploadRefused(handler.refused)
    if not isinstance(file, ArrivedFile):
        raise UploadRefused(_("No file arrived. Choose one first."))
    if not file.size:
        raise UploadRefused(_("The file is empty."))
    return file


@for_exchangers
@require_safe
def example(request: HttpRequest) -> HttpResponseBase:
    """A spreadsheet as an import takes it, to be filled in."""
    header = [
        *("Title", "Category", "SKU", "Price", "Stock", "Brand", "Description", "Pictures"),
        *("Attribute: Material", "Option: Size"),
    ]
    boots, mug = ["Red boots", "Shoes > Boots"], ["Blue mug", "Kitchen"]
    text = "Boots for rain and snow."
    of_boots = ["Acme", text, "red-boots.jpg", "Rubber"]
    return csv_response(
        name=_("example"),
        header=header,
        rows=[
            [*boots, "BOOT-38", Decimal("89.00"), 4, *of_boots, "38"],
            [*boots, "BOOT-39", Decimal("89.00"), 2, *of_boots, "39"],
            [*mug, "MUG-1", Decimal("12.50"), 30, "", "", "blue-mug.jpg", "Stoneware", ""],
        ],
        for_excel=True,
    )
