"""Filters of the list of orders."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from shop.orders.models import Order
from shop.orders.states import State


class PaidFilter(admin.SimpleListFilter):
    title = gettext_lazy("payment")
    parameter_name = "paid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("Paid")), ("no", _("Not paid")), ("back", _("Money given back"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        if self.value() == "yes":
            return queryset.filter(paid_at__isnull=False)
        if self.value() == "no":
            return queryset.filter(paid_at__isnull=True).exclude(state=State.CANCELLED)
        return queryset.filter(refunded__gt=0) if self.value() == "back" else queryset


class _ValueFilter(admin.SimpleListFilter):
    """One of the values that orders have in a column.

    Which there are takes reading all orders: that is done every few minutes, not for each page.
    """

    column = ""
    SECONDS = 300

    def words(self, value: str) -> str:
        return value

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        values = cache.get_or_set(f"order-filter:{self.column}", self._read, self.SECONDS) or []
        named = [(value, self.words(value)) for value in values if value]
        return sorted(named, key=lambda one: one[1])

    def _read(self) -> list[str]:
        values = Order.objects.order_by().values_list(self.column, flat=True).distinct()
        return [str(value) for value in values]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        value = self.value()
        return queryset.filter(**{self.column: value}) if value else queryset


class CountryFilter(_ValueFilter):
    title = gettext_lazy("country")
    parameter_name = column = "country"

    def words(self, value: str) -> str:
        return str(countries.name(value)) or value


class GatewayFilter(_ValueFilter):
    title = gettext_lazy("paid by")
    parameter_name = column = "gateway"
