"""The assortment: every kind is described whole and truly, and can be drawn in every form."""

import random
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from demo.assortment import KINDS
from demo.draw.canvas import View
from demo.draw.scenes import SCENES, backdrop
from demo.draw.studio import FRONT, detail_view, draw, scene_view
from demo.draw.textures import TEXTURES
from demo.kinds import Kind
from demo.looks import COLOURS, Look, make_look
from demo.words import PATTERN_WORDS, SCENE_WORDS, VENDORS


def _pixels(look: Look, view: View = FRONT, size: int = 96) -> NDArray[np.int16]:
    return np.asarray(draw(look, view, size), dtype=np.int16)


def test_there_are_many_kinds_in_every_department() -> None:
    groups = [kind.group for kind in KINDS.values()]

    assert len(KINDS) >= 60
    assert set(groups) == set(VENDORS)
    assert min(groups.count(group) for group in set(groups)) >= 5


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_is_described_whole(kind: Kind) -> None:
    assert kind.one and kind.many and kind.category.count(" > ") in (1, 2)
    assert len(kind.lines) >= 3
    assert 0 < kind.price[0] < kind.price[1]
    assert kind.grams > 0
    assert set(kind.colours) <= set(COLOURS)
    assert set(kind.patterns) <= set(PATTERN_WORDS)
    assert set(kind.scenes) <= set(SCENES)
    assert {material.texture for material in kind.materials} <= set(TEXTURES)
    for material in kind.materials:
        assert set(material.colours) <= set(COLOURS)
    for accent in kind.accents:
        assert accent.words and set(accent.colours) <= set(COLOURS)
    names = [part.name for part in kind.parts]
    assert len(names) == len(set(names))
    for part in kind.parts:
        values = [choice.value for choice in part.choices]
        assert len(values) == len(set(values)) >= 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_form_of_each_part_looks_different(kind: Kind) -> None:
    """A word that changes nothing in the picture would be a lie."""
    base = make_look(random.Random(4), kind, pattern="plain")
    for part in kind.parts:
        pictures = []
        for choice in part.choices:
            parts = {**dict(base.parts), part.name: choice.value}
            look = replace(base, parts=tuple(parts.items()))
            pictures.append(_pixels(look))
        for number, one in enumerate(pictures):
            for other in pictures[number + 1 :]:
                assert np.abs(one - other).max() > 12, part.name


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_is_drawn_in_every_material_from_every_side(kind: Kind) -> None:
    for material in kind.materials:
        rng = random.Random(material.name)
        look = make_look(rng, kind, material=material.name)
        for view in (FRONT, detail_view(rng, kind), scene_view(rng, kind)):
            drawn = _pixels(look, view)
            bare = np.asarray(backdrop(view.scene, 96, view.backdrop), dtype=np.int16)

            covered = (np.abs(drawn - bare).max(axis=2) > 12).mean()

            assert covered > 0.03


def test_the_same_look_is_drawn_the_same() -> None:
    look = make_look(random.Random(2), KINDS["teapot"])

    assert np.array_equal(_pixels(look), _pixels(look))


def test_a_coloured_sole_is_seen() -> None:
    """White sneakers with a red sole."""
    rng = random.Random(1)
    while True:
        look = make_look(rng, KINDS["sneakers"], colour="white", pattern="plain")
        if {name: shade for name, shade, _ in look.accents}.get("sole") == "red":
            break

    red = _pixels(look)
    strong = (red[..., 0] > 150) & (red[..., 1] < 90) & (red[..., 2] < 90)

    assert strong.mean() > 0.015


def test_a_material_comes_only_in_its_colours() -> None:
    for name, kind in KINDS.items():
        for seed in range(10):
            look = make_look(random.Random(f"{name}/{seed}"), kind, colour="purple")
            material = kind.material(look.material)

            assert not material.colours or look.colour in material.colours
            assert material.patterned or look.pattern == "plain"


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_fills_the_picture_and_has_words(scene: str) -> None:
    picture = backdrop(scene, 120, (200, 180, 160))

    assert picture.size == (120, 120)
    assert picture.mode == "RGB"
    assert scene in SCENE_WORDS
    assert np.asarray(picture.convert("L")).mean() > 60


def test_scenes_differ() -> None:
    pictures = [backdrop(scene, 64, (220, 215, 205)) for scene in SCENES]

    for number, one in enumerate(pictures):
        for other in pictures[number + 1 :]:
            assert _mean_difference(one, other) > 1.5


def _mean_difference(one: Image.Image, other: Image.Image) -> float:
    a, b = (np.asarray(picture, dtype=np.int16) for picture in (one, other))
    return float(np.abs(a - b).mean())
