"""Metals with a colour of their own."""

from dataclasses import replace

from demo.draw.paint import RGB, Paint, mixed
from demo.looks import Look

COPPER: RGB = (198, 116, 74)
BRASS: RGB = (204, 166, 92)
CASTS = {"copper": (COPPER, 0.55), "brass": (BRASS, 0.6)}


def surface(look: Look) -> Paint:
    """The main paint, which for copper and brass takes the metal's own cast."""
    if look.material not in CASTS:
        return look.main
    return replace(look.main, colour=mixed(look.main.colour, *CASTS[look.material]))
