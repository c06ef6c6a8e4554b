"""The shop's own settings, and the texts that the law has it show."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from shop.addresses import PostalAddress
from shop.store.fields import LogoField

ONLY = 1  # the primary key of the one row

# A line break in any of these would end up in the head of a mail.
one_line = RegexValidator(r"[\r\n]", _("Write this on one line."), inverse_match=True)


class StoreManager(models.Manager["Store"]):
    def get_or_make(self) -> Store:
        """The one row; made of the environment's settings where there is none yet."""
        store = self.filter(pk=ONLY).first()
        if store is None:
            first = Store(
                pk=ONLY,
                name=settings.SHOP_NAME,
                currency=settings.SHOP_CURRENCY,
                language=settings.SHOP_LANGUAGE,
            )
            # Two requests may be the first at once.
            self.bulk_create([first], ignore_conflicts=True)
            store = self.get(pk=ONLY)
        return store


class Store(models.Model):
    """What a merchant sets of the shop. There is exactly one row: see `current_store`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("name"), max_length=80, validators=[one_line])
    logo = LogoField(
        _("logo"),
        upload_to="store/",
        max_length=200,
        blank=True,
        help_text=_("Shown in place of the name at the top of each page. Best wide, on white."),
    )
    logo_width = models.PositiveIntegerField(editable=False, default=0)
    logo_height = models.PositiveIntegerField(editable=False, default=0)
    currency = models.CharField(_("currency"), max_length=3)
    language = models.CharField(
        _("language"),
        max_length=10,
        help_text=_("In which the shop writes to those whose language it does not know."),
    )
    prices_include_tax = models.BooleanField(
        _("prices include tax"),
        default=True,
        help_text=_(
            "On: the prices that you enter are what shoppers pay, and the tax in them is shown. "
            "Off: tax is added to your prices in the cart."
        ),
    )
    payment_minutes = models.PositiveSmallIntegerField(
        _("minutes to pay"),
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(1440)],
        help_text=_("So long is stock kept for somebody who is paying."),
    )
    sender_name = models.CharField(
        _("sender's name"),
        max_length=80,
        blank=True,
        validators=[one_line],
        help_text=_("From whom mails come. Empty: the shop's name."),
    )
    sender_email = models.EmailField(
        _("sender's address"),
        blank=True,
        help_text=_("Your e-mail server must be allowed to send in its name."),
    )
    order_mail_copy = models.BooleanField(
        _("a copy of each order's mail for me"),
        default=False,
        help_text=_("Goes to the contact address."),
    )
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_("Shown to shoppers. The contact form writes to it."),
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[one_line])
    legal_name = models.CharField(
        _("legal name"),
        max_length=120,
        blank=True,
        validators=[one_line],
        help_text=_("Of the company or person who sells, as on invoices."),
    )
    line1 = models.CharField(_("street and number"), max_length=160, blank=True)
    line2 = models.CharField(_("address, further line"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    country = CountryField(
        _("home country"),
        default="US",
        help_text=_("Where the shop is: its tax and delivery are assumed until a shopper says."),
    )
    tax_number = models.CharField(
        _("tax number"),
        max_length=40,
        blank=True,
        validators=[one_line],
        help_text=_("VAT identification or tax number, as on invoices."),
    )

    objects = StoreManager()

    class Meta:
        verbose_name = _("shop settings")
        verbose_name_plural = _("shop settings")
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY), name="store_only_one"),
            models.CheckConstraint(condition=~Q(name=""), name="store_has_name"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="store_currency_is_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and delete a logo's file that the row no longer names."""
        former = type(self).objects.filter(pk=self.pk).values_list("logo", flat=True).first()
        super().save(*args, **kwargs)
        if former and former != self.logo.name:
            transaction.on_commit(partial(self.logo.storage.delete, former), robust=True)

    @property
    def sender(self) -> str:
        """The name that mails come from."""
        return self.sender_name or self.name

    @property
    def phone_digits(self) -> str:
        """The phone number for a link that dials it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def address(self) -> PostalAddress:
        """Where the seller is, by the legal name; parts that are not set are empty."""
        return PostalAddress(
            name=self.legal_name or self.name,
            line1=self.line1,
            line2=self.line2,
            postcode=self.postcode,
            city=self.city,
            country=str(self.country),
        )

    @property
    def has_address(self) -> bool:
        """Whether a letter would arrive."""
        return bool(self.legal_name and self.line1 and self.city and self.country)


class LegalPageQuerySet(models.QuerySet["LegalPage"]):
    """Reads, as verbs that chain."""

    def shown(self) -> LegalPageQuerySet:
        """Those that shoppers may read: published, with a text."""
        return self.filter(published=True).exclude(text__regex=r"^\s*$")

    def for_links(self) -> LegalPageQuerySet:
        """Without their texts, which may be long: for lists of links, as on each page."""
        return self.defer("text")

    def in_language(self, language: str | None = None) -> list[LegalPage]:
        """One page of each kind, in the order of the kinds.

        In `language` (the active one unless it is given); in the shop's own where it is missing
        there, or else in any.
        """
        from shop.store.current import current_store  # it needs the models

        wanted = [_primary(language or get_language()), _primary(current_store().language)]
        by_kind: dict[str, list[LegalPage]] = {}
        for page in self.order_by("language"):
            by_kind.setdefault(page.kind, []).append(page)
        return [
            min(
                by_kind[kind],
                key=lambda page: wanted.index(page.language) if page.language in wanted else 2,
            )
            for kind in LegalPage.Kind.values
            if kind in by_kind
        ]


class LegalPage(models.Model):
    """One of the shop's texts in one language. `kind` is its handle in addresses."""

    class Kind(models.TextChoices):
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        TERMS = "terms", _("Terms and conditions")
        RETURNS = "returns", _("Returns and withdrawal")
        SHIPPING = "shipping", _("Delivery")

    kind = models.CharField(_("page"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "An empty line begins a new paragraph, “# ” a heading, “- ” an item of a list; "
            "[words](https://address) is a link."
        ),
    )
    published = models.BooleanField(_("published"), default=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = LegalPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal text")
        verbose_name_plural = _("legal texts")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language"],
                name="legal_page_once",
                violation_error_message=_("This text is there already in this language."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language})"

    def get_absolute_url(self) -> str:
        return reverse("store:page", args=[self.kind])


def _primary(language: str | None) -> str:
    """`de` of `de-at`."""
    return (language or settings.LANGUAGE_CODE).split("-")[0].lower()
