"""What search adds to the shop's admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from search.models import Embedding
from tests.factories import ProductFactory
from tests.search.vectors import make_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.com", "x"))
    return client


def test_the_list_shows_each_products_state_in_a_fixed_number_of_queries(
    staff: Client, django_assert_max_num_queries
) -> None:
    make_model()
    for _ in range(12):
        ProductFactory(images=1)
    Embedding.objects.filter(product=ProductFactory()).update(status="failed")

    with django_assert_max_num_queries(20):
        page = staff.get("/admin/catalog/product/").content.decode()

    assert page.count("Pending") >= 12
    assert page.count("Failed") >= 1


def test_a_picture_shows_why_it_failed(staff: Client) -> None:
    make_model()
    product = ProductFactory(images=1)
    Embedding.objects.filter(kind="image").update(status="failed", error="The file is gone.")

    page = staff.get(f"/admin/catalog/product/{product.pk}/change/").content.decode()

    assert "failed: The file is gone." in page


def test_failed_pictures_are_tried_again_by_an_action(staff: Client) -> None:
    make_model()
    product = ProductFactory(images=1)
    Embedding.objects.update(status="failed", attempts=3)

    staff.post(
        "/admin/catalog/product/", {"action": "embed_again", "_selected_action": [product.pk]}
    )

    assert set(Embedding.objects.values_list("status", "attempts")) == {("pending", 0)}
