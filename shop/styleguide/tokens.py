"""The design's tokens as `static/css/tokens.css` has them, and the contrast of colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shop.stylesheet import FOLDER

Values = dict[str, str]
Color = tuple[float, float, float, float]  # red, green and blue of 255, and how opaque

TEXT, EDGE = 4.5, 3.0  # the least contrast of words, and of what shows where a control is

# Ink and ground as they meet on pages, and the least contrast that they need.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("ink", ground, TEXT) for ground in ("paper", "surface", "lens-soft")),
    *(("ink", ground, TEXT) for ground in ("warn-soft", "error-soft")),
    *(("ink-soft", ground, TEXT) for ground in ("paper", "surface")),
    *(("lens", ground, TEXT) for ground in ("paper", "surface", "lens-soft")),
    ("lens-hover", "paper", TEXT),
    *(("sale", ground, TEXT) for ground in ("paper", "surface")),
    ("on-action", "action", TEXT),
    ("on-action", "action-hover", TEXT),
    ("on-lens", "lens", TEXT),
    ("on-lens", "lens-hover", TEXT),
    *(("line-strong", ground, EDGE) for ground in ("paper", "surface")),
)


@dataclass(frozen=True)
class Tokens:
    """Every token by its name without the dashes; `dark`: what is otherwise in the dark."""

    light: Values
    dark: Values

    def starting_with(self, *prefixes: str) -> Values:
        return {name: value for name, value in self.light.items() if name.startswith(prefixes)}

    @property
    def themes(self) -> dict[str, Values]:
        return {"light": self.light, "dark": {**self.light, **self.dark}}


@dataclass(frozen=True)
class Pair:
    """An ink on a ground: their contrast in the light and in the dark, and what it must be."""

    ink: str
    ground: str
    least: float
    light: float
    dark: float

    @property
    def ratios(self) -> dict[str, float]:
        return {"light": self.light, "dark": self.dark}

    @property
    def is_edge(self) -> bool:
        return self.least == EDGE

    @property
    def is_enough(self) -> bool:
        return min(self.light, self.dark) >= self.least


def read_tokens(file: Path = FOLDER / "tokens.css") -> Tokens:
    css = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    light, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    dark, _, _motion = rest.partition("@media")
    return Tokens(dict(_declared(light)), dict(_declared(dark)))


def _declared(css: str) -> Iterator[tuple[str, str]]:
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", css):
        yield name, " ".join(value.split())


def pairs(tokens: Tokens) -> list[Pair]:
    """`PAIRS`, measured."""
    themes = tokens.themes
    return [
        Pair(ink, ground, least, *(_contrast(themes[one], ink, ground) for one in themes))
        for ink, ground, least in PAIRS
        if ink in tokens.light and ground in tokens.light
    ]


def contrast(one: str, other: str) -> float:
    """How much lighter one colour is than another, 1 to 21, as WCAG 2 reckons it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _contrast(values: Values, ink: str, ground: str) -> float:
    return contrast(values[ink], values[ground])


def _luminance(color: str) -> float:
    red, green, blue = (_linear(part / 255) for part in parse(color)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def parse(color: str) -> Color:
    """`#rgb`, `#rrggbb` or `rgb(red green blue / opacity)`. Raises `ValueError`."""
    if found := re.fullmatch(r"#([0-9a-f]{3}|[0-9a-f]{6})", color.lower()):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
        return red, green, blue, 1.0
    if found := re.fullmatch(r"rgb\((\d+) (\d+) (\d+)(?: / ([\d.]+)(%?))?\)", color):
        opacity = float(found[4] or 1) / (100 if found[5] else 1)
        return float(found[1]), float(found[2]), float(found[3]), opacity
    raise ValueError(f"{color} is no colour as tokens.css writes them")


def is_color(value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def sheet(tokens: Tokens) -> str:
    """A stylesheet in which `data-theme` gives any part of a page its light or its dark, and
    `data-show` and `data-ink` show what a token is worth."""
    rules = []
    for theme, values in tokens.themes.items():
        # What is the same in both stays the page's, who may ask for less motion.
        own = "".join(f" --{name}: {values[name]};" for name in tokens.dark)
        look = f"color-scheme: {theme}; color: var(--ink); background: var(--paper);"
        rules.append(f'[data-theme="{theme}"] {{ {look}{own} }}')
    properties = {"space": "inline-size", "radius": "border-radius", "shadow": "box-shadow"}
    properties |= {"text": "font-size", "quick": "transition", "calm": "transition"}
    properties |= {"sans": "font-family", "serif": "font-family"}
    for name, value in tokens.light.items():
        if is_color(value):
            rules.append(f'[data-show="{name}"] {{ background: var(--{name}); }}')
            rules.append(f'[data-ink="{name}"] {{ color: var(--{name}); }}')
        elif shows := properties.get(name.split("-")[0]):
            rules.append(f'[data-show="{name}"] {{ {shows}: var(--{name}); }}')
    return "\n".join(rules)
