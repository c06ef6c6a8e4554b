"""Which captions are right for which pictures."""

import random

from demo.assortment import KINDS
from demo.captions import caption
from demo.draw.studio import front_view
from demo.facts import Claim, Codes, Facts, agreement, facts_of
from demo.looks import make_look

CODES = Codes()


def _facts(colour: str, kind: str = "mug", **changes: str) -> Facts:
    rng = random.Random(1)
    look = make_look(rng, KINDS[kind], colour=colour, pattern="plain")
    return facts_of(look, front_view(rng)) | changes


def _agreement(claim: Claim, *facts: Facts) -> tuple[list[bool], list[bool]]:
    right, open_ = agreement(CODES, CODES.claimed([claim]), CODES.shown(facts))
    return right[0].tolist(), open_[0].tolist()


def test_a_claim_is_right_where_all_of_it_is_shown() -> None:
    claim = {"colour": frozenset({"red"}), "kind": frozenset({"mug"})}

    right, undecidable = _agreement(
        claim, _facts("red"), _facts("blue"), _facts("red", kind="plate")
    )

    assert right == [True, False, False]
    assert undecidable == [False, False, False]


def test_any_of_the_admitted_values_will_do() -> None:
    claim = {"kind": frozenset({"mug", "plate"})}

    right, _ = _agreement(claim, _facts("red"), _facts("red", kind="plate"), _facts("red", "bowl"))

    assert right == [True, True, False]


def test_what_is_not_known_is_neither_right_nor_wrong() -> None:
    claim = {"colour": frozenset({"red"}), "handle": frozenset({"handle"})}

    right, undecidable = _agreement(
        claim, _facts("red", handle=""), _facts("blue", handle=""), _facts("red", handle="handle")
    )

    assert right == [False, False, True]
    assert undecidable == [True, False, False]


def test_no_claim_is_right_for_all() -> None:
    right, undecidable = _agreement({}, _facts("red"), _facts("blue", handle=""))

    assert right == [True, True]
    assert undecidable == [False, False]


def test_every_caption_is_right_for_its_own_picture() -> None:
    pairs, facts = [], []
    for name, kind in KINDS.items():
        rng = random.Random(name)
        look, view = make_look(rng, kind), front_view(rng)
        pairs.append(caption(rng, look, view))
        facts.append(facts_of(look, view))

    right, _ = agreement(CODES, CODES.claimed([c for _, c in pairs]), CODES.shown(facts))

    assert right.diagonal().all()
