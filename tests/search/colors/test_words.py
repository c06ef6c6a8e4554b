"""The words for colours, and where a text says one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.colors.names import NAMED, NAMES
from search.colors.words import color_of_value, mentions


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.word, mention.name) for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red boots", [("red", "red")]),
        ("Navy blue dress", [("Navy blue", "navy")]),
        ("navy-blue dress", [("navy-blue", "navy")]),
        ("light blue shirt", [("light blue", "blue")]),
        ("dark blue shirt", [("dark blue", "navy")]),
        ("off-white sofa", [("off-white", "white")]),
        ("gray or grey", [("gray", "grey"), ("grey", "grey")]),
        ("eine rote Tasche", [("rote", "red")]),
        ("dunkelblaues Kleid", [("dunkelblaues", "navy")]),
        ("hellgrüne Hose", [("hellgrüne", "green")]),
        ("WEISSE Schuhe, weiße Hose", [("WEISSE", "white"), ("weiße", "white")]),
        ("lilafarbenes Kissen", [("lilafarbenes", "purple")]),
        ("robe bleu marine", [("bleu marine", "navy")]),
        ("zapatos rojos", [("rojos", "red")]),
        ("scarpe rosse", [("rosse", "red")]),
        ("redwood table for greenhouses", []),
        ("a mug", []),
        ("", []),
    ],
)
def test_colours_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("noun", ["wine glass", "olive dish", "chocolate box", "cream jug"])
def test_a_noun_may_be_the_thing_itself(noun: str) -> None:
    (mention,) = mentions(noun)

    assert not mention.certain


@pytest.mark.parametrize("text", ["red", "knallrot", "weinrot", "sky blue", "dark olive green"])
def test_a_colours_own_word_is_certain(text: str) -> None:
    (mention,) = mentions(text)

    assert mention.certain
    assert mention.word == text


@pytest.mark.parametrize(
    ("value", "name"),
    [("Red", "red"), (" Dark blue ", "navy"), ("Wine", "red"), ("Lavender", "purple"),
     ("Anthrazit", "grey")],
)  # fmt: skip
def test_a_value_is_a_colour(value: str, name: str) -> None:
    mention = color_of_value(value)

    assert mention is not None and mention.name == name


@pytest.mark.parametrize("value", ["Black/White", "Multi", "Red striped", "XL", ""])
def test_a_value_that_is_none_or_several(value: str) -> None:
    assert color_of_value(value) is None


def test_every_named_colour_has_its_word() -> None:
    for named in NAMED:
        mention = color_of_value(named.label)
        assert mention is not None and mention.name == named.name


@given(st.text(max_size=60))
@settings(deadline=None)
def test_whatever_the_text_mentions_are_parts_of_it(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.word
        assert set(mention.weights) <= set(NAMES)
        assert max(mention.weights.values()) == 1.0
        end = mention.end
