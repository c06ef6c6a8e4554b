"""The desk's pages and what its buttons send. Views parse and render only."""

from __future__ import annotations

import json
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from search import photos
from search.desk import curation, exchange, judging, lab, page, tasks
from search.desk import history as settings_history
from search.desk.curation import NotArranged, Places
from search.desk.history import NotSaved
from search.desk.lab import NothingJudged
from search.desk.models import JudgedSearch, LabRun, RankingSetting
from search.desk.page import STEP, Tried
from search.desk.sliders import HIGHEST_STEP, STEP_LABELS, sliders
from search.desk.worklist import judged_searches, worklist
from search.evaluation.judgements import COLUMNS
from search.models import Synonyms
from search.query import Leg, QueryKind, Setting
from shop.catalog.images import ImageRejected, take_in
from shop.catalog.models import Product
from shop.celery import dispatch
from shop.formats import number
from shop.keys import key_of
from shop.locks import try_lock
from shop.spreadsheets import csv_response

# A comparison that takes longer goes on in the background.
AT_ONCE_SECONDS = 1.5
LOOK, JUDGE, ARRANGE, SAVE, SYNONYMS = (
    "search.view_rankingsetting",
    "search.change_judgement",
    "search.change_curation",
    "search.change_rankingsetting",
    "search.add_synonyms",
)


def needs(permission: str) -> Any:
    """Only for staff with the permission."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            response: HttpResponse = view(request, *args, **kwargs)
            return response

        return checked

    return decorate


def desk_address() -> str:
    return reverse("admin:search_rankingsetting_changelist")


@require_GET
@needs(LOOK)
def desk(request: HttpRequest, **_: Any) -> HttpResponse:
    """The whole page."""
    tried = page.read(request.GET)
    if tried.gone:
        messages.warning(request, tried.gone)
    more: dict[str, Any] = _results(request, tried)
    if not tried.asks:
        more |= {"worklist": worklist(), "judged_searches": judged_searches(most=24)}
    last = LabRun.objects.exclude(finished_at=None).order_by("-pk").first()
    return _page(
        request,
        "search/desk/page.html",
        title=gettext("Relevance desk"),
        step_labels=json.dumps([str(label) for label in STEP_LABELS]),
        highest_step=HIGHEST_STEP,
        last_run=last,
        **more,
    )


@require_GET
@needs(LOOK)
def results(request: HttpRequest) -> HttpResponse:
    """The results alone, as a slider moves."""
    tried = page.read(request.GET)
    return _fragment(request, tried)


@require_POST
@needs(JUDGE)
def send_photo(request: HttpRequest) -> HttpResponse:
    """Search with a photo: it is kept, small, for staff alone."""
    file: Any = request.FILES.get("image")
    words = " ".join(request.POST.get("q", "").split())
    if file is None:
        messages.error(request, gettext("Choose a photo first."))
        return redirect(desk_address())
    try:
        taken = take_in(file, name=file.name)
    except ImageRejected as error:
        messages.error(request, " ".join(error.messages))
        return redirect(Tried(words=words).address())
    kept = judging.keep_photo(photo=photos.shrunk(taken), words="")
    return redirect(Tried(words=words, pictured=kept).address())


@require_GET
@needs(LOOK)
def photo(request: HttpRequest, key: int) -> HttpResponse:
    """A photo that is searched with."""
    row = get_object_or_404(JudgedSearch.objects.exclude(photo=None), pk=key)
    response = HttpResponse(bytes(row.photo or b""), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
@needs(JUDGE)
def judge(request: HttpRequest) -> HttpResponse:
    """Say how right a product is, or take that back (an empty grade)."""
    tried = page.read(request.POST)
    said = request.POST.get("grade", "")
    if not tried.asks or said not in ("", "0", "1", "2", "3"):
        return JsonResponse({"error": gettext("A grade is 0, 1, 2 or 3.")}, status=400)
    product = _product(request)
    if tried.pictured is None:
        searched = judging.known_search(words=tried.words, like=tried.like)
    else:
        searched = judging.with_words(search=tried.pictured, words=tried.words)
    grade = int(said) if said else None
    judging.judge(search=searched, product=product, grade=grade, by=request.user)
    return JsonResponse({"grade": grade, "judged": searched.judgements.count()})


@require_POST
@needs(ARRANGE)
def arrange(request: HttpRequest) -> HttpResponse:
    """Pin, bury, or take one of them back; the results follow."""
    tried = page.read(request.POST)
    by, action = request.user, request.POST.get("action", "")
    steps = {
        "pin": curation.pin,
        "unpin": curation.unpin,
        "bury": curation.bury,
        "unbury": curation.unbury,
    }
    try:
        if not tried.can_be_arranged:
            raise NotArranged(gettext("Results are arranged for searches by words alone."))
        if action == "put_back":
            most = curation.MOST_PINNED + curation.MOST_BURIED
            before = Places(
                tuple(curation.read_keys(request.POST.get("pinned", ""), most=most)),
                tuple(curation.read_keys(request.POST.get("buried", ""), most=most)),
            )
            done = curation.put_back(words=tried.plain, before=before, by=by)
        elif action in steps:
            done = steps[action](words=tried.plain, product=_product(request), by=by)
        else:
            raise Http404
    except NotArranged as error:
        return _fragment(request, tried, problem=str(error))
    return _fragment(request, tried, done=done, is_undo=action == "put_back")


@require_POST
@needs(SYNONYMS)
def add_synonyms(request: HttpRequest) -> HttpResponse:
    """Let words mean the same; the results follow."""
    tried = page.read(request.POST)
    row = Synonyms(words=" ".join(request.POST.get("synonyms", "").split()))
    try:
        row.full_clean()
    except ValidationError as error:
        said = {"synonyms_said": row.words, "synonyms_problem": " ".join(error.messages)}
        return _fragment(request, tried, **said)
    judging.add_synonyms(row=row, by=request.user)
    told = gettext("These mean the same now: %(words)s.") % {"words": row.words}
    return _fragment(request, tried, told=told)


@require_POST
@needs(SAVE)
def save(request: HttpRequest) -> HttpResponse:
    """Make the tried setting what shoppers' searches follow."""
    tried = page.read(request.POST)
    base = request.POST.get("based_on", "")
    try:
        settings_history.save_setting(
            kind=tried.kind,
            weights=tried.weights,
            note=request.POST.get("note", ""),
            based_on=key_of(base),
            by=request.user,
        )
    except NotSaved as error:
        messages.error(request, str(error))
        return redirect(tried.address())
    messages.success(
        request,
        gettext("Saved: shoppers’ searches follow it within a second. The history takes it back."),
    )
    return redirect(tried.address(with_sliders=False))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LOOK)
