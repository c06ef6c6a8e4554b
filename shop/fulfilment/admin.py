"""Orders in the admin: a list to work through, and a page for each with what can be done."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe
from django_countries.fields import Country
from unfold.admin import ModelAdmin
from unfold.decorators import display

from shop.fulfilment import exporting, services
from shop.fulfilment.actions import ACTIONS, BY_NAME, Action
from shop.fulfilment.amounts import left_to_refund, line_total
from shop.fulfilment.filters import CountryFilter, GatewayFilter, PaidFilter
from shop.fulfilment.finding import find_orders
from shop.fulfilment.forms import ActionForm, ExportForm
from shop.fulfilment.packing import MOST, pick_list, picture_url, to_pack
from shop.money import formatted
from shop.orders.invoices.downloads import documents_of, pdf_response
from shop.orders.models import Order, OrderLine
from shop.orders.services import NotPossible
from shop.orders.states import IllegalTransition, State
from shop.payments.models import Payment
from shop.spreadsheets import csv_response
from shop.stock.models import Movement

COLOURS = {
    State.PLACED: "warning",
    State.PAID: "info",
    State.PACKED: "primary",
    State.SHIPPED: "success",
    State.RETURNED: "warning",
    State.CANCELLED: "danger",
    State.REFUNDED: "danger",
}
# What a merchant has to do with orders of a state, for the tiles above the list.
TO_DO = {
    State.PAID: gettext_lazy("to pack"),
    State.PACKED: gettext_lazy("to ship"),
    State.PLACED: gettext_lazy("waiting for payment"),
}


@admin.register(Order)
class OrderAdmin(ModelAdmin):
    """Nothing of an order is edited: it is acted upon."""

    list_display: list[Any] = [
        "number",
        "placed_at",
        "customer",
        "status",
        "amount",
        "units",
        "delivery_name",
        "goes_to",
    ]
    list_filter: list[Any] = [
        ("state", admin.ChoicesFieldListFilter),
        PaidFilter,
        ("placed_at", admin.DateFieldListFilter),
        CountryFilter,
        ("delivery_method", admin.RelatedFieldListFilter),
        GatewayFilter,
    ]
    list_filter_sheet = True
    search_fields = ["number"]  # what is searched says `finding`
    search_help_text = gettext_lazy("Number, e-mail, name, SKU or tracking number")
    date_hierarchy = "placed_at"
    ordering = ["-placed_at", "-pk"]
    list_per_page = 50
    list_fullwidth = True
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would count all orders
    list_before_template = "fulfilment/to_do.html"
    actions: list[Any] = ["pack", "ship", "print_packing_list", "export"]

    # --- Who may --------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Order | None = None) -> bool:
        return False

    def has_fulfil_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("fulfilment.fulfil_order")

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("fulfilment.export_orders")

    # --- The list -------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
        units = lines.annotate(sum=Sum("quantity")).values("sum")
        return super().get_queryset(request).annotate(unit_count=Subquery(units))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        return find_orders(queryset, search_term), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {**(extra_context or {}), "title": _("Orders"), "to_do": to_do()}
        )

    @display(description=gettext_lazy("customer"))
    def customer(self, order: Order) -> SafeString:
        name = order.shipping.get("name", "")
        return format_html('{}<br><span class="quiet">{}</span>', name, order.email)

    @display(description=gettext_lazy("state"), ordering="state", label=COLOURS)
    def status(self, order: Order) -> tuple[str, str]:
        return order.state, order.get_state_display()

    @display(description=gettext_lazy("total"), ordering="total")
    def amount(self, order: Order) -> SafeString | str:
        total = formatted(order.total, order.currency)
        if not order.refunded:
            return total
        refunded = formatted(order.refunded, order.currency)
        told = _("%(amount)s given back") % {"amount": refunded}
        return format_html('{}<br><span class="quiet">{}</span>', total, told)

    @display(description=gettext_lazy("units"))
    def units(self, order: Any) -> int:
        return order.unit_count or 0

    @display(description=gettext_lazy("to"), ordering="country")
    def goes_to(self, order: Order) -> str:
        return cast(Country, order.country).name

    # --- Actions on several ---------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Mark as packed"), permissions=["fulfil"])
    def pack(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        self._run_on_all(request, orders, services.pack_orders, _("Packed"))

    @admin.action(description=gettext_lazy("Ship without tracking"), permissions=["fulfil"])
    def ship(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        self._run_on_all(request, orders, services.ship_orders, _("Shipped"))

    @admin.action(description=gettext_lazy("Packing list"), permissions=["fulfil"])
    def print_packing_list(
        self, request: HttpRequest, orders: QuerySet[Order]
    ) -> HttpResponseRedirect | None:
        keys = list(orders.values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            message = _("Choose %(most)d orders at most.") % {"most": MOST}
            self.message_user(request, message, messages.ERROR)
            return None
        query = ",".join(map(str, keys))
        return redirect(f"{reverse('admin:fulfilment_packing_list')}?orders={query}")

    @admin.action(description=gettext_lazy("Export as CSV"), permissions=["export"])
    def export(self, request: HttpRequest, orders: QuerySet[Order]) -> HttpResponseBase:
        form = ExportForm(request.POST if "rows" in request.POST else None)
        if not form.is_valid():
            context = {
                **self.admin_site.each_context(request),
                "title": _("Export orders"),
                "opts": self.opts,
                "form": form,
                "count": orders.count(),
                "selected": request.POST.getlist("_selected_action"),
                "select_across": request.POST.get("select_across", "0"),
            }
            return render(request, "fulfilment/export.html", context)
        by_line = form.cleaned_data["rows"] == ExportForm.LINES
        return csv_response(
            name=f"{'order-lines' if by_line else 'orders'}-{localdate():%Y-%m-%d}",
            header=exporting.LINE_HEADER if by_line else exporting.ORDER_HEADER,
            rows=exporting.line_rows(orders) if by_line else exporting.order_rows(orders),
            for_excel=form.cleaned_data["for_excel"],
        )

    def _run_on_all(
        self, request: HttpRequest, orders: QuerySet[Order], do: Any, done: str
    ) -> None:
        found: services.Packed = do(
            order_ids=list(orders.values_list("pk", flat=True)), actor=request.user
        )
        for order in found.done:
            self.log_change(request, order, done)
        if found.done:
            count = len(found.done)
            message = ngettext("%(done)s: %(count)d order.", "%(done)s: %(count)d orders.", count)
            self.message_user(request, message % {"done": done, "count": count}, messages.SUCCESS)
        if found.left_out:
            listed = " ".join(f"{number}: {why}" for number, why in found.left_out[:10])
            count = len(found.left_out)
            told = ngettext("%(count)d was left out.", "%(count)d were left out.", count)
            message = f"{told % {'count': count}} {listed}"
            self.message_user(request, message, messages.WARNING)

    # --- The page of one ------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "packing-list/",
                view(self.packing_list_view),
                name="fulfilment_packing_list",
            ),
            path(
                "<int:order_id>/do/<slug:name>/",
                view(require_POST(self.action_view)),
                name="fulfilment_action",
            ),
            path(
                "<int:order_id>/documents/<int:document_id>/",
                view(require_safe(self.document_view)),
                name="fulfilment_document",
            ),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST":
            raise PermissionDenied
        order = self._order_in_full(request, object_id)
        return self._page(request, order)

    def action_view(self, request: HttpRequest, order_id: int, name: str) -> HttpResponse:
        """Do one thing with an order. What is wrong is said beside the field, on the same page."""
        action = BY_NAME.get(name)
        if action is None:
            raise Http404
        order = self._order_in_full(request, order_id)
        if not request.user.has_perm(action.permission):
            raise PermissionDenied
        form = action.form(request.POST, order=order, prefix=action.name)
        page = reverse("admin:orders_order_change", args=[order.pk])
        if not action.is_offered(order):
            # Another tab was faster: the form is of a page that is no longer true.
            message = _(
                "The order is “%(state)s” by now, so that “%(action)s” is not possible. "
                "Nothing was done."
            ) % {"state": order.get_state_display(), "action": action.label}
            self.message_user(request, message, messages.ERROR)
            return redirect(page)
        if not form.is_valid():
            return self._page(request, order, refused=(action, form))
        try:
            with transaction.atomic():
                done = action.run(order, form, request.user)  # type: ignore[arg-type]
                self.log_change(request, order, str(action.label))
        except (IllegalTransition, NotPossible) as problem:
            self.message_user(request, str(problem), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
        return redirect(page)

    def _order_in_full(self, request: HttpRequest, order_id: Any) -> Order:
        if not self.has_view_permission(request):
            raise PermissionDenied
        orders = Order.objects.select_related("user").prefetch_related("lines", "events__actor")
        try:
            return orders.get(pk=order_id)
        except (Order.DoesNotExist, ValueError) as error:
            raise Http404 from error

    def _page(
        self,
        request: HttpRequest,
        order: Order,
        refused: tuple[Action, ActionForm] | None = None,
    ) -> HttpResponse:
        seen = services.version_of(order)
        offered = []
        for action in ACTIONS:
            if action.is_for(order, request.user):
                form = action.form(order=order, prefix=action.name, initial={"seen": seen})
                is_open = refused is not None and refused[0] is action
                if refused is not None and is_open:
                    form = refused[1]
                if not request.user.has_perm("fulfilment.refund_order"):
                    form.fields.pop("refund", None)
                offered.append(
                    {
                        "action": action,
                        "form": form,
                        "is_open": is_open,
                        "tells": action.tells(order),
                    }
                )
        payments = Payment.objects.filter(order=order).order_by("pk")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Order %(number)s") % {"number": order.number},
            "opts": self.opts,
            "order": order,
            "state_colour": COLOURS[State(order.state)],
            "lines": [
                {
                    "line": line,
                    "picture": picture_url(line),
                    "total": line_total(order, line),
                    "left": line.quantity - line.returned,
                }
                for line in order.lines.all()
            ],
            "documents": documents_of(order),
            "left": left_to_refund(order),
            "offered": offered,
            "payments": payments.prefetch_related("refunds__actor"),
            "movements": Movement.objects.filter(reference=order.number)
            .select_related("actor")
            .order_by("pk"),
            "events": sorted(order.events.all(), key=lambda event: -event.pk),
            "media": self.media,
        }
        status = 200 if refused is None else 422
        return render(request, "fulfilment/order.html", context, status=status)

    def document_view(self, request: HttpRequest, order_id: int, document_id: int) -> HttpResponse:
        """The invoice of an order, or its credit note, as the shopper has it."""
        order = self._order_in_full(request, order_id)
        return pdf_response(get_object_or_404(documents_of(order), pk=document_id))

    def packing_list_view(self, request: HttpRequest) -> HttpResponse:
        """One page to print: what to fetch for all orders, and what goes into each parcel."""
        if not (self.has_view_permission(request) and self.has_fulfil_permission(request)):
            raise PermissionDenied
        given = request.GET.get("orders", "").split(",")[:MOST]
        keys = [int(key) for key in given if key.isascii() and key.isdigit() and len(key) < 19]
        found = Order.objects.filter(pk__in=keys).prefetch_related("lines")
        orders = sorted(found, key=lambda order: keys.index(order.pk))
        context = {
            "orders": [
                {
                    "order": order,
                    "lines": [
                        {"line": line, "quantity": quantity, "picture": picture_url(line)}
                        for line, quantity in to_pack(order)
                    ],
                    "is_sent": order.state not in services.TO_BE_SENT,
                }
                for order in orders
            ],
            "picked": [
                {"picked": one, "picture": picture_url(one.line)} for one in pick_list(orders)
            ],
        }
        return render(request, "fulfilment/packing_list.html", context)


def to_do() -> list[dict[str, Any]]:
    """How many orders wait for what, in one question."""
    counts = Order.objects.filter(state__in=TO_DO).aggregate(
        **{state.value: Count("state", filter=Q(state=state)) for state in TO_DO}
    )
    return [
        {"state": state.value, "label": label, "count": counts[state.value]}
        for state, label in TO_DO.items()
    ]
