"""Forms of the catalogue's admin."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
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

from shop.catalog.fields import CatalogImageFormField, taken_from
from shop.catalog.images import ImageRejected
from shop.catalog.models import AttributeValue, Category, Product, ProductImage
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


class VariantFormSet(_OrderedFormSet):
    default_error_messages = {
        "too_few_forms": _("A product has at least one variant: what is bought is a variant.")
    }


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
