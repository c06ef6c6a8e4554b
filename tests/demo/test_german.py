"""The demo shop in German: words, rows and judgements."""

import pytest

from demo.assortment import KINDS
from demo.german import NOUNS, bent, compound, german_rows, judged
from demo.products import plan_products

PRODUCTS = plan_products(1, 60)


def test_every_kind_has_a_german_name() -> None:
    assert NOUNS.keys() == KINDS.keys()


@pytest.mark.parametrize(
    ("adjective", "gender", "form"),
    [
        ("rot", "m", "roter"),
        ("rot", "p", "rote"),
        ("kariert", "n", "kariertes"),
        ("rosa", "f", "rosa"),
    ],
)
def test_adjectives_bend_with_the_noun(adjective: str, gender: str, form: str) -> None:
    assert bent(adjective, gender) == form


def test_material_and_noun_are_written_together() -> None:
    assert compound("leather", "Stiefel") == "Lederstiefel"
    assert compound("cotton", "T-Shirt") == "Baumwoll-T-Shirt"


def test_rows_have_the_products_and_pictures_of_the_demo_in_german() -> None:
    product = PRODUCTS[0]

    found = list(german_rows(product, 0))

    assert found[0]["Handle"] == product.handle
    assert found[0]["Variant SKU"] == product.variants[0].sku
    assert {row["Image Src"] for row in found if row["Image Src"]} == {
        f"images/{shot.file}" for shot in product.shots
    }
    assert not {"Colour", "Size"} & {row["Option1 Name"] for row in found}


def test_judgements_name_products_and_have_right_ones() -> None:
    handles = {product.handle for product in PRODUCTS}
    best: dict[str, int] = {}

    for query, _, handle, grade, _ in judged(PRODUCTS):
        assert handle in handles
        best[query] = max(grade, best.get(query, 0))

    assert set(best.values()) == {3}
