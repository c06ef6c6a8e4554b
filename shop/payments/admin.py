"""Payments, refunds and what gateways told, to look at. Orders are where refunds are made."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from shop.celery import dispatch
from shop.money import formatted
from shop.orders.services import NotPossible
from shop.payments import refunds
from shop.payments.models import GatewayEvent, Payment, Refund
from shop.payments.tasks import process_events


class ReadOnly:
    """Nothing is added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields)  # type: ignore[attr-defined]


STATES = {
    "succeeded": "success",
    "pending": "info",
    "failed": "danger",
    "mismatch": "danger",
    "cancelled": "warning",
}


class RefundInline(ReadOnly, TabularInline):
    model = Refund
    fields = ["amount", "state", "surplus", "reason", "error", "actor", "created_at"]
    extra = 0
    can_delete = False
    hide_title = True


@admin.register(Payment)
class PaymentAdmin(ReadOnly, ModelAdmin):
    list_display = ["order", "shown_state", "shown_amount", "gateway", "reference", "created_at"]
    list_filter = ["state", "gateway", "created_at"]
    list_select_related = ["order"]
    search_fields = ["order__number", "order__email", "reference", "key"]
    date_hierarchy = "created_at"
    fields = [
        *("order", "shown_state", "shown_amount", "error", "gateway", "reference", "key"),
        *("created_at", "updated_at"),
    ]
    inlines = [RefundInline]

    @display(description=_("state"), ordering="state", label=STATES)
    def shown_state(self, payment: Payment) -> tuple[str, str]:
        return payment.state, payment.get_state_display()

    @display(description=_("amount"), ordering="amount")
    def shown_amount(self, payment: Payment) -> str:
        return formatted(payment.amount, payment.currency)


@admin.register(Refund)
class RefundAdmin(ReadOnly, ModelAdmin):
    list_display = ["order", "shown_state", "shown_amount", "reason", "error", "created_at"]
    list_filter = ["state", "surplus", "created_at"]
    list_select_related = ["payment__order"]
    search_fields = ["payment__order__number", "reference", "key"]
    date_hierarchy = "created_at"
    actions = ["try_again"]
    fields = [
        *("payment", "order", "shown_state", "shown_amount", "surplus", "reason", "actor"),
        *("error", "attempts", "reference", "key", "created_at", "updated_at"),
    ]

    @display(description=_("order"), ordering="payment__order__number")
    def order(self, refund: Refund) -> str:
        return refund.payment.order.number

    @display(description=_("state"), ordering="state", label=STATES)
    def shown_state(self, refund: Refund) -> tuple[str, str]:
        return refund.state, refund.get_state_display()

    @display(description=_("amount"), ordering="amount")
    def shown_amount(self, refund: Refund) -> str:
        return formatted(refund.amount, refund.payment.currency)

    @action(description=_("Try again what did not work"), permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Refund]) -> None:
        for refund in queryset.exclude(state=Refund.State.SUCCEEDED):
            try:
                again = refunds.try_again(refund_id=refund.pk, actor=request.user)  # type: ignore[arg-type]
            except NotPossible as problem:
                self.message_user(request, str(problem), messages.ERROR)
            else:
                _log(request, again, gettext("Tried again."))
                self.message_user(request, gettext("It is tried again."), messages.SUCCESS)


@admin.register(GatewayEvent)
class GatewayEventAdmin(ReadOnly, ModelAdmin):
    list_display = ["received_at", "gateway", "kind", "shown_state", "error", "event_id"]
    list_filter = ["gateway", ("processed_at", admin.EmptyFieldListFilter), "received_at"]
    search_fields = ["event_id", "reference", "payment_key", "refund_reference"]
    date_hierarchy = "received_at"
    actions = ["act_again"]
    fields = [
        *("gateway", "kind", "event_id", "shown_state", "error", "attempts", "payment_key"),
        *("reference", "refund_key", "refund_reference", "note", "payload", "received_at"),
        "processed_at",
    ]

    @display(description=_("state"), label={"done": "success", "due": "info"})
    def shown_state(self, event: GatewayEvent) -> tuple[str, str]:
        return ("done", gettext("Done")) if event.processed_at else ("due", gettext("Waiting"))

    @action(description=_("Act on them again"), permissions=["change"])
    def act_again(self, request: HttpRequest, queryset: QuerySet[GatewayEvent]) -> None:
        for event in queryset:
            _log(request, event, gettext("Acted on again."))
        queryset.update(attempts=0, due_at=timezone.now(), processed_at=None)
        dispatch(process_events)
        self.message_user(request, gettext("They are acted on again."), messages.SUCCESS)


def _log(request: HttpRequest, row: Model, said: str) -> None:
    LogEntry.objects.log_actions(
        user_id=request.user.pk,  # type: ignore[arg-type]
        queryset=[row],
        action_flag=CHANGE,
        change_message=said,
    )
