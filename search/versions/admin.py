"""The page of the search model in the shop's admin: what answers, preparing another, comparing,
switching, going back, deleting. For owners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin

from search import indexing, model_versions
from search.encoders import EncoderUnavailable, resolve
from search.models import EmbeddingModel, ModelBuild
from search.tasks import embed_pending
from search.versions import comparing, preparing, tasks
from search.versions import page as shown
from search.versions.presets import DESCRIBED, label_of
from shop.admin_sidebar import item
from shop.celery import dispatch
from shop.formats import number
from shop.keys import key_of

PERMISSION = "search.change_embeddingmodel"
OWN = "own"


def connect() -> None:
    """Add the page to the admin, and to its sidebar."""
    admin.site.register(EmbeddingModel, EmbeddingModelAdmin)
    entry = item(
        _("Search model"), "neurology", "admin:search_embeddingmodel_changelist", PERMISSION
    )
    sections = settings.UNFOLD["SIDEBAR"]["navigation"]
    next(one for one in sections if one["title"] == _("Search"))["items"].append(entry)


class ChoiceForm(forms.Form):
    """Which model is to be prepared: one by name, or an own reference."""

    preset = forms.ChoiceField(
        choices=[*((preset.name, preset.label) for preset in DESCRIBED), (OWN, _("Another"))]
    )
    reference = forms.CharField(required=False, max_length=500, strip=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = next((one for one in DESCRIBED if one.name == given.get("preset")), None)
        if chosen and chosen.lacks_library:
            raise forms.ValidationError(
                _("Whoever runs the server has to install requirements-models.txt first.")
            )
        if given.get("preset") == OWN:
            if not given.get("reference"):
                raise forms.ValidationError(_("Write which model, in one of the forms below."))
            try:
                resolve(given["reference"])
            except EncoderUnavailable as error:
                raise forms.ValidationError(
                    _(
                        "“%(name)s” is no model. Write one of: hf-hub:ORGANISATION/NAME, "
                        "ARCHITECTURE/WEIGHTS, local-dir:/FOLDER, oip:http://HOST:PORT/MODEL."
                    )
                    % {"name": given["reference"]}
                ) from error
        return given

    @property
    def wanted(self) -> str:
        chosen: str = self.cleaned_data["preset"]
        return self.cleaned_data["reference"] if chosen == OWN else chosen


class EmbeddingModelAdmin(ModelAdmin):
    """One page for all models: none is edited by itself."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        base = "search_embeddingmodel"
        return [
            path("", wrap(require_safe(self.page)), name=f"{base}_changelist"),
            path("progress/", wrap(require_safe(self.progress)), name=f"{base}_progress"),
            path("do/<slug:verb>/", wrap(require_POST(self.do)), name=f"{base}_do"),
        ]

    def page(self, request: HttpRequest, form: ChoiceForm | None = None) -> HttpResponse:
        """All of it."""
        _require_owner(request)
        return TemplateResponse(
            request,
            "search/versions/page.html",
            {
                **self.admin_site.each_context(request),
                **shown.page(),
                "title": gettext("Search model"),
                "form": form,
                "keep_days": round(settings.MODEL_KEEP_DAYS),
                "now": timezone.now(),
            },
            status=200 if form is None else 400,
        )

    def progress(self, request: HttpRequest) -> HttpResponse:
        """How far it is; the whole page anew where there is something else to show or to do."""
        _require_owner(request)
        stored = shown.facts()
        building = shown.buildings()
        state = shown.state(stored, building)
        if request.GET.get("state") != state:
            return HttpResponse(headers={"HX-Refresh": "true"})
        context = {
            "building": building,
            "state": state,
            "comparing": shown.being_compared(),
            "dropping": shown.being_dropped(),
        }
        return TemplateResponse(request, "search/versions/_progress.html", context)

    def do(self, request: HttpRequest, verb: str) -> HttpResponse:
        """One of the verbs, and back to the page."""
        _require_owner(request)
        if verb == "build":
            return self._build(request)
        if verb == "forget":
            return self._forget(request)
        back = HttpResponseRedirect(reverse("admin:search_embeddingmodel_changelist"))
        action = VERBS.get(verb)
        if action is None:
            raise PermissionDenied
        model = get_object_or_404(EmbeddingModel, pk=key_of(request.POST.get("model")))
        try:
            told, flag = action(request, model)
        except (model_versions.NotReady, model_versions.NotPossible) as error:
            messages.error(request, _refusal(verb, model, error))
        else:
            _log(request, model, told, flag)
            messages.success(request, told)
        return back

    def _build(self, request: HttpRequest) -> HttpResponse:
        form = ChoiceForm(request.POST)
        if not form.is_valid():
            return self.page(request, form)
        try:
            asked = preparing.ask_for(form.wanted, by=request.user)
        except preparing.BuildsAlready as error:
            told = gettext("%(name)s is being prepared already: switch to it or give it up first.")
            messages.error(request, told % {"name": label_of(str(error))})
        else:
            told = gettext("%(name)s is being prepared.") % {"name": label_of(asked.name)}
            _log(request, asked, told, ADDITION)
            messages.success(request, told)
            dispatch(tasks.prepare_model)
        return HttpResponseRedirect(reverse("admin:search_embeddingmodel_changelist"))

    def _forget(self, request: HttpRequest) -> HttpResponse:
        """What was asked for is not wanted: given up, or put away after it failed. Whoever exports
        it finds that out."""
        with transaction.atomic():
            for asked in ModelBuild.objects.select_for_update():
                told = (
                    gettext("%(name)s, which could not be prepared, is put away.")
                    if asked.failed_at
                    else gettext("%(name)s is given up before it was ready.")
                ) % {"name": label_of(asked.name)}
                _log(request, asked, told, DELETION)
                messages.success(request, told)
                asked.delete()
        return HttpResponseRedirect(reverse("admin:search_embeddingmodel_changelist"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


Done = tuple[str, int]


def _pause(request: HttpRequest, model: EmbeddingModel) -> Done:
    model_versions.pause(model)
    return gettext("%(name)s is paused.") % {"name": label_of(model.name)}, CHANGE


def _resume(request: HttpRequest, model: EmbeddingModel) -> Done:
    model_versions.resume(model)
    dispatch(embed_pending)
    return gettext("%(name)s goes on.") % {"name": label_of(model.name)}, CHANGE


def _compare(request: HttpRequest, model: EmbeddingModel) -> Done:
    if comparing.ask_for(model, by=request.user) is None:
        raise model_versions.NotPossible("It is the live one.")
    dispatch(tasks.compare_models)
    told = gettext("%(name)s is being compared with the present model. This takes some minutes.")
    return told % {"name": label_of(model.name)}, CHANGE


def _stop(request: HttpRequest, model: EmbeddingModel) -> Done:
    if not comparing.stop(model):
        raise model_versions.NotPossible("It is being compared with no other.")
    told = gettext("%(name)s is not compared any more.")
    return told % {"name": label_of(model.name)}, CHANGE


def _switch(request: HttpRequest, model: EmbeddingModel) -> Done:
    model_versions.require_ready(model)
    model_versions.switch(model)
    dispatch(embed_pending)
    return gettext("%(name)s answers searches from now on.") % {
        "name": label_of(model.name)
    }, CHANGE


def _back(request: HttpRequest, model: EmbeddingModel) -> Done:
    previous = model_versions.previous()
    if previous is None or previous.pk != model.pk:
        raise model_versions.NotPossible("It is not the model before.")
    try:
        model_versions.roll_back(force=request.POST.get("now") == "on")
    finally:
        dispatch(embed_pending)
    told = gettext("%(name)s answers searches again.") % {"name": label_of(model.name)}
    if waiting := indexing.progress([model]).left:
        more = gettext("%(count)s of the newest pictures and texts follow in a moment.")
        told = f"{told} {more % {'count': number(waiting)}}"
    return told, CHANGE


def _drop(request: HttpRequest, model: EmbeddingModel) -> Done:
    model_versions.drop(model)
    dispatch(tasks.drop_models)
    return gettext("%(name)s is being deleted.") % {"name": label_of(model.name)}, DELETION


VERBS: dict[str, Callable[[HttpRequest, EmbeddingModel], Done]] = {
    "pause": _pause,
    "resume": _resume,
    "compare": _compare,
    "stop": _stop,
    "switch": _switch,
    "back": _back,
    "drop": _drop,
}


def _refusal(verb: str, model: EmbeddingModel, error: Exception) -> str:
    """Why not, for a merchant; the command says the same in its own words."""
    name = label_of(model.name)
    if verb == "back" and isinstance(error, model_versions.NotReady):
        waiting = number(indexing.progress([model]).left)
        told = gettext(
            "%(name)s has not seen %(count)s pictures and texts that came or changed since. It is "
            "looking at them now: go back in some minutes, or at once with the box ticked."
        )
        return told % {"name": name, "count": waiting}
    if verb == "switch" and isinstance(error, model_versions.NotReady):
        told = gettext("%(name)s is not ready yet: something in the shop has just changed.")
        return told % {"name": name}
    return gettext("That is not possible any more: the page had changed meanwhile.")


def _require_owner(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _log(request: HttpRequest, thing: EmbeddingModel | ModelBuild, told: str, flag: int) -> None:
    things: list[Model] = [thing]
    LogEntry.objects.log_actions(
        user_id=request.user.pk or 0,
        queryset=things,
        action_flag=flag,
        change_message=told,
        single_object=True,
    )
