"""Captions never claim what the drawing does not show."""

import random

from demo.assortment import KINDS
from demo.captions import DETAILED, caption, kind_words, kinds_called
from demo.draw.studio import front_view, scene_view
from demo.facts import ABSENT, accent_field, facts_of
from demo.looks import make_look
from demo.words import BROADER


def test_a_caption_claims_only_what_is_shown() -> None:
    for name, kind in KINDS.items():
        for seed in range(30):
            rng = random.Random(f"{name}/{seed}")
            look, view = make_look(rng, kind), scene_view(rng, kind)

            text, claim = caption(rng, look, view)

            shown = facts_of(look, view)
            assert text
            assert claim, text
            for field, values in claim.items():
                assert shown[field] in values, (text, field)


def test_captions_are_worded_in_many_ways() -> None:
    rng = random.Random(1)
    look = make_look(rng, KINDS["boots"], colour="red", pattern="plain")

    texts = {caption(rng, look, front_view(rng))[0] for _ in range(200)}

    assert len(texts) > 150
    assert any("red" in text and "boots" in text for text in texts)
    assert any("gray" in caption(rng, _grey(rng), front_view(rng))[0] for _ in range(60))


def _grey(rng: random.Random):  # type: ignore[no-untyped-def]
    return make_look(rng, KINDS["boots"], colour="grey", pattern="plain")


def test_with_and_without_are_told_apart() -> None:
    rng = random.Random(1)
    kind = KINDS["t-shirt"]
    texts = {}
    for value in ("none", "pointed"):
        look = make_look(rng, kind, parts={"collar": value})
        pairs = [caption(rng, look, front_view(rng)) for _ in range(300)]
        texts[value] = {text for text, claim in pairs if claim.get("collar") == {value}}

    assert any("without" in text for text in texts["none"])
    assert any("with a" in text and "collar" in text for text in texts["pointed"])
    assert not texts["none"] & texts["pointed"]


def test_a_detailed_caption_names_colour_and_pattern_without_slips() -> None:
    for name, kind in KINDS.items():
        rng = random.Random(name)
        look = make_look(rng, kind)

        text, claim = caption(rng, look, front_view(rng), DETAILED)

        assert claim["colour"] == {look.colour}
        assert text == text.strip() and "  " not in text
        if look.pattern != "plain":
            assert claim["pattern"] == {look.pattern}


def test_an_accent_that_is_not_there_is_never_claimed() -> None:
    kind = KINDS["mug"]
    for seed in range(200):
        rng = random.Random(seed)
        look = make_look(rng, kind, parts={"handle": ABSENT})

        _, claim = caption(rng, look, front_view(rng))

        assert accent_field("handle") not in claim


def test_words_for_several_kinds_name_them_all() -> None:
    assert {"cap", "beanie", "brimmed hat"} <= kinds_called("hat")
    assert {"boots", "rain boots", "chelsea boots"} <= kinds_called("boots")
    for words, names in BROADER.items():
        assert words
        assert set(names) <= set(KINDS)


def test_every_kind_is_called_by_its_own_words() -> None:
    for name, kind in KINDS.items():
        for word in kind_words(kind):
            assert name in kinds_called(word)
