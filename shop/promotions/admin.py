"""Vouchers in the admin: one by one, or many at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextInputWidget,
)

from shop.catalog.templatetags.catalog_pictures import money
from shop.promotions.generating import MOST, generate_vouchers
from shop.promotions.models import Voucher, VoucherUse, normalized
from shop.spreadsheets import Cell, csv_response

CODE = r"^[A-Z0-9_-]+$"

CSV_HEADER = [
    "code",
    "kind",
    "value",
    "minimum",
    "starts_at",
    "ends_at",
    "limit",
    "limit_per_customer",
    "active",
    "uses",
]


def _uses() -> Coalesce:
    uses = VoucherUse.objects.filter(voucher=OuterRef("pk")).order_by().values("voucher")
    return Coalesce(Subquery(uses.annotate(number=Count("pk")).values("number")), 0)


class VoucherForm(forms.ModelForm):
    class Meta:
        model = Voucher
        fields = (
            "code",
            "kind",
            "value",
            "minimum",
            "starts_at",
            "ends_at",
            "limit",
            "limit_per_customer",
            "active",
        )

    def clean_code(self) -> str:
        return _clean_code(self.cleaned_data["code"])


def _clean_code(given: str) -> str:
    code = normalized(given)
    if not re.match(CODE, code):
        raise forms.ValidationError(
            _("Write the code with the letters A to Z, digits, - and _ only.")
        )
    return code


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "now"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("running", _("Can be used")),
            ("later", _("Not yet valid")),
            ("over", _("Expired")),
            ("used-up", _("Used up")),
            ("off", _("Switched off")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        at, value = now(), self.value()
        later, over = Q(starts_at__gt=at), Q(ends_at__lte=at)
        used_up = Q(limit__isnull=False, use_count__gte=F("limit"))
        on = queryset.filter(active=True)
        if value == "running":
            return on.exclude(later).exclude(over).exclude(used_up)
        if value == "later":
            return on.filter(later)
        if value == "over":
            return on.filter(over)
        if value == "used-up":
            return on.filter(used_up)
        return queryset.filter(active=False) if value == "off" else queryset


class VoucherUseInline(TabularInline):
    model = VoucherUse
    fields = ["reference", "customer", "created_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    per_page = 20
    verbose_name_plural = gettext_lazy("uses")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Voucher)
class VoucherAdmin(ModelAdmin):
    form = VoucherForm
    inlines = [VoucherUseInline]
    list_display: list[Any] = ["code", "takes_off", "least", "valid", "used", "state"]
    list_filter: list[Any] = [StateFilter, ("kind", admin.ChoicesFieldListFilter)]
    list_filter_sheet = True
    list_fullwidth = True
    search_fields = ["code"]
    actions: list[Any] = ["export", "switch_off"]
    actions_list = ["generate"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    fieldsets = [
        (None, {"fields": ["code", ("kind", "value"), "active"]}),
        (
            gettext_lazy("When it may be used"),
            {"fields": ["starts_at", "ends_at", "minimum", ("limit", "limit_per_customer")]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Voucher]:
        return super().get_queryset(request).annotate(use_count=_uses())

    # --- Columns --------------------------------------------------------------------------------

    @display(description=gettext_lazy("takes off"))
    def takes_off(self, voucher: Voucher) -> str:
        if voucher.kind == Voucher.Kind.PERCENT:
            return f"{voucher.value.normalize():f} %"
        if voucher.kind == Voucher.Kind.FIXED:
            return money(voucher.value)
        return str(Voucher.Kind.DELIVERY.label)

    @display(description=gettext_lazy("from a total of"), ordering="minimum")
    def least(self, voucher: Voucher) -> str:
        return money(voucher.minimum) if voucher.minimum else "—"

    @display(description=gettext_lazy("valid"), ordering="ends_at")
    def valid(self, voucher: Voucher) -> str:
        ends = [
            date_format(localtime(one), "SHORT_DATE_FORMAT") if one else ""
            for one in (voucher.starts_at, voucher.ends_at)
        ]
        return f"{ends[0]} – {ends[1]}" if any(ends) else _("always")

    @display(description=gettext_lazy("uses"), ordering="use_count")
    def used(self, voucher: Any) -> str:
        if voucher.limit is None:
            return str(voucher.use_count)
        return _("%(uses)d of %(limit)d") % {"uses": voucher.use_count, "limit": voucher.limit}

    @display(
        description=gettext_lazy("now"),
        label={"running": "success", "later": "info", "over": "danger", "used-up": "warning"},
    )
    def state(self, voucher: Any) -> tuple[str, str]:
        at = now()
        if not voucher.active:
            return "off", _("Switched off")
        if voucher.starts_at is not None and at < voucher.starts_at:
            return "later", _("Not yet valid")
        if voucher.ends_at is not None and at >= voucher.ends_at:
            return "over", _("Expired")
        if voucher.limit is not None and voucher.use_count >= voucher.limit:
            return "used-up", _("Used up")
        return "running", _("Can be used")

    # --- Actions --------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Export as CSV"), permissions=["view"])
    def export(self, request: HttpRequest, vouchers: QuerySet[Any]) -> HttpResponseBase:
        def rows() -> Iterator[list[Cell]]:
            for one in vouchers.iterator(chunk_size=1000):
                yield [
                    one.code,
                    one.kind,
                    one.value,
                    one.minimum,
                    one.starts_at,
                    one.ends_at,
                    one.limit,
                    one.limit_per_customer,
                    "yes" if one.active else "no",
                    one.use_count,
                ]

        name = f"vouchers-{localdate():%Y-%m-%d}"
        return csv_response(name=name, header=CSV_HEADER, rows=rows())

    @admin.action(description=gettext_lazy("Switch off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, vouchers: QuerySet[Voucher]) -> None:
        chosen = list(vouchers.filter(active=True))
        Voucher.objects.filter(pk__in=[one.pk for one in chosen]).update(active=False)
        self.log_changes(request, chosen, _("Switched off"))
        message = _("%(count)d vouchers are switched off.") % {"count": len(chosen)}
        self.message_user(request, message, messages.SUCCESS)

    def log_changes(self, request: HttpRequest, vouchers: list[Voucher], what: str) -> None:
        for one in vouchers:
            self.log_change(request, one, what)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.generate_view)
        return [path("generate/", view, name="promotions_generate"), *super().get_urls()]

    @action(description=gettext_lazy("Make many at once"), permissions=["add"], icon="auto_awesome")
    def generate(self, request: HttpRequest) -> HttpResponseRedirect:
        return redirect("admin:promotions_generate")

    def generate_view(self, request: HttpRequest) -> HttpResponse:
        """Ask how many vouchers of which kind, and make them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = GenerateForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            prefix = form.cleaned_data["beginning"]
            made = generate_vouchers(
                prefix=prefix, number=form.cleaned_data["number"], values=form.values()
            )
            for one in made:
                self.log_addition(request, one, _("Made with others"))
            message = _("%(count)d vouchers are made.") % {"count": len(made)}
            self.message_user(request, message, messages.SUCCESS)
            page = reverse("admin:promotions_voucher_changelist")
            return redirect(f"{page}?q={prefix}" if prefix else page)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Make many vouchers at once"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        return render(request, "promotions/generate.html", context)


