"""The checks of the shop itself."""

from __future__ import annotations

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Category, Product
from shop.delivery.models import DeliveryMethod
from shop.delivery.offers import countries_served
from shop.onboarding.checks import Check, register
from shop.onboarding.models import DemoProduct, DemoRemoval
from shop.store.current import current_store
from shop.store.models import LegalPage
from shop.taxes.models import TaxRate

# Those that most countries ask of whoever sells.
NEEDED_TEXTS = (
    LegalPage.Kind.IMPRINT,
    LegalPage.Kind.PRIVACY,
    LegalPage.Kind.TERMS,
    LegalPage.Kind.RETURNS,
)
# What pretends to take money is no way to be paid.
TEST_GATEWAY = "test"


def has_contact() -> bool:
    store = current_store()
    return store.has_address and bool(store.contact_email)


def has_texts() -> bool:
    shown = set(LegalPage.objects.shown().values_list("kind", flat=True))
    return shown >= set(NEEDED_TEXTS)


def has_product() -> bool:
    """One of the merchant's own that shoppers see, with a picture."""
    own = Product.objects.published().filter(demo=None, images__isnull=False)
    return own.exists()


def has_tax_rates() -> bool:
    """A rate, if only of 0, for the home country and all to which the shop delivers."""
    named = set(TaxRate.objects.values_list("country", flat=True))
    return {str(current_store().country), *countries_served()} <= named


def has_gateway() -> bool:
    return bool(set(getattr(settings, "PAYMENT_GATEWAYS", ())) - {TEST_GATEWAY})


def demo_is_gone() -> bool:
    return (
        not DemoProduct.objects.exists()
        or DemoRemoval.objects.filter(finished_at__isnull=False).exists()
    )


def register_all() -> None:
    """In the order in which a merchant would go about it."""
    for check in (
        Check(
            "store",
            _("Say who you are"),
            _("Your legal name, address and contact address stand in mails and on invoices."),
            has_contact,
            lambda: reverse("admin:store_store_changelist"),
        ),
        Check(
            "texts",
            _("Write your legal texts"),
            _("Imprint, privacy, terms and returns. Most countries ask for them."),
            has_texts,
            lambda: reverse("admin:store_legalpage_changelist"),
            permission="store.change_legalpage",
        ),
        Check(
            "category",
            _("Add a category"),
            _("Shoppers look around by them."),
            Category.objects.exists,
            lambda: reverse("admin:catalog_category_add"),
            permission="catalog.add_category",
        ),
        Check(
            "product",
            _("Add your first product, with a picture"),
            _("Its picture is what shoppers find it by."),
            has_product,
            lambda: reverse("admin:catalog_product_add"),
            permission="catalog.add_product",
        ),
        Check(
            "delivery",
            _("Set up a way of delivery"),
            _("Where you send to, how fast, and what for."),
            DeliveryMethod.objects.filter(active=True).exists,
            lambda: _page_of("delivery_deliverymethod"),
            permission="delivery.change_deliverymethod",
        ),
        Check(
            "tax",
            _("Enter a tax rate for each country you deliver to"),
            _("Without one no tax is reckoned there. Enter 0 where you have none to pay."),
            has_tax_rates,
            lambda: _page_of("taxes_taxrate"),
            permission="taxes.change_taxrate",
        ),
        Check(
            "payment",
            _("Take real payments"),
            _(
                "Only the test gateway is on, which takes no money. Whoever runs the server sets "
                "PAYMENT_GATEWAYS and its keys: docs/production.md."
            ),
            has_gateway,
        ),
        Check(
            "mail",
            _("Name an e-mail server"),
            _(
                "Until then mails wait in the outbox and nobody gets them. Whoever runs the server "
                "sets EMAIL_URL: docs/production.md."
            ),
            lambda: bool(settings.EMAIL_URL),
            lambda: reverse("admin:mail_outgoingmail_changelist"),
        ),
        Check(
            "demo",
            _("Remove the demo’s products"),
            _("What you edited of them stays, and so do all orders."),
            demo_is_gone,
            lambda: reverse("onboarding:demo"),
            permission="catalog.delete_product",
        ),
    ):
        register(check)


def _page_of(model: str) -> str:
    """The list of a model in the admin; nothing where it is not there."""
    try:
        return reverse(f"admin:{model}_changelist")
    except NoReverseMatch:
        return ""
