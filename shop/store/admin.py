"""The shop's settings and legal texts in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from shop.store.admin_forms import LegalPageForm, StoreForm
from shop.store.models import ONLY, LegalPage, Store


@admin.register(Store)
class StoreAdmin(ModelAdmin):
    """One page: there is nothing to list, to add or to delete."""

    form = StoreForm
    warn_unsaved_form = True
    fieldsets = [
        (_("Shop"), {"fields": ["name", "logo", "language"]}),
        (
            _("Money"),
            {"fields": ["currency", "currency_confirmed", "prices_include_tax", "payment_minutes"]},
        ),
        (
            _("Mails"),
            {"fields": ["sender_name", "sender_email", "order_mail_copy"]},
        ),
        (_("Contact"), {"fields": ["contact_email", "phone"]}),
        (
            _("Who sells"),
            {
                "fields": [
                    "legal_name",
                    "line1",
                    "line2",
                    "postcode",
                    "city",
                    "country",
                    "tax_number",
                ],
                "description": _("Shown in mails, on invoices and on the contact page."),
            },
        ),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:store_store_change", ONLY)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The one row, made if it is not there yet."""
        Store.objects.get_or_make()
        return super().get_object(request, object_id, from_field)

    def response_post_save_change(self, request: HttpRequest, obj: Store) -> HttpResponse:
        return redirect("admin:store_store_change", obj.pk)


@admin.register(LegalPage)
class LegalPageAdmin(ModelAdmin):
    form = LegalPageForm
    list_display = ["kind", "language", "is_shown", "updated_at"]
    list_filter = ["kind", "language", "published"]
    warn_unsaved_form = True

    @display(description=_("shown"), boolean=True)
    def is_shown(self, page: LegalPage) -> bool:
        return page.published and bool(page.text.strip())

    def view_on_site_of(self, page: LegalPage) -> str | None:
        return page.get_absolute_url() if self.is_shown(page) else None

    view_on_site = view_on_site_of
