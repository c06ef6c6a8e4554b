"""Beside a product, in the admin: what its pictures suggest, decided on when it is saved.

All suggestions of the shop have a page of their own (`search.enrichment.pages`).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import display
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminSelectWidget

from search.attributes.models import AttributeSuggestion
from search.attributes.suggestions import State
from search.enrichment import decisions, telling
from search.enrichment.decisions import Keys, Outcome, Suggestion
from shop.catalog.models import Category, Product
from shop.formats import number, percent


def _tell(request: HttpRequest, accepted: Outcome, rejected: Outcome) -> None:
    counts = {
        gettext("%(count)s accepted"): accepted.done,
        gettext("%(count)s rejected"): rejected.done,
        gettext("%(count)s superseded, for the products have the attribute by now"): accepted.late,
    }
    told = [what % {"count": number(count)} for what, count in counts.items() if count]
    if told:
        messages.success(request, gettext("Suggestions: %(told)s.") % {"told": ", ".join(told)})
    else:
        messages.warning(request, gettext("No suggestion was open any more."))


class DecisionForm(forms.ModelForm):
    """One suggestion, beside the product that it is for."""

    decision = forms.ChoiceField(
        choices=[("", _("Leave open")), ("accept", _("Accept")), ("reject", _("Reject"))],
        required=False,
        label=_("Decision"),
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = AttributeSuggestion
        fields = ()


class SuggestionFormSet(PaginationInlineFormSet):
    """Decides when the product is saved, after its own attributes are: those that it was given in
    the same form count."""

    asked: HttpRequest

    def save(self, commit: bool = True) -> list[Any]:
        # What the admin's history of the product would name.
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []
        chosen: dict[str, list[int]] = {"accept": [], "reject": []}
        for form in self.forms:
            decision = form.cleaned_data.get("decision")
            if decision:
                chosen[decision].append(form.instance.pk)
        if any(chosen.values()):
            by: Any = self.asked.user
            results = {"accept": Outcome(), "reject": Outcome()}
            for name, decide in (("accept", decisions.accept), ("reject", decisions.reject)):
                if chosen[name]:
                    _, results[name] = decide(keys=self.keys(chosen[name]), by=by)
            _tell(self.asked, results["accept"], results["reject"])
        return []

    def keys(self, chosen: list[int]) -> Keys:
        return Keys(attributes=chosen)


class SuggestionInline(TabularInline):
    """A product's open suggestions; not there where none is."""

    model: type[Model] = AttributeSuggestion
    form = DecisionForm
    formset = SuggestionFormSet
    verbose_name_plural = _("suggested by its pictures")
    related: tuple[str, ...] = ("value__attribute",)
    fields = ["value_named", "share", "known_from", "decision"]
    readonly_fields = ["value_named", "share", "known_from"]
    hide_title = True
    extra = 0
    max_num = 0
    can_delete = False

    @display(description=_("suggestion"))
    def value_named(self, suggestion: Suggestion) -> str:
        told = telling.tell(suggestion, self.way)
        return f"{told.label}: {told.value}"

    @display(description=_("sure"))
    def share(self, suggestion: Suggestion) -> str:
        return percent(min(suggestion.calibrated, telling.MOST_SURE))

    @display(description=_("known from"))
    def known_from(self, suggestion: Suggestion) -> str:
        told = telling.tell(suggestion, self.way)
        return f"{told.why} {told.made}."

    @property
    def way(self) -> dict[int, str]:
        """To each category; read once for a page."""
        if not hasattr(self, "_way"):
            rows = Category.objects.order_by("path").values_list("path", "pk", "name")
            self._way = telling.ways(list(rows))
        return self._way

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Not Django's own, which asks for permission without the product.
        rows = self.model._default_manager.select_related(*self.related).order_by("pk")
        # A page may be sent after its suggestions were decided elsewhere: that is no error.
        return rows if request.method == "POST" else rows.filter(_open())

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        return type("SuggestionFormSet", (formset,), {"asked": request})

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        if obj is None or not request.user.has_perm("catalog.change_product"):
            return False
        if request.method == "POST":  # as the page that was sent had it
            return f"{self.opts.get_field('product').remote_field.related_name}-TOTAL_FORMS" in (
                request.POST
            )
        return self.model._default_manager.filter(_open(), product=obj).exists()


def _open() -> Q:
    return Q(state=State.SUGGESTED)
