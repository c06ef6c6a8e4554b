"""The pages of suggestions: what is open, product by product; what was decided; deciding."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from search import tasks
from search.enrichment import cards, decisions, telling, upkeep
from search.enrichment.calibration import DEFAULT_CONFIDENCE
from search.enrichment.cards import Filters
from search.enrichment.decisions import ATTRIBUTE, Keys, Suggestion
from search.enrichment.models import Kind, ProductSuggestion, SuggestionAction
from shop.catalog.models import AttributeValue, Category, Product
from shop.celery import dispatch
from shop.formats import number, percent

PERMISSION = "catalog.change_product"
STEPS = (0.95, 0.9, 0.8, 0.7, 0.5)
# What is decided for many is done within the request for so long, then in the background.
AT_ONCE_SECONDS = 2.0


class FilterForm(forms.Form):
    """Which suggestions are shown."""

    kind = forms.CharField(required=False, max_length=40)
    category = forms.IntegerField(required=False, min_value=1)
    at_least = forms.FloatField(required=False, min_value=0, max_value=1)

    def filters(self) -> Filters:
        """What cannot be read does not count."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(
            found.get("kind") or "", found.get("category") or 0, found.get("at_least") or 0.0
        )


class AboveForm(forms.Form):
    """From which confidence on all are accepted, in per cent."""

    above = forms.FloatField(
        min_value=1,
        max_value=100,
        error_messages={
            "required": gettext_lazy("Say how sure they must be: a number from 1 to 100."),
            "invalid": gettext_lazy("Say how sure they must be: a number from 1 to 100."),
            "min_value": gettext_lazy("Say how sure they must be: a number from 1 to 100."),
            "max_value": gettext_lazy("Say how sure they must be: a number from 1 to 100."),
        },
    )

    def share(self) -> float | None:
        return self.cleaned_data["above"] / 100 if self.is_valid() else None


