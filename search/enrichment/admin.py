"""Suggestions in the shop's admin: one page for all kinds, and a part of a product's page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.admin import ModelAdmin

from search.enrichment import pages
from search.enrichment.inline import CompletionInline
from search.models import ProductSuggestion
from shop.admin_sidebar import item
from shop.catalog.admin import ProductAdmin


class SuggestionAdmin(ModelAdmin):
    """No list of rows, but a page to work through."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(require_safe(pages.suggestions)), name="suggestions"),
            path("decided/", view(require_safe(pages.decided)), name="suggestions_decided"),
            path(
                "<slug:kind>/<int:key>/decide/",
                view(require_POST(pages.decide)),
                name="suggestions_decide",
            ),
            path("accept-all/", view(require_POST(pages.accept_all)), name="suggestions_accept"),
            path("undo/<int:key>/", view(require_POST(pages.undo)), name="suggestions_undo"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:
        return pages.suggestions(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Django asks when a product is deleted, which takes these along."""
        return request.user.has_perm("catalog.delete_product")

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: object = None
    ) -> HttpResponse:
        """By themselves they are decided on, never deleted."""
        raise PermissionDenied


def connect() -> None:
    """Add to the shop's admin."""
    ProductAdmin.inlines = [*ProductAdmin.inlines, CompletionInline]
    admin.site.register(ProductSuggestion, SuggestionAdmin)
    catalogue = next(
        section
        for section in settings.UNFOLD["SIDEBAR"]["navigation"]
        # Not by its address, which is not known while apps are still starting.
        if any(one["icon"] == "inventory_2" for one in section["items"])
    )
    entry = item(_("Suggestions"), "lightbulb", "admin:suggestions", pages.PERMISSION)
    catalogue["items"].insert(1, entry)
