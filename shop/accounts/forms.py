"""Forms of the account pages."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as BaseLoginForm
from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.accounts.models import Address
from shop.addresses import AddressForm as PostalAddressForm


class LoginForm(BaseLoginForm):
    """Shoppers log in by e-mail address, some of the staff by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("E-mail address or username")
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        password.help_text = ""  # the page has the link to a new password
        self.fields["remember"].label = _("Keep me logged in on this device")


class SignupForm(BaseSignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["password1"].label = _("Password")


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
