"""How a kind of product is described: the forms it may take, and what shoppers call them.

`demo.assortment` lists the kinds. The same description is drawn (`demo.draw`), put into words for
the shop (`demo.products`) and for training (`demo.captions`), so that a picture and its words
cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demo.draw.canvas import Canvas
    from demo.looks import Look

Artist = Callable[["Canvas", "Look"], None]


@dataclass(frozen=True)
class Choice:
    """One form of a part, and its words.

    `before` stand before the noun ("v-neck" t-shirt), `after` behind it (t-shirt "with a v-neck"),
    and `nouns` take its place, as one or as many ("longsleeve"). Forms without words are shown and
    never told. `share` is how often it is drawn, relative to the others.
    """

    value: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    share: float = 1.0


@dataclass(frozen=True)
class Part:
    """Something visible in which products of a kind differ: "collar", "sleeve", "heel".

    The name is the same for all kinds that have such a part, and so are the values. `posed` says
    that a picture's occasion decides on it, as on an umbrella's being open: no title tells it.
    """

    name: str
    choices: tuple[Choice, ...]
    posed: bool = False

    def choice(self, value: str) -> Choice:
        """The choice with this value; KeyError if there is none."""
        found = next((c for c in self.choices if c.value == value), None)
        if found is None:
            raise KeyError(f"{self.name} has no form {value!r}")
        return found


@dataclass(frozen=True)
class Accent:
    """A part with a colour of its own that is worth a word: sneakers "with a red sole".

    `words` are what it is called ("sole", "soles"); `colours` the ones it comes in; `chance` how
    often it differs from the rest of the product, which else takes `default` (a colour's name, or
    "" for whatever the artist paints it).
    """

    name: str
    words: tuple[str, ...]
    colours: tuple[str, ...]
    chance: float = 0.5
    default: str = ""


@dataclass(frozen=True)
class Material:
    """What a product is made of: its words ("leather") and the texture it is painted with.

    `texture` is one of `demo.draw.textures.TEXTURES`. `colours` limits the main colours it comes
    in (bare wood is never blue); empty for no limit. `patterned` says whether it is ever printed.
    """

    name: str
    words: tuple[str, ...]
    texture: str = "smooth"
    gloss: float = 0.1
    colours: tuple[str, ...] = ()
    patterned: bool = True
    share: float = 1.0


@dataclass(frozen=True)
class Kind:
    """A kind of product.

    `one` and `many` are its usual names, `others` less usual ones (each fits a picture of any
    product of this kind), `purposes` what it is for ("something for coffee"). `colours` are the
    ones that a catalogue favours, most common first; training uses all that a material allows.
    `patterns` likewise, with repeats for the common ones. `period` is the pattern's repeat in
    picture widths. `zoom` and `lift` (picture widths) make it fill the frame; `focus` is the place
    that a detail picture shows (unit coordinates). `scenes` are names of `demo.draw.scenes.SCENES`.
    `mirrors` is false for what has figures or letters on it, which are wrong in a mirror. `price`
    is a range in euros; `sizes` is "letters", "shoes" or "". `lines` are sentences for
    descriptions that tell what no picture shows.
    """

    name: str
    one: str
    many: str
    others: tuple[str, ...]
    group: str
    category: str
    artist: Artist
    parts: tuple[Part, ...]
    materials: tuple[Material, ...]
    colours: tuple[str, ...]
    price: tuple[int, int]
    grams: int
    lines: tuple[str, ...]
    patterns: tuple[str, ...] = ("plain",)
    accents: tuple[Accent, ...] = ()
    purposes: tuple[str, ...] = ()
    period: tuple[float, float] = (0.05, 0.09)
    sizes: str = ""
    zoom: float = 1.0
    lift: float = 0.0
    focus: tuple[float, float] = (0.5, 0.4)
    scenes: tuple[str, ...] = ("studio",)
    mirrors: bool = True
    share: float = 1.0

    def part(self, name: str) -> Part | None:
        """The part of this name, or None."""
        return next((part for part in self.parts if part.name == name), None)

    def material(self, name: str) -> Material:
        """The material of this name; KeyError if the kind is never made of it."""
        found = next((m for m in self.materials if m.name == name), None)
        if found is None:
            raise KeyError(f"{self.name} is never made of {name!r}")
        return found
