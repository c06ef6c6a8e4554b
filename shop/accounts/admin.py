"""People in the admin: customers here, staff and roles in `shop.accounts.admin_staff`."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from shop.accounts.admin_changes import ChangesAdmin
from shop.accounts.admin_staff import RoleAdmin, StaffAdmin
from shop.accounts.deletion import delete_own_account
from shop.accounts.invitations import send_password_link
from shop.accounts.models import Address, Customer, StaffMember

# Whoever could write there could let himself in as anybody: people change these for themselves.
admin.site.unregister([User, Group, EmailAddress, Authenticator])
admin.site.register(StaffMember, StaffAdmin)
admin.site.register(Group, RoleAdmin)
admin.site.register(LogEntry, ChangesAdmin)


class AddressInline(TabularInline):
    model = Address
    fields = ["lines", "phone", "is_default_shipping", "is_default_billing"]
    readonly_fields = fields
    verbose_name_plural = _("addresses")
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=_("address"))
    def lines(self, address: Address) -> str:
        return str(address)


@admin.register(Customer)
class CustomerAdmin(ModelAdmin):
    """Customers. Nobody sees or sets a password here: a link to the customer does.

    Other apps add to `list_display`, `inlines` and `readonly_fields`.
    """

    list_display: list[Any] = ["email", "full_name", "is_active", "date_joined", "last_login"]
    list_filter = ["is_active", "date_joined"]
    search_fields = ["email", "emailaddress__email", "first_name", "last_name", "username"]
    date_hierarchy = "date_joined"
    ordering = ["-date_joined"]
    actions = ["send_link"]
    fields: list[Any] = [
        "confirmed",
        "first_name",
        "last_name",
        "is_active",
        "date_joined",
        "last_login",
    ]
    readonly_fields: list[Any] = ["confirmed", "date_joined", "last_login"]
    inlines: list[Any] = [AddressInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @display(description=_("name"))
    def full_name(self, customer: Customer) -> str:
        return customer.get_full_name()

    @display(description=_("e-mail addresses"))
    def confirmed(self, customer: Customer) -> str:
        addresses = EmailAddress.objects.filter(user=customer).order_by("-primary", "email")
        return ", ".join(
            address.email if address.verified else f"{address.email} (" + _("not confirmed") + ")"
            for address in addresses
        )

    @action(description=_("Send a link to set a new password"), permissions=["change"])
    def send_link(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        sent = 0
        for customer in queryset.filter(is_active=True).exclude(email=""):
            send_password_link(user=customer)
            self.log_change(request, customer, _("Sent a link to set a new password."))
            sent += 1
        said = ngettext("%d link is sent.", "%d links are sent.", sent)
        self.message_user(request, said % sent, messages.SUCCESS if sent else messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """As the customer's own deletion: what must be kept is kept, and a mail says so."""
        delete_own_account(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for customer in queryset:
            delete_own_account(user=customer)
