"""Forms of the blocks' admin: each kind has its own fields, and a picture beside them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from treebeard.forms import TreeNodeChoiceField
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from shop.catalog.admin_forms import OrderedRowForm
from shop.catalog.fields import CatalogImageFormField
from shop.catalog.models import Category
from shop.editorial.addresses import without_host
from shop.editorial.home import picture_of
from shop.editorial.kinds import MADE
from shop.editorial.models import SMALLEST_SIDE, Block, BlockPicture, Spot
from shop.store.admin_forms import language_choices

MOST_SPOTS = 12
# What some kinds of blocks have and others have not.
OF_KINDS = {name for made in MADE.values() for name in made.fields}
LAST_PLACE = 2**15 - 1  # of a small integer
HUNDREDTH = Decimal("0.0001")  # of a per cent


class BlockForm(forms.ModelForm):
    """A block. `host` is the shop's own, as the browser of who edits it shows it."""

    host = ""

    image = CatalogImageFormField(
        required=False,
        label=_("Picture"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=_(
            "Best 1600 pixels wide or more. It is shown whole, or, as a hero, four to three. JPEG, "
            "PNG, WebP, AVIF, GIF or HEIC."
        ),
    )
    alt = forms.CharField(
        required=False,
        max_length=250,
        label=_("What the picture shows"),
        widget=UnfoldAdminTextInputWidget,
        help_text=_("In a sentence, for whoever does not see it."),
    )
    category = TreeNodeChoiceField(
        queryset=Category.objects.none(),
        required=False,
        label=_("Category"),
        widget=UnfoldAdminSelectWidget,
        empty_label=_("None"),
    )
    language = forms.ChoiceField(
        required=False,
        label=_("Language"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("Of those who see it."),
    )

    class Meta:
        model = Block
        fields = (
            "kind",
            "title",
            "text",
            "link_label",
            "link",
            "category",
            "language",
            "published",
            "published_from",
            "published_until",
        )
        widgets = {"text": UnfoldAdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picture = picture_of(self.instance)
        made = MADE.get(self._kind())
        if picture is not None:
            self.initial.setdefault("alt", picture.alt)
        fields: dict[str, Any] = self.fields
        for name in OF_KINDS - {*(made.fields if made else ())}:
            fields.pop(name, None)
        if "category" in fields:
            fields["category"].queryset = Category.objects.in_order()
            fields["category"].help_text = made.category_help if made else ""
        if "language" in fields:
            chosen = language_choices(beside=self.instance.language)
            fields["language"].choices = [("", _("All languages")), *chosen]
        for name in made.needs if made else ():
            if name in fields:
                fields[name].required = True
        if "image" in fields:
            # What is stored stays until another is chosen, and cannot be taken away.
            fields["image"].required = fields["image"].widget.is_required = True
            fields["alt"].required = True
            self.initial.setdefault("image", picture.image if picture else None)

    def clean_link(self) -> str:
        return without_host(self.cleaned_data["link"], host=self.host)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        words, link = cleaned.get("link_label", ""), cleaned.get("link", "")
        if words and not link and "link" not in self.errors:
            self.add_error("link", _("Say where the link leads, or leave out its words."))
        if link and not words and "link_label" in self.fields:
            self.add_error("link_label", _("Give the link words, or leave out its address."))
        begins, ends = cleaned.get("published_from"), cleaned.get("published_until")
        if begins and ends and ends <= begins:
            self.add_error("published_until", _("The end must come after the beginning."))
        return cleaned

    def save_picture(self) -> None:
        """Store the picture and its text, as far as one of them is another."""
        if "image" not in self.fields:
            return
        picture = picture_of(self.instance) or BlockPicture(block=self.instance)
        if "image" in self.changed_data:
            picture.image = self.cleaned_data["image"]
        picture.alt = self.cleaned_data["alt"]
        if picture.pk is None or {"image", "alt"} & {*self.changed_data}:
            picture.save()

    def _kind(self) -> str:
        return self.instance.kind or self.data.get("kind") or self.initial.get("kind", "")


class PercentField(forms.DecimalField):
    """Per cent to the eye, a fraction in the database."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_digits", None)
        kwargs.pop("decimal_places", None)
        super().__init__(**{**kwargs, "max_digits": 5, "decimal_places": 2})

    def clean(self, value: Any) -> Any:
        percent = super().clean(value)
        return None if percent is None else (percent / 100).quantize(HUNDREDTH)

    def prepare_value(self, value: Any) -> Any:
        return f"{100 * value:.2f}" if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        shown = None if initial is None else 100 * initial
        try:
            return super().has_changed(shown, data)
        except InvalidOperation:  # "sNaN" is read as a number that cannot be compared with any
            return True


def _percent(label: Any, *, least: float = 0) -> PercentField:
    attributes = {"step": "any", "inputmode": "decimal", "class": "spot-number"}
    return PercentField(
        label=label,
        min_value=100 * least,
        max_value=100,
        widget=UnfoldAdminTextInputWidget(attrs=attributes),
    )


class SpotForm(OrderedRowForm):
    """A spot, its place in per cent of the picture."""

    x = _percent(_("left, %"))
    y = _percent(_("top, %"))
    width = _percent(_("width, %"), least=SMALLEST_SIDE)
    height = _percent(_("height, %"), least=SMALLEST_SIDE)

    class Meta:
        model = Spot
        fields = ("label", "x", "y", "width", "height", "product", "position")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for start, side, told in (
            ("x", "width", _("Left and width come to more than 100 %: the picture ends there.")),
            ("y", "height", _("Top and height come to more than 100 %: the picture ends there.")),
        ):
            first, length = cleaned.get(start), cleaned.get(side)
            if first is not None and length is not None and first + length > 1:
                self.add_error(side, told)
        return cleaned


class InOrderFormSet(PaginationInlineFormSet):
    """Rows in order: what is added comes last, unless it was dragged elsewhere."""

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        places = [one.instance.position for one in self.forms if one.instance.pk]
        if places and form.instance.position in places:
            form.instance.position = min(max(places) + 1, LAST_PLACE)
        return super().save_new(form, commit=commit)