def suggestions(request: HttpRequest) -> HttpResponse:
    """What is open, surest first; and, asked "above", how many would be accepted at once."""
    _check(request)
    filters = FilterForm(request.GET).filters()
    found = cards.page_of(filters, after=_after(request))
    categories = list(Category.objects.in_order().values_list("path", "pk", "name"))
    way = telling.ways(categories)
    above = AboveForm(request.GET) if "above" in request.GET else None
    share = above.share() if above else None
    totals = (
        {} if share is None else cards.totals_by_kind(replace(filters, at_least=share, unseen=True))
    )
    # Within a category there is no index to count by.
    counts = {} if filters.category else cards.counts_by_kind(replace(filters, kind=""))
    return _page(
        request,
        "search/enrichment/page.html",
        title=_("Suggestions"),
        cards=[
            {
                "product": card.product,
                "way": way.get(card.product.category_id, ""),
                "picture": next(iter(card.product.images.all()), None),
                "suggestions": [telling.tell(one, way) for one in card.suggestions],
                "more": card.more,
            }
            for card in found.cards
        ],
        next_page=_address(filters, after=f"{found.after[0]!r}_{found.after[1]}")
        if found.after
        else "",
        first_page=_address(filters) if "after" in request.GET else "",
        kinds=_kinds(filters, counts),
        categories=[(key, "\N{EM SPACE}" * (len(path) // Category.steplen - 1) + name)
                    for path, key, name in categories],
        steps=[(step, _("at least %(share)s sure") % {"share": percent(step)}) for step in STEPS],
        filters=filters,
        choices=_choices(found.cards, categories),
        above=above,
        above_shown=request.GET.get("above") or f"{100 * DEFAULT_CONFIDENCE:.0f}",
        share=share,
        total=sum(totals.values()),
        totals=[(_kind_label(kind), number(count)) for kind, count in sorted(totals.items())],
        actions=cards.last_actions(),
        here=request.get_full_path(),
        anything=bool(found.cards) or any(counts.values()),
    )  # fmt: skip


def decided(request: HttpRequest) -> HttpResponse:
    """What was decided lately, by whom."""
    _check(request)
    filters = FilterForm(request.GET).filters()
    categories = list(Category.objects.order_by("path").values_list("path", "pk", "name"))
    way = telling.ways(categories)
    return _page(
        request,
        "search/enrichment/decided.html",
        title=_("What was decided"),
        rows=[
            {"product": one.product, "told": telling.tell(one, way)}
            for one in cards.decided(replace(filters, category=0, at_least=0.0))
        ],
        kinds=_kinds(filters, {}),
        filters=filters,
        actions=cards.last_actions(10),
        here=request.get_full_path(),
    )


def decide(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Accept, change or reject one suggestion. A script gets the part of the page that follows, all
    others are led back."""
    _check(request)
    suggestion = cards.suggestions_of([(kind, key)]).get((kind, key))
    if suggestion is None:
        return _gone(request)
    shown = request.POST.get("shown")
    if shown is not None and shown != telling.tell(suggestion, telling.ways(_categories())).value:
        return _gone(request)  # it is another suggestion by now
    decision, staff = request.POST.get("decision"), _staff(request)
    one = Keys.one(kind, key)
    try:
        if decision == "accept":
            action, outcome = decisions.accept(keys=one, by=staff)
        elif decision == "reject":
            action, outcome = decisions.reject(keys=one, by=staff)
        elif decision == "correct":
            to = _chosen(suggestion, request.POST.get("to", ""))
            action, outcome = decisions.correct(kind=kind, key=key, to=to, by=staff)
        else:
            raise Http404
    except ValidationError as error:
        return _refused(request, " ".join(error.messages))
    if not outcome.done:
        return _gone(request)
    suggestion = cards.suggestions_of([(kind, key)])[kind, key]
    told = telling.tell(suggestion, telling.ways(_categories()))
    _log(staff.pk, suggestion.product, action, told)
    if _by_script(request):
        return render(request, "search/enrichment/_decided.html", {"one": told, "action": action})
    messages.success(request, f"{told.label}: {told.chosen or told.value}. {told.state}.")
    return redirect(_back(request))


def accept_all(request: HttpRequest) -> HttpResponse:
    """Accept all that are shown and at or above a confidence: at once, or in the background."""
    _check(request)
    filters = FilterForm(request.POST).filters()
    form = AboveForm(request.POST)
    share = form.share()
    if share is None:
        messages.error(request, " ".join(map(str, form.errors["above"])))
        return redirect(_address(filters))
    staff = _staff(request)
    total = cards.count(replace(filters, at_least=share, unseen=True))
    chosen = {"kind": filters.kind, "category": filters.category}
    action = decisions.start_accepting(above=share, chosen=chosen, total=total, by=staff)
    LogEntry.objects.log_actions(
        user_id=staff.pk,
        queryset=[action],
        action_flag=CHANGE,
        change_message=_("Accepted all that are at least %(share)s sure: %(number)s.")
        % {"share": percent(share), "number": number(total)},
        single_object=True,
    )
    _go_on(request)
    action.refresh_from_db()
    if action.finished_at:
        told = ngettext(
            "%(number)s suggestion accepted. You can undo that below.",
            "%(number)s suggestions accepted. You can undo that below.",
            action.done,
        )
        messages.success(request, told % {"number": number(action.done)})
    return redirect(_address(filters))


def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Take back what an action did; what was changed since stays."""
    _check(request)
    action = get_object_or_404(SuggestionAction, pk=key)
    staff = _staff(request)
    if decisions.ask_undo(action=action, by=staff):
        LogEntry.objects.log_actions(
            user_id=staff.pk,
            queryset=[action],
            action_flag=CHANGE,
            change_message=_("Undone."),
            single_object=True,
        )
    _go_on(request)
    action.refresh_from_db()
    if _by_script(request):
        return HttpResponse(status=204 if action.undone_at and not action.kept else 409)
    if action.undone_at:
        told = ngettext(
            "%(number)s suggestion is open again.",
            "%(number)s suggestions are open again.",
            action.undone,
        ) % {"number": number(action.undone)}
        if action.kept:
            told += " " + ngettext(
                "%(number)s stays, for the product was changed since.",
                "%(number)s stay, for the products were changed since.",
                action.kept,
            ) % {"number": number(action.kept)}
        messages.success(request, told)
    return redirect(_back(request))


# --- Shared -------------------------------------------------------------------------------------


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _staff(request: HttpRequest) -> Any:
    return request.user


def _go_on(request: HttpRequest) -> None:
    """What is decided for many: a part at once, the rest in the background."""
    upkeep.go_on(budget_seconds=AT_ONCE_SECONDS)
    if upkeep.unfinished():
        dispatch(tasks.decide_suggestions)
        messages.info(request, _("The rest is done in the background. You may leave this page."))


def _chosen(suggestion: Suggestion, text: str) -> Category | AttributeValue | str:
    """What somebody typed, or chose from the list. Raises `ValidationError`."""
    text = " ".join(text.split())
    if isinstance(suggestion, ProductSuggestion) and suggestion.kind == Kind.ALT:
        return text
    if suggestion.value is not None:
        values = AttributeValue.objects.filter(attribute=suggestion.value.attribute_id)
        value = values.filter(value__iexact=text).first()
        if value is None:
            told = _("“%(text)s” is none of the values of %(name)s. Choose one of the list.")
            raise ValidationError(told % {"text": text, "name": suggestion.value.attribute.name})
        return value
    typed = telling.ways(_categories(), telling.TYPED)
    asked = text.casefold().replace(telling.JOINED, telling.TYPED)
    keys = [key for key, way in typed.items() if way.casefold() == asked]
    keys = keys or [
        key for key, way in typed.items() if way.casefold().split(telling.TYPED)[-1] == asked
    ]
    if len(keys) != 1:
        told = (
            _("There are several categories “%(text)s”. Choose one of the list, with its way.")
            if keys
            else _("There is no category “%(text)s”. Choose one of the list.")
        )
        raise ValidationError(told % {"text": text})
    return Category.objects.get(pk=keys[0])


def _categories() -> list[tuple[str, int, str]]:
    return list(Category.objects.order_by("path").values_list("path", "pk", "name"))


def _choices(
    found: list[cards.Card], categories: list[tuple[str, int, str]]
) -> list[tuple[str, list[str]]]:
    """Lists of what may be chosen instead, each once a page: their ids, and what is in them."""
    attributes = {one.value.attribute_id for card in found for one in card.suggestions if one.value}
    values: dict[int, list[str]] = {}
    rows = AttributeValue.objects.filter(attribute__in=attributes)
    for attribute, value in rows.order_by("position", "value").values_list("attribute_id", "value"):
        values.setdefault(attribute, []).append(value)
    lists = [(f"values-{attribute}", some) for attribute, some in values.items()]
    moves = any(getattr(one, "category_id", None) for card in found for one in card.suggestions)
    if moves:
        lists.append(("categories", list(telling.ways(categories, telling.TYPED).values())))
    return lists


def _kind_label(kind: str) -> str:
    return _("Attributes") if kind == ATTRIBUTE else str(Kind(kind).label)


def _kinds(filters: Filters, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The kinds to choose from, with how many are open."""
    everything = {"kind": "", "label": _("All"), "count": "", "is_chosen": not filters.kind}
    shown = [everything]
    for kind in (*map(str, Kind), ATTRIBUTE):
        count = counts.get(kind, 0)
        chosen = filters.kind == kind or (
            kind == ATTRIBUTE and filters.kind.startswith(f"{ATTRIBUTE}-")
        )
        told = f"{number(cards.COUNTED)}+" if count > cards.COUNTED else number(count)
        shown.append(
            {
                "kind": kind,
                "label": _kind_label(kind),
                "count": told if counts else "",
                "is_chosen": chosen,
                "address": _address(replace(filters, kind=kind)),
            }
        )
    everything["address"] = _address(replace(filters, kind=""))
    return shown


def _address(filters: Filters, **more: str) -> str:
    asked = {name: value for name, value in filters.as_json().items() if value} | more
    page = reverse("admin:suggestions")
    return f"{page}?{urlencode(asked)}" if asked else page


def _after(request: HttpRequest) -> tuple[float, int] | None:
    """Where the page begins: "0.93_17"; from the first for what cannot be read."""
    sure, _separator, product = request.GET.get("after", "").partition("_")
    try:
        found = float(sure), int(product)
    except ValueError:
        return None
    return found if math.isfinite(found[0]) and abs(found[1]) < 2**62 else None


def _back(request: HttpRequest) -> str:
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return back if safe else reverse("admin:suggestions")


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _gone(request: HttpRequest) -> HttpResponse:
    told = _("Somebody has decided on this meanwhile, or the product was changed.")
    if _by_script(request):
        return render(request, "search/enrichment/_gone.html", {"told": told}, status=409)
    messages.warning(request, told)
    return redirect(_back(request))


def _refused(request: HttpRequest, told: str) -> HttpResponse:
    if _by_script(request):
        return HttpResponse(told, status=400, content_type="text/plain; charset=utf-8")
    messages.error(request, told)
    return redirect(_back(request))


def _log(staff: int, product: Product, action: SuggestionAction, told: telling.Told) -> None:
    LogEntry.objects.log_actions(
        user_id=staff,
        queryset=[product],
        action_flag=CHANGE,
        change_message=_("Suggestion: %(what)s: %(value)s (%(decision)s)")
        % {
            "what": told.label,
            "value": told.chosen or told.value,
            "decision": action.get_decision_display(),
        },
        single_object=True,
    )


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
