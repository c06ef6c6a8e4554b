"""Staff and roles in the admin. Only owners come here, whatever permissions others were given.

An owner who is no superuser changes no superuser, and makes none.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminEmailInputWidget,
)

from shop.accounts import roles
from shop.accounts.invitations import invite
from shop.accounts.models import StaffMember
from shop.accounts.personal_data import erase_account
from shop.accounts.second_factor import FACTORS


def shows_staff(request: HttpRequest) -> bool:
    """Whether the sidebar leads here."""
    return roles.is_owner(request.user)


class OnlyOwners(ModelAdmin):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.is_owner(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_owner(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.is_owner(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_owner(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.is_owner(request.user)


class StaffForm(forms.ModelForm):
    """One who works here. There is always an owner left."""

    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("pk"),
        label=_("Roles"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = StaffMember
        fields = ["first_name", "last_name", "is_active", "is_staff", "is_superuser", "groups"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        member = self.instance
        others = [owner for owner in roles.owners() if owner.pk != member.pk]
        if member.pk is None or others or not roles.is_owner(User.objects.get(pk=member.pk)):
            return cleaned
        groups = cleaned.get("groups", ())
        stays = cleaned.get("is_active", member.is_active) and (
            cleaned.get("is_superuser", member.is_superuser)
            or (
                cleaned.get("is_staff", member.is_staff)
                and any(group.name == roles.OWNER for group in groups)
            )
        )
        if not stays:
            raise forms.ValidationError(
                gettext("This is the only owner. Make somebody else an owner first.")
            )
        return cleaned


class NewStaffForm(StaffForm):
    """Who already has an account as a customer keeps it, and works here with it."""

    email = forms.EmailField(label=_("E-mail address"), widget=UnfoldAdminEmailInputWidget)

    class Meta(StaffForm.Meta):
        fields = ["email", "first_name", "last_name", "is_superuser", "groups"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        owner = EmailAddress.objects.filter(email=email).order_by("-verified").first()
        user = owner.user if owner else User.objects.filter(email__iexact=email).first()
        if user is not None:
            if user.is_staff or user.is_superuser:
                raise forms.ValidationError(gettext("Whoever has this address works here already."))
            self.instance = StaffMember._base_manager.get(pk=user.pk)
            if not (owner and owner.verified):
                # Whoever signed up with it has not shown that it is his: his password must not open
                # the admin.
                self.instance.set_unusable_password()
        return email


class StaffAdmin(OnlyOwners):
    form = StaffForm
    list_display: list[Any] = ["email", "username", "full_name", "shown_roles", "factor", "active"]
    list_filter = ["groups", "is_active"]
    search_fields = ["email", "username", "first_name", "last_name"]
    actions = ["invite_again"]
    readonly_fields = ["username", "email", "last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        rows = super().get_queryset(request).annotate(has_factor=Exists(factors))
        return rows.prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_form(
            request, obj, **{"form": StaffForm if obj else NewStaffForm, **kwargs}
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        names = ["email", "first_name", "last_name"]
        if obj is not None:
            names = ["username", *names, "is_active", "is_staff", "last_login", "date_joined"]
        names.append("groups")
        if request.user.is_superuser:
            names.append("is_superuser")
        return names

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return list(self.readonly_fields) if obj is not None else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes himself, so that there is always one left who may."""
        is_self = obj is not None and obj.pk == request.user.pk
        return (
            super().has_delete_permission(request, obj) and _may_touch(request, obj) and not is_self
        )

    def get_actions(self, request: HttpRequest) -> Any:
        """Not many at once: among them may be those whom this owner does not touch."""
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            form.former_roles = _names(obj)
            super().save_model(request, obj, form, change)
            return
        obj.is_staff = True
        if obj.pk is None:
            obj.email = form.cleaned_data["email"]
            obj.username = obj.email[:150]
            if User.objects.filter(username=obj.username).exists():
                obj.username = f"{obj.email[:140]}-{get_random_string(8)}"
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        invite(user=User.objects.get(pk=obj.pk), inviter=request.user)  # type: ignore[arg-type]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Says which roles were given and taken, for whoever asks later."""
        message = super().construct_change_message(request, form, formsets, add)
        former, now = getattr(form, "former_roles", ""), _names(form.instance)
        if former == now:
            return message
        told = LogEntry(change_message=json.dumps(message)).get_change_message()
        return f"{told} {former} → {now}" if former else f"{told} → {now}"

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        erase_account(user=obj, even_staff=True)

    @display(description=_("name"))
    def full_name(self, member: StaffMember) -> str:
        return member.get_full_name()

    @display(description=_("roles"))
    def shown_roles(self, member: StaffMember) -> str:
        words = [gettext("superuser")] if member.is_superuser else []
        return ", ".join(filter(None, [*words, _names(member)]))

    @display(description=_("second factor"), boolean=True)
    def factor(self, member: Any) -> bool:
        return bool(member.has_factor)

    @display(description=_("active"), boolean=True, ordering="is_active")
    def active(self, member: StaffMember) -> bool:
        return member.is_active

    @action(description=_("Send the link to set a password again"), permissions=["change"])
    def invite_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for member in queryset.filter(is_active=True).exclude(email=""):
            if _may_touch(request, member):
                invite(user=User.objects.get(pk=member.pk), inviter=request.user)  # type: ignore[arg-type]
                self.log_change(request, member, gettext("Sent a link to set a password."))
        self.message_user(request, gettext("The links are sent."))


class RoleAdmin(OnlyOwners):
    """The four roles keep their names; owners may add others."""

    list_display = ["name", "members"]
    ordering = ["pk"]
    fields = ["name", "permissions"]
    filter_horizontal = ["permissions"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["name"] if obj is not None and obj.name in roles.ROLES else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or obj.name not in roles.ROLES
        )

    def get_actions(self, request: HttpRequest) -> Any:
        found = super().get_actions(request)
        found.pop("delete_selected", None)
        return found

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "permissions":
            kwargs["queryset"] = Permission.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @display(description=_("members"))
    def members(self, group: Group) -> str:
        return ", ".join(str(user.email or user.username) for user in group.user_set.all())


def _names(member: User) -> str:
    return ", ".join(sorted(group.name for group in member.groups.all()))


def _may_touch(request: HttpRequest, member: Any) -> bool:
    return member is None or not member.is_superuser or request.user.is_superuser
