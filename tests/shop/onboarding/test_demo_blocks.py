"""The demo's blocks of the home page: made of a file, and removed with the demo's products."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shop import demo_setup
from shop.demo_home import compose_home
from shop.editorial.models import Block
from shop.onboarding import demo_data
from shop.onboarding.models import DemoBlock
from tests.factories import ProductFactory, picture_bytes

pytestmark = pytest.mark.django_db

TOLD = [
    {
        "kind": "look",
        "title": "By the door",
        "picture": "hall.jpg",
        "alt": "A hall",
        "spots": [
            {"label": "Boots", "product": "red-boots", "box": [0.1, 0.2, 0.3, 0.4]},
            {"label": "Hat", "product": "gone", "box": [0.5, 0.5, 0.5, 0.5]},
        ],
    },
    {
        "kind": "collection",
        "title": "In red",
        "products": ["gone", "red-boots"],
        "link": "/category/none/",
        "link_label": "See all",
    },
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "home.json").write_text(json.dumps(TOLD))
    (tmp_path / "hall.jpg").write_bytes(picture_bytes())
    return tmp_path


def remove(*, with_edited: bool = False) -> None:
    demo_data.start_removal(with_edited=with_edited)
    while demo_data.continue_removal(seconds=1):
        pass


def test_blocks_are_made_of_what_the_shop_has(folder: Path) -> None:
    boots = ProductFactory(slug="red-boots")

    look, collection = compose_home(folder)

    assert look.picture.alt == "A hall"
    spots = list(look.spots.all())
    assert [(spot.label, spot.product) for spot in spots] == [("Boots", boots), ("Hat", None)]
    assert spots[0].box == (0.1, 0.2, 0.3, 0.4)
    assert [pick.product for pick in collection.picks.all()] == [boots]
    assert collection.link == ""  # the shop has no such page
    assert look.position < collection.position


def test_they_go_with_the_demos_products(folder: Path) -> None:
    ProductFactory(slug="red-boots")
    compose_home(folder)
    demo_data.remember_demo(["red-boots"])
    own = Block.objects.create(kind=Block.Kind.COLLECTION, title="My own")

    remove()

    assert list(Block.objects.all()) == [own]
    assert not DemoBlock.objects.exists()


@pytest.mark.parametrize("with_edited", [False, True])
def test_what_the_merchant_edited_stays_unless_told_otherwise(
    folder: Path, with_edited: bool
) -> None:
    compose_home(folder)
    Block.objects.filter(title="In red").update(title="In my red")

    remove(with_edited=with_edited)

    assert [block.title for block in Block.objects.all()] == ([] if with_edited else ["In my red"])


def test_a_home_is_composed_once_and_only_where_there_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drawn = []
    monkeypatch.setattr(demo_setup, "draw", lambda target, module: drawn.append(module))
    monkeypatch.setattr("shop.demo_home.compose_home", lambda target: compose_home(folder))
    demo_setup.load_home(tmp_path)  # nothing of the demo is here: a shop of somebody's own
    assert not Block.objects.exists()

    ProductFactory(slug="red-boots")
    demo_data.remember_demo(["red-boots"])
    demo_setup.load_home(tmp_path)
    assert drawn == ["demo.home"]
    assert Block.objects.count() == len(TOLD)

    Block.objects.all().delete()
    demo_setup.load_home(tmp_path)
    assert not Block.objects.exists()  # what is deleted stays deleted


def test_a_home_that_somebody_composed_is_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo_setup, "draw", lambda *args, **kwargs: pytest.fail("drew"))
    ProductFactory(slug="red-boots")
    demo_data.remember_demo(["red-boots"])
    own = Block.objects.create(kind=Block.Kind.COLLECTION, title="My own")

    demo_setup.load_home(tmp_path)

    assert list(Block.objects.all()) == [own]
