"""The form by which a guest finds an order."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _


class FindOrderForm(forms.Form):
    """Asks for what only who ordered knows together."""

    number = forms.CharField(
        label=_("Order number"),
        max_length=30,
        help_text=_("As in the subject of our mails, such as 7K3F-9QXM-TH."),
    )
    email = forms.EmailField(label=_("E-mail address of the order"), max_length=254)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.fields["email"].widget.attrs |= {"autocomplete": "email"}

    def clean_number(self) -> str:
        """As numbers are written, however it was typed."""
        letters = re.sub(r"[^0-9A-Z]", "", self.cleaned_data["number"].upper())
        if len(letters) != 10:
            raise forms.ValidationError(
                _("An order number has ten letters and digits, such as 7K3F-9QXM-TH.")
            )
        return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
