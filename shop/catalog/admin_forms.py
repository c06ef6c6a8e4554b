"""Forms of the catalogue's admin."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from treebeard.forms import TreeNodeChoiceField
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from shop.catalog import stock_changes
from shop.catalog.fields import CatalogImageFormField, taken_from
from shop.catalog.images import ImageRejected
from shop.catalog.models import AttributeValue, Category, Product, ProductImage, Variant
from shop.catalog.slugs import free_slug, slug_of


class _ManyFilesWidget(UnfoldAdminFileFieldWidget):
    allow_multiple_selected = True


class PicturesField(CatalogImageFormField):
    """Several pictures at once; what is wrong is said of each by its name."""

    widget = _ManyFilesWidget

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        taken, errors = [], []
        for file in files:
            try:
                taken.append(super().clean(file))
            except ImageRejected as error:
                errors += [forms.ValidationError(f"{file.name}: {m}") for m in error.messages]
        if errors:
            raise forms.ValidationError(errors)
        return taken


class PictureChoiceField(forms.ModelChoiceField):
    """One of the product's pictures, by its place among them."""

    def label_from_instance(self, image: Any) -> str:
        return gettext("Picture %(number)s") % {"number": image.position + 1}


class ProductForm(forms.ModelForm):
    """A product; an empty slug is made from the title."""

    category = TreeNodeChoiceField(
        queryset=Category.objects.none(),
        label=_("Category"),
        widget=UnfoldAdminSelectWidget,
        empty_label=_("Select value"),
    )
    new_pictures = PicturesField(
        required=False,
        label=_("Add pictures"),
        help_text=_(
            "Choose several at once; they come after those below. JPEG, PNG, WebP, AVIF, GIF "
            "or HEIC."
        ),
    )

    class Meta:
        model = Product
        fields = (
            "title",
            "slug",
            "category",
            "brand",
            "description",
            "attributes",
            "tax_category",
            "published",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            categories = self.fields["category"]
            categories.queryset = Category.objects.in_order()  # type: ignore[attr-defined]
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def add_prefix(self, field_name: str) -> str:
        # A field called "attributes" would hide the form element's own `attributes` from scripts,
        # and the admin's Alpine stumbles over that.
        name = super().add_prefix(field_name)
        return f"product-{name}" if field_name == "attributes" else name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and cleaned.get("title"):
            others = Product.objects.exclude(pk=self.instance.pk)
            cleaned["slug"] = free_slug(cleaned["title"], among=others, limit=200)
        return cleaned


class OrderedRowForm(forms.ModelForm):
    """A row of an inline that is sorted by dragging."""

    @property
    def changed_data(self) -> list[str]:
        """Dragging numbers the empty row at the end too, which stays empty for all that."""
        changed = super().changed_data
        return [] if self.instance.pk is None and changed == ["position"] else changed


class _OrderedFormSet(PaginationInlineFormSet):
    """Rows in order: what is added comes last, unless it was dragged elsewhere."""

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        places = [one.instance.position for one in self.forms if one.instance.pk]
        if places and form.instance.position in places:
            form.instance.position = max(places) + 1
        return super().save_new(form, commit=commit)


class VariantForm(OrderedRowForm):
    """A variant's row, which writes only what was changed since the page was opened.

    Each field of an existing row carries what it showed (Django's hidden initial values), so that
    a form left open over lunch undoes neither a sale nor a price that changed meanwhile.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            for name in self._meta.fields or ():
                if name in self.fields:
                    self.fields[name].show_hidden_initial = True

    @property
    def changed_data(self) -> list[str]:
        if self.instance.pk is None:
            return super().changed_data
        return [name for name in self.fields if self._was_changed(name)]

    def _was_changed(self, name: str) -> bool:
        bound = self[name]
        if not bound.field.show_hidden_initial:
            return bool(bound._has_changed())  # type: ignore[attr-defined]
        if not self._was_opened_here(name):  # sent by something other than this page
            return bound.field.has_changed(bound.initial, bound.data)
        return bool(bound._has_changed())  # type: ignore[attr-defined]

    def _was_opened_here(self, name: str) -> bool:
        """Whether the page says what the row showed; a list says nothing where it was empty."""
        several = isinstance(self.fields[name], forms.ModelMultipleChoiceField)
        marker = self["sku"] if several else self[name]
        return marker.html_initial_name in self.data

    def clean(self) -> dict[str, Any]:
        """What nobody touched stays as it is now, not as it was when the page was opened."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is not None:
            untouched = set(self._meta.fields or ()) - set(self.changed_data)
            cleaned = {name: value for name, value in cleaned.items() if name not in untouched}
        return cleaned

    def stock_by(self) -> int:
        """By how many the stock is to change."""
        shown = self.data.get(self["stock"].html_initial_name, self.initial["stock"])
        return int(self.cleaned_data["stock"]) - int(shown)

    def write_changes(self) -> None:
        """Save the fields that were changed, except the stock."""
        changed = [name for name in self.changed_data if name in (self._meta.fields or ())]
        columns = [name for name in changed if name not in ("stock", "options")]
        if columns:
            self.instance.save(update_fields=columns)
        if "options" in changed:
            self.instance.options.set(self.cleaned_data["options"])


class VariantFormSet(_OrderedFormSet):
    """The variants of a product. After saving, `differing` names the stock that was not as the
    page said: (SKU, what it is now, what was typed).
    """

    default_error_messages = {
        "too_few_forms": _("A product has at least one variant: what is bought is a variant.")
    }
    actor: User | None = None

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        self.differing: list[tuple[str, int, int]] = []
        return super().save_existing_objects(commit)

    def save_existing(self, form: VariantForm, obj: Variant, commit: bool = True) -> Variant:
        if not commit:
            return super().save_existing(form, obj, commit=False)
        form.write_changes()
        if "stock" in form.changed_data:
            typed, by = form.cleaned_data["stock"], form.stock_by()
            after = stock_changes.adjust(variant_id=obj.pk, by=by, actor=self.actor)
            form.instance.stock = after
            if after != typed:
                self.differing.append((form.instance.sku, after, typed))
        return form.instance


class ImageFormSet(_OrderedFormSet):
    def clean(self) -> None:
        """The same picture is not added twice; the database would refuse it."""
        super().clean()
        kept = [
            form
            for form in self.forms
            if form not in self.deleted_forms and getattr(form, "cleaned_data", None)
        ]
        hashes: Counter[str] = Counter()
        for form in sorted(kept, key=lambda form: form.instance.pk is None):
            file = form.cleaned_data.get("image")
            if isinstance(file, UploadedFile):
                content_hash = taken_from(file).content_hash
            else:
                content_hash = form.instance.content_hash
            hashes[content_hash] += 1
            if content_hash and hashes[content_hash] > 1:
                form.add_error("image", gettext("The product has this picture already."))


class CategoryForm(forms.ModelForm):
    """A category and its place in the tree."""

    parent = TreeNodeChoiceField(
        queryset=Category.objects.none(),
        required=False,
        label=_("Parent"),
        empty_label=_("None: at the top"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("The category that this one is part of. Moving it moves all below it."),
    )
    slug = forms.SlugField(
        max_length=160,
        required=False,
        label=_("Slug"),
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Its name in addresses. Left empty: made from the names on the way to it."),
    )

    class Meta:
        model = Category
        fields = ("name", "parent", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Category.objects.in_order()
        if self.instance.pk:
            choices = choices.exclude(path__startswith=self.instance.path)
            self.initial["parent"] = Category.objects.get_parent(self.instance)
        self.fields["parent"].queryset = choices  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        # Empty: a new category gets one from its name, an old one keeps what it has.
        return self.cleaned_data["slug"] or self.initial.get("slug", "")


class AttributeValueForm(OrderedRowForm):
    """A value; an empty slug is made from it."""

    class Meta:
        model = AttributeValue
        fields = ("attribute", "value", "slug", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slug_of(
            self.data.get(self.add_prefix("value"), ""), limit=120
        )


def add_pictures(product: Product, files: list[UploadedFile]) -> list[str]:
    """Add pictures behind those that the product has; the names of those it had already."""
    known = set(product.images.values_list("content_hash", flat=True))
    places = product.images.values_list("position", flat=True)
    position = max(places, default=-1) + 1
    repeated = []
    for file in files:
        content_hash = taken_from(file).content_hash
        if content_hash in known:
            repeated.append(str(file.name))
            continue
        known.add(content_hash)
        ProductImage.objects.create(product=product, image=file, position=position)
        position += 1
    return repeated
