"""Who has an account: addresses, and users as customers and as staff."""

from __future__ import annotations

from django.contrib.auth.models import User, UserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.addresses import PostalAddress


class Address(models.Model):
    """An address that a customer keeps. Orders take copies, and do not change with it."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="addresses", verbose_name=_("customer")
    )
    name = models.CharField(_("full name"), max_length=120)
    company = models.CharField(_("company"), max_length=120, blank=True)
    line1 = models.CharField(_("street and number"), max_length=160)
    line2 = models.CharField(_("apartment, floor"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    city = models.CharField(_("town"), max_length=100)
    region = models.CharField(_("state or region"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_default_shipping = models.BooleanField(_("deliver here by default"), default=False)
    is_default_billing = models.BooleanField(_("bill to here by default"), default=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_default_shipping=True),
                name="one_default_shipping_address",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_default_billing=True),
                name="one_default_billing_address",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.postal.lines())

    @property
    def postal(self) -> PostalAddress:
        return PostalAddress.from_dict(vars(self))


class RoleGrant(models.Model):
    """A permission ("app.codename") that a role once got from the code.

    It is not given again, so that what an owner took away stays away.
    """

    role = models.CharField(max_length=150)
    permission = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "permission"], name="one_grant_each")
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.permission}"


class CustomerManager(UserManager[User]):
    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().filter(is_staff=False, is_superuser=False)


class StaffManager(UserManager[User]):
    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().filter(Q(is_staff=True) | Q(is_superuser=True))


class Customer(User):
    """A user who buys, and does not work here."""

    objects = CustomerManager()  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("customer")
        verbose_name_plural = _("customers")

    def __str__(self) -> str:
        return self.email or self.username


class StaffMember(User):
    """A user who may open the admin."""

    objects = StaffManager()  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.email or self.username
