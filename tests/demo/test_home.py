"""The demo's home page: rooms with products of the catalogue, each where its spot says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demo.home.__main__ import SEED
from demo.home.blocks import around, blocks
from demo.home.interiors import HALL, LIVING_ROOM
from demo.home.rooms import Drawn, Place, Room, draw_room
from demo.looks import Look
from demo.products import Product, plan_products


@pytest.fixture(scope="module")
def plan() -> dict[str, Product]:
    return {product.handle: product for product in plan_products(SEED)}


@pytest.fixture(scope="module")
def looks(plan: dict[str, Product]) -> dict[str, Look]:
    return {handle: product.shots[0].look for handle, product in plan.items()}


@pytest.fixture(scope="module")
def drawn(looks: dict[str, Look]) -> dict[str, Drawn]:
    return {room.name: draw_room(room, looks) for room in (LIVING_ROOM, HALL)}


def test_rooms_and_collections_hold_products_of_the_catalogue(
    plan: dict[str, Product], drawn: dict[str, Drawn]
) -> None:
    named = {place.handle for room in (LIVING_ROOM, HALL) for place in room.places}
    named |= {handle for block in blocks(drawn) for handle in block.get("products", ())}

    assert named <= {*plan}


def test_each_spot_lies_in_the_picture_and_apart_from_the_others(
    drawn: dict[str, Drawn],
) -> None:
    (look,) = (block for block in blocks(drawn) if block["kind"] == "look")
    boxes = [[Decimal(str(side)) for side in spot["box"]] for spot in look["spots"]]

    assert len(boxes) == len(HALL.places)
    for x, y, width, height in boxes:
        assert x >= 0
        assert y >= 0
        assert x + width <= 1
        assert y + height <= 1
        assert min(width, height) > Decimal("0.05")
    middles = [(x + width / 2, y + height / 2) for x, y, width, height in boxes]
    for number, (x, y) in enumerate(middles):
        for other, (left, top, width, height) in enumerate(boxes):
            inside = left < x < left + width and top < y < top + height
            assert inside == (number == other)


def test_a_product_is_drawn_where_its_box_says(looks: dict[str, Look]) -> None:
    bare = Room("bare", wall=(200, 200, 200), wood=(150, 120, 90), places=())
    place = Place("lark-knee-high-boots", 0.5, 0.6, 0.3)
    empty = draw_room(bare, looks).picture
    full = draw_room(Room("full", bare.wall, bare.wood, (place,)), looks)

    x, y, width, height = full.boxes["lark-knee-high-boots"]
    wide, tall = full.picture.size
    inside = (int((x + width / 2) * wide), int((y + 0.1) * tall))
    beside = (int((x - 0.1) * wide), int((y + height / 2) * tall))
    assert full.picture.getpixel(inside) != empty.getpixel(inside)
    assert full.picture.getpixel(beside) == empty.getpixel(beside)
    assert height == pytest.approx(0.3 * wide / tall, rel=0.05)
    assert y + height == pytest.approx(0.6 * wide / tall, rel=0.03)


def test_a_box_at_the_edge_stays_in_the_picture() -> None:
    assert around((0.0, 0.9, 0.5, 0.1)) == [0.0, 0.884, 0.512, 0.116]
