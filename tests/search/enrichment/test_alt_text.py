"""What somebody who cannot see a picture is told of it."""

from __future__ import annotations

import pytest

from search.enrichment.alt_text import LENGTH, Known, sentence


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (Known("Alder Ankle Boots", "Boots"), "Alder Ankle Boots."),
        (Known("Aria", "Dresses"), "Aria, dresses."),
        (
            Known("Alder Boots", "Boots", "Navy Blue", number=2, count=4),
            "Alder Boots in navy blue. Picture 2 of 4.",
        ),
        (Known("Red Boots", "Boots", "Red", count=2), "Red Boots. Picture 1 of 2."),
        (Known("Alder Boots", "", "Ocean Mist"), "Alder Boots. Colour: ocean mist."),
        (
            Known("Alder Boots", "", "Red", [("Pattern", "Striped"), ("Material", "Leather")]),
            "Alder Boots in red. Pattern: striped. Material: leather.",
        ),
        (
            Known("Leather Boots", "", "", [("Material", "Leather")], number=1),
            "Leather Boots.",
        ),
        (
            Known("Boots", "", "", [("Pattern", "Striped")], number=2, count=2),
            "Boots. Picture 2 of 2.",
        ),
        (Known("Shirt", "", "", [("Size", "XL")]), "Shirt. Size: XL."),
    ],
)
def test_english(known: Known, told: str) -> None:
    assert sentence(known, language="en") == told


def test_german_keeps_its_capitals() -> None:
    known = Known("Alder", "Stiefel", "Schwarz", [("Muster", "gestreift")], number=1, count=3)

    assert (
        sentence(known, language="de")
        == "Alder, Stiefel in Schwarz. Muster: gestreift. Bild 1 von 3."
    )


def test_another_language_gets_no_foreign_words() -> None:
    known = Known("Bottes Alder", "Bottes", "Noir", number=2, count=3)

    assert sentence(known, language="fr") == "Bottes Alder, noir. 2/3."


def test_it_is_never_longer_than_the_field() -> None:
    known = Known("word " * 80, "", "Red", [("Pattern", "Striped")], number=1, count=9)

    told = sentence(known, language="en")

    assert len(told) <= LENGTH
    assert told.endswith("Picture 1 of 9.")
