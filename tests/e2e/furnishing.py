"""What the shop of the browser tests has besides, for pages that show it; run in the shop itself:

shop.run("from tests.e2e.furnishing import furnish; furnish()")
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User

from shop.accounts.models import Address
from shop.catalog.models import Category, Product
from shop.delivery.models import DeliveryMethod
from shop.orders import services
from shop.orders.states import State
from shop.payments.models import Payment
from shop.payments.services import start_payment
from shop.promotions.models import Voucher
from shop.reviews.models import Review
from shop.store.models import LegalPage, Store
from shop.wishes.models import WishlistItem
from tests.factories import ProductFactory
from tests.shop.shopping import HOME, order_of

SLUG = "chair"
PASSWORD = "for these tests"
EMAIL = "ida@example.com"
TEXT = "# What holds\n\nA text with [a link](https://example.com).\n\n- one\n- two"


def furnish() -> None:
    """A reduced chair with options, pictures and reviews; legal texts; a customer with all that
    one can have. Once: a second time changes nothing."""
    _show(True)
    if Product.objects.filter(slug=SLUG).exists():
        return
    chair = ProductFactory(
        title="Oak chair",
        slug=SLUG,
        category=Category.objects.get(slug="things"),
        variants=[
            {
                "sku": f"CHAIR-{color}-{size}",
                "price": "80",
                "compare_at_price": "100",
                "stock": stock,
                "options": {"color": color, "size": size},
            }
            for color, size, stock in (
                ("Red", "S", 0),
                ("Red", "M", 3),
                ("Blue", "M", 40),
                ("Green", "L", 9),
            )
        ],
        images=3,
    )
    Voucher.objects.create(code="TEN", value=10)
    ida = User.objects.create_user("ida", EMAIL, PASSWORD)
    EmailAddress.objects.create(user=ida, email=EMAIL, verified=True, primary=True)
    Address.objects.create(user=ida, **HOME.as_dict())
    boots = Product.objects.get(slug="boots-0")
    for product in (chair, boots):
        WishlistItem.objects.create(user=ida, product=product, title=product.title)
    order = order_of(
        {chair.variants.get(sku="CHAIR-Blue-M"): 2, boots.variants.get(stock=40): 1},
        user=ida,
        method=DeliveryMethod.objects.earliest("pk"),
    )
    order_of({chair.variants.get(sku="CHAIR-Green-L"): 1}, user=ida, method=order.delivery_method)
    start_payment(
        order_id=order.pk, gateway="test", return_url="http://shop/", cancel_url="http://shop/"
    )
    Payment.objects.filter(order=order).update(state=Payment.State.SUCCEEDED)
    for state in (State.PAID, State.PACKED, State.SHIPPED):
        services.transition(order_id=order.pk, to=state)
    Review.objects.create(
        product=chair,
        user=ida,
        rating=4,
        title="A good chair",
        text="It stands.",
        answer="Thank you.",
        state=Review.State.PUBLISHED,
        order_line=order.lines.first(),
    )


def clear_away() -> None:
    """Other tests count the shop's products, and buy where nothing is to be agreed to."""
    _show(False)


def _show(is_shown: bool) -> None:
    """The chair, the legal texts, and that the shop can be written to."""
    Product.objects.filter(slug=SLUG).update(published=is_shown)
    for kind in LegalPage.Kind.values:
        values = {"text": TEXT, "published": is_shown}
        LegalPage.objects.update_or_create(kind=kind, language="en", defaults=values)
    store = Store.objects.get_or_make()
    store.contact_email = "shop@example.com" if is_shown else ""
    store.save()
