"""Who waits for what, to be looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from shop.wishes.models import BackInStockRequest


@admin.register(BackInStockRequest)
class BackInStockRequestAdmin(ModelAdmin):
    list_display: list[Any] = ["variant", "email", "created_at", "confirmed_at", "notified_at"]
    list_filter: list[Any] = ["created_at", "notified_at"]
    list_select_related = ["variant"]
    search_fields = ["variant__sku", "email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
