"""What is typed for drafts: a row each, and what is filled into all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from shop.catalog.models import Category
from shop.intake.models import Draft

MOST_STOCK = 2**31 - 1  # what the column holds


@dataclass(frozen=True)
class Categories:
    """All categories as the tree reads, read and rendered once for all rows of a page: a template
    for each option of a shop with hundreds of them takes seconds."""

    choices: Sequence[tuple[str, str]]

    @classmethod
    def read(cls) -> Categories:
        rows = Category.objects.in_order()
        named = [(str(row.pk), "\N{EM SPACE}" * (row.depth - 1) + row.name) for row in rows]
        return cls([("", gettext("Choose…")), *named])

    def options(self, chosen: str) -> SafeString:
        """The options of a select, with the one that is chosen."""
        return mark_safe(  # noqa: S308  (each is escaped below)
            "".join(
                option.replace(" ", " selected ", 1) if value == chosen else option
                for value, option in self._rendered.items()
            )
        )

    @cached_property
    def _rendered(self) -> dict[str, str]:
        return {
            value: format_html('<option value="{}">{}</option>', value, label)
            for value, label in self.choices
        }


class CategorySelect(UnfoldAdminSelectWidget):
    """Among the categories that its form was given."""

    categories: Categories

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        built = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        chosen = "" if value is None else str(value)
        return format_html("<select{}>{}</select>", built, self.categories.options(chosen))


def _typed(**attrs: Any) -> UnfoldAdminTextInputWidget:
    return UnfoldAdminTextInputWidget(attrs=attrs)


class ValuesForm(forms.Form):
    """What all drafts may have in common. A category, price or stock that is empty stays open."""

    category = forms.ChoiceField(label=_("Category"), required=False, widget=CategorySelect)
    # "19,90" in German; browsers leave a number input empty that is given one with a comma.
    price = forms.DecimalField(
        label=_("Price"),
        required=False,
        localize=True,
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        widget=_typed(inputmode="decimal", size=8),
    )
    stock = forms.IntegerField(
        label=_("Stock"),
        required=False,
        min_value=0,
        max_value=MOST_STOCK,
        widget=_typed(inputmode="numeric", size=5),
    )

    def __init__(self, *args: Any, categories: Categories, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["category"])
        field.choices = categories.choices
        cast(CategorySelect, field.widget).categories = categories

    def values(self) -> dict[str, Any]:
        """What was typed and holds, by the names of a draft's columns."""
        held = {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}
        if "category" in held:
            held["category_id"] = int(held.pop("category") or 0) or None
        return held


class FillForm(ValuesForm):
    """Filled into all drafts."""

    over = forms.BooleanField(label=_("Also where something is typed"), required=False)

    def filled(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.values().items()
            if name != "over" and value is not None
        }


class DraftForm(ValuesForm):
    """One row."""

    title = forms.CharField(label=_("Title"), max_length=200, widget=_typed())
    sku = forms.CharField(label=_("SKU"), max_length=100, required=False, widget=_typed(size=14))

    field_order = ["title", "category", "price", "sku", "stock"]

    def __init__(
        self, *args: Any, draft: Draft, guess: int | None, sku: str, **kwargs: Any
    ) -> None:
        self.draft = draft
        self.guess = guess if draft.category_id is None else None
        kwargs["initial"] = {
            "title": str(draft.product),
            "category": str(draft.category_id or guess or ""),
            "price": draft.price,
            "sku": draft.sku or sku,
            "stock": draft.stock,
        }
        super().__init__(*args, prefix=f"d{draft.pk}", **kwargs)
        for name in self.fields:
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}: {draft}"

    def add_problems(self, problems: Mapping[str, str]) -> None:
        for name, message in problems.items():
            if name not in self.errors:
                self.add_error(name, message)
