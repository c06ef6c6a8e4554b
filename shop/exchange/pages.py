"""What the pages of imports and exports share."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from shop.exchange.models import Run
from shop.exchange.words import speed, time_left

RUNS_A_PAGE = 20


def page(request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def past(request: HttpRequest, runs: QuerySet[Any]) -> Page[Any]:
    """The runs of the page that is asked for, newest first."""
    return Paginator(runs.select_related("actor"), RUNS_A_PAGE).get_page(request.GET.get("page"))


def progress_context(run: Run) -> dict[str, Any]:
    return {"run": run, "time_left": time_left(run), "speed": speed(run)}


def live(request: HttpRequest, run: Any, *, whole: str, context: dict[str, Any]) -> HttpResponse:
    """How far a run is, for a page that asks every second; the page's whole section where the
    run is no longer in the state that the page shows."""
    if run.state == request.GET.get("state") and run.is_running:
        return TemplateResponse(request, "exchange/_live.html", context)
    response = TemplateResponse(request, whole, context)
    response["HX-Retarget"] = "#run"
    response["HX-Reselect"] = "#run"
    response["HX-Reswap"] = "outerHTML"
    return response
