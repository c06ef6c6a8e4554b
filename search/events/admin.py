"""Insights in the shop's admin: what shoppers search for, and what comes of it; words to be added
as synonyms; and for how long all that is remembered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from redis.exceptions import RedisError
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from search.events import proposals, report, retention, tasks
from search.events.models import EventRetention, LoggedQuery
from search.events.report import AT_LEAST, PERIODS, SERIES
from search.events.tables import TABLES
from search.models import Synonyms
from search.words import synonyms
from shop.accounts import roles
from shop.admin_sidebar import item
from shop.catalog.models import Product
from shop.celery import dispatch
from shop.formats import number
from shop.keys import key_of
from shop.spreadsheets import csv_response

VIEW = "search.view_loggedquery"
ADD_WORDS, TAKE_WORDS_OUT = "search.add_synonyms", "search.delete_synonyms"
KEEP, FORGET = "search.change_eventretention", "search.forget_events"
BASE = "search_loggedquery"


def connect() -> None:
    """Add the page to the admin, and to its sidebar."""
    admin.site.register(LoggedQuery, InsightsAdmin)
    entry = item(_("Insights"), "insights", f"admin:{BASE}_changelist", VIEW)
    sections = settings.UNFOLD["SIDEBAR"]["navigation"]
    next(one for one in sections if one["title"] == _("Search"))["items"].insert(0, entry)
    roles.grant(roles.CATALOGUE, VIEW, "search.*_synonyms")
    roles.grant(roles.SUPPORT, VIEW)


class RetentionForm(forms.ModelForm):
    """For how long searches are remembered."""

    class Meta:
        model = EventRetention
        fields = ["days", "words_days"]
        widgets = dict.fromkeys(fields, UnfoldAdminIntegerFieldWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.EVENTS_WORDS_DAYS <= 0:
            self.fields["words_days"].disabled = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        days, words = given.get("days"), given.get("words_days")
        if days is not None and words is not None and words > days:
            self.add_error(
                "words_days",
                gettext("Words cannot be kept longer than their searches: at most %(days)s days.")
                % {"days": number(days)},
            )
        return given


class InsightsAdmin(ModelAdmin):
    """One page for all searches: none is looked at by itself."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(self.page)), name=f"{BASE}_changelist"),
            path("words/", wrap(require_safe(self.words)), name=f"{BASE}_words"),
            path("words/add/", wrap(require_POST(self.add)), name=f"{BASE}_add"),
            path("words/take-out/", wrap(require_POST(self.take_out)), name=f"{BASE}_take_out"),
            path("file/<slug:table>/", wrap(require_safe(self.file)), name=f"{BASE}_file"),
            path("keep/", wrap(require_POST(self.keep)), name=f"{BASE}_keep"),
            path("forget/", wrap(require_POST(self.forget)), name=f"{BASE}_forget"),
        ]

    def page(self, request: HttpRequest, form: RetentionForm | None = None) -> HttpResponse:
        _require(request, VIEW)
        found = report.report(_days(request))
        never = Product.objects.filter(pk__in=found.never).prefetch_related("images").in_bulk()
        buckets = report.over_time(found)
        kept = retention.kept()
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Insights"),
            "found": found,
            "periods": PERIODS,
            "totals": report.totals(found),
            "buckets": buckets,
            "series": [label for label, _kinds in SERIES],
            "time_chart": report.time_chart(buckets),
            "kinds": report.kind_rows(found),
            "positions": found.by_position[: report.CHARTED],
            "position_chart": report.position_chart(found),
            "photos": number(found.traits.photos),
            "trait_tables": report.trait_tables(found.traits),
            "vain": _vain(request, found),
            "never": [never[key] for key in found.never if key in never],
            "at_least": AT_LEAST,
            "kept": kept,
            "counts": settings.EVENTS,
            "keeps_words": settings.EVENTS_WORDS_DAYS > 0,
            "may_keep": request.user.has_perm(KEEP),
            "may_forget": request.user.has_perm(FORGET),
            "form": form or RetentionForm(initial=kept._asdict()),
        }
        status = 200 if form is None else 400
        return TemplateResponse(request, "search/insights/page.html", context, status=status)

    def words(self, request: HttpRequest) -> HttpResponse:
        """The words in vain, with what the shop's own words for them may be: asked for by the page
        when it is there, since finding them takes a moment."""
        _require(request, VIEW)
        found = report.report(_days(request))
        rows = _vain(request, found, propose=True)
        return TemplateResponse(request, "search/insights/_vain.html", {"vain": rows})

    def add(self, request: HttpRequest) -> HttpResponse:
        """`words` mean the same as `other` from now on."""
        _require(request, ADD_WORDS)
        words, other = request.POST.get("words", ""), request.POST.get("other", "")
        try:
            row = synonyms.add(words=words, other=other)
        except ValidationError as error:
            return self._answer(request, words, problem=" ".join(error.messages))
        told = gettext("“%(words)s” finds what “%(other)s” finds.")
        told = told % {"words": words, "other": other}
        _log(request, row, told, CHANGE if len(row.phrases()) > 2 else ADDITION)
        return self._answer(request, words, told=told)

    def take_out(self, request: HttpRequest) -> HttpResponse:
        """`words` are not among those `synonyms` (a key) any more."""
        _require(request, TAKE_WORDS_OUT)
        words, key = request.POST.get("words", ""), request.POST.get("synonyms", "")
        before = synonyms.take_out(words=words, synonyms=key_of(key) or 0)
        told = gettext("“%(words)s” has no synonyms any more.") % {"words": words}
        if before is not None:
            left = Synonyms.objects.filter(pk=before.pk).exists()
            _log(request, before, told, CHANGE if left else DELETION)
        return self._answer(request, words, told=told)

    def _answer(
        self, request: HttpRequest, words: str, *, told: str = "", problem: str = ""
    ) -> HttpResponse:
        """What stands beside the words now; the page, where it was not asked for by htmx."""
        if not request.htmx:  # type: ignore[attr-defined]
            if told or problem:
                (messages.error if problem else messages.success)(request, problem or told)
            return HttpResponseRedirect(f"{reverse(f'admin:{BASE}_changelist')}#in-vain")
        row = {
            "words": words,
            "beside": synonyms.beside([words]).get(words),
            "proposed": proposals.propose([words])[words],
            "problem": problem,
            **_may(request),
        }
        return TemplateResponse(request, "search/insights/_beside.html", {"row": row})

    def file(self, request: HttpRequest, table: str) -> HttpResponseBase:
        """One of the page's tables, as CSV."""
        _require(request, VIEW)
        if table not in TABLES:
            raise Http404
        days = _days(request)
        header, rows = TABLES[table](report.report(days))
        name = f"{table}-{days}-days"
        return csv_response(name=name, header=header, rows=rows, for_excel=True)

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Remember searches for another number of days; what is older goes soon."""
        _require(request, KEEP)
        chosen = EventRetention.objects.filter(pk=EventRetention.ONLY).first()
        form = RetentionForm(
            request.POST, instance=chosen or EventRetention(**retention.kept()._asdict())
        )
        if not form.is_valid():
            messages.error(
                request, gettext("Not saved: say below for how many days searches are kept.")
            )
            return self.page(request, form)
        row = form.save()
        report.forget()
        dispatch(tasks.forget_old)
        told = gettext("Searches are kept for %(days)s days, their words for %(words)s.")
        told = told % {"days": number(row.days), "words": number(row.words_days)}
        _log(request, row, told, CHANGE)
        messages.success(request, told)
        # What is told stands at the top; without a fragment the form's own would hold.
        return HttpResponseRedirect(f"{_address(request)}#top")

    def forget(self, request: HttpRequest) -> HttpResponse:
        """Delete all that is known of searches, if the box is ticked."""
        _require(request, FORGET)
        address = HttpResponseRedirect(f"{_address(request)}#kept")
        if request.POST.get("sure") != "on":
            messages.error(request, gettext("Tick the box first: this cannot be undone."))
            return address
        try:
            retention.forget_all()
        except RedisError:
            messages.error(
                request,
                gettext("That did not work: the server’s memory does not answer. Try again."),
            )
            return address
        report.forget()
        told = gettext("All that was known of searches is deleted.")
        row = EventRetention.objects.filter(pk=EventRetention.ONLY).first()
        _log(request, row or EventRetention(pk=EventRetention.ONLY), told, DELETION)
        messages.success(request, told)
        return address

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(VIEW)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _days(request: HttpRequest) -> int:
    """The period that is asked for; the middle one where none of them is."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    return days if days in PERIODS else PERIODS[1]


