"""Sale prices in the admin: one by one, or many at once from lists of products and categories."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from shop.catalog.admin import CategoryAdmin, ProductAdmin
from shop.catalog.models import Category, Product
from shop.catalog.templatetags.catalog_pictures import money
from shop.celery import dispatch
from shop.pricing import tasks
from shop.pricing.admin_forms import PlanForm, SalePriceForm, plan_form
from shop.pricing.models import SalePrice
from shop.pricing.services import end_now, plan_sale, preview_sale
from shop.store.current import current_store

SHOWN = 200  # rows of a preview; the counts are of all


@admin.register(SalePrice)
class SalePriceAdmin(ModelAdmin):
    form = SalePriceForm
    list_display: list[Any] = [
        "sku",
        "product",
        "sale",
        "regular",
        "starts_at",
        "ends_at",
        "states",
    ]
    list_filter: list[Any] = ["state", "starts_at"]
    list_select_related = ["variant__product"]
    search_fields = ["variant__sku", "variant__product__title"]
    search_help_text = _("SKU or title")
    date_hierarchy = "starts_at"
    actions: list[Any] = ["end_sales"]
    actions_list = ["plan_many"]

    def get_fields(self, request: HttpRequest, obj: SalePrice | None = None) -> list[Any]:
        first = ["sku"] if obj is None else ["variant", "states"]
        return [*first, "price", "starts_at", "ends_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: SalePrice | None = None) -> list[Any]:
        """What has happened stays: of a sale that runs only the end may change."""
        if obj is None:
            return []
        fixed = ["variant", "states"]
        if obj.state != SalePrice.State.SCHEDULED:
            fixed += ["price", "starts_at"]
        if obj.state == SalePrice.State.ENDED:
            fixed.append("ends_at")
        return fixed

    def has_delete_permission(self, request: HttpRequest, obj: SalePrice | None = None) -> bool:
        # One that runs would leave its price behind: it is ended instead.
        if obj is not None and obj.state == SalePrice.State.RUNNING:
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(
        self, request: HttpRequest, obj: SalePrice, form: SalePriceForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        dispatch(tasks.apply_sales)

    @display(description=_("SKU"), ordering="variant__sku")
    def sku(self, sale: SalePrice) -> str:
        return sale.variant.sku

    @display(description=_("product"), ordering="variant__product__title")
    def product(self, sale: SalePrice) -> str:
        return sale.variant.product.title

    @display(description=_("sale price"), ordering="price")
    def sale(self, sale: SalePrice) -> str:
        return money(sale.price)

    @display(description=_("regular price"))
    def regular(self, sale: SalePrice) -> str:
        variant = sale.variant
        on_sale = sale.state == SalePrice.State.RUNNING and sale.applied
        return money((variant.compare_at_price if on_sale else None) or variant.price)

    @display(
        description=_("state"),
        ordering="state",
        label={SalePrice.State.RUNNING: "success", SalePrice.State.SCHEDULED: "info"},
    )
    def states(self, sale: SalePrice) -> tuple[str, str]:
        return sale.state, sale.get_state_display()

    @admin.action(description=_("End now"), permissions=["change"])
    def end_sales(self, request: HttpRequest, sales: QuerySet[SalePrice]) -> None:
        chosen = SalePrice.objects.filter(pk__in=sales.values_list("pk", flat=True))
        open_sales = list(chosen.exclude(state=SalePrice.State.ENDED))
        count = end_now(sales=chosen)
        if open_sales:
            LogEntry.objects.log_actions(
                request.user.pk,  # type: ignore[arg-type]
                open_sales,
                CHANGE,
                change_message=gettext("Ended by hand."),
            )
        message = ngettext("%(count)s sale ended.", "%(count)s sales ended.", count)
        self.message_user(request, message % {"count": count})

    # --- Many at once ---------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        plan = path("plan/", self.admin_site.admin_view(self.plan), name="pricing_saleprice_plan")
        return [plan, *super().get_urls()]

    @action(description=_("Put a category on sale"), url_path="plan-many")
    def plan_many(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:pricing_saleprice_plan"))

    def plan(self, request: HttpRequest) -> HttpResponse:
        """First what each price would become, then it is scheduled."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.plan_page(request, plan_form())
        form = PlanForm(request.POST)
        if not form.is_valid():
            return self.plan_page(request, form)
        currency = current_store().currency
        if "apply" not in request.POST:
            rows = preview_sale(variants=form.variants(), plan=form.plan(), currency=currency)
            return self.plan_page(request, form, rows=rows)
        sales = plan_sale(
            variants=form.variants(),
            plan=form.plan(),
            currency=currency,
            actor=request.user,  # type: ignore[arg-type]
        )
        dispatch(tasks.apply_sales)
        message = ngettext(
            "%(count)s sale price was planned.", "%(count)s sale prices were planned.", len(sales)
        )
        self.message_user(request, message % {"count": len(sales)}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:pricing_saleprice_changelist"))

    def plan_page(self, request: HttpRequest, form: PlanForm, rows: Any = None) -> HttpResponse:
        priced = [row for row in rows or () if row.price is not None]
        return TemplateResponse(
            request,
            "pricing/admin_plan.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Put on sale"),
                "opts": self.opts,
                "form": form,
                "rows": rows and rows[:SHOWN],
                "hidden": max(0, len(rows or ()) - SHOWN),
                "previewed": rows is not None,
                "count": len(priced),
                "left_out": len(rows or ()) - len(priced),
            },
        )


def _plan_page(request: HttpRequest, form: PlanForm) -> HttpResponse:
    sales = admin.site.get_model_admin(SalePrice)
    if not sales.has_add_permission(request):
        raise PermissionDenied
    return sales.plan_page(request, form)  # type: ignore[attr-defined]


@admin.action(description=_("Put on sale …"))
def put_products_on_sale(
    modeladmin: Any, request: HttpRequest, products: QuerySet[Product]
) -> HttpResponse:
    ids = products.order_by("pk").values_list("pk", flat=True)
    return _plan_page(request, plan_form(products=ids))


@admin.action(description=_("Put on sale …"))
def put_categories_on_sale(
    modeladmin: Any, request: HttpRequest, categories: QuerySet[Category]
) -> HttpResponse:
    ids = categories.order_by("pk").values_list("pk", flat=True)
    return _plan_page(request, plan_form(categories=ids))


ProductAdmin.actions.append(put_products_on_sale)
CategoryAdmin.actions.append(put_categories_on_sale)
