"""What is typed for drafts: a row each, and what is filled into all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.formats import localize_input
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from shop.catalog.importing.cells import amount
from shop.catalog.models import Category
from shop.intake.drafts import is_untitled
from shop.intake.models import Draft
from shop.store.current import current_store

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


class PriceField(forms.Field):
    """An amount as people write it, read as imports read it: "19.90", "19,90", "1.234,50 €"."""

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        found, currency, problem = amount(str(value).strip())
        own = current_store().currency
        if found is not None and currency not in ("", own):
            problem = gettext("the price is in %(currency)s: this shop sells in %(own)s") % {
                "currency": currency,
                "own": own,
            }
        if problem:
            raise ValidationError(f"{capfirst(problem)}.", code="invalid")
        return found


class ValuesForm(forms.Form):
    """What all drafts may have in common. A category, price or stock that is empty stays open."""

    category = forms.ChoiceField(label=_("Category"), required=False, widget=CategorySelect)
    # No number input: browsers leave one empty that is given "19,90".
    price = PriceField(
        label=_("Price"),
        required=False,
        localize=True,
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

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        widget=_typed(),
        error_messages={"required": _("Give it a title.")},
    )
    sku = forms.CharField(label=_("SKU"), max_length=100, required=False, widget=_typed(size=14))

    field_order = ["title", "category", "price", "sku", "stock"]

    def __init__(
        self, *args: Any, draft: Draft, guess: int | None, sku: str, **kwargs: Any
    ) -> None:
        self.draft = draft
        self.guess = guess if draft.category_id is None else None
        title = str(draft.product)
        untitled = is_untitled(title)
        kwargs["initial"] = {
            "title": "" if untitled else title,
            "category": str(draft.category_id or guess or ""),
            "price": draft.price,
            # Made of the title, once there is one.
            "sku": draft.sku or ("" if untitled else sku),
            "stock": draft.stock,
        }
        super().__init__(*args, prefix=f"d{draft.pk}", **kwargs)
        if untitled:  # it may be saved so for later, but not accepted
            self.fields["title"].required = False
            self.fields["title"].widget.attrs["placeholder"] = title
        for name in self.fields:
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}: {draft}"

    def fill(self, values: Mapping[str, Any], *, over: bool) -> None:
        """Put values (category_id, price, stock) where nothing is typed; with `over`, everywhere.
        What holds then is no error any more."""
        data = dict(self.data.items())
        for name, value in values.items():
            field = name.removesuffix("_id")
            key = self.add_prefix(field)
            if over or not data.get(key):
                data[key] = localize_input(value) if field == "price" else str(value)
                self.errors.pop(field, None)
        self.data = data

    def add_problems(self, problems: Mapping[str, str]) -> None:
        for name, message in problems.items():
            if name not in self.errors:
                self.add_error(name, message)
