"""In the admin: what is read from pictures, where, and in which words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from search import stored_words
from search.attributes import stored, vocabulary
from search.attributes.models import VisualAttribute, VisualValue
from search.models import EmbeddingModel
from shop.catalog.admin import first_of
from shop.catalog.models import Product


class VisualAttributeAdmin(ModelAdmin):
    """Which attributes are read from pictures, and where."""

    list_display = ["attribute", "enabled", "where", "values_named", "sure", "reason"]
    list_filter = ["enabled", "by_hand"]
    list_select_related = ["attribute"]
    search_fields = ["attribute__name"]
    autocomplete_fields = ["attribute", "categories"]
    fields = ["attribute", "enabled", "categories", ("floor", "margin"), "by_hand"]
    actions = ["learn_from_catalogue"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[VisualAttribute]:
        values = VisualValue.objects.filter(enabled=True).select_related("value")
        return (
            super()
            .get_queryset(request)
            .prefetch_related("categories", Prefetch("values", values, to_attr="looked_for"))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["attribute"] if obj else []

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        live = EmbeddingModel.objects.live()
        loaded = stored.load(live) if live else None
        for visual in changelist.result_list:
            visual.sure_of = loaded.surely_read(visual.attribute_id) if loaded else []
        return changelist

    @display(description=_("where"))
    def where(self, visual: VisualAttribute) -> str:
        if not visual.enabled:
            return ""
        return first_of([category.name for category in visual.categories.all()]) or gettext(
            "everywhere"
        )

    @display(description=_("values"))
    def values_named(self, visual: Any) -> str:
        return first_of([one.value.value for one in visual.looked_for])

    @display(description=_("of these, sometimes sure"))
    def sure(self, visual: Any) -> str:
        """What it may suggest at all, as the shop's own products have shown."""
        return first_of(visual.sure_of) or (gettext("none") if visual.enabled else "")

    @display(description=_("why"))
    def reason(self, visual: VisualAttribute) -> str:
        if visual.by_hand:
            return gettext("Decided by hand.")
        return stored_words.translated(visual.note) or gettext("As the products have it.")

    def save_model(
        self, request: HttpRequest, obj: VisualAttribute, form: forms.ModelForm, change: bool
    ) -> None:
        # What somebody decided stays, and how sure a reading must be is no decision on where.
        if not change or {"enabled", "categories"} & set(form.changed_data):
            obj.by_hand = True
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        vocabulary.decide([form.instance])
        vocabulary.complete()

    @admin.action(description=_("Learn from the catalogue anew"))
    def learn_from_catalogue(
        self, request: HttpRequest, attributes: QuerySet[VisualAttribute]
    ) -> None:
        count = len(attributes)
        vocabulary.reset(attributes.select_related("attribute"))
        message = ngettext(
            "%(count)d attribute is as the products have it.",
            "%(count)d attributes are as the products have them.",
            count,
        )
        self.message_user(request, message % {"count": count})


class VisualValueAdmin(ModelAdmin):
    """In which words a value is looked for, and where."""

    list_display = ["value_name", "attribute_name", "enabled", "words", "where", "products"]
    list_filter = ["enabled", ("attribute", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["value", "attribute__attribute"]
    search_fields = ["value__value", "wordings"]
    autocomplete_fields = ["attribute", "value", "categories"]
    fields = ["attribute", "value", "enabled", "wordings", "categories"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[VisualValue]:
        # Counted for the rows of the page alone.
        held: QuerySet[Any] = (
            Product.attributes.through.objects.filter(attributevalue=OuterRef("value"))
            .values("attributevalue")
            .annotate(n=Count("pk"))
        )
        return (
            super()
            .get_queryset(request)
            .prefetch_related("categories")
            .annotate(having=Subquery(held.values("n")))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["attribute", "value"] if obj else []

    @display(description=_("value"), ordering="value__value")
    def value_name(self, visual: VisualValue) -> str:
        return visual.value.value

    @display(description=_("attribute"), ordering="attribute__attribute__name")
    def attribute_name(self, visual: VisualValue) -> str:
        return visual.attribute.attribute.name

    @display(description=_("wordings"))
    def words(self, visual: VisualValue) -> str:
        return ", ".join(visual.wordings.split("\n")) or visual.value.value

    @display(description=_("where"))
    def where(self, visual: VisualValue) -> str:
        return first_of([category.name for category in visual.categories.all()])

    @display(description=_("products"))
    def products(self, visual: Any) -> int:
        return visual.having or 0
