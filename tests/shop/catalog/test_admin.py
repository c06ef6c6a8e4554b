"""The catalogue's admin, through its own forms."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from shop.catalog.admin import ProductAdmin, ProductImageInline
from shop.catalog.models import Attribute, Category, Product, ProductImage
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    ProductImageFactory,
    attribute_value,
    picture_bytes,
    upload,
)

pytestmark = pytest.mark.django_db
PRODUCTS = "/admin/catalog/product/"
CATEGORIES = "/admin/catalog/category/"


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def rows(prefix: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """What a browser sends of an inline."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for n, row in enumerate(rows):
        data |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return data


def form(product: Product | None = None, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a product's form."""
    data: dict[str, Any] = {
        "title": "Red boot",
        "slug": "",
        "published": "on",
        "tax_category": "standard",
    }
    variants = [{"sku": "BOOT", "price": "10", "stock": "3", "position": "0"}]
    images: list[dict[str, Any]] = []
    if product is not None:
        data |= {"title": product.title, "slug": product.slug, "category": product.category_id}
        variants = [
            {"id": one.pk, "sku": one.sku, "price": one.price, "stock": one.stock, "position": 0}
            for one in product.variants.all()
        ]
        images = [{"id": one.pk, "position": one.position} for one in product.images.all()]
    variants = changes.pop("variants", variants)
    initial = len(images)
    images += changes.pop("images", [])
    variants = [{"weight": "0", **one} for one in variants]
    data |= rows("variants", *variants, initial=len([one for one in variants if "id" in one]))
    data |= rows("images", *images, initial=initial)
    return data | changes


def errors(response: Any) -> str:
    assert response.status_code == 200, response.headers
    context = response.context
    found = [*context["adminform"].form.errors.values()]
    for inline in context["inline_admin_formsets"]:
        found.append(inline.formset.non_form_errors())
        found += [one for each in inline.formset.errors for one in each.values()]
    return " ".join(str(message) for one in found for message in one)


# --- Products -----------------------------------------------------------------------------------


def test_a_new_product_with_pictures(staff: Client) -> None:
    attribute = attribute_value("material", "Leather")
    data = form(
        category=CategoryFactory().pk,
        images=[{"image": upload(), "alt": "Front", "position": 0}],
        new_pictures=[upload(picture_bytes(seed=n)) for n in (1, 2)],
    )

    response = staff.post(f"{PRODUCTS}add/", data | {"product-attributes": [attribute.pk]})

    assert response.status_code == 302, errors(response)
    product = Product.objects.get()
    assert product.slug == "red-boot"
    assert [image.position for image in product.images.all()] == [0, 1, 2]
    assert product.images.first().alt == "Front"  # type: ignore[union-attr]
    assert product.variants.get().sku == "BOOT"
    assert list(product.attributes.all()) == [attribute]


@pytest.mark.parametrize("price", ["19,90", "19.90"])
def test_a_price_is_typed_as_the_language_writes_it(staff: Client, price: str) -> None:
    variants = [{"sku": "BOOT", "price": price, "stock": "3", "position": "0"}]
    data = form(category=CategoryFactory().pk, variants=variants)

    response = staff.post(f"{PRODUCTS}add/", data, HTTP_ACCEPT_LANGUAGE="de")

    assert response.status_code == 302, errors(response)
    assert str(Product.objects.get().variants.get().price) == "19.90"


def test_prices_are_shown_where_browsers_take_the_languages_comma(staff: Client) -> None:
    product = ProductFactory(variants=[{"price": "97.95", "compare_at_price": "120.00"}])

    page = staff.get(f"{PRODUCTS}{product.pk}/change/", HTTP_ACCEPT_LANGUAGE="de").content.decode()

    for name, written in (("price", "97,95"), ("compare_at_price", "120,00")):
        found = re.search(rf'<input[^>]*name="variants-0-{name}"[^>]*>', page)
        assert found and f'value="{written}"' in found[0]
        assert 'type="text"' in found[0]  # a number input with a comma in it is empty


def test_a_slug_that_is_taken_gets_a_number(staff: Client) -> None:
    ProductFactory(slug="red-boot")

    staff.post(f"{PRODUCTS}add/", form(category=CategoryFactory().pk))

    assert Product.objects.filter(slug="red-boot-2").exists()


def test_a_product_keeps_a_variant(staff: Client) -> None:
    product = ProductFactory()
    only = product.variants.get()
    gone = {"id": only.pk, "sku": only.sku, "price": 1, "stock": 1, "position": 0, "DELETE": "on"}

    for variants in ([gone], []):
        response = staff.post(f"{PRODUCTS}{product.pk}/change/", form(product, variants=variants))
        assert "at least one variant" in errors(response)

    assert product.variants.count() == 1


def test_a_former_price_must_be_higher(staff: Client) -> None:
    variant = {"sku": "a", "price": "10", "compare_at_price": "9", "stock": 1, "position": 0}

    response = staff.post(
        f"{PRODUCTS}add/", form(category=CategoryFactory().pk, variants=[variant])
    )

    assert "former price must be higher" in str(response.content)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"hello", "This is a text file"),
        (b"", "The file is empty"),
        (picture_bytes()[:700], "damaged or incomplete"),
        (picture_bytes(format="EPS"), "EPS"),
        (picture_bytes((8, 8)), "too small"),
    ],
)
@pytest.mark.parametrize("field", ["images", "new_pictures"])
def test_what_is_no_picture_is_said_beside_the_field(
    staff: Client, data: bytes, message: str, field: str
) -> None:
    product = ProductFactory()
    file = upload(data, name="photo.png")
    sent = {"images": [{"image": file, "position": 0}], "new_pictures": [upload(), file]}

    response = staff.post(f"{PRODUCTS}{product.pk}/change/", form(product, **{field: sent[field]}))

    assert message in errors(response)
    assert not ProductImage.objects.exists()


