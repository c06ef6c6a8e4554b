"""The list of what is to be done until a shop can sell."""

from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.test import Client

from shop.catalog.models import Product
from shop.delivery.models import DeliveryMethod
from shop.onboarding import checks
from shop.onboarding.demo_data import remember_demo
from shop.store.current import current_store
from shop.taxes.models import TaxRate
from tests.factories import ProductFactory
from tests.shop.store.factories import LegalPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_of_the_shop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(checks._checks, "model", raising=False)


def left(user: Any) -> set[str]:
    return {check.name for check in checks.results(user) if not check.done}


def set_up_all(settings: LazySettings) -> None:
    store = current_store()
    store.legal_name, store.line1, store.city = "Shop & Co", "Main Street 1", "Town"
    store.contact_email, store.country = "help@example.com", "DE"
    store.save()
    for kind in ("imprint", "privacy", "terms", "returns"):
        LegalPageFactory(kind=kind)
    ProductFactory(images=1)
    DeliveryMethod.objects.create(name="Parcel", countries=["DE"])
    TaxRate.objects.update_or_create(country="DE", category="standard", defaults={"rate": 19})
    settings.PAYMENT_GATEWAYS = ["stripe", "test"]
    settings.EMAIL_URL = "smtp://mail.example.com"


def test_an_empty_shop_lists_what_is_to_be_done(admin_user: Any, settings: LazySettings) -> None:
    settings.PAYMENT_GATEWAYS, settings.EMAIL_URL = ["test"], ""
    TaxRate.objects.all().delete()

    assert left(admin_user) == {
        *("store", "texts", "category", "product", "delivery", "tax", "payment", "mail")
    }


def test_what_is_done_is_ticked_and_the_list_goes_by_itself(
    admin_user: Any, admin_client: Client, settings: LazySettings
) -> None:
    settings.EMAIL_URL = ""
    assert 'id="getting-started"' in admin_client.get("/admin/").content.decode()
    set_up_all(settings)

    assert left(admin_user) == set()
    assert 'id="getting-started"' not in admin_client.get("/admin/").content.decode()
    page = admin_client.get("/admin/getting-started/").content.decode()
    assert page.count("onboarding-done") == 9


def test_a_country_that_is_delivered_to_wants_a_tax_rate_if_only_of_nothing(
    admin_user: Any, settings: LazySettings
) -> None:
    set_up_all(settings)
    method = DeliveryMethod.objects.get()
    method.countries = ["DE", "FR", "CH"]
    method.save()
    TaxRate.objects.update_or_create(country="FR", category="standard", defaults={"rate": 20})
    TaxRate.objects.filter(country="CH").delete()

    assert left(admin_user) == {"tax"}
    TaxRate.objects.create(country="CH", rate=0)
    assert left(admin_user) == set()


def test_each_item_leads_to_its_place(admin_user: Any, admin_client: Client) -> None:
    links = [check.link for check in checks.results(admin_user) if check.link]

    assert len(links) >= 6
    for link in links:
        assert admin_client.get(link, follow=True).status_code == 200, link


def test_the_demos_products_are_not_the_merchants_own(
    admin_user: Any, settings: LazySettings
) -> None:
    set_up_all(settings)
    remember_demo(Product.objects.values_list("slug", flat=True))

    assert left(admin_user) == {"product", "demo"}


def test_who_may_do_nothing_of_it_sees_nothing_of_it(
    client: Client, django_user_model: Any
) -> None:
    client.force_login(django_user_model.objects.create_user("ann", is_staff=True))

    assert 'id="getting-started"' not in client.get("/admin/").content.decode()


def test_shoppers_do_not_get_there(client: Client) -> None:
    for address in ("/admin/getting-started/", "/admin/getting-started/demo/"):
        assert client.get(address).status_code == 302


def test_other_apps_add_to_it(admin_user: Any) -> None:
    checks.register(checks.Check("extra", "Do it", "Because.", lambda: False))
    try:
        assert "extra" in left(admin_user)
    finally:
        del checks._checks["extra"]


@pytest.mark.skipif(not apps.is_installed("search"), reason="search adds it")
def test_the_bundled_model_is_for_the_demo(admin_user: Any) -> None:
    from search.onboarding import connect, model_is_chosen
    from tests.search.vectors import make_model

    connect()

    assert not model_is_chosen()
    assert "model" in left(admin_user)
    make_model()
    assert model_is_chosen()
