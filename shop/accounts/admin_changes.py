"""The page "Changes" in the admin: who changed what, and when. Nobody edits it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from unfold.admin import ModelAdmin
from unfold.widgets import (
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from shop.accounts import changes
from shop.accounts.changes import SEARCHED, Wanted
from shop.spreadsheets import Cell, csv_response

PERMISSION = "admin.view_logentry"
BASE = "admin_logentry"
PER_PAGE = 50
# Rows of a file.
MOST = 100_000

FLAGS = {ADDITION: _("Added"), CHANGE: _("Changed"), DELETION: _("Deleted")}


class WantedForm(forms.Form):
    """Which changes are shown."""

    person = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=_("Who"), widget=UnfoldAdminSelectWidget
    )
    kind = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("What kind of thing"),
        widget=UnfoldAdminSelectWidget,
    )
    flag = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        label=_("What was done"),
        choices=[("", _("Anything")), *FLAGS.items()],
        widget=UnfoldAdminSelectWidget,
    )
    since = forms.DateField(
        required=False, label=_("From"), widget=UnfoldAdminDateWidget(attrs={"type": "date"})
    )
    until = forms.DateField(
        required=False, label=_("Until"), widget=UnfoldAdminDateWidget(attrs={"type": "date"})
    )
    words = forms.CharField(
        required=False, max_length=200, label=_("With the words"), widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(user.pk, changes.name_of(user)) for user in changes.people()]
        kinds = [(one.pk, changes.kind_of(one)) for one in changes.kinds()]
        self.fields["person"].choices = [("", _("Anybody")), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Anything")), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("This day is before the first one."))
        return given

    @property
    def wanted(self) -> Wanted:
        given: dict[str, Any] = {name: self.cleaned_data.get(name) for name in self.fields}
        return Wanted(**given)


class ChangesAdmin(ModelAdmin):
    """One page for all: no entry has one of its own."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(self.page)), name=f"{BASE}_changelist"),
            path("file/", wrap(require_safe(self.file)), name=f"{BASE}_file"),
        ]

    def page(self, request: HttpRequest) -> HttpResponse:
        _require(request)
        form = WantedForm(request.GET)
        found: list[LogEntry] = []
        after = request.GET.get("before", "")
        after = after if after.isdecimal() and len(after) < 19 else ""
        if form.is_valid():
            rows = changes.entries(form.wanted)
            rows = changes.before(rows, int(after)) if after else rows
            found = list(rows[: PER_PAGE + 1])
        shown = found[:PER_PAGE]
        links = changes.links(shown, request)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Changes"),
            "form": form,
            "filtered": any(request.GET.get(name) for name in form.fields),
            "entries": [_row(entry, links.get(entry.pk, "")) for entry in shown],
            "first": not after,
            "last": shown[-1].pk if len(found) > PER_PAGE else None,
            "searched": SEARCHED,
            "most": MOST,
        }
        status = 200 if form.is_valid() else 400
        return TemplateResponse(request, "accounts/changes.html", context, status=status)

    def file(self, request: HttpRequest) -> HttpResponseBase:
        """The newest `MOST` of those that are wanted, as CSV."""
        _require(request)
        form = WantedForm(request.GET)
        if not form.is_valid():
            return self.page(request)
        header = [
            gettext("when"),
            gettext("who"),
            gettext("what was done"),
            gettext("kind of thing"),
            gettext("thing"),
            gettext("what was changed"),
        ]
        rows = changes.entries(form.wanted)[:MOST]
        cells = _cells(rows.iterator(2_000))
        return csv_response(name="changes", header=header, rows=cells, for_excel=True)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django asks when somebody is deleted whose entries these are. No page deletes one."""
        return request.user.has_perm("admin.delete_logentry")


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _row(entry: LogEntry, link: str) -> dict[str, Any]:
    return {
        "when": entry.action_time,
        "who": changes.name_of(entry.user),
        "flag": entry.action_flag,
        "done": FLAGS.get(entry.action_flag, ""),
        "kind": changes.kind_of(entry.content_type),
        "thing": entry.object_repr,
        "link": link,
        "told": entry.get_change_message() if entry.change_message else "",
    }


def _cells(entries: Iterator[LogEntry]) -> Iterator[Sequence[Cell]]:
    for entry in entries:
        row = _row(entry, "")
        columns = "when", "who", "done", "kind", "thing", "told"
        yield [row["when"], *(str(row[name]) for name in columns[1:])]