def test_pictures_that_must_be_chosen_again_are_asked_for(staff: Client) -> None:
    address = f"{PRODUCTS}{ProductFactory().pk}/change/"
    pictures = [upload(picture_bytes(seed=n)) for n in (1, 2)]

    with_pictures = staff.post(address, form(title="", new_pictures=pictures))
    without = staff.post(address, form(title=""))

    assert b"Choose the pictures once more" in with_pictures.content
    assert b"once more" not in without.content


def test_a_picture_is_not_added_twice(staff: Client) -> None:
    product = ProductFactory()
    ProductImageFactory(product=product, data=picture_bytes(seed=5))
    same = picture_bytes(seed=5)
    address = f"{PRODUCTS}{product.pk}/change/"

    response = staff.post(address, form(product, images=[{"image": upload(same), "position": 0}]))
    assert "has this picture already" in errors(response)

    fresh = [{"image": upload(picture_bytes(seed=6)), "position": 0} for _ in range(2)]
    response = staff.post(address, form(product, images=fresh))
    assert "has this picture already" in errors(response)

    response = staff.post(address, form(product, new_pictures=[upload(same)]), follow=True)
    assert "photo.jpg was left out" in response.content.decode()
    assert product.images.count() == 1


def test_a_new_picture_comes_last(staff: Client) -> None:
    product = ProductFactory(images=2)

    staff.post(
        f"{PRODUCTS}{product.pk}/change/",
        form(product, images=[{"image": upload(), "position": 0}]),
    )

    assert [image.position for image in product.images.all()] == [0, 1, 2]


def test_dragging_numbers_the_empty_row_without_filling_it(staff: Client) -> None:
    product = ProductFactory(images=2)
    sent = form(product, images=[{"position": 2}])
    sent |= {"images-0-position": 1, "images-1-position": 0}
    former = list(product.images.values_list("pk", flat=True))

    response = staff.post(f"{PRODUCTS}{product.pk}/change/", sent)

    assert response.status_code == 302, errors(response)
    assert list(product.images.values_list("pk", flat=True)) == former[::-1]


