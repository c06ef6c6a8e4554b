"""In the admin: products into a file."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.catalog.exporting import WRITERS
from shop.exchange import files
from shop.exchange.access import for_exchangers
from shop.exchange.exports import start_export
from shop.exchange.exports import stop as stop_export
from shop.exchange.forms import ExportForm
from shop.exchange.models import CatalogExport, ExportState
from shop.exchange.pages import live, page, past, progress_context
from shop.exchange.words import FORMATS, format_label

SECTION = "exchange/_export.html"


@for_exchangers
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponseBase:
    """What to put into which file, and the exports so far. A small file is the answer itself."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        run = start_export(wanted=form.wanted(), actor=cast(User, request.user))
        return _file(run) if run.state == ExportState.DONE else redirect(run)
    runs = past(request, CatalogExport.objects.all())
    for run in runs:
        run.format_label = format_label(run.format)
    return page(
        request,
        "exchange/exports.html",
        title=_("Export products"),
        form=form,
        formats=FORMATS,
        runs=runs,
    )


@for_exchangers
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(pk)
    title = _("Export: %(format)s") % {"format": format_label(run.format)}
    return page(request, "exchange/export.html", title=title, **_context(run))


@for_exchangers
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, for a page that asks every second."""
    run = _run(pk)
    return live(request, run, whole=SECTION, context=_context(run))


@for_exchangers
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(pk)
    stop_export(export_id=run.pk)
    return redirect(run)


@for_exchangers
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _file(_run(pk))


def _run(pk: int) -> CatalogExport:
    return get_object_or_404(CatalogExport.objects.select_related("actor"), pk=pk)


def _context(run: CatalogExport) -> dict[str, Any]:
    return progress_context(run) | {"states": ExportState, "format": format_label(run.format)}


def _file(run: CatalogExport) -> FileResponse:
    writer = WRITERS[run.format]
    suffix, media_type = writer.suffix, writer.media_type
    if run.with_pictures:
        suffix, media_type = ".zip", "application/zip"
    path = files.folder_of(run.key) / f"products{suffix}"
    if run.state != ExportState.DONE or run.files_removed or not path.exists():
        raise Http404
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=run.file_name, content_type=media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
