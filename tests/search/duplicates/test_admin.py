"""The page on which pairs are answered, and what a product's page shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from search.duplicates import admin as duplicates_admin
from search.duplicates import uploads
from search.models import DuplicatePair, EmbeddingModel, PictureSignature
from shop.catalog.models import ProductImage
from tests.factories import ProductFactory
from tests.search.duplicates.pictures import encoded, photo, pictured_product
from tests.search.vectors import make_model
from tests.shop.accounts.factories import make_user

pytestmark = pytest.mark.django_db
QUEUE = "/admin/search/duplicatepair/"


@pytest.fixture
def merchant(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("merchant", "m@example.com", "x"))
    return client


def pair_of(
    model: EmbeddingModel, seed: int = 1, *, draft: bool = False, exact: bool = False
) -> DuplicatePair:
    one = pictured_product(photo(seed, (64, 48)), model)
    data = encoded(photo(seed, (64, 48)), quality=90 if exact else 70)
    other = pictured_product(data, model, published=not draft)
    return DuplicatePair.objects.create(image=one, other=other, similarity=0.99, exact=exact)


def titles(pair: DuplicatePair) -> list[str]:
    return [pair.image.product.title, pair.other.product.title]


def test_a_pair_is_shown_with_what_tells_the_products_apart(
    merchant: Client, model: EmbeddingModel
) -> None:
    pair = pair_of(model, draft=True)

    page = merchant.get(QUEUE).content.decode()

    for title in titles(pair):
        assert title in page
    assert f"/admin/catalog/product/{pair.image.product_id}/change/" in page
    assert "$10.00" in page and "5 in stock" in page
    assert "Draft" in page and "On sale" in page
    assert "64 × 48 pixels" in page


def test_the_page_is_as_quick_with_many_pairs(
    merchant: Client, model: EmbeddingModel, django_assert_max_num_queries: Any
) -> None:
    pair_of(model)
    merchant.get(QUEUE)
    with django_assert_max_num_queries(12) as one:
        merchant.get(QUEUE)
    for seed in range(2, 22):
        pair_of(model, seed)
    with django_assert_max_num_queries(len(one)):
        merchant.get(QUEUE)
    DuplicatePair.objects.update(state="same")
    with django_assert_max_num_queries(len(one)):
        merchant.get(f"{QUEUE}?show=decided")


def test_tabs_show_drafts_and_the_very_same_files(merchant: Client, model: EmbeddingModel) -> None:
    plain, draft = pair_of(model, 1), pair_of(model, 2, draft=True)
    exact = pair_of(model, 3, exact=True)

    shown = {
        tab: [title for pair in (plain, draft, exact) for title in titles(pair) if title in page]
        for tab in ("drafts", "exact")
        for page in [merchant.get(f"{QUEUE}?show={tab}").content.decode()]
    }

    assert shown == {"drafts": titles(draft), "exact": titles(exact)}
    assert merchant.get(f"{QUEUE}?show=nonsense&from=nonsense").status_code == 200


def test_two_pictures_of_one_product_are_its_own_affair(
    merchant: Client, model: EmbeddingModel
) -> None:
    pair = pair_of(model)
    ProductImage.objects.filter(pk=pair.other_id).update(product=pair.image.product)
    assert "2 pictures are still to be compared." in merchant.get(QUEUE).content.decode()

    PictureSignature.objects.update(due_at=None)

    assert "No picture is on two products." in merchant.get(QUEUE).content.decode()


def test_the_same_asks_what_next_and_merges_nothing(
    merchant: Client, model: EmbeddingModel
) -> None:
    pair = pair_of(model, draft=True)

    page = merchant.post(
        f"{QUEUE}decide/", {"pair": pair.pk, "state": "same", "show": "all"}, follow=True
    ).content.decode()

    assert "What next?" in page
    assert "Delete the draft’s picture" in page
    assert f"Move the draft’s picture to “{pair.image.product.title}”" in page
    assert ProductImage.objects.count() == 2


def test_not_the_same_goes_on_and_is_undone(merchant: Client, model: EmbeddingModel) -> None:
    pair, other = pair_of(model, 1), pair_of(model, 2)

    answer = merchant.post(
        f"{QUEUE}decide/",
        {"pair": other.pk, "state": "different", "show": "all", "from": other.pk},
        follow=True,
    )

    page = answer.content.decode()
    assert titles(pair)[0] in page and titles(other)[0] not in page
    assert "1 pair is not the same." in page and "Undo" in page
    merchant.post(f"{QUEUE}undo/", {"pair": other.pk})
    assert DuplicatePair.objects.filter(state="open").count() == 2


def test_what_is_skipped_waits_at_the_end(merchant: Client, model: EmbeddingModel) -> None:
    first, second = pair_of(model, 1), pair_of(model, 2)

    shown = merchant.get(f"{QUEUE}?from={first.pk}").context["current"]
    assert shown.pair == first
    shown = merchant.get(f"{QUEUE}?from={first.pk - 1}").context["current"]
    assert shown.pair == second


def test_ticked_ones_or_all_are_dismissed_together(merchant: Client, model: EmbeddingModel) -> None:
    pairs = [pair_of(model, seed, exact=seed > 2) for seed in range(1, 6)]

    merchant.post(f"{QUEUE}decide/", {"pair": [one.pk for one in pairs[:2]], "state": "different"})
    assert DuplicatePair.objects.filter(state="different").count() == 2

    merchant.post(f"{QUEUE}decide/", {"all": "1", "show": "exact", "state": "different"})
    assert DuplicatePair.objects.filter(state="different").count() == 5


@pytest.mark.parametrize(
    "sent", [{}, {"state": "merged"}, {"state": "same", "show": "nothing"}, {"state": "open"}]
)
def test_a_decision_that_is_none_is_refused(merchant: Client, sent: dict[str, str]) -> None:
    assert merchant.post(f"{QUEUE}decide/", sent).status_code == 404


def test_the_drafts_picture_is_moved_or_deleted(merchant: Client, model: EmbeddingModel) -> None:
    moved, deleted = pair_of(model, 1, draft=True), pair_of(model, 2, draft=True)

    page = merchant.post(f"{QUEUE}picture/", {"pair": moved.pk, "do": "take"}, follow=True)
    assert "The draft has no picture any more." in page.content.decode()
    merchant.post(f"{QUEUE}picture/", {"pair": deleted.pk, "do": "delete"})
    page = merchant.post(f"{QUEUE}picture/", {"pair": deleted.pk, "do": "delete"}, follow=True)

    assert "gone by now" in page.content.decode()
    assert moved.image.product.images.count() == 2
    assert not ProductImage.objects.filter(pk=deleted.other_id).exists()


def test_only_who_changes_products_answers(client: Client, model: EmbeddingModel) -> None:
    pair = pair_of(model)
    user = User.objects.create_user("helper", "h@example.com", "x", is_staff=True)
    client.force_login(user)
    asked = [
        client.get(QUEUE),
        client.post(f"{QUEUE}decide/", {"pair": pair.pk, "state": "same"}),
        client.post(f"{QUEUE}undo/", {"pair": pair.pk}),
        client.post(f"{QUEUE}picture/", {"pair": pair.pk, "do": "delete"}),
        client.get(f"{QUEUE}beside/{pair.image.product_id}/"),
    ]
    assert [answer.status_code for answer in asked] == [403] * 5

    user.user_permissions.add(Permission.objects.get(codename="change_product"))
    assert client.get(QUEUE).status_code == 200
    answer = client.post(f"{QUEUE}picture/", {"pair": pair.pk, "do": "delete"})
    assert answer.status_code == 403  # whoever deletes must be allowed to delete


@pytest.mark.parametrize("page", ["decide", "undo", "picture"])
def test_nothing_is_decided_by_a_link(merchant: Client, page: str) -> None:
    assert merchant.get(f"{QUEUE}{page}/").status_code == 405


def test_a_products_page_shows_where_else_its_pictures_are(
    merchant: Client, model: EmbeddingModel, django_assert_max_num_queries: Any
) -> None:
    pair = pair_of(model)
    product = pair.image.product
    form = merchant.get(f"/admin/catalog/product/{product.pk}/change/").content.decode()
    assert f'data-beside-product="{QUEUE}beside/{product.pk}/"' in form
    assert f'data-also-on="{pair.image_id}"' in form

    with django_assert_max_num_queries(40):
        part = merchant.get(f"{QUEUE}beside/{product.pk}/").content.decode()

    assert f'data-also-on-picture="{pair.image_id}"' in part
    assert f"This picture is also on “{pair.other.product.title}”." in part
    assert "Similar products in the shop" in part
    DuplicatePair.objects.update(state="different")
    assert "also on" not in merchant.get(f"{QUEUE}beside/{product.pk}/").content.decode()


def test_a_new_product_has_nothing_beside_it(merchant: Client, model: EmbeddingModel) -> None:
    page = merchant.get("/admin/catalog/product/add/")
    assert page.status_code == 200
    assert "data-beside-product" not in page.content.decode()
    assert merchant.get(f"{QUEUE}beside/{ProductFactory().pk}/").status_code == 200
    assert merchant.get(f"{QUEUE}beside/987654/").status_code == 404
    assert duplicates_admin.NEXT < duplicates_admin.AT_ONCE


def test_a_draft_of_an_upload_is_told_which_product_has_its_picture(
    rf: RequestFactory, model: EmbeddingModel, django_assert_num_queries: Any
) -> None:
    pair, other = pair_of(model, 1, draft=True), pair_of(model, 2, draft=True)
    drafts = [pair.other.product, other.other.product, ProductFactory(published=False)]
    with django_assert_num_queries(2):
        uploads.load_also_on(rf.get("/"), drafts)

    shown = [render_to_string("search/duplicates/draft.html", {"draft": one}) for one in drafts]

    assert f"“{pair.image.product.title}”" in shown[0]
    assert f"“{other.image.product.title}”" in shown[1]
    assert not shown[2].strip()


def test_a_product_is_still_deleted_with_its_pairs(client: Client) -> None:
    client.force_login(make_user(role="Catalogue"))
    pair = pair_of(make_model())

    client.post(f"/admin/catalog/product/{pair.other.product_id}/delete/", {"post": "yes"})

    assert not DuplicatePair.objects.exists()
