"""Forms of the shop's settings in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanSwitchWidget

from shop.store import currencies
from shop.store.current import current_store
from shop.store.models import LegalPage, Store


def language_choices(*, beside: str = "") -> list[tuple[str, Any]]:
    """The languages of the shop's pages, and `beside`, the one that is chosen already."""
    found: list[tuple[str, Any]] = [(code, _(name)) for code, name in settings.LANGUAGES]
    if beside and beside not in dict(found):
        found.append((beside, beside))
    return found


class StoreForm(forms.ModelForm):
    """The shop's settings. Another currency takes a second tick, for amounts stay as they are."""

    currency = forms.ChoiceField(label=_("Currency"), widget=UnfoldAdminSelectWidget)
    currency_confirmed = forms.BooleanField(
        label=_("Change the currency, and leave all amounts as they are"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=_(
            "Amounts are not converted: what cost 10 dollars costs 10 euros then. That is so for "
            "prices, delivery and vouchers; orders keep the currency that they were placed in."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        widget=UnfoldAdminSelectWidget,
        help_text=_("In which the shop writes to those whose language it does not know."),
    )

    class Meta:
        model = Store
        fields = "__all__"  # noqa: DJ007  (the admin's fieldsets choose)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._former = str(self.instance.currency)
        # A role that may only look has no fields here.
        if "currency" in self.fields:
            currency: Any = self.fields["currency"]
            currency.choices = currencies.choices(get_language() or "en")
        if "language" in self.fields:
            language: Any = self.fields["language"]
            language.choices = language_choices(beside=self.instance.language)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        changed = cleaned.get("currency", self._former) != self._former
        if changed and not cleaned.get("currency_confirmed"):
            self.add_error(
                "currency_confirmed",
                _("Tick this to change the currency, or choose %(currency)s again.")
                % {"currency": self._former},
            )
        return cleaned


class LegalPageForm(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"), widget=UnfoldAdminSelectWidget)

    class Meta:
        model = LegalPage
        fields = ("kind", "language", "published", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            language: Any = self.fields["language"]
            if not self.instance.pk:
                self.initial["language"] = current_store().language
            language.choices = language_choices(beside=self.instance.language)