class GenerateForm(forms.ModelForm):
    """What many vouchers have in common."""

    beginning = forms.CharField(
        label=gettext_lazy("Codes begin with"),
        max_length=30,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("For instance SPRING for codes like SPRING-7K3F9QXM."),
    )
    number = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=MOST,
        initial=100,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    limit = forms.IntegerField(
        label=gettext_lazy("Uses of each code"),
        required=False,
        min_value=1,
        initial=1,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=gettext_lazy("Empty: any number."),
    )

    class Meta:
        model = Voucher
        fields = ("kind", "value", "minimum", "starts_at", "ends_at", "limit", "limit_per_customer")
        widgets = {
            "kind": UnfoldAdminSelectWidget,
            "value": UnfoldAdminDecimalFieldWidget,
            "minimum": UnfoldAdminDecimalFieldWidget,
            "limit_per_customer": UnfoldAdminIntegerFieldWidget,
        }
        field_classes = {
            "starts_at": forms.SplitDateTimeField,
            "ends_at": forms.SplitDateTimeField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            self.fields[name].widget = UnfoldAdminSplitDateTimeWidget()
        self.order_fields(["beginning", "number", "kind", "value"])

    def clean_beginning(self) -> str:
        beginning = self.cleaned_data["beginning"]
        return _clean_code(beginning) if beginning.strip() else ""

    def values(self) -> dict[str, Any]:
        """What goes into each voucher. Only after `is_valid()`."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
