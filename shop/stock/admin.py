"""Stock in the admin: what moved, what is held, and a page to count on."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from shop.catalog.admin import thumbnail_of
from shop.catalog.models import Category, ProductImage, Variant
from shop.stock.counting import Count, put_aside, save_counts
from shop.stock.models import Movement, Reservation

LOW = 5  # "low" where the page says nothing else
MOST = 2**31 - 1  # what the column holds


class ReadOnlyAdmin(ModelAdmin):
    """Rows that only services write."""

    list_fullwidth = True
    list_per_page = 100
    list_display_links = None
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would count the whole ledger

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Movement)
class MovementAdmin(ReadOnlyAdmin):
    list_display: list[Any] = [
        "created_at",
        "sku",
        "change",
        "stock",
        "reason",
        "reference",
        "note",
        "actor",
    ]
    list_filter: list[Any] = ["reason", ("created_at", admin.DateFieldListFilter)]
    list_select_related = ["actor"]
    search_fields = ["sku__istartswith", "=reference"]
    search_help_text = gettext_lazy("SKU, or the number of an order")
    ordering = ["-pk"]

    @display(description=gettext_lazy("change"), ordering="delta")
    def change(self, movement: Movement) -> str:
        return f"{movement.delta:+d}".replace("-", "−")

    # --- Counting -------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.count_view)
        return [path("count/", view, name="stock_count"), *super().get_urls()]

    def has_count_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("stock.add_movement")

    def count_view(self, request: HttpRequest) -> HttpResponse:
        """A list of variants whose stock can be typed in."""
        if not self.has_count_permission(request):
            raise PermissionDenied
        wanted = WantedForm(request.GET or None)
        wanted.is_valid()
        page = Paginator(wanted.variants(), 50).get_page(request.GET.get("p"))
        form = CountForm(request.POST or None, variants=list(page))
        if request.method == "POST" and form.is_valid():
            changed = save_counts(
                counts=form.counts(),
                actor=cast(User, request.user),
                note=form.cleaned_data["note"],
            )
            saved = len(form.counts()) - len(changed)
            if saved:
                message = ngettext(
                    "%(count)d count was saved.", "%(count)d counts were saved.", saved
                )
                self.message_user(request, message % {"count": saved}, messages.SUCCESS)
            elif not changed:
                self.message_user(request, _("Nothing was changed."), messages.INFO)
            if not changed:
                return redirect(request.get_full_path())
            form = form.asked_again(changed)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Count stock"),
            "opts": self.opts,
            "wanted": wanted,
            "form": form,
            "page": page,
            "rows": self._rows(page, form),
            "query": request.GET.copy(),
        }
        return render(request, "stock/count.html", context)

    def _rows(self, page: Page, form: CountForm) -> list[dict[str, Any]]:
        aside = put_aside([variant.pk for variant in page])
        return [
            {
                "variant": variant,
                "picture": _picture_of(variant),
                "options": ", ".join(one.value for one in variant.options.all()),
                "aside": aside.get(variant.pk, 0),
                "on_shelf": variant.stock + aside.get(variant.pk, 0),
                "shown": form[f"shown_{variant.pk}"],
                "field": form[f"count_{variant.pk}"],
                "is_low": variant.stock <= LOW,
            }
            for variant in page
        ]


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    list_display: list[Any] = ["created_at", "sku", "product", "quantity", "reference"]
    list_select_related = ["variant__product"]
    search_fields = ["variant__sku__istartswith", "=reference"]
    search_help_text = gettext_lazy("SKU, or the number of an order")

    @display(description=gettext_lazy("SKU"), ordering="variant__sku")
    def sku(self, reservation: Reservation) -> str:
        return reservation.variant.sku

    @display(description=gettext_lazy("product"), ordering="variant__product__title")
    def product(self, reservation: Reservation) -> str:
        return reservation.variant.product.title


class WantedForm(forms.Form):
    """Which variants are to be counted."""

    q = forms.CharField(
        label=gettext_lazy("SKU or title"),
        required=False,
        max_length=100,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "search"}),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), required=False, widget=UnfoldAdminSelectWidget
    )
    at_most = forms.IntegerField(
        label=gettext_lazy("No more than"),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=UnfoldAdminIntegerFieldWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._categories = {one.slug: one for one in Category.objects.in_order()}
        named = [
            (slug, "\N{EM SPACE}" * (one.depth - 1) + one.name)
            for slug, one in self._categories.items()
        ]
        self.fields["category"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]

    def variants(self) -> QuerySet[Variant]:
        """In an order that selling does not change, so that pages stay as they are."""
        wanted = self.cleaned_data if self.is_bound else {}
        found = Variant.objects.order_by("product__title", "product_id", "position", "pk")
        if words := wanted.get("q"):
            found = found.filter(Q(sku__icontains=words) | Q(product__title__icontains=words))
        if category := self._categories.get(wanted.get("category") or ""):
            found = found.filter(product__category__path__startswith=category.path)
        if wanted.get("at_most") is not None:
            found = found.filter(stock__lte=wanted["at_most"])
        images = Prefetch("product__images", ProductImage.objects.order_by("position", "pk"))
        return found.select_related("product", "image").prefetch_related(images, "options")


class CountForm(forms.Form):
    """A field for each variant, beside what the page shows of it."""

    note = forms.CharField(
        label=gettext_lazy("Note (optional)"),
        required=False,
        max_length=200,
        widget=UnfoldAdminTextInputWidget(
            attrs={"placeholder": gettext_lazy("For instance: inventory of spring")}
        ),
    )

    def __init__(self, data: Any = None, *, variants: list[Variant]) -> None:
        super().__init__(data)
        self._variants = variants
        # A row of the page may have left it meanwhile, as another's stock rises above the bound.
        given = {name.removeprefix("count_") for name in self.data if name.startswith("count_")}
        keys = {str(one.pk): one.stock for one in variants}
        keys |= {key: 0 for key in given - keys.keys() if key.isascii() and key.isdigit()}
        for key, stock in keys.items():
            self.fields[f"shown_{key}"] = forms.IntegerField(
                initial=stock, widget=forms.HiddenInput, min_value=0, max_value=MOST
            )
            self.fields[f"count_{key}"] = forms.IntegerField(
                initial=stock,
                min_value=0,
                max_value=MOST,
                widget=UnfoldAdminIntegerFieldWidget(attrs={"inputmode": "numeric"}),
                error_messages={
                    "required": gettext_lazy("Enter a number; 0 for none."),
                    "invalid": gettext_lazy("Enter a whole number."),
                    "min_value": gettext_lazy("There cannot be fewer than none."),
                },
            )

    def counts(self) -> list[Count]:
        """Those that were typed in. Only after `is_valid()`."""
        found = []
        for name, counted in self.cleaned_data.items():
            key = name.removeprefix("count_")
            shown = self.cleaned_data.get(f"shown_{key}")
            if name.startswith("count_") and shown is not None and counted != shown:
                found.append(Count(int(key), shown, counted))
        return found

    def asked_again(self, changed: dict[int, int]) -> CountForm:
        """The form anew, saying what became of those; what was typed for them stays."""
        data = dict(self.data.items())
        for one in self._variants:
            if one.pk not in changed:
                one.refresh_from_db(fields=["stock"])
                data[f"shown_{one.pk}"] = data[f"count_{one.pk}"] = one.stock
        for pk, stock in changed.items():
            data[f"shown_{pk}"] = stock
        form = CountForm(data, variants=self._variants)
        form.is_valid()
        for pk, stock in changed.items():
            message = _("It changed meanwhile and is %(stock)d now. Is your count still right?")
            form.add_error(f"count_{pk}", message % {"stock": stock})
        return form


def _picture_of(variant: Variant) -> SafeString:
    images = variant.product.images.all()
    return thumbnail_of(variant.image or next(iter(images), None))
