"""Forms of the admin's pages on sales."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminTextInputWidget,
)

from shop.catalog.models import Category, Variant
from shop.pricing.models import SalePrice
from shop.pricing.services import SalePlan


class SalePriceForm(forms.ModelForm):
    """A sale of one variant, named by its SKU."""

    sku = forms.CharField(label=_("SKU"), max_length=100, widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = SalePrice
        fields = ("price", "starts_at", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("sku", None)

    def clean_sku(self) -> str:
        sku: str = self.cleaned_data["sku"].strip()
        variant = Variant.objects.filter(sku=sku).first()
        if variant is None:
            raise forms.ValidationError(_("No variant has this SKU."))
        self.instance.variant = variant
        return sku

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        price = cleaned.get("price")
        if price is not None and self.instance.variant_id:
            regular = regular_price(self.instance.variant)
            if price >= regular:
                message = _("A sale price is lower than the regular price, which is %(regular)s.")
                self.add_error("price", message % {"regular": regular})
        if (ends_at := cleaned.get("ends_at")) and ends_at <= timezone.now():
            self.add_error("ends_at", _("That time is over. Choose one that is to come."))
        elif self.instance.variant_id and self._overlaps(cleaned):
            message = _(
                "Another sale of this variant falls into that time. End it, or choose another."
            )
            self.add_error(None, message)
        return cleaned

    def _overlaps(self, cleaned: dict[str, Any]) -> bool:
        starts_at = cleaned.get("starts_at") or self.instance.starts_at
        others = SalePrice.objects.overlapping(starts_at=starts_at, ends_at=cleaned.get("ends_at"))
        return others.filter(variant=self.instance.variant).exclude(pk=self.instance.pk).exists()


def regular_price(variant: Variant) -> Decimal:
    """What the variant costs when no sale runs."""
    if SalePrice.objects.in_force().filter(variant=variant).exists():
        return variant.compare_at_price or variant.price
    return variant.price


class _CategoriesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, category: Any) -> str:
        return "\N{EM SPACE}" * 2 * (category.depth - 1) + category.name


class _DateTimeInput(UnfoldAdminTextInputWidget):
    input_type = "datetime-local"

    def format_value(self, value: Any) -> Any:
        return value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "strftime") else value


class PlanForm(forms.Form):
    """So much off, for a time, of chosen products or of all in some categories."""

    products = forms.CharField(required=False, widget=forms.HiddenInput)
    categories = _CategoriesField(
        label=_("Categories"),
        required=False,
        queryset=Category.objects.none(),
        widget=UnfoldAdminSelectMultipleWidget(attrs={"size": 8}),
        help_text=_("With all that is below them."),
    )
    percent = forms.DecimalField(
        label=_("Percent off"),
        min_value=Decimal("0.1"),
        max_value=Decimal(99),
        max_digits=4,
        decimal_places=1,
        widget=UnfoldAdminDecimalFieldWidget,
        help_text=_("Off the regular price of each variant, as it is now."),
    )
    starts_at = forms.DateTimeField(label=_("From"), widget=_DateTimeInput)
    ends_at = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=_DateTimeInput,
        help_text=_("Empty: until it is ended by hand."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = self.fields["categories"]
        categories.queryset = Category.objects.in_order()  # type: ignore[attr-defined]
        chosen = self["products"].value()
        self.chosen_products = len(chosen.split(",")) if chosen else 0
        if self.chosen_products:
            categories.widget = forms.MultipleHiddenInput()

    def clean_products(self) -> list[int]:
        ids = [one for one in self.cleaned_data["products"].split(",") if one]
        if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in ids):
            raise forms.ValidationError(_("Choose the products anew in their list."))
        return [int(one) for one in ids]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("products") and not cleaned.get("categories"):
            self.add_error("categories", _("Choose one or more."))
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end must be after the start."))
        elif ends_at and ends_at <= timezone.now():
            self.add_error("ends_at", _("That time is over. Choose one that is to come."))
        return cleaned

    def variants(self) -> QuerySet[Variant]:
        """All variants of what was chosen, of a form that is valid."""
        within = Q(product__in=self.cleaned_data["products"])
        for category in self.cleaned_data["categories"]:
            within |= Q(product__category__path__startswith=category.path)
        return Variant.objects.filter(within)

    def plan(self) -> SalePlan:
        return SalePlan(
            percent=self.cleaned_data["percent"],
            starts_at=self.cleaned_data["starts_at"],
            ends_at=self.cleaned_data["ends_at"],
        )


def plan_form(*, products: Iterable[int] = (), categories: Iterable[int] = ()) -> PlanForm:
    """An empty form for these products, or for these categories."""
    return PlanForm(
        initial={
            "products": ",".join(str(pk) for pk in products),
            "categories": list(categories),
            "starts_at": timezone.localtime(),
        }
    )
