"""Forms of the account pages."""

from typing import Any

from allauth.account import forms as base
from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.accounts.models import Address
from shop.addresses import AddressForm as PostalAddressForm


class Worded:
    """Labels in the shop's words, for forms of allauth."""

    labels: dict[str, Any] = {
        "email": _("E-mail address"),
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("The same again"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)


class LoginForm(Worded, base.LoginForm):
    """Shoppers log in by e-mail address, some of the staff by name."""

    labels = {
        "login": _("E-mail address or username"),
        "password": _("Password"),
        "remember": _("Keep me logged in on this device"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].help_text = ""  # the page has the link to a new password


class SignupForm(Worded, base.SignupForm):
    labels = {"email": _("E-mail address"), "password1": _("Password")}


class AddEmailForm(Worded, base.AddEmailForm):
    pass


class ChangePasswordForm(Worded, base.ChangePasswordForm):
    pass


class SetPasswordForm(Worded, base.SetPasswordForm):
    pass


class ResetPasswordForm(Worded, base.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Worded, base.ResetPasswordKeyForm):
    pass


class AddressForm(PostalAddressForm):
    """An address of the account, and what it is the default for."""

    default_shipping = forms.BooleanField(label=_("Deliver here by default"), required=False)
    default_billing = forms.BooleanField(label=_("Send bills here by default"), required=False)

    @classmethod
    def of(cls, address: Address, data: Any = None) -> "AddressForm":
        """The form that changes `address`."""
        return cls(
            data,
            initial=address.postal.as_dict()
            | {
                "default_shipping": address.is_default_shipping,
                "default_billing": address.is_default_billing,
            },
        )


class DeleteAccountForm(forms.Form):
    """Asks for the password again; wrong ones count as at the login."""

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not get_adapter(self.request).reauthenticate(self.user, password):
            raise forms.ValidationError(
                _("That is not your password. Check capital letters, and try again.")
            )
        return password
