"""The words for colours, as data, and where a text says one.

A word stands for one named colour or several, each with a weight: how well a thing that is all of
that colour answers the word. "Blue" is answered by navy nearly as well as by blue, "navy" by blue
a little. Words of several languages stand side by side, for shops and shoppers mix them.

Some nouns are colours only where a colour is asked for ("color: wine", but not "wine glass"): they
are found, and not `certain`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from search.colors.names import INDEX

# What a basic word stands for, where it is more than the colour of that name.
NEAR: Mapping[str, Mapping[str, float]] = {
    "blue": {"blue": 1.0, "navy": 0.9, "turquoise": 0.5},
    "green": {"green": 1.0, "turquoise": 0.5},
    "navy": {"navy": 1.0, "blue": 0.3},
    "red": {"red": 1.0, "pink": 0.3},
}

# By named colour: English; German, whose endings are taken off (`_stems`); French; Spanish;
# Italian; Dutch.
BASIC: Mapping[str, str] = {
    "black": "black schwarz noir noire noirs noires negro negra negros negras nero nera neri nere "
    "zwart zwarte",
    "white": "white weiß weiss blanc blanche blancs blanches blanco blanca blancos blancas bianco "
    "bianca bianchi bianche witte",
    "grey": "grey gray grau gris grise grises grigio grigia grigi grigie grijs grijze",
    "red": "red rot roter rotes rotem rote rouge rouges rojo roja rojos rojas rosso rossa rossi "
    "rosse rood rode",
    "orange": "orange orangefarben oranges naranja naranjas arancione arancioni oranje",
    "yellow": "yellow gelb jaune jaunes amarillo amarilla amarillos amarillas giallo gialla gialli "
    "gialle geel gele",
    "green": "green grün gruen vert verte verts vertes verde verdes verdi groen groene",
    "blue": "blue blau bleu bleue bleus bleues azul azules blu azzurro azzurra blauw blauwe",
    "navy": "navy marineblau dunkelblau nachtblau bleu-marine azul-marino blu-navy marineblauw "
    "donkerblauw navy-blue midnight-blue dark-blue",
    "turquoise": "turquoise türkis tuerkis turquesa turchese turkoois petrol teal aqua aquamarine "
    "cyan",
    "purple": "purple violet violett lila lilas violette violettes morado morada morados moradas "
    "violeta paars paarse lilac lavender mauve aubergine amethyst",
    "pink": "pink rosa rosafarben rosado rosada roze fuchsia magenta hot-pink",
    "brown": "brown braun marron marrón marrones brun brune marrone marroni bruin bruine",
    "beige": "beige beiges",
}
# Other words, and what they stand for.
SHADES: Mapping[str, Mapping[str, float]] = {
    "scarlet crimson carmine vermilion karmin": {"red": 1.0},
    "burgundy maroon bordeaux bordeauxrot weinrot claret oxblood": {"red": 1.0, "brown": 0.4},
    "salmon lachs": {"pink": 1.0, "orange": 0.7},
    "terracotta": {"orange": 1.0, "brown": 0.7, "red": 0.5},
    "ochre ocker mustard senfgelb": {"yellow": 1.0, "brown": 0.4, "orange": 0.3},
    "chartreuse": {"green": 1.0, "yellow": 0.8},
    "khaki": {"beige": 1.0, "green": 0.7, "brown": 0.5},
    "army-green military-green olive-green olivgrün olivgruen": {"green": 1.0, "brown": 0.4},
    "emerald smaragd": {"green": 1.0, "turquoise": 0.4},
    "mint-green mintgrün mintgruen": {"green": 1.0, "turquoise": 0.8},
    "indigo": {"navy": 1.0, "purple": 0.8, "blue": 0.6},
    "cobalt azure royal-blue sky-blue himmelblau celeste": {"blue": 1.0},
    "denim-blue jeansblau": {"blue": 1.0, "navy": 0.8, "grey": 0.2},
    "taupe": {"brown": 1.0, "grey": 0.8, "beige": 0.6},
    "tan camel": {"beige": 1.0, "brown": 0.8, "orange": 0.3},
    "off-white ecru écru cremeweiß cremeweiss elfenbein": {"white": 1.0, "beige": 0.8},
    "anthracite anthrazit charcoal graphite dark-grey dark-gray dunkelgrau": {
        "grey": 1.0, "black": 0.7,
    },
    "light-grey light-gray hellgrau": {"grey": 1.0, "white": 0.5},
    "light-brown hellbraun": {"brown": 1.0, "beige": 0.7},
    "dark-brown dunkelbraun": {"brown": 1.0, "black": 0.3},
    "golden gold oro": {"yellow": 1.0, "beige": 0.6, "brown": 0.6, "orange": 0.4},
    "silver silbern silber argenté plateado": {"grey": 1.0, "white": 0.5},
    "rose-gold rosegold": {"pink": 1.0, "beige": 0.7, "orange": 0.4},
}  # fmt: skip
# Nouns, and words that mean something else in another language.
AMBIGUOUS: Mapping[str, Mapping[str, float]] = {
    "wit": {"white": 1.0},
    "viola": {"purple": 1.0},
    "rose roses": {"pink": 1.0},
    "marine marino": NEAR["navy"],
    "wine cherry ruby weinfarben": {"red": 1.0, "brown": 0.3},
    "coral koralle": {"orange": 1.0, "pink": 0.8, "red": 0.4},
    "peach apricot pfirsich": {"orange": 1.0, "beige": 0.8, "pink": 0.6},
    "rust copper bronze kupfer": {"brown": 1.0, "orange": 1.0},
    "lemon sunflower": {"yellow": 1.0},
    "lime limette": {"green": 1.0, "yellow": 0.7},
    "olive oliv oliva": {"green": 1.0, "brown": 0.5},
    "mint sage salbei": {"green": 1.0, "turquoise": 0.5},
    "forest moss": {"green": 1.0},
    "denim": {"blue": 1.0, "navy": 0.8},
    "midnight": {"navy": 1.0, "black": 0.6},
    "plum grape orchid pflaume": {"purple": 1.0},
    "chocolate coffee mocha cognac schoko walnut chestnut": {"brown": 1.0},
    "sand stone nude natural natur almond oatmeal vanilla": {"beige": 1.0, "white": 0.3},
    "cream ivory creme crème crema pearl": {"white": 1.0, "beige": 1.0},
    "slate steel ash smoke": {"grey": 1.0, "blue": 0.2},
    "ebony onyx jet": {"black": 1.0},
    "snow": {"white": 1.0},
}
# What may stand before a colour and belongs to it; in German as one word with it.
_DEGREES = (
    "light dark bright deep pale pastel neon vivid soft dusty hell dunkel clair claro oscuro scuro "
    "licht donker"
)
_GERMAN_DEGREES = ("hell", "dunkel", "knall", "zart", "blass", "tief", "licht", "donker", "neon")
# Whose endings may be taken off: "rotes" is red, and "pinker" no form of "pink" in English.
_GERMAN_STEMS = (
    "schwarz weiß grau rot gelb grün gruen blau türkis tuerkis violett braun beige golden silbern "
    "lila rosa pink orange marineblau dunkelblau nachtblau himmelblau weinrot anthrazit hellgrau "
    "dunkelgrau hellbraun dunkelbraun olivgrün mintgrün"
)
_GERMAN_ENDINGS = ("e", "er", "es", "en", "em", "ne", "nes", "ner", "nen")
_SUFFIXES = ("colored", "coloured", "farben", "farbene", "farbenes", "farbig", "farbige", "ish")
_LONGEST = 2  # words of a phrase


@dataclass(frozen=True)
class Mention:
    """A colour that a text speaks of: `text[start:end]`. `weights`: by named colour, the most 1.
    `certain`: not a noun that might mean the thing itself."""

    start: int
    end: int
    word: str
    weights: Mapping[str, float]
    certain: bool

    @property
    def name(self) -> str:
        """The named colour that answers it best."""
        return max(self.weights, key=lambda name: self.weights[name])


def mentions(text: str) -> list[Mention]:
    """The colours that `text` speaks of, in its order; what is said of one ("dark", "hell") is part
    of it. Case, hyphens and accents do not matter."""
    words = [
        (match.start(), match.end(), _plain(match.group()))
        for match in re.finditer(r"[^\W\d_]+", text)
    ]
    found = []
    at = 0
    while at < len(words):
        length, entry = _longest(words, at)
        if entry is None:
            at += 1
            continue
        first = at
        while first > 0 and words[first - 1][2] in DEGREES and _joined(text, words, first):
            first -= 1
        start, end = words[first][0], words[at + length - 1][1]
        weights, certain = entry
        found.append(Mention(start, end, text[start:end], weights, certain))
        at += length
    return found


def color_of_value(value: str) -> Mention | None:
    """The colour that a value such as "Dark blue" or "Wine" is; None where it names none, more
    than one, or something else too ("Red striped")."""
    found = mentions(value)
    if len(found) != 1 or (found[0].start, found[0].end) != _bounds(value):
        return None
    return found[0]


def _bounds(value: str) -> tuple[int, int]:
    return len(value) - len(value.lstrip()), len(value.rstrip())


_Entry = tuple[Mapping[str, float], bool]


def _longest(words: list[tuple[int, int, str]], at: int) -> tuple[int, _Entry | None]:
    """How many words from `at` on make a colour's, and what it stands for."""
    for length in range(min(_LONGEST, len(words) - at), 1, -1):
        phrase = "-".join(word for _, _, word in words[at : at + length])
        if phrase in _DICTIONARY:
            return length, _DICTIONARY[phrase]
    for stem, compound in _stems(words[at][2]):
        if stem in _DICTIONARY:
            weights, certain = _DICTIONARY[stem]
            return 1, (weights, certain or compound)
    return 0, None


