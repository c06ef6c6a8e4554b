"""The demo's products: which they are, and that they go."""

import json
import threading
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from shop import demo_setup
from shop.catalog.models import Category, Product, ProductImage, Variant
from shop.locks import try_lock
from shop.onboarding import demo_data
from shop.onboarding.demo_data import fingerprint_of, plan_removal, remember_demo, start_removal
from shop.onboarding.models import DemoProduct, DemoRemoval
from shop.onboarding.tasks import LOCK, continue_removal
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory

pytestmark = pytest.mark.django_db


def make_demo(count: int = 3, **values: Any) -> list[Product]:
    category = values.pop("category", None) or CategoryFactory(
        name="Boots", parent=CategoryFactory(name="Shoes")
    )
    made = [
        ProductFactory(
            category=category,
            images=1,
            variants=[
                {"options": {"size": "S"}, "price": "10.00"},
                {"options": {"size": "M"}, "price": "12.00", "compare_at_price": "15.00"},
            ],
            **values,
        )
        for _ in range(count)
    ]
    remember_demo([product.slug for product in made])
    return made


def remove_all(**options: Any) -> DemoRemoval:
    removal = start_removal(**options)
    continue_removal()
    removal.refresh_from_db()
    return removal


def test_they_go_with_their_pictures_and_categories(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    demo = make_demo()
    own = ProductFactory(images=1)
    files = list(ProductImage.objects.filter(product__in=demo).values_list("image", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        removal = remove_all()

    assert (removal.removed, removal.kept) == (3, 0)
    assert removal.finished_at is not None
    assert Product.objects.get() == own
    assert Category.objects.get() == own.category
    assert not any(default_storage.exists(file) for file in files)
    assert default_storage.exists(own.images.get().image.name)


def test_a_category_with_something_of_the_merchants_own_stays() -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = CategoryFactory(name="Boots", parent=shoes)
    make_demo(category=boots)
    CategoryFactory(name="My own, still empty", parent=shoes)

    remove_all()

    names = set(Category.objects.values_list("name", flat=True))
    assert names == {"Shoes", "My own, still empty"}
    assert Category.objects.get(name="Shoes").numchild == 1


EDITS: dict[str, Callable[[Product], Any]] = {
    "title": lambda product: Product.objects.filter(pk=product.pk).update(title="Mine"),
    "text": lambda product: Product.objects.filter(pk=product.pk).update(description="Mine"),
    "unpublished": lambda product: Product.objects.filter(pk=product.pk).update(published=False),
    "price": lambda product: product.variants.filter(price=10).update(price=11),
    "variant": lambda product: Variant.objects.create(product=product, sku="mine", price=1),
    "picture": lambda product: ProductImageFactory(product=product),
    "fewer pictures": lambda product: product.images.all().delete(),
    "option": lambda product: product.variants.first().options.clear(),  # type: ignore[union-attr]
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_the_merchant_edited_stays_unless_told_otherwise(edit: str) -> None:
    mine, *_ = make_demo()
    EDITS[edit](mine)

    plan = plan_removal()
    assert (plan.products, plan.edited) == (2, [mine])
    removal = remove_all()

    assert (removal.removed, removal.kept) == (2, 1)
    assert Product.objects.get() == mine
    again = remove_all(with_edited=True)
    assert again != removal and again.removed == 1
    assert not Product.objects.exists()


def test_what_happens_by_itself_is_no_edit() -> None:
    first, second, third = make_demo()
    first.variants.update(stock=0)  # sold
    # A sale runs: the struck price is the regular one.
    second.variants.filter(price=10).update(price=8, compare_at_price=Decimal("10.00"))
    third.save()

    assert plan_removal().edited == []


def test_a_removal_goes_on_where_it_was_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_data, "BATCH", 2)
    edited, *_ = make_demo(5)
    Product.objects.filter(pk=edited.pk).update(title="Mine")
    removal = start_removal()

    demo_data.continue_removal(seconds=0)
    removal.refresh_from_db()
    assert (removal.removed, removal.kept, removal.finished_at) == (1, 1, None)
    assert start_removal() == removal
    continue_removal()

    removal.refresh_from_db()
    assert (removal.removed, removal.kept) == (4, 1)
    assert removal.finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_there_is_one_removal() -> None:
    make_demo(1)
    found: list[int] = []

    def begin() -> None:
        found.append(start_removal().pk)
        connection.close()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1 and DemoRemoval.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_where_one_runs_another_does_nothing() -> None:
    make_demo(1)
    start_removal()
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with try_lock(LOCK):
            held.set()
            let_go.wait(20)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(20)
    try:
        continue_removal()
        with pytest.raises(CommandError, match="runs already"):
            call_command("remove_demo", "--yes")
    finally:
        let_go.set()
        other.join()
    assert Product.objects.exists()


def test_queries_do_not_grow_with_the_products(django_assert_max_num_queries: Any) -> None:
    make_demo(2)
    with django_assert_max_num_queries(10) as few:
        plan_removal()
    make_demo(10, category=CategoryFactory())
    with django_assert_max_num_queries(10) as many:
        plan_removal()

    assert len(few) == len(many)


# --- The command --------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("remove_demo", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_first_what_it_would_do() -> None:
    mine, *_ = make_demo()
    Product.objects.filter(pk=mine.pk).update(title="Mine")

    words = run()

    assert "2 products would be removed. Run it with --yes" in words
    assert f"  {mine.slug}" in words
    assert json.loads(run("--json")) == {"products": 2, "edited": [mine.slug]}
    assert Product.objects.count() == 3 and not DemoRemoval.objects.exists()


def test_the_command_removes() -> None:
    mine, *_ = make_demo()
    Product.objects.filter(pk=mine.pk).update(title="Mine")

    assert json.loads(run("--yes", "--json")) == {"removed": 2, "kept": 1}
    assert "1 products removed, 0 kept" in run("--yes", "--edited")
    assert not Product.objects.exists()


# --- In the admin -------------------------------------------------------------------------------

PAGE = "/admin/getting-started/demo/"


def test_the_page_says_what_goes_and_a_button_does_it(admin_client: Client) -> None:
    mine, *_ = make_demo()
    Product.objects.filter(pk=mine.pk).update(title="Mine, edited")

    page = admin_client.get(PAGE).content.decode()
    assert "2 products of the demo are as they came." in page
    assert "Mine, edited" in page and "Remove these, too" in page

    assert admin_client.post(PAGE).status_code == 302
    running = admin_client.get(PAGE).content.decode()
    assert '<progress max="3" value="0"' in running and 'http-equiv="refresh"' in running
    continue_removal()
    assert "2 products were removed. 1 stayed" in admin_client.get(PAGE).content.decode()


def test_the_page_needs_the_permission(client: Client, django_user_model: Any) -> None:
    make_demo(1)
    client.force_login(django_user_model.objects.create_user("ann", is_staff=True))

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert not DemoRemoval.objects.exists()


def test_a_shop_without_a_demo_says_so(admin_client: Client) -> None:
    assert "There are none of the demo’s products." in admin_client.get(PAGE).content.decode()


# --- The demo's setting up ----------------------------------------------------------------------


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder whose drawn catalogue has one product, and how often it was drawn."""
    folder = tmp_path / "demo"

    def draw(target: Path) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "products.csv").write_text(
            "Handle,Title,Type,Variant SKU,Variant Price\nred-boots,Red boots,Shoes,RB-1,89\n"
        )
        with (tmp_path / "drawn").open("a") as log:
            log.write("x")

    monkeypatch.setattr(demo_setup, "draw", draw)
    return tmp_path


def test_the_demo_remembers_what_it_brought_and_does_not_bring_it_again(drawn: Path) -> None:
    demo_setup.load_catalogue(drawn)
    assert DemoProduct.objects.get().product.slug == "red-boots"

    remove_all()
    demo_setup.load_catalogue(drawn)

    assert not Product.objects.exists()
    assert (drawn / "drawn").read_text() == "x"


def test_a_demo_from_before_is_remembered_at_its_next_start(drawn: Path) -> None:
    demo_setup.load_catalogue(drawn)
    DemoProduct.objects.all().delete()

    demo_setup.load_catalogue(drawn)

    row = DemoProduct.objects.get()
    assert row.fingerprint == fingerprint_of(row.product)
    assert (drawn / "drawn").read_text() == "x"
