"""The account pages beside allauth's. All need a login; somebody else's address is not found."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shop.accounts import deletion, personal_data, services
from shop.accounts.forms import AddressForm, DeleteAccountForm
from shop.accounts.models import Address
from shop.store.current import current_store


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    addresses = list(Address.objects.filter(user=_user(request)))
    return render(
        request,
        "account/overview.html",
        {
            "shipping": next((one for one in addresses if one.is_default_shipping), None),
            "billing": next((one for one in addresses if one.is_default_billing), None),
        },
    )


@login_required
@never_cache
@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    found = Address.objects.filter(user=_user(request))
    return render(request, "account/addresses.html", {"addresses": found})


@login_required
@never_cache
def add_address(request: HttpRequest) -> HttpResponse:
    usual = {"name": _user(request).get_full_name(), "country": current_store().country}
    form = AddressForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_address(
                user=_user(request),
                postal=form.address(),
                default_shipping=form.cleaned_data["default_shipping"],
                default_billing=form.cleaned_data["default_billing"],
            )
        except services.TooManyAddresses:
            form.add_error(
                None,
                _("You have %(count)d addresses, and we keep no more: change or delete one.")
                % {"count": services.MAX_ADDRESSES},
            )
        else:
            messages.success(request, _("The address is saved."))
            return _back(request)
    return render(request, "account/address_form.html", {"form": form})


@login_required
@never_cache
def change_address(request: HttpRequest, pk: int) -> HttpResponse:
    address = get_object_or_404(Address, pk=pk, user=_user(request))
    form = AddressForm.of(address, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_address(
            user=_user(request),
            address=address,
            postal=form.address(),
            default_shipping=form.cleaned_data["default_shipping"],
            default_billing=form.cleaned_data["default_billing"],
        )
        messages.success(request, _("The address is saved."))
        return _back(request)
    return render(request, "account/address_form.html", {"form": form, "address": address})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    address = get_object_or_404(Address, pk=pk, user=_user(request))
    if request.method == "POST":
        services.delete_address(address=address)
        messages.success(request, _("The address is deleted."))
        return redirect("accounts:addresses")
    return render(request, "account/address_delete.html", {"address": address})


@login_required
@never_cache
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "account/data.html")


@login_required
@never_cache
@require_safe
def download_data(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(
        personal_data.export_account(_user(request)),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    name = f"my-data-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@never_cache
def delete_account(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    if user.is_staff or user.is_superuser:
        return render(request, "account/delete_account_staff.html")
    form = DeleteAccountForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        deletion.delete_own_account(user=user)
        logout(request)
        messages.success(request, _("Your account is deleted. A mail to you confirms it."))
        return redirect("catalog:home")
    kept = [part.kept for part in personal_data.registered() if part.kept]
    return render(request, "account/delete_account.html", {"form": form, "kept": kept})


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _back(request: HttpRequest) -> HttpResponse:
    """To where the form was opened from, if that is a page of this shop."""
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    ):
        return HttpResponseRedirect(address)
    return redirect("accounts:addresses")
