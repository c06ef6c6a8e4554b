"""The blocks of the demo's home page, as `python -m demo.home OUT` writes them into a file.

Addresses, categories and products are named as the shop names them; `shop.demo_home` reads it.
"""

from __future__ import annotations

from typing import Any

from demo.home.interiors import HALL, LIVING_ROOM
from demo.home.rooms import Box, Drawn

# How far a spot reaches around what it shows, in widths and heights of the picture.
AROUND = (0.012, 0.016)

STRIPES = (
    "rowan-sofa",
    "dalia-v-neck-sweater",
    "elva-striped-mug",
    "pella-cushion",
    "halden-felt-brimmed-hat",
    "rhea-stoneware-pitcher",
    "wick-black-umbrella",
    "ylva-vase",
)
YELLOWS = (
    "cove-fabric-armchair",
    "mistral-teapot",
    "cove-backpack",
    "vesper-table-lamp",
    "arbo-sweater",
    "zephyr-umbrella",
    "flora-mug",
    "hollis-painted-mirror",
)
LABELS = {
    "elva-coat": "Beige coat",
    "vale-dress": "Blue dress",
    "fenn-wool-sweater": "Cable-knit sweater",
    "noor-beige-brimmed-hat": "Brimmed hat",
    "kaja-handbag": "Navy handbag",
    "lark-knee-high-boots": "Knee-high red boots",
}


def blocks(drawn: dict[str, Drawn]) -> list[dict[str, Any]]:
    """What the home page shows, from top to bottom; `drawn` has each room by its name."""
    return [
        {
            "kind": "hero",
            "title": "A room around one pink sofa",
            "text": "Sage walls, a blue lamp, one good plant. Everything you see is in the shop.",
            "link_label": "See all for the home",
            "link": "/category/home/",
            "picture": f"{LIVING_ROOM.name}.jpg",
            "alt": "A living room with a pink sofa, a blue floor lamp, a large plant and two "
            "pictures on a sage wall",
        },
        {"kind": "categories", "title": "Look around"},
        {
            "kind": "collection",
            "title": "All in stripes",
            "text": "One pattern through the whole house, from the sofa to the mug.",
            "link_label": "Search for stripes",
            "link": "/search/?q=striped",
            "products": list(STRIPES),
        },
        {
            "kind": "look",
            "title": "By the front door",
            "text": "Ready for whatever the day brings.",
            "picture": f"{HALL.name}.jpg",
            "alt": "A hall: coat, dress and sweater on a rail, a hat on a shelf, a bag on a bench, "
            "red boots on the floor",
            "spots": [
                {"label": LABELS[handle], "product": handle, "box": around(box)}
                for handle, box in drawn[HALL.name].boxes.items()
            ],
        },
        {
            "kind": "collection",
            "title": "The colour of the morning",
            "text": "Yellow, for every room.",
            "link_label": "Search for yellow",
            "link": "/search/?q=yellow",
            "products": list(YELLOWS),
        },
    ]


def around(box: Box) -> list[float]:
    """A box with some room around it, within the picture, to four places."""
    first = [round(max(0.0, box[i] - AROUND[i]), 4) for i in (0, 1)]
    last = [round(min(1.0, box[i] + box[i + 2] + AROUND[i]), 4) for i in (0, 1)]
    return [*first, *(round(end - start, 4) for start, end in zip(first, last, strict=True))]
