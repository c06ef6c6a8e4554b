"""The page of the search model: who may, what it offers, what each button does."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from search import model_versions
from search.models import Embedding, EmbeddingModel, ModelBuild, ModelComparison
from search.versions import page as versions_page
from search.versions import presets
from search.versions import readiness as versions_readiness
from shop.accounts import roles
from shop.catalog.models import Product
from tests.factories import ProductFactory
from tests.search.vectors import embed_text, make_model, unit

pytestmark = pytest.mark.django_db

PAGE = "/admin/search/embeddingmodel/"


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.com", "x"))
    return client


@pytest.fixture
def second() -> EmbeddingModel:
    make_model()
    state = EmbeddingModel.State.BUILDING
    return make_model(reference="second", name="second", state=state)


@pytest.fixture
def exported(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (versions_readiness, model_versions):
        monkeypatch.setattr(module, "is_exported", lambda model: True)


def do(client: Client, verb: str, **values: object) -> str:
    """The page after a button."""
    address = reverse("admin:search_embeddingmodel_do", args=[verb])
    return client.post(address, values, follow=True).content.decode()


def embed_all(*models: EmbeddingModel) -> None:
    for model in models:
        for product in Product.objects.all():
            embed_text(product, model, unit(1))


@pytest.mark.parametrize("role", [roles.CATALOGUE, roles.FULFILMENT, roles.SUPPORT])
def test_only_owners_change_the_model(client: Client, second: EmbeddingModel, role: str) -> None:
    roles.apply()
    ann = get_user_model().objects.create_user("ann", is_staff=True)
    ann.groups.add(Group.objects.get(name=role))
    client.force_login(ann)

    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}progress/").status_code == 403
    address = reverse("admin:search_embeddingmodel_do", args=["drop"])
    assert client.post(address, {"model": second.pk}).status_code == 403
    second.refresh_from_db()
    assert second.state == "building"


def test_an_owner_sees_it_in_the_sidebar(client: Client) -> None:
    roles.apply()
    ann = get_user_model().objects.create_user("ann", is_staff=True)
    ann.groups.add(Group.objects.get(name=roles.OWNER))
    client.force_login(ann)

    assert PAGE in client.get(PAGE).content.decode()


def test_buttons_are_no_links(owner: Client, second: EmbeddingModel) -> None:
    for verb in ("build", "switch", "drop"):
        address = reverse("admin:search_embeddingmodel_do", args=[verb])
        assert owner.get(address).status_code == 405


def test_without_a_model_one_is_chosen(owner: Client) -> None:
    page = owner.get(PAGE).content.decode()

    assert "searches find by words alone" in page
    assert page.count('name="preset"') == 8


def test_a_model_is_asked_for_and_logged(owner: Client) -> None:
    make_model()

    page = do(owner, "build", preset="clip-vit-b-32")

    assert ModelBuild.objects.get().name == "clip-vit-b-32"
    assert "Anything (clip-vit-b-32) is being prepared." in page
    assert "Your server is fetching the model" in page
    assert LogEntry.objects.get().object_repr == "clip-vit-b-32"


@pytest.mark.parametrize(
    ("reference", "told"),
    [("", "Write which model"), ("a nicer one", "“a nicer one” is no model.")],
)
def test_what_is_no_model_is_told_and_kept(owner: Client, reference: str, told: str) -> None:
    page = do(owner, "build", preset="own", reference=reference)

    assert told in page
    assert f'value="{reference}"' in page
    assert not ModelBuild.objects.exists()


def test_why_it_could_not_be_prepared_is_told_and_put_away(owner: Client) -> None:
    make_model()
    asked = ModelBuild.objects.create(name="clip-vit-b-32", error="The hub cannot be reached.")
    ModelBuild.objects.update(failed_at=asked.asked_at)

    page = owner.get(PAGE).content.decode()
    assert "The model could not be prepared. Whoever runs the server" in page
    assert "The hub cannot be reached." in page.partition("<details")[2]

    page = do(owner, "forget")

    assert "The hub cannot be reached." not in page
    told = "Anything (clip-vit-b-32), which could not be prepared, is put away."
    assert told in page
    assert LogEntry.objects.get().change_message == told


def test_giving_up_what_is_being_fetched_is_logged(owner: Client) -> None:
    make_model()
    ModelBuild.objects.create(name="clip-vit-b-32")

    do(owner, "forget")

    assert not ModelBuild.objects.exists()
    entry = LogEntry.objects.get()
    assert entry.object_repr == "clip-vit-b-32"
    assert entry.change_message == "Anything (clip-vit-b-32) is given up before it was ready."


def test_what_this_server_cannot_prepare_is_not_chosen(
    owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_model()
    monkeypatch.setattr(presets.Preset, "lacks_library", property(lambda self: self.download > 800))

    page = owner.get(PAGE).content.decode()
    assert page.count("disabled required") == 4
    refused = do(owner, "build", preset="clip-multilingual")

    assert "requirements-models.txt first." in refused.partition("<fieldset")[0]
    assert not ModelBuild.objects.exists()


def test_one_is_prepared_at_a_time(owner: Client, second: EmbeddingModel) -> None:
    page = do(owner, "build", preset="clip-vit-b-32")

    assert "second is being prepared already" in page
    assert not ModelBuild.objects.exists()


def test_it_shows_how_far_it_is_and_follows(owner: Client, second: EmbeddingModel) -> None:
    ProductFactory.create_batch(2)

    page = owner.get(PAGE).content.decode()

    assert "0 of 2 pictures and texts seen." in page
    assert "Switch to it" not in page
    state = page.partition("progress/?state=")[2].partition('"')[0]
    again = owner.get(f"{PAGE}progress/", {"state": state})
    assert "0 of 2 pictures and texts seen." in again.content.decode()
    assert "HX-Refresh" not in again
    model_versions.pause(second)
    assert owner.get(f"{PAGE}progress/", {"state": state})["HX-Refresh"] == "true"


def test_what_changes_while_the_page_is_made_is_seen_by_the_next_look(
    owner: Client, second: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_versions.drop(second)
    real = versions_page.being_compared

    def deleted_meanwhile() -> list[ModelComparison]:
        EmbeddingModel.objects.filter(pk=second.pk).delete()
        return real()

    monkeypatch.setattr(versions_page, "being_compared", deleted_meanwhile)

    page = owner.get(PAGE).content.decode()

    assert "second is being deleted." in page
    state = page.partition("progress/?state=")[2].partition('"')[0]
    assert owner.get(f"{PAGE}progress/", {"state": state})["HX-Refresh"] == "true"


def test_what_is_being_deleted_stays_named(owner: Client, second: EmbeddingModel) -> None:
    model_versions.drop(second)
    page = owner.get(PAGE).content.decode()
    state = page.partition("progress/?state=")[2].partition('"')[0]

    assert (
        "second is being deleted."
        in owner.get(f"{PAGE}progress/", {"state": state}).content.decode()
    )


def test_it_is_paused_and_goes_on(owner: Client, second: EmbeddingModel) -> None:
    ProductFactory()

    assert "Paused." in do(owner, "pause", model=second.pk)
    assert "Paused." not in do(owner, "resume", model=second.pk)
    assert LogEntry.objects.count() == 2


def test_it_is_switched_to_and_gone_back_from(
    owner: Client, second: EmbeddingModel, exported: None
) -> None:
    ProductFactory()
    first = EmbeddingModel.objects.live()
    assert first is not None
    embed_all(first, second)
    assert "Switch to it" in owner.get(PAGE).content.decode()

    page = do(owner, "switch", model=second.pk)
    assert "second answers searches from now on." in page
    assert "Go back to it" in page
    assert EmbeddingModel.objects.live() == second

    page = do(owner, "back", model=first.pk)
    assert "by-hand answers searches again." in page
    assert EmbeddingModel.objects.live() == first
    assert LogEntry.objects.count() == 2


def test_what_is_not_ready_is_not_switched_to(owner: Client, second: EmbeddingModel) -> None:
    ProductFactory()

    page = do(owner, "switch", model=second.pk)

    assert "second is not ready yet" in page
    assert EmbeddingModel.objects.live() != second
    assert not LogEntry.objects.exists()


def test_going_back_after_its_days_says_what_is_missing(
    owner: Client, second: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_versions, "MOMENT", 0)
    first = EmbeddingModel.objects.live()
    assert first is not None
    model_versions.switch(second)
    EmbeddingModel.objects.filter(pk=first.pk).update(kept_until=None)
    ProductFactory()

    assert "has not seen 1 pictures and texts" in do(owner, "back", model=first.pk)
    assert EmbeddingModel.objects.live() == second

    do(owner, "back", model=first.pk, now="on")
    assert EmbeddingModel.objects.live() == first


def test_a_former_model_is_deleted_on_request(owner: Client, second: EmbeddingModel) -> None:
    first = EmbeddingModel.objects.live()
    assert first is not None
    model_versions.switch(second)

    assert "by-hand is being deleted." in do(owner, "drop", model=first.pk)

    first.refresh_from_db()
    assert first.state == "dropping"


def test_the_live_model_is_not_deleted_whatever_is_posted(
    owner: Client, second: EmbeddingModel
) -> None:
    live = EmbeddingModel.objects.live()
    assert live is not None

    assert "not possible any more" in do(owner, "drop", model=live.pk)
    assert EmbeddingModel.objects.live() == live


def test_a_comparison_is_asked_for(owner: Client, second: EmbeddingModel) -> None:
    page = do(owner, "compare", model=second.pk)

    assert ModelComparison.objects.get().model == second
    assert "Comparing second with by-hand: both are being asked the same questions" in page


def test_a_comparison_is_stopped(owner: Client, second: EmbeddingModel) -> None:
    assert "Stop comparing" in do(owner, "compare", model=second.pk)

    page = do(owner, "stop", model=second.pk)

    assert "second is not compared any more." in page
    assert "Stop comparing" not in page
    assert not ModelComparison.objects.exists()
    assert "not possible any more" in do(owner, "stop", model=second.pk)


def test_no_model_that_is_being_deleted_is_compared(owner: Client, second: EmbeddingModel) -> None:
    do(owner, "compare", model=second.pk)

    page = do(owner, "drop", model=second.pk)

    assert "second is being deleted." in page
    assert "both are being asked" not in page


def test_a_sentence_that_ends_with_a_time_has_one_full_stop(
    owner: Client, second: EmbeddingModel
) -> None:
    at = datetime(2026, 11, 27, 23, 17, tzinfo=UTC)
    first = EmbeddingModel.objects.live()
    assert first is not None
    model_versions.switch(second)
    EmbeddingModel.objects.filter(pk=second.pk).update(activated_at=at)
    EmbeddingModel.objects.filter(pk=first.pk).update(retired_at=at)

    page = owner.get(PAGE).content.decode()

    assert "p.m.." not in page
    assert re.search(r"Since [^<]*p\.m\. ", page)
    assert re.search(r"Replaced [^<]*p\.m\. ", page)


def test_the_page_takes_as_many_queries_for_many_products(
    owner: Client, second: EmbeddingModel, exported: None, django_assert_max_num_queries
) -> None:
    products = ProductFactory.create_batch(30)
    first = EmbeddingModel.objects.live()
    assert first is not None
    embed_all(first, second)
    Embedding.objects.filter(model=second, product__in=products[:3]).update(status="pending")
    figures = {"mean": 0.5, "interval": [0.4, 0.6], "queries": 30}
    difference = {"difference": 0.0, "interval": [-0.1, 0.1], "verdict": "no difference"}
    keys = [product.pk for product in products]
    ModelComparison.objects.create(
        model=second,
        against=first,
        share=1.0,
        finished_at=first.created_at,
        figures={
            "coverage": {"new": {}, "present": {}},
            "overlap_at_10": {"words": figures, "pictures": figures},
            "self": {"r_at_1": {"present": figures, "new": figures, **difference}},
            "lab": {"queries": 0},
            "milliseconds": {side: {"words": 1.0, "photo": 2.0} for side in ("present", "new")},
            "samples": [
                {"words": "boots", "present": keys[:6], "new": keys[6:12]},
                {"product": keys[0], "present": keys[12:18], "new": keys[18:24]},
            ],
        },
    )

    with django_assert_max_num_queries(50):
        page = owner.get(PAGE).content.decode()

    assert "no clear difference" in page
    assert page.count('class="model-found"') == 4
