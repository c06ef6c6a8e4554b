"""Beside a product, in the admin: what would complete it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from search.attributes import admin_suggestions as attributes
from search.enrichment.decisions import Keys
from search.models import ProductSuggestion


class CompletionFormSet(attributes.SuggestionFormSet):
    """As for attributes, for what has another table."""

    def keys(self, chosen: list[int]) -> Keys:
        return Keys(completions=chosen)


class CompletionInline(attributes.SuggestionInline):
    """A product's open suggestions of a category, colours and descriptions of pictures."""

    model = ProductSuggestion
    formset = CompletionFormSet
    verbose_name_plural = _("suggested for this product")
    related = ("category", "value__attribute", "image")
