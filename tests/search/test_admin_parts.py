"""What search adds to the shop's admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import strip_tags

from search.models import (
    Click,
    Embedding,
    EmbeddingModel,
    JudgedSearch,
    LoggedQuery,
    RecallCheck,
)
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


def test_checks_are_told_in_plain_words(staff: Client) -> None:
    RecallCheck.objects.create(
        model=make_model(),
        way="exact",
        origin="pictures",
        checked_at=timezone.now(),
        samples=8,
        recall=0.99,
        worst=0.9,
    )

    page = staff.get("/admin/search/recallcheck/").content.decode()

    told = " ".join(strip_tags(page).split())
    for plain in (
        "Does the search find all?",
        "looks at everything",
        "Found of what there is",
        "Least found",
        "by-hand",
    ):
        assert plain in told
    for unfamiliar in ("recall", "(3, live)", "embedding", "exact</", "worst sample"):
        assert unfamiliar not in told.casefold()


def test_what_search_keeps_is_named_for_merchants() -> None:
    for model in (Click, Embedding, EmbeddingModel, JudgedSearch, LoggedQuery, RecallCheck):
        named = f"{model._meta.verbose_name} {model._meta.verbose_name_plural}"

        assert not any(word in named for word in ("embedding", "quer", "recall", "clicks"))
    assert JudgedSearch._meta.verbose_name == "judged search"
    assert isinstance(JudgedSearch._meta.verbose_name, Promise)  # another in another language
    assert str(EmbeddingModel(name="vitrine-mini", dimension=256)) == "vitrine-mini"
