"""What an export asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from shop.catalog.models import Category
from shop.exchange.exports import Wanted
from shop.exchange.words import FORMATS


class CategoryField(forms.ModelChoiceField):
    """The tree, each level further in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{'– ' * (obj.depth - 1)}{obj.name}"


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=_("File"),
        choices=[(one.name, one.label) for one in FORMATS],
        initial="xlsx",
        widget=UnfoldAdminSelectWidget,
    )
    category = CategoryField(
        Category.objects.order_by("path"),
        label=_("Which products"),
        required=False,
        empty_label=_("All products"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("A category comes with those below it."),
    )
    only_published = forms.BooleanField(
        label=_("Only what shoppers see"), required=False, widget=UnfoldBooleanWidget
    )
    only_in_stock = forms.BooleanField(
        label=_("Only what is in stock"), required=False, widget=UnfoldBooleanWidget
    )
    pictures = forms.ChoiceField(
        label=_("Pictures"),
        choices=[
            ("addresses", _("Their addresses in your shop")),
            ("zip", _("The pictures, too, in a ZIP")),
        ],
        initial="addresses",
        widget=UnfoldAdminRadioSelectWidget,
    )

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        return Wanted(
            format=given["format"],
            category=given["category"],
            only_published=given["only_published"],
            only_in_stock=given["only_in_stock"],
            with_pictures=given["pictures"] == "zip",
        )
