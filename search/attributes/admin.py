"""Attributes from pictures in the shop's admin."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from search.attributes.admin_suggestions import SuggestionInline
from search.attributes.admin_vocabulary import VisualAttributeAdmin, VisualValueAdmin
from search.attributes.models import VisualAttribute, VisualValue
from shop.catalog.admin import ProductAdmin


def connect() -> None:
    """Add to the shop's admin."""
    ProductAdmin.inlines = [*ProductAdmin.inlines, SuggestionInline]
    admin.site.register(VisualAttribute, VisualAttributeAdmin)
    admin.site.register(VisualValue, VisualValueAdmin)
    items = [
        (_("Read from pictures"), "visibility", "visualattribute"),
        (_("Wordings"), "translate", "visualvalue"),
    ]
    settings.UNFOLD["SIDEBAR"]["navigation"].append(
        {
            "title": _("Attributes from pictures"),
            "items": [
                {
                    "title": title,
                    "icon": icon,
                    "link": reverse_lazy(f"admin:search_{name}_changelist"),
                }
                for title, icon, name in items
            ],
        }
    )
