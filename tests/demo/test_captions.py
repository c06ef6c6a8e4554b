"""Captions never claim what the drawing does not show."""

import random

from demo.captions import FIELDS, attributes_of, caption
from demo.looks import KINDS, make_look


def test_a_caption_states_only_what_is_shown() -> None:
    rng = random.Random(1)
    looks = [make_look(rng, kind) for kind in KINDS for _ in range(40)]

    pairs = [(attributes_of(look), caption(rng, look)) for look in looks]

    for shown, (text, stated) in pairs:
        assert text
        for field in FIELDS:
            assert getattr(stated, field) in ("", getattr(shown, field))


def test_captions_are_worded_in_many_ways() -> None:
    rng = random.Random(1)
    look = make_look(rng, "boots", colour="red", pattern="plain")

    texts = {caption(rng, look)[0] for _ in range(200)}

    assert len(texts) > 100
    assert any("red" in text and "boots" in text for text in texts)
