"""In the admin: one import, from what it would change to what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shop.exchange import files, imports
from shop.exchange.access import for_exchangers
from shop.exchange.models import CatalogImport, ImportLine, ImportState
from shop.exchange.pages import live, page, progress_context
from shop.exchange.words import format_label
from shop.spreadsheets import Cell, csv_response

SECTION = "exchange/_import.html"
LINES_A_PAGE = 50
# Of each list, so many are seen before the rest is unfolded.
SEEN = 10


@for_exchangers
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(pk)
    return page(request, "exchange/import.html", title=run.file_name, **_context(request, run))


@for_exchangers
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, for a page that asks every second."""
    run = _run(pk)
    return live(request, run, whole=SECTION, context=_context(request, run))


@for_exchangers
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    fetch = request.POST.get("fetch") == "on"
    user = cast(User, request.user)
    return _do(request, pk, lambda: imports.start_import(import_id=pk, fetch=fetch, actor=user))


@for_exchangers
@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda: imports.check_again(import_id=pk))


@for_exchangers
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda: imports.stop(import_id=pk))


@for_exchangers
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    _do(request, pk, lambda: imports.discard(import_id=pk))
    return redirect("exchange:imports")


@for_exchangers
@require_safe
def preview_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All that the check found, line by line."""
    run = _run(pk)
    path = files.folder_of(run.key) / files.PREVIEW
    if run.checked_at is None or not path.exists():
        raise Http404
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"preview-{run.pk}.csv",
        content_type="text/csv; charset=utf-8",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@for_exchangers
@require_safe
def report_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All that the import did, line by line."""
    run = _run(pk)
    return csv_response(
        name=f"import-{run.pk}",
        header=[
            *(_("line"), _("handle"), _("product"), _("what happened")),
            *(_("field"), _("before"), _("after"), _("why")),
        ],
        rows=_report_rows(run),
        for_excel=True,
    )


def _report_rows(run: CatalogImport) -> Iterator[list[Cell]]:
    words = {kind: str(kind.label) for kind in ImportLine.Kind}

    def rows() -> Iterator[list[Cell]]:
        for line in run.lines.order_by("pk").iterator(chunk_size=2000):
            start: list[Cell] = [
                line.line,
                line.handle,
                line.title,
                words[ImportLine.Kind(line.kind)],
            ]
            if line.kind == ImportLine.Kind.CREATED:
                for change in [["", "", line.message], *line.changes]:
                    yield [*start, *change, ""]
                continue
            for change in line.changes or [["", "", ""]]:
                yield [*start, *change, line.message]

    return rows()


def _run(pk: int) -> CatalogImport:
    return get_object_or_404(CatalogImport.objects.select_related("actor"), pk=pk)


def _do(request: HttpRequest, pk: int, do: Callable[[], CatalogImport]) -> HttpResponse:
    """Do something with an import that a page offered, unless it is too late for it."""
    run = _run(pk)
    try:
        do()
    except imports.NotPossible as problem:
        messages.warning(request, str(problem))
    return redirect(run)


def _context(request: HttpRequest, run: CatalogImport) -> dict[str, Any]:
    context = progress_context(run) | {"states": ImportState}
    if run.plan is not None:
        context |= {"plan": run.plan, "format": format_label(run.plan["format"])}
    if run.state == ImportState.CHECKED:
        context |= _preview(run)
    elif run.state == ImportState.IMPORTING and run.started_at is None:
        context["before"] = (
            CatalogImport.objects.importing()
            .filter(asked_at__lt=run.asked_at)
            .select_related("actor")
            .first()
        )
    elif run.is_finished:
        context |= _report(request, run)
    return context


def _preview(run: CatalogImport) -> dict[str, Any]:
    plan: dict[str, Any] = run.plan or {}
    warnings = [one for one in plan["problems"] if one["warning"]]
    changing = plan["products_created"] + plan["products_updated"]
    return {
        **_left_out(plan),
        "warnings": _folded(warnings, plan["warnings"]),
        "updated": _folded(plan["updated"], plan["products_updated"]),
        "created": _folded(plan["created"], plan["products_created"]),
        "changing": changing,
        "has_changed": imports.has_changed_since(run),
    }


def _left_out(plan: dict[str, Any]) -> dict[str, Any]:
    """What is wrong, by what it costs, and how much each comes to.

    A plan of an earlier release does not tell its problems apart: they are shown as of rows.
    """
    rows = plan.get("rows_left_out", plan["skipped"])
    pictures = plan.get("pictures_left_out", 0)
    problems: dict[str, list[Any]] = {"product": [], "row": [], "picture": []}
    for one in plan["problems"]:
        if not one["warning"]:
            problems[one.get("costs", "row")].append(one)
    return {
        "rows_left_out": rows,
        "pictures_left_out": pictures,
        "product_problems": _folded(problems["product"], plan["skipped"] - rows - pictures),
        "row_problems": _folded(problems["row"], rows),
        "picture_problems": _folded(problems["picture"], pictures),
        "is_xml": plan["format"] == "google-xml",
    }


def _folded(found: list[Any], total: int) -> dict[str, Any]:
    """A list of which a few are seen at once, and how many are not even in it."""
    return {
        "total": total,
        "seen": found[:SEEN],
        "folded": found[SEEN:],
        "beyond": max(0, total - len(found)),
    }


def _report(request: HttpRequest, run: CatalogImport) -> dict[str, Any]:
    """The lines of one kind, or of all, some at a time."""
    kind = request.GET.get("kind", "")
    after = request.GET.get("after", "")
    lines = run.lines.order_by("pk")
    if kind in ImportLine.Kind.values:
        lines = lines.filter(kind=kind)
    else:
        kind = ""
    if after.isdecimal() and len(after) < 19:
        lines = lines.filter(pk__gt=int(after))
    shown = list(lines[: LINES_A_PAGE + 1])
    counts = dict(run.lines.order_by().values_list("kind").annotate(count=Count("pk")))
    return {
        "kinds": [
            (value, label, counts[value])
            for value, label in ImportLine.Kind.choices
            if value in counts
        ],
        "kind": kind,
        "lines": shown[:LINES_A_PAGE],
        "more_after": shown[LINES_A_PAGE - 1].pk if len(shown) > LINES_A_PAGE else None,
        "is_first": not after,
        "other_problems": counts.get(ImportLine.Kind.PROBLEM, 0),
    }
