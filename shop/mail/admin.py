"""The outbox in the admin: what waits, what failed and why, and "send again".

What a mail says is not shown: it may hold the link that sets another's password.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from shop.mail.models import OutgoingMail
from shop.mail.services import send_again


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ModelAdmin):
    list_display = ["subject", "to", "shown_state", "attempts", "created_at", "sent_at"]
    list_filter = ["state", "created_at"]
    search_fields = ["to", "subject", "key"]
    date_hierarchy = "created_at"
    actions = ["send_again"]
    fields = [
        "subject",
        "to",
        "reply_to",
        "language",
        "state",
        "error",
        "attempts",
        "due_at",
        "created_at",
        "sent_at",
        "key",
    ]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of all, for the action; of one there is nothing to change."""
        return obj is None and super().has_change_permission(request)

    @display(
        description=_("state"),
        ordering="state",
        label={"sent": "success", "failed": "danger", "queued": "info", "sending": "warning"},
    )
    def shown_state(self, mail: OutgoingMail) -> tuple[str, str]:
        return mail.state, mail.get_state_display()

    @action(description=_("Send again what failed"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        staff: Any = request.user
        ids = send_again(mail_ids=queryset.values_list("pk", flat=True))
        LogEntry.objects.log_actions(
            user_id=staff.pk,
            queryset=OutgoingMail.objects.filter(pk__in=ids),
            action_flag=CHANGE,
            change_message=gettext("Queued again."),
        )
        if ids:
            said = ngettext("%d mail is sent again.", "%d mails are sent again.", len(ids))
            self.message_user(request, said % len(ids), messages.SUCCESS)
        else:
            self.message_user(request, gettext("None of these has failed."), messages.WARNING)
