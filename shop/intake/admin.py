"""Photos in the admin: the pages stand below the model of a batch, which nobody edits by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from unfold.admin import ModelAdmin

from shop.intake import accepting_views, arranging_views, sending_views
from shop.intake.models import Batch


@admin.register(Batch)
class BatchAdmin(ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        pages = {
            "new/": ("begin", sending_views.begin),
            "<int:pk>/photos/": ("photos", sending_views.photos),
            "<int:pk>/state/": ("state", sending_views.state),
            "<int:pk>/announce/": ("announce", sending_views.announce),
            "<int:pk>/send/": ("send", sending_views.send),
            "<int:pk>/arrange/": ("arrange", arranging_views.arrange),
            "<int:pk>/products/": ("products", accepting_views.products),
        }
        own = [
            path(where, self.admin_site.admin_view(view), name=f"intake_batch_{name}")
            for where, (name, view) in pages.items()
        ]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return sending_views.index(request)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The log's entries lead here."""
        pk = args[0] if args else kwargs.get("object_id")
        if pk and str(pk).isdigit():
            return redirect("admin:intake_batch_photos", int(pk))
        return redirect("admin:intake_batch_changelist")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # drafts are discarded one by one, with their files