def test_the_list_finds_filters_and_costs_the_same_however_long(
    staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    boots = CategoryFactory(name="Boots", parent=CategoryFactory(name="Shoes"))
    variants = [{"price": "10", "sku": "B-1"}, {"price": "20", "stock": 0}]
    ProductFactory(title="Red boot", category=boots, images=2, variants=variants)
    for _ in range(20):
        ProductFactory(images=1)
    ProductFactory(title="Gone", variants=[{"stock": 0}])

    ProductAdmin.list_display, whole = ProductAdmin.list_display[:8], ProductAdmin.list_display
    try:
        with django_assert_max_num_queries(14):
            page = staff.get(PRODUCTS).content.decode()
    finally:
        ProductAdmin.list_display = whole
    assert "$10.00 – $20.00" in page

    def titles(query: str) -> set[str]:
        found = staff.get(f"{PRODUCTS}?{query}").context["cl"].result_list
        return {product.title for product in found}

    assert titles("q=b-1") == {"Red boot"}
    assert titles("category=shoes") == {"Red boot"}
    assert titles("stock=out") == titles("pictures=none") == {"Gone"}


def test_others_can_add_to_the_lists() -> None:
    for owner, name in (
        (ProductAdmin, "list_display"),
        (ProductAdmin, "readonly_fields"),
        (ProductAdmin, "actions"),
        (ProductImageInline, "readonly_fields"),
    ):
        assert isinstance(getattr(owner, name), list)


# --- The tree -----------------------------------------------------------------------------------


def tree() -> list[str]:
    assert not any(Category.objects.find_problems())
    return ["-" * (one.depth - 1) + one.name for one in Category.objects.in_order()]


def test_categories_are_made_renamed_and_moved(staff: Client) -> None:
    staff.post(f"{CATEGORIES}add/", {"name": "Women"})
    women = Category.objects.get()
    staff.post(f"{CATEGORIES}add/", {"name": "Tops", "parent": women.pk})
    staff.post(f"{CATEGORIES}add/", {"name": "Bags", "parent": women.pk})
    staff.post(f"{CATEGORIES}add/", {"name": "Men"})
    assert tree() == ["Men", "Women", "-Bags", "-Tops"]
    tops = Category.objects.get(slug="women-tops")
    men = Category.objects.get(name="Men")

    staff.post(f"{CATEGORIES}{tops.pk}/change/", {"name": "A tops", "parent": women.pk})
    assert tree() == ["Men", "Women", "-A tops", "-Bags"]

    staff.post(f"{CATEGORIES}{women.pk}/change/", {"name": "Women", "parent": men.pk})
    assert tree() == ["Men", "-Women", "--A tops", "--Bags"]

    staff.post(f"{CATEGORIES}{tops.pk}/change/", {"name": "Tops", "slug": "tops"})
    assert tree() == ["Men", "-Women", "--Bags", "Tops"]
    tops.refresh_from_db()
    assert tops.slug == "tops"


def test_a_new_or_renamed_category_leaves_the_paths_of_others_alone(staff: Client) -> None:
    bags, tops = CategoryFactory(name="Bags"), CategoryFactory(name="Tops")
    paths = dict(Category.objects.values_list("pk", "path"))

    staff.post(f"{CATEGORIES}add/", {"name": "Accessories"})
    staff.post(f"{CATEGORIES}{tops.pk}/change/", {"name": "a tops", "slug": "tops"})

    assert tree() == ["a tops", "Accessories", "Bags"]
    kept = Category.objects.filter(pk__in=[bags.pk, tops.pk]).values_list("pk", "path")
    assert dict(kept) == paths


def test_two_categories_of_one_name_keep_what_is_below_them_apart() -> None:
    for slug, child in (("one", "Boots"), ("two", "Ankles")):
        CategoryFactory(name=child, parent=CategoryFactory(name="Shoes", slug=slug))

    assert tree() == ["Shoes", "-Boots", "Shoes", "-Ankles"]


def test_a_category_does_not_go_below_itself(staff: Client) -> None:
    women = CategoryFactory(name="Women")
    tops = CategoryFactory(name="Tops", parent=women)

    response = staff.post(f"{CATEGORIES}{women.pk}/change/", {"name": "W", "parent": tops.pk})

    assert "Select a valid choice" in errors(response)
    assert tree() == ["Women", "-Tops"]


def test_a_category_goes_with_all_below_it_unless_products_are_there(staff: Client) -> None:
    women = CategoryFactory(name="Women")
    tops = CategoryFactory(name="Tops", parent=women)
    product = ProductFactory(category=tops)

    page = staff.get(f"{CATEGORIES}{women.pk}/delete/").content.decode()
    assert product.title in page and "protected" in page
    response = staff.post(f"{CATEGORIES}{women.pk}/delete/", {"post": "yes"})
    assert response.status_code in (200, 403) and tree() == ["Women", "-Tops"]

    product.delete()
    staff.post(f"{CATEGORIES}{women.pk}/delete/", {"post": "yes"})
    assert tree() == []


# --- Attributes ---------------------------------------------------------------------------------


def test_an_attribute_with_its_values(staff: Client) -> None:
    data = {"name": "Size", "slug": "size"}

    staff.post(
        "/admin/catalog/attribute/add/",
        data | rows("values", {"value": "10.5", "position": 0}, {"value": "XL", "position": 1}),
    )

    values = Attribute.objects.get().values.all()
    assert list(values.values_list("slug", flat=True)) == ["10-5", "xl"]


@pytest.mark.parametrize("page", ["product", "category", "attribute", "attributevalue"])
def test_every_page_opens(staff: Client, page: str) -> None:
    product = ProductFactory(images=1, variants=[{"options": {"color": "Red"}}])
    pk = {
        "product": product.pk,
        "category": product.category_id,
        "attribute": Attribute.objects.get().pk,
        "attributevalue": Attribute.objects.get().values.get().pk,
    }[page]

    for address in ("", "add/", f"{pk}/change/", f"{pk}/delete/", f"{pk}/history/"):
        assert staff.get(f"/admin/catalog/{page}/{address}").status_code == 200
