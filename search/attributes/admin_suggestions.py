"""In the admin: suggestions, decided on in a list, all above a confidence, or beside a product."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget

from search.attributes import suggestions
from search.attributes.models import AttributeSuggestion
from search.attributes.suggestions import Decided, State
from shop.catalog.admin import thumbnail_of
from shop.catalog.models import Attribute, Product, ProductImage
from shop.formats import number, percent

# Accepted in one request, in some seconds; the rest is for the next one.
ACCEPTED_AT_MOST = 2_000


class AcceptAboveForm(forms.Form):
    """Which suggestions are accepted at once."""

    attribute = forms.ModelChoiceField(
        Attribute.objects.filter(visual__enabled=True),
        required=False,
        label=_("Attribute"),
        empty_label=_("All attributes"),
        widget=UnfoldAdminSelectWidget,
    )
    confidence = forms.FloatField(
        min_value=0,
        max_value=1,
        initial=0.9,
        label=_("Confidence"),
        widget=UnfoldAdminDecimalFieldWidget(attrs={"step": "0.01"}),
        help_text=_("From 0 to 1. Of suggestions with .9, about nine in ten are right."),
    )

    def suggestions(self) -> QuerySet[AttributeSuggestion]:
        """Those that it names, surest first."""
        attribute = self.cleaned_data["attribute"]
        return suggestions.open_suggestions(
            attribute.pk if attribute else None, self.cleaned_data["confidence"]
        )


class AttributeSuggestionAdmin(ModelAdmin):
    """What the pictures of products seem to show; decided on by accepting or rejecting."""

    list_display = ["thumbnail", "titled", "value", "share", "source", "made_by", "state_shown"]
    list_filter = ["state", ("attribute", admin.RelatedOnlyFieldListFilter), "source"]
    list_select_related = ["product", "value__attribute"]
    list_display_links = None
    list_per_page = 50
    search_fields = ["product__title", "value__value"]
    ordering = ["-confidence", "pk"]
    show_full_result_count = False
    actions = ["accept", "reject"]
    actions_list = ["accept_above"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttributeSuggestion]:
        pictures = ProductImage.objects.order_by("position", "pk")
        return super().get_queryset(request).prefetch_related(Prefetch("product__images", pictures))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is open, where nobody asked for something else."""
        if not request.GET and request.method == "GET":
            return HttpResponseRedirect(f"{request.path}?state__exact={State.SUGGESTED}")
        return super().changelist_view(request, extra_context)

    @display(description="")
    def thumbnail(self, suggestion: AttributeSuggestion) -> SafeString:
        return thumbnail_of(next(iter(suggestion.product.images.all()), None))

    @display(description=_("product"), ordering="product__title")
    def titled(self, suggestion: AttributeSuggestion) -> SafeString:
        address = reverse("admin:catalog_product_change", args=[suggestion.product_id])
        return format_html('<a href="{}">{}</a>', address, suggestion.product.title)

    @display(description=_("confidence"), ordering="confidence")
    def share(self, suggestion: AttributeSuggestion) -> str:
        return percent(suggestion.confidence)

    @display(description=_("by"))
    def made_by(self, suggestion: AttributeSuggestion) -> str:
        return made_by(suggestion)

    @display(
        description=_("state"),
        ordering="state",
        label={
            State.SUGGESTED: "info",
            State.ACCEPTED: "success",
            State.REJECTED: "danger",
            State.SUPERSEDED: "warning",
        },
    )
    def state_shown(self, suggestion: AttributeSuggestion) -> tuple[str, str]:
        return suggestion.state, str(State(suggestion.state).label)

    @admin.action(description=_("Accept"), permissions=["change"])
    def accept(self, request: HttpRequest, chosen: QuerySet[AttributeSuggestion]) -> None:
        keys = chosen.order_by("pk").values_list("pk", flat=True)
        _tell(request, suggestions.accept(suggestions=keys, by=request.user))  # type: ignore[arg-type]

    @admin.action(description=_("Reject"), permissions=["change"])
    def reject(self, request: HttpRequest, chosen: QuerySet[AttributeSuggestion]) -> None:
        keys = chosen.order_by("pk").values_list("pk", flat=True)
        _tell(request, suggestions.reject(suggestions=keys, by=request.user))  # type: ignore[arg-type]

    @action(description=_("Accept above a confidence"), url_path="accept-above")
    def accept_above(self, request: HttpRequest) -> HttpResponse:
        """Says how many there would be, then accepts them."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET or None
        form = AcceptAboveForm(asked)
        counts: list[tuple[str, int]] = []
        if form.is_valid():
            if request.method == "POST":
                keys = form.suggestions().values_list("pk", flat=True)[:ACCEPTED_AT_MOST]
                _tell(request, suggestions.accept(suggestions=keys, by=request.user))  # type: ignore[arg-type]
                return HttpResponseRedirect(reverse("admin:search_attributesuggestion_changelist"))
            counted = form.suggestions().order_by().values_list(
                "value__attribute__name", "value__value"
            ).annotate(n=Count("pk"))  # fmt: skip
            counts = [(f"{name}: {value}", n) for name, value, n in counted.order_by("-n")]
        total = sum(n for _, n in counts)
        return TemplateResponse(
            request,
            "search/admin_accept_above.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.model._meta,
                "title": gettext("Accept above a confidence"),
                "form": form,
                "counted": form.is_bound and form.is_valid(),
                "counts": counts[:20],
                "total": total,
                "now": min(total, ACCEPTED_AT_MOST),
            },
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who decides changes products. No suggestion has a page of its own."""
        return obj is None and request.user.has_perm("catalog.change_product")


def made_by(suggestion: AttributeSuggestion) -> str:
    told = gettext("%(model)s, reader %(version)d")
    return told % {"model": suggestion.model_name, "version": suggestion.version}


def _tell(request: HttpRequest, decided: Decided) -> None:
    counts = {
        gettext("%(count)s accepted"): decided.accepted,
        gettext("%(count)s rejected"): decided.rejected,
        gettext(
            "%(count)s superseded, for the products have the attribute by now"
        ): decided.superseded,
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
            by = self.asked.user
            accepted = suggestions.accept(suggestions=chosen["accept"], by=by)  # type: ignore[arg-type]
            rejected = suggestions.reject(suggestions=chosen["reject"], by=by)  # type: ignore[arg-type]
            _tell(self.asked, accepted + rejected)
        return []


class SuggestionInline(TabularInline):
    """A product's open suggestions; not there where none is."""

    model = AttributeSuggestion
    form = DecisionForm
    formset = SuggestionFormSet
    verbose_name_plural = _("suggested by its pictures")
    fields = ["value_named", "share", "source", "made_by", "decision"]
    readonly_fields = ["value_named", "share", "source", "made_by"]
    hide_title = True
    extra = 0
    max_num = 0
    can_delete = False

    @display(description=_("attribute"))
    def value_named(self, suggestion: AttributeSuggestion) -> str:
        return str(suggestion.value)

    @display(description=_("confidence"))
    def share(self, suggestion: AttributeSuggestion) -> str:
        return percent(suggestion.confidence)

    @display(description=_("by"))
    def made_by(self, suggestion: AttributeSuggestion) -> str:
        return made_by(suggestion)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttributeSuggestion]:
        # Not Django's own, which asks for permission without the product.
        rows = AttributeSuggestion.objects.select_related("value__attribute").order_by("pk")
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
        return AttributeSuggestion.objects.filter(_open(), product=obj).exists()


def _open() -> Q:
    return Q(state=State.SUGGESTED)
