"""Ways of delivery in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_countries import countries
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminSelectWidget

from shop.catalog.templatetags.catalog_pictures import money
from shop.delivery.models import DeliveryMethod, DeliveryRate
from shop.delivery.offers import codes_of
from shop.delivery.previews import previews_of
from shop.delivery.regions import REGIONS
from shop.delivery.words import days_words


class DeliveryMethodForm(forms.ModelForm):
    add_region = forms.ChoiceField(
        label=gettext_lazy("Add countries of"),
        required=False,
        choices=[("", "—"), *((name, label) for name, (label, _codes) in REGIONS.items())],
        widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("They are added to those chosen when you save."),
    )

    class Meta:
        model = DeliveryMethod
        fields = (
            "name",
            "description",
            "countries",
            "basis",
            "free_from",
            "days_min",
            "days_max",
            "tax_category",
            "active",
            "position",
        )
        widgets = {"countries": UnfoldAdminSelect2MultipleWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "countries" in self.fields:
            self.fields["countries"].required = False
            self.fields["countries"].help_text = _("Type the first letters of a country.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "countries" in self.errors:
            return cleaned
        codes = {str(code) for code in cleaned.get("countries") or []}
        if region := cleaned.get("add_region"):
            codes |= REGIONS[region][1]
        if not codes:
            self.add_error("countries", _("Choose at least one country that it goes to."))
        cleaned["countries"] = sorted(codes)
        return cleaned


class RateFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """A method without a rate would never be offered; of two up to the same none would hold."""
        kept = [
            form
            for form in self.forms
            if form not in self.deleted_forms and getattr(form, "cleaned_data", None)
        ]
        if not kept and not any(self.errors):
            raise forms.ValidationError(_("Add at least one rate, or nobody is offered it."))
        bounds = [form.cleaned_data.get("up_to") for form in kept]
        for form, bound in zip(kept, bounds, strict=True):
            if bounds.count(bound) > 1:
                form.add_error("up_to", _("There are two rates up to this."))
        if not any(self.errors):
            super().clean()


class DeliveryRateInline(TabularInline):
    model = DeliveryRate
    fields = ["up_to", "price"]
    extra = 1
    hide_title = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["formset"] = type("RateFormSet", (RateFormSet, self.formset), {})
        return super().get_formset(request, obj, **kwargs)


@admin.register(DeliveryMethod)
class DeliveryMethodAdmin(ModelAdmin):
    form = DeliveryMethodForm
    inlines = [DeliveryRateInline]
    list_display: list[Any] = ["name", "goes_to", "prices", "takes", "active"]
    list_filter: list[Any] = ["active"]
    ordering_field = "position"
    hide_ordering_field = True
    readonly_fields = ["preview"]
    fieldsets = [
        (None, {"fields": ["name", "description", "active"]}),
        (gettext_lazy("Where to"), {"fields": ["countries", "add_region"]}),
        (gettext_lazy("How fast"), {"fields": [("days_min", "days_max")]}),
        (
            gettext_lazy("For how much"),
            {"fields": [("basis", "free_from"), "tax_category", "preview"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeliveryMethod]:
        return super().get_queryset(request).prefetch_related("rates")

    @display(description=gettext_lazy("countries"))
    def goes_to(self, method: DeliveryMethod) -> str:
        codes = sorted(codes_of(method))
        if len(codes) > 3:
            number = len(codes)
            return ngettext("%(number)d country", "%(number)d countries", number) % {
                "number": number
            }
        return ", ".join(str(countries.name(code)) for code in codes)

    @display(description=gettext_lazy("prices"))
    def prices(self, method: DeliveryMethod) -> str:
        prices = sorted({rate.price for rate in method.rates.all()})
        if not prices:
            return _("No rate: it is not offered")
        told = money(prices[0])
        if len(prices) > 1:
            told = f"{told} – {money(prices[-1])}"
        if method.free_from is not None:
            told = _("%(prices)s, free from %(total)s") % {
                "prices": told,
                "total": money(method.free_from),
            }
        return told

    @display(description=gettext_lazy("takes"), ordering="days_max")
    def takes(self, method: DeliveryMethod) -> str:
        return days_words(method)

    @display(description=gettext_lazy("What shoppers pay"))
    def preview(self, method: DeliveryMethod) -> SafeString | str:
        """A table of prices, by the rates that are saved."""
        if method.pk is None:
            return _("Shown once it is saved.")
        rows = previews_of(method, method.rates.all())
        return render_to_string("delivery/preview.html", {"rows": rows})