def _address(request: HttpRequest) -> str:
    """Of the page, with the period that was looked at."""
    return f"{reverse(f'admin:{BASE}_changelist')}?days={_days(request)}"


def _may(request: HttpRequest) -> dict[str, bool]:
    return {
        "may_add": request.user.has_perm(ADD_WORDS),
        "may_take_out": request.user.has_perm(TAKE_WORDS_OUT),
    }


def _vain(
    request: HttpRequest, found: report.Report, *, propose: bool = False
) -> list[dict[str, Any]]:
    """Rows of the words in vain, with synonyms that they have by now. `proposed` is None where
    nobody looked yet."""
    phrases = [one.words for one in found.vain]
    beside = synonyms.beside(phrases)
    may = _may(request)
    proposed = (
        proposals.propose([one for one in phrases if one not in beside])
        if propose and may["may_add"]
        else None
    )
    return [
        {
            "words": one.words,
            "times": number(one.times),
            "nothing": number(one.found_nothing),
            "not_close": number(one.times - one.found_nothing),
            "clicked": number(one.clicked),
            "beside": beside.get(one.words),
            "proposed": None if proposed is None else proposed.get(one.words, []),
            **may,
        }
        for one in found.vain
    ]


def _log(request: HttpRequest, thing: Model, told: str, flag: int) -> None:
    LogEntry.objects.log_actions(
        user_id=request.user.pk or 0,
        queryset=[thing],
        action_flag=flag,
        change_message=told,
        single_object=True,
    )
