"""Draw what the demo's home page shows: `python -m demo.home OUT_DIR`.

Writes `OUT_DIR/home.json` and the pictures that it names. The same every time; a few seconds.
"""

import argparse
import json
from pathlib import Path

from demo.home.blocks import blocks
from demo.home.interiors import HALL, LIVING_ROOM
from demo.home.rooms import draw_room
from demo.products import plan_products

SEED = 1  # that of the demo's catalogue
QUALITY = 90


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    looks = {product.handle: product.shots[0].look for product in plan_products(SEED)}
    drawn = {room.name: draw_room(room, looks) for room in (LIVING_ROOM, HALL)}
    for name, room in drawn.items():
        room.picture.save(out / f"{name}.jpg", "JPEG", quality=QUALITY, optimize=True)
    (out / "home.json").write_text(json.dumps(blocks(drawn), indent=2))


if __name__ == "__main__":
    main()
