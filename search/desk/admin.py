"""The desk in the admin, and the list of what is arranged by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from search.desk import views
from search.desk.models import Curation, RankingSetting
from shop.accounts import roles
from shop.admin_sidebar import changes


def connect(items: list[dict[str, Any]]) -> None:
    """Add the desk to the admin, and its entries to those of the sidebar's section on search."""
    admin.site.register(RankingSetting, DeskAdmin)
    admin.site.register(Curation, CurationAdmin)
    items.insert(0, changes(_("Relevance desk"), "tune", "search_rankingsetting"))
    items.insert(1, changes(_("Arranged by hand"), "push_pin", "search_curation"))
    roles.grant(
        roles.CATALOGUE,
        "search.view_rankingsetting",
        "search.*_curation",
        "search.*_judgement",
        "search.*_synonyms",
    )


class DeskAdmin(ModelAdmin):
    """No list of rows: the desk itself, in the place of the list."""

    def get_urls(self) -> list[URLPattern]:
        def own(address: str, view: Any, name: str) -> URLPattern:
            return path(address, self.admin_site.admin_view(view), name=name)

        return [
            own("", views.desk, "search_rankingsetting_changelist"),
            own("results/", views.results, "search_desk_results"),
            own("photo/", views.send_photo, "search_desk_send_photo"),
            own("photo/<int:key>/", views.photo, "search_desk_photo"),
            own("judge/", views.judge, "search_desk_judge"),
            own("arrange/", views.arrange, "search_desk_arrange"),
            own("synonyms/", views.add_synonyms, "search_desk_synonyms"),
            own("save/", views.save, "search_desk_save"),
            own("history/", views.history, "search_desk_history"),
            own("lab/", views.start_lab, "search_desk_start_lab"),
            own("lab/<int:key>/", views.lab_run, "search_desk_lab"),
            own("judgements.csv", views.download_judgements, "search_desk_judgements"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CurationAdmin(ModelAdmin):
    """What is arranged by hand: for which words, and when. Products are arranged at the desk."""

    list_display = ["words", "first", "last", "active_from", "active_until", "changed_by"]
    list_select_related = ["changed_by"]
    search_fields = ["words"]
    fields = ["words", "at_the_desk", "active_from", "active_until"]
    readonly_fields = ["words", "at_the_desk"]

    @display(description=_("pinned"))
    def first(self, row: Curation) -> int:
        return len(row.pinned)

    @display(description=_("put last"))
    def last(self, row: Curation) -> int:
        return len(row.buried)

    @display(description=_("products"))
    def at_the_desk(self, row: Curation) -> SafeString:
        address = views.desk_address() + "?" + urlencode({"q": row.words})
        return format_html(
            '<a class="desk-link" href="{}">{}</a>', address, _("Arrange at the desk")
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Curation, form: Any, change: bool) -> None:
        obj.version += 1
        obj.changed_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset:  # one by one, so that this process sees it at once
            row.delete()
