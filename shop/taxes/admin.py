"""Tax rates in the admin."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries
from django_countries.fields import Country
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2Widget

from shop.taxes.models import TaxRate


class TaxRateForm(forms.ModelForm):
    class Meta:
        model = TaxRate
        fields = ("country", "category", "rate")
        widgets = {"country": UnfoldAdminSelect2Widget}
        help_texts = {
            "category": gettext_lazy(
                "Products name theirs; without a reduced rate they pay the standard one."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "country" in self.fields:  # none is chosen beforehand
            country = cast(forms.ChoiceField, self.fields["country"])
            country.choices = [("", _("Choose a country")), *countries]


@admin.register(TaxRate)
class TaxRateAdmin(ModelAdmin):
    """Countries without a rate are not taxed."""

    form = TaxRateForm
    list_display: list[Any] = ["country_name", "category", "percent"]
    list_filter: list[Any] = ["category"]
    search_fields = ["country"]
    search_help_text = gettext_lazy("Country, by name or code")
    list_per_page = 200

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[TaxRate], search_term: str
    ) -> tuple[QuerySet[TaxRate], bool]:
        term = search_term.strip().casefold()
        if not term:
            return queryset, False
        codes = [
            code
            for code, name in countries
            if code.casefold() == term or str(name).casefold().startswith(term)
        ]
        return queryset.filter(country__in=codes), False

    @display(description=gettext_lazy("country"), ordering="country")
    def country_name(self, rate: TaxRate) -> str:
        country = cast(Country, rate.country)
        return f"{country.name} ({country.code})"

    @display(description=gettext_lazy("rate"), ordering="rate")
    def percent(self, rate: TaxRate) -> str:
        return f"{rate.rate.normalize():f} %"