def history(request: HttpRequest) -> HttpResponse:
    """What was live when, and the way back."""
    if request.method == "POST":
        if not request.user.has_perm(SAVE):
            raise PermissionDenied
        return _go_back(request)
    return _page(
        request,
        "search/desk/history.html",
        title=gettext("Settings of the search"),
        entries=settings_history.entries(),
        may_save=request.user.has_perm(SAVE),
    )


def _go_back(request: HttpRequest) -> HttpResponse:
    said = request.POST.get("setting", "")
    try:
        if said == "usual":
            settings_history.back_to_usual(by=request.user)
        elif said.startswith("before-"):
            key = key_of(said.removeprefix("before-"))
            settings_history.undo(based_on=key or 0, by=request.user)
        else:
            row = get_object_or_404(RankingSetting, pk=key_of(said))
            settings_history.bring_back(setting=row, by=request.user)
    except NotSaved as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Done: shoppers’ searches follow it within a second."))
    return redirect("admin:search_desk_history")


@require_POST
@needs(JUDGE)
def start_lab(request: HttpRequest) -> HttpResponse:
    """Compare the tried setting with the live one on what was judged."""
    tried = page.read(request.POST)
    try:
        if not tried.is_moved:
            raise NothingJudged(gettext("Move a slider first: there is nothing to compare."))
        run = lab.start(kind=tried.kind, tried=tried.weights, by=request.user)
    except NothingJudged as error:
        messages.warning(request, str(error))
        return redirect(tried.address())
    with try_lock(tasks.LOCK) as held:
        finished = held and lab.advance(run, seconds=AT_ONCE_SECONDS)
    if not finished:
        dispatch(tasks.run_lab)
    return redirect("admin:search_desk_lab", run.pk)


@require_GET
@needs(LOOK)
def lab_run(request: HttpRequest, key: int) -> HttpResponse:
    """What a comparison says; while it runs, how far it is."""
    run = get_object_or_404(LabRun, pk=key)
    kind = QueryKind(run.kind)
    tried = Setting({kind: {Leg(leg): weight for leg, weight in run.tried.items()}})
    present = Setting({kind: {Leg(leg): weight for leg, weight in run.present.items()}})
    steps = {str(one.leg): str(one.step) for one in sliders(kind, tried, {})}
    outcome = lab.outcome(run)
    difference = outcome.difference
    present_unjudged, tried_unjudged = outcome.unjudged
    shown = {
        "run": run,
        "outcome": outcome,
        "low": _points(difference.low) if difference else "",
        "high": _points(difference.high) if difference else "",
        "unjudged_present": present_unjudged,
        "unjudged_tried": tried_unjudged,
        "sliders": sliders(kind, present, steps),
        "kind_label": run.get_kind_display(),
        "steps": {f"{STEP}{leg}": step for leg, step in steps.items()},
    }
    if request.htmx:  # type: ignore[attr-defined]
        return TemplateResponse(request, "search/desk/_lab.html", shown)
    return _page(
        request, "search/desk/lab.html", title=gettext("Is the new setting better?"), **shown
    )


@require_GET
@needs(LOOK)
def download_judgements(request: HttpRequest) -> StreamingHttpResponse:
    """What was judged, as `manage.py evaluate catalogue` reads it."""
    return csv_response(name="judgements", header=COLUMNS, rows=list(exchange.rows()))


def _points(share: float) -> str:
    """Of 100, with a sign."""
    points = round(100 * share, 1)
    return ("+" if points > 0 else "−" if points < 0 else "") + number(abs(points))


def _product(request: HttpRequest) -> Product:
    return get_object_or_404(Product, pk=key_of(request.POST.get("product")))


def _results(request: HttpRequest, tried: Tried, **more: Any) -> dict[str, Any]:
    user: Any = request.user
    live = RankingSetting.objects.live()
    return {
        **page.context(tried),
        "based_on": live.pk if live else "",
        "step_prefix": STEP,
        "may_judge": user.has_perm(JUDGE),
        "may_arrange": user.has_perm(ARRANGE) and tried.can_be_arranged,
        "may_save": user.has_perm(SAVE),
        "may_add_synonyms": user.has_perm(SYNONYMS),
        **more,
    }


def _fragment(request: HttpRequest, tried: Tried, **more: Any) -> HttpResponse:
    response = TemplateResponse(
        request, "search/desk/_results.html", _results(request, tried, **more)
    )
    response["HX-Replace-Url"] = tried.address()
    return response


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