def _joined(text: str, words: list[tuple[int, int, str]], at: int) -> bool:
    """Whether nothing but a space or hyphen stands between a word and the one before."""
    return text[words[at - 1][1] : words[at][0]] in (" ", "-")


def _stems(word: str) -> Iterator[tuple[str, bool]]:
    """The word, and what it may be a form of; and whether that is only the colour in it, as in
    "knallrot" and "wine-colored"."""
    forms = [(word, False)]
    forms += [(word.removesuffix(end), True) for end in _SUFFIXES if word.endswith(end)]
    for form, _ in list(forms):
        for degree in _GERMAN_DEGREES:
            if form.startswith(degree) and len(form) > len(degree) + 2:
                forms.append((form.removeprefix(degree), True))
    for form, compound in forms:
        yield form, compound
        for ending in _GERMAN_ENDINGS:
            stem = form.removesuffix(ending)
            if stem != form and stem in _GERMAN:
                yield stem, compound


def _plain(word: str) -> str:
    """Lower case, without accents: "Grün" is "grun"; but ß is ss."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _dictionary() -> dict[str, _Entry]:
    groups = [
        *((words, NEAR.get(name, {name: 1.0}), True) for name, words in BASIC.items()),
        *((words, weights, True) for words, weights in SHADES.items()),
        *((words, weights, False) for words, weights in AMBIGUOUS.items()),
    ]
    found: dict[str, _Entry] = {}
    for words, weights, certain in groups:
        assert weights.keys() <= INDEX.keys(), weights  # noqa: S101  (data of ours)
        for word in words.split():
            found["-".join(map(_plain, word.split("-")))] = MappingProxyType(weights), certain
    return found


_DICTIONARY = _dictionary()
DEGREES = frozenset(map(_plain, _DEGREES.split()))
_GERMAN = frozenset(map(_plain, _GERMAN_STEMS.split()))
