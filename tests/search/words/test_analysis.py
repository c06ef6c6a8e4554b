"""A text as terms."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from search.models import Synonyms
from search.words import lexicon
from search.words.analysis import BEGINNING, CORRECTED, PARTS, SYNONYM, analyse
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def words_of(text: str, said: str) -> dict[str, float]:
    """What may stand for a word, and what it is worth."""
    (term,) = [term for term in analyse(text).terms if term.said == said]
    return {one.word: one.worth for one in term.alternatives}


def test_words_that_say_nothing_are_no_terms() -> None:
    ProductFactory(title="Red boots")

    assert [term.said for term in analyse("the boots in red").terms] == ["boots", "red"]


def test_a_rare_word_is_worth_more() -> None:
    for n in range(9):
        ProductFactory(title="Red boots" if n else "Green boots")
    lexicon.update()

    green, boots = analyse("green boots").terms

    assert (green.products, boots.products) == (1, 9)
    assert green.weight > 3 * boots.weight


def test_what_came_since_words_were_counted_is_known_at_once() -> None:
    lexicon.update()
    ProductFactory(title="Galoshes")

    (term,) = analyse("galoshes").terms

    assert term.products == 1


def test_a_mistyped_word_is_taken_for_one_that_a_product_has() -> None:
    ProductFactory(title="Red boots")
    lexicon.update()

    words = analyse("red botos")

    assert words.corrected == {"botos": "boots"}
    assert words_of("red botos", "botos") == {"boots": CORRECTED}


def test_a_slip_between_two_words_is_taken_for_both() -> None:
    ProductFactory(title="Red skirt")
    ProductFactory(title="Red shirt")
    ProductFactory(title="White shirt")
    lexicon.update()

    assert words_of("sirt", "sirt") == {"shirt": CORRECTED, "skirt": CORRECTED}
    assert analyse("sirt").corrected == {"sirt": "shirt"}


@pytest.mark.parametrize(("said", "meant"), [("wol", ["wool"]), ("ool", []), ("rut", [])])
def test_of_three_letters_a_fourth_may_be_missing(said: str, meant: list[str]) -> None:
    ProductFactory(title="Wool rug")
    lexicon.update()

    assert list(words_of(said, said)) == meant


def test_what_begins_another_word_may_be_mistyped_all_the_same() -> None:
    ProductFactory(title="Velvet armchair")
    lexicon.update()

    assert words_of("armchai", "armchai") == {"armchai…": BEGINNING, "armchair": CORRECTED}


def test_what_is_no_slip_may_still_begin_another_word() -> None:
    ProductFactory(title="Velvet armchair")
    lexicon.update()

    words = analyse("armchai").uncorrected("armchai")

    assert [one.word for term in words.held for one in term.alternatives] == ["armchai…"]
    assert not words.corrected


def test_a_word_that_no_product_has_stays_a_term() -> None:
    ProductFactory(title="Red boots")
    lexicon.update()

    words = analyse("xylophone boots")

    assert words.unknown == ["xylophone"]
    assert [term.said for term in words.held] == ["boots"]


def test_a_number_that_no_product_has_says_nothing_beside_words() -> None:
    ProductFactory(title="Boots")
    lexicon.update()

    assert [term.said for term in analyse("10 boots 12.95").terms] == ["boots"]
    assert analyse("1984").unknown == ["1984"]


def test_synonyms_lead_to_each_other_words_and_phrases() -> None:
    ProductFactory(title="Running shoes")
    Synonyms.objects.create(words="trainers, sneakers, running shoes")
    lexicon.update()

    assert words_of("trainers", "trainers") == {"running shoes": SYNONYM}


@pytest.mark.parametrize("said", ["t-shirt", "tshirt"])
def test_a_hyphen_may_be_left_out(said: str) -> None:
    ProductFactory(title="White T-shirt")
    lexicon.update()

    assert [term.products for term in analyse(said).terms] == [1]


def test_what_is_written_together_is_found_apart_and_the_other_way() -> None:
    ProductFactory(title="Rain coat")
    ProductFactory(title="Backpack")
    lexicon.update()

    assert words_of("raincoat", "raincoat") == {"rain coat": PARTS}
    assert "backpack" in words_of("back pack", "back")


def test_accents_may_be_left_out() -> None:
    ProductFactory(title="Crème dress")
    lexicon.update()

    assert [term.products for term in analyse("creme").terms] == [1]


class Whatever(TestCase):
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(max_size=120))
    def test_whatever_is_said_has_terms_that_the_database_understands(self, text: str) -> None:
        for term in analyse(text.replace("\0", "")).terms:
            assert term.weight > 0
            assert all(one.tsquery() for one in term.alternatives)


@pytest.mark.parametrize(("language", "parts"), [("de", {"leder stiefel": PARTS}), ("en", {})])
def test_where_nouns_are_written_together_a_known_one_is_also_its_parts(
    language: str, parts: dict[str, float], settings
) -> None:
    settings.SHOP_LANGUAGE = language
    ProductFactory(title="Lederstiefel")
    ProductFactory(title="Stiefel", description="Aus Leder.")
    lexicon.update()

    assert words_of("lederstiefel rot", "lederstiefel") == {"lederstiefel": 1.0} | parts


@pytest.mark.parametrize("compound", ["wollmantel", "seidenmantel", "damenmantel"])
def test_what_joins_a_compound_is_no_part_of_it(compound: str) -> None:
    ProductFactory(title="Mantel", description="Für Damen, aus Wolle oder Seide.")
    lexicon.update()

    (found,) = words_of(compound, compound)

    assert found.endswith(" mantel")
