"""What is read from pictures, as the catalogue has it and as an admin edits it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from search.attributes import prompts, vocabulary
from search.attributes.models import VisualAttribute, VisualValue, check_wordings
from search.attributes.terms import AttributeTerms, ValueTerms
from tests.factories import CategoryFactory, ProductFactory, attribute_value

pytestmark = pytest.mark.django_db


def visual(slug: str) -> VisualAttribute:
    return VisualAttribute.objects.get(attribute__slug=slug)


def make_products(category: object, *values: dict[str, str]) -> None:
    for attributes in values:
        ProductFactory(category=category, attributes=attributes)


def test_the_catalogues_own_attributes_and_values_are_read() -> None:
    boots = CategoryFactory(name="Boots")
    make_products(boots, *[{"pattern": "Plain"}, {"pattern": "Striped"}] * 2)

    vocabulary.complete()
    (pattern,) = vocabulary.terms()

    assert pattern.name == "Pattern"
    assert [value.wordings for value in pattern.values] == [("Plain",), ("Striped",)]
    assert pattern.within == ()  # the whole shop has it


def test_what_is_complete_is_left_as_it_is() -> None:
    make_products(CategoryFactory(), {"pattern": "Plain"}, {"pattern": "Striped"})
    vocabulary.complete()

    assert vocabulary.complete() == 0

    attribute_value("pattern", "Dotted")
    assert vocabulary.complete() == 1
    assert VisualValue.objects.count() == 3


@pytest.mark.parametrize(
    ("slug", "values", "reason"),
    [
        ("shoe-size", ["Narrow", "Wide"], "No picture shows a size."),
        ("width", ["Narrow", "Wide"], "No picture shows a size."),
        ("fit", ["XS", "M", "2XL", "loose"], "No picture shows a size."),
        ("bottle", ["0.5 l", "100 ml", "1,5 l"], "No picture shows a size."),
        ("colour", ["Red", "Blue"], "Colours are read from the pixels, which tell them better."),
        ("care", ["Machine wash"], "It has a single value: there is nothing to tell apart."),
    ],
)
def test_what_no_picture_shows_is_not_read_and_it_is_said_why(
    slug: str, values: list[str], reason: str
) -> None:
    make_products(CategoryFactory(), *({slug: value} for value in values))

    vocabulary.complete()

    assert not visual(slug).enabled
    assert visual(slug).note == reason
    assert vocabulary.terms() == []


def test_a_length_that_is_no_measure_is_read() -> None:
    make_products(CategoryFactory(), {"sleeve-length": "long"}, {"sleeve-length": "short"})

    vocabulary.complete()

    assert visual("sleeve-length").enabled


def test_what_products_have_several_of_is_not_read() -> None:
    product = ProductFactory(attributes={"climate": "Warm"})
    product.attributes.add(attribute_value("climate", "Dry"))

    vocabulary.complete()

    assert visual("climate").note == ("100% of the products with it have several values at once.")


def test_it_is_read_where_the_products_have_it() -> None:
    clothes, gear = CategoryFactory(name="Clothes"), CategoryFactory(name="Gear")
    shirts = CategoryFactory(name="Shirts", parent=clothes)
    coats = CategoryFactory(name="Coats", parent=clothes)
    for category in (shirts, coats):
        make_products(category, *[{"pattern": "Plain"}, {"pattern": "Striped"}] * 2)
    make_products(gear, *[{}] * 4)

    vocabulary.complete()
    (pattern,) = vocabulary.terms()

    assert pattern.within == (clothes.path,)


def test_options_of_variants_count_as_what_the_product_has() -> None:
    for finish in ("Matt", "Glossy"):
        ProductFactory(variants=[{"options": {"finish": finish}}])

    vocabulary.complete()

    assert visual("finish").enabled


def test_a_decision_by_hand_is_kept_until_it_is_reset() -> None:
    boots = CategoryFactory(name="Boots")
    make_products(boots, *({"size": size} for size in ("S", "M")))
    vocabulary.complete()
    size = visual("size")
    size.enabled = size.by_hand = True
    size.floor = 0.7
    size.save()
    size.categories.set([boots])

    vocabulary.decide_all()
    vocabulary.complete()
    (kept,) = vocabulary.terms()
    assert (kept.within, kept.floor, len(kept.values)) == ((boots.path,), 0.7, 2)

    vocabulary.reset([visual("size")])
    assert vocabulary.terms() == []
    assert not visual("size").by_hand
    assert visual("size").floor is None


def test_a_value_is_looked_for_in_its_own_words_and_categories() -> None:
    mugs = CategoryFactory(name="Mugs")
    make_products(mugs, {"pattern": "Plain"}, {"pattern": "Striped"}, {"pattern": "Dotted"})
    vocabulary.complete()
    striped = VisualValue.objects.get(value__slug="striped")
    striped.wordings = "striped\n\n  with   stripes \n"
    striped.save()
    striped.categories.set([mugs])
    VisualValue.objects.filter(value__slug="dotted").update(enabled=False)

    (pattern,) = vocabulary.terms()

    plain, stripes = pattern.values
    assert plain.wordings == ("Plain",)
    assert (stripes.wordings, stripes.within) == (("striped", "with stripes"), (mugs.path,))


def test_any_change_changes_the_fingerprint() -> None:
    make_products(CategoryFactory(), {"pattern": "Plain"}, {"pattern": "Striped"})
    vocabulary.complete()
    before = vocabulary.fingerprint(vocabulary.terms())
    assert vocabulary.fingerprint(vocabulary.terms()) == before

    VisualValue.objects.filter(value__slug="striped").update(wordings="with stripes")

    assert vocabulary.fingerprint(vocabulary.terms()) != before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n".join(f"wording {n}" for n in range(21)), "21 wordings: at most 20, one a line."),
        ("striped " * 20, "Wording 1 has 159 characters: at most 120."),
        ("striped\n—", "Wording 2, “—”, has no letter or digit."),
        ("Striped\nstriped", "Twice the same wording: striped."),
    ],
)
def test_wordings_that_are_none_are_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        check_wordings(text)


def test_wordings_may_be_of_any_language_and_empty() -> None:
    check_wordings("gestreift\n\nmit Streifen\n縞模様")
    check_wordings("")


def test_a_value_of_another_attribute_is_refused() -> None:
    make_products(CategoryFactory(), {"pattern": "Plain"}, {"pattern": "Striped"})
    vocabulary.complete()
    leather = attribute_value("material", "Leather")

    with pytest.raises(ValidationError, match="“Leather” is a value of Material, not of Pattern"):
        VisualValue(attribute=visual("pattern"), value=leather).clean()


def test_each_wording_is_asked_in_every_template_once() -> None:
    sleeve = AttributeTerms(1, "Sleeve", (ValueTerms(2, ("Long", "long")),))

    assert prompts.prompts(sleeve, sleeve.values[0].wordings) == [
        "long",
        "long sleeve",
        "a photo of something long",
    ]
