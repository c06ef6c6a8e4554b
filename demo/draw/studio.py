"""Drawing a product: a look and a view in, a picture out."""

import random
from dataclasses import replace

from PIL import Image

from demo.assortment import KINDS
from demo.draw.canvas import Canvas, View
from demo.draw.paint import RGB
from demo.kinds import Kind
from demo.looks import Look

SHEETS: tuple[RGB, ...] = (
    (236, 234, 230),
    (232, 232, 234),
    (240, 236, 228),
    (228, 232, 234),
    (238, 232, 230),
    (230, 234, 228),
)
WALLS: tuple[RGB, ...] = ((226, 228, 222), (206, 214, 216), (232, 222, 208), (196, 208, 200))
CLOTHS: tuple[RGB, ...] = ((120, 150, 190), (196, 120, 100), (140, 160, 120), (90, 94, 110))
FRONT = View()
DETAIL = 1.75


def draw(look: Look, view: View = FRONT, size: int = 640) -> Image.Image:
    """The picture of a look: RGB, `size` by `size` pixels (a multiple of 4)."""
    kind = KINDS[look.kind]
    framed = replace(
        view,
        zoom=view.zoom * kind.zoom,
        shift=(view.shift[0], view.shift[1] + kind.lift),
        flip=view.flip and kind.mirrors,
    )
    canvas = Canvas(size, framed)
    kind.artist(canvas, look)
    return canvas.finish()


def front_view(rng: random.Random) -> View:
    """The first picture: straight on, nearly filling the frame."""
    return View(
        zoom=rng.uniform(0.97, 1.04), shift=(0, rng.uniform(-0.01, 0.01)), backdrop=SHEETS[0]
    )


def turned_view(rng: random.Random) -> View:
    """From the other side, slightly turned."""
    return View(
        angle=rng.choice((-1, 1)) * rng.uniform(3, 8),
        # No smaller than it must be to fit when turned: on a phone a picture is 170 px wide.
        zoom=rng.uniform(0.9, 0.98),
        flip=True,
        backdrop=rng.choice(SHEETS[1:]),
    )


def detail_view(rng: random.Random, kind: Kind) -> View:
    """A close-up of the most telling place."""
    zoom = DETAIL * rng.uniform(0.92, 1.08)
    scale = zoom * kind.zoom
    x, y = ((0.5 - at) * scale for at in kind.focus)
    return View(zoom=zoom, shift=(x, y - kind.lift), backdrop=rng.choice(SHEETS))


def scene_view(rng: random.Random, kind: Kind) -> View:
    """Where the product is used or laid out; on the studio's sheet if it has no other place."""
    places = [scene for scene in kind.scenes if scene != "studio"] or ["studio"]
    scene = rng.choice(places)
    if scene == "cloth" and rng.random() < 0.5:
        scene = "gingham"
    return placed_view(rng, scene)


def placed_view(rng: random.Random, scene: str) -> View:
    """The whole product in a scene, a little smaller so that there is something to see of it."""
    colours = {"studio": SHEETS, "cloth": CLOTHS, "gingham": CLOTHS}.get(scene, WALLS)
    flat = scene in ("cloth", "gingham", "wood", "sand")
    return View(
        angle=rng.uniform(-12, 12) if flat else 0.0,
        zoom=rng.uniform(0.78, 0.92),
        # What stands, stands in front of the edge between wall and floor.
        shift=(rng.uniform(-0.03, 0.03), 0.0 if flat else rng.uniform(0.02, 0.05)),
        flip=rng.random() < 0.4,
        backdrop=rng.choice(colours),
        scene=scene,
    )
