"""Drawing a product: a look and a view in, a picture out."""

import random
from dataclasses import replace

from PIL import Image

from demo.draw import bags, bottoms, furniture, headwear, shoes, tableware, tops
from demo.draw.canvas import Canvas, View
from demo.draw.paint import RGB
from demo.looks import Look

ARTISTS = {
    "boots": shoes.boots,
    "sneakers": shoes.sneakers,
    "t-shirt": tops.t_shirt,
    "dress": bottoms.dress,
    "trousers": bottoms.trousers,
    "jacket": tops.jacket,
    "bag": bags.bag,
    "backpack": bags.backpack,
    "hat": headwear.hat,
    "scarf": headwear.scarf,
    "mug": tableware.mug,
    "plate": tableware.plate,
    "chair": furniture.chair,
    "lamp": furniture.lamp,
}
BACKDROPS: tuple[RGB, ...] = (
    (236, 234, 230),
    (232, 232, 234),
    (240, 236, 228),
    (228, 232, 234),
    (238, 232, 230),
    (230, 234, 228),
)
FRONT = View()
# How far to zoom in on a kind (or a style of one) and lift it (picture widths), to fill the frame.
FRAMING: dict[str, tuple[float, float]] = {
    "boots": (1.14, -0.08),
    "sneakers": (1.08, -0.1),
    "t-shirt": (1.2, -0.02),
    "boots/tall": (1.02, 0.01),
    "boots/rain": (1.06, -0.03),
    "dress": (1.06, 0.0),
    "trousers": (1.04, -0.01),
    "jacket": (1.18, -0.02),
    "bag": (1.16, -0.06),
    "backpack": (1.12, -0.03),
    "hat": (1.12, -0.03),
    "scarf": (1.1, 0.02),
    "mug": (1.26, -0.06),
    "plate": (1.12, 0.0),
    "chair": (1.06, -0.04),
    "lamp": (1.0, 0.0),
}


def draw(look: Look, view: View = FRONT, size: int = 800) -> Image.Image:
    """The picture of a look: RGB, `size` by `size` pixels (a multiple of 4)."""
    zoom, lift = FRAMING.get(f"{look.kind}/{look.style}") or FRAMING[look.kind]
    framed = replace(view, zoom=view.zoom * zoom, shift=(view.shift[0], view.shift[1] + lift))
    canvas = Canvas(size, framed)
    ARTISTS[look.kind](canvas, look)
    return canvas.finish()


def front_view(rng: random.Random) -> View:
    """The first picture: straight on, nearly filling the frame."""
    return View(
        angle=0,
        zoom=rng.uniform(0.97, 1.06),
        shift=(0, rng.uniform(-0.01, 0.01)),
        backdrop=BACKDROPS[0],
    )


def other_view(rng: random.Random) -> View:
    """A further picture: turned and from the other side, or closer up, on another backdrop."""
    backdrop = rng.choice(BACKDROPS[1:])
    if rng.random() < 0.4:
        return View(
            angle=rng.uniform(-6, 6),
            zoom=rng.uniform(1.15, 1.32),
            flip=rng.random() < 0.3,
            shift=(rng.uniform(-0.08, 0.08), rng.uniform(-0.08, 0.08)),
            backdrop=backdrop,
        )
    return View(
        angle=rng.choice((-1, 1)) * rng.uniform(4, 9),
        # No smaller than it must be to fit when turned: on a phone a picture is 170 px wide.
        zoom=rng.uniform(0.92, 1.0),
        flip=rng.random() < 0.6,
        backdrop=backdrop,
    )
