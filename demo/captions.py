"""Captions: many wordings for a drawing, each with exactly what it claims about it."""

import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from demo.assortment import KINDS
from demo.draw.canvas import View
from demo.facts import ABSENT, Claim, accent_field, facts_of
from demo.kinds import Accent, Kind
from demo.looks import Look
from demo.words import (
    BROADER,
    COLOUR_WORDS,
    FRAMES,
    GROUPS,
    PATTERN_TAILS,
    PATTERN_WORDS,
    SCENE_WORDS,
    THINGS,
    is_one,
    repeats,
    with_article,
)


@dataclass(frozen=True)
class Shares:
    """How often a caption speaks of something that there is a word for."""

    colour: float = 0.7
    pattern: float = 0.75
    plainness: float = 0.12
    material: float = 0.2
    part: float = 0.33
    accent: float = 0.35
    scene: float = 0.1
    broader: float = 0.15
    frame: float = 0.6
    typo: float = 0.06


TRAINING = Shares()
# For measuring: what somebody writes who knows quite exactly what they want, without slips.
DETAILED = Shares(1, 1, 0, 0.4, 0.4, 0.4, 0, 0, 0, 0)


def caption(
    rng: random.Random, look: Look, view: View, shares: Shares = TRAINING
) -> tuple[str, Claim]:
    """A caption for a drawing, and what it claims."""
    roll = rng.random()
    if shares is TRAINING:
        if roll < 0.08:
            return _without_kind(rng, look)
        if roll < 0.13:
            return _by_group(rng, look)
    return _composed(rng, look, view, shares)


def colour_change(rng: random.Random, colour: str) -> str:
    """What a shopper adds to a picture to have the same thing in another colour."""
    word = rng.choice(COLOUR_WORDS[colour])
    return rng.choice(("in {}", "in {}", "{}", "but {}", "but in {}", "the same in {}")).format(
        word
    )


def kind_words(kind: Kind) -> tuple[str, ...]:
    """All names that fit every product of a kind."""
    return (kind.one, kind.many, *kind.others)


def kinds_called(word: str) -> frozenset[str]:
    """The kinds that a word names: "boots" are hiking boots too."""
    return frozenset(_CALLED[word])


def _composed(rng: random.Random, look: Look, view: View, shares: Shares) -> tuple[str, Claim]:
    kind = KINDS[look.kind]
    shown = facts_of(look, view)
    claim: Claim = {}
    # Each word before the noun, with the field of which it speaks.
    before: list[tuple[str, str]] = []
    after: list[str] = []
    described: set[str] = set()
    noun = rng.choice((kind.one, kind.many, kind.many, rng.choice((kind.one, *kind.others))))
    if _BROADER[kind.name] and rng.random() < shares.broader:
        noun = rng.choice(_BROADER[kind.name])
    replaced = False
    for part in kind.parts:
        choice = part.choice(shown[part.name])
        if not (choice.before or choice.after or choice.nouns) or rng.random() > shares.part:
            continue
        claim[part.name] = frozenset((choice.value,))
        ways = [way for way in (choice.before, choice.after) if way]
        if choice.nouns and not replaced and (not ways or rng.random() < 0.3):
            noun, replaced = rng.choice(choice.nouns), True
        elif ways:
            way = rng.choice(ways)
            word = rng.choice(way)
            if way is choice.before:
                before.append((part.name, word))
            else:
                after.append(word)
                described.add(part.name)
        else:
            del claim[part.name]
    claim["kind"] = frozenset((kind.name,)) if replaced else kinds_called(noun)
    if rng.random() < shares.colour:
        word = rng.choice(COLOUR_WORDS[look.colour])
        claim["colour"] = frozenset((look.colour,))
        if rng.random() < 0.75:
            before.insert(0, ("colour", word))
        else:
            after.append(f"in {word}")
    material = kind.material(look.material)
    # Of what is never printed nobody says that it is plain.
    plainness = shares.plainness if material.patterned else 0.0
    if rng.random() < (plainness if look.pattern == "plain" else shares.pattern):
        claim["pattern"] = frozenset((look.pattern,))
        if rng.random() < 0.75:
            before.append(("pattern", rng.choice(_fitting(PATTERN_WORDS[look.pattern], noun))))
        else:
            after.append(rng.choice(PATTERN_TAILS[look.pattern]))
    if material.words and rng.random() < shares.material:
        word = material.words[0] if rng.random() < 0.6 else rng.choice(material.words)
        claim["material"] = frozenset(_MADE_OF[word])
        before.append(("material", word))
    for accent in kind.accents:
        colour = shown[accent_field(accent.name)]
        hidden = shown.get(accent.name) == ABSENT
        if colour in ("", ABSENT) or hidden or rng.random() > shares.accent:
            continue
        if accent.name in described:  # Not "with a hood and a blue hood".
            continue
        claim[accent_field(accent.name)] = frozenset((colour,))
        after.append(_with_accent(rng, accent, colour))
    if rng.random() < shares.scene:
        claim["scene"] = frozenset((view.scene,))
        tail = rng.choice(SCENE_WORDS[view.scene])
    else:
        tail = ""
    if shares is TRAINING and rng.random() < 0.6:
        rng.shuffle(before)
    rng.shuffle(after)
    for field in [field for field, word in before if field != "colour" and repeats(word, noun)]:
        del claim[field]
    words = [word for field, word in before if field in claim]
    if rng.random() < 0.7:
        after = _joined(after)
    text = " ".join(filter(None, [*words, noun, *after, tail]))
    if rng.random() < shares.frame:
        text = rng.choice(FRAMES).format(text, a=with_article(text) if is_one(noun) else text)
    return _written(rng, text, shares), claim


def _with_accent(rng: random.Random, accent: Accent, colour: str) -> str:
    """ "with a red sole", "with white laces"."""
    thing = rng.choice(accent.words)
    shade = rng.choice([word for word in COLOUR_WORDS[colour] if word not in THINGS])
    told = f"{shade} {thing}"
    return f"with {with_article(told) if is_one(thing) else told}"


def _fitting(words: tuple[str, ...], noun: str) -> tuple[str, ...]:
    """Those words that a noun does not say already; all if it says them all."""
    return tuple(word for word in words if not repeats(word, noun)) or words


def _joined(tails: list[str]) -> list[str]:
    """With "and" and "or" where one thing that it has, or has not, follows another."""
    joined = []
    for before, tail in pairwise(["", *tails]):
        if before.startswith("with ") and tail.startswith("with "):
            tail = f"and {tail.removeprefix('with ')}"
        elif before.startswith("without ") and tail.startswith("without "):
            tail = f"or {tail.removeprefix('without ')}"
        joined.append(tail)
    return joined


def _without_kind(rng: random.Random, look: Look) -> tuple[str, Claim]:
    if rng.random() < 0.5:
        return colour_change(rng, look.colour), {"colour": frozenset((look.colour,))}
    pattern = rng.choice(PATTERN_WORDS[look.pattern] + PATTERN_TAILS[look.pattern])
    if rng.random() < 0.5:
        return pattern, {"pattern": frozenset((look.pattern,))}
    return f"{rng.choice(COLOUR_WORDS[look.colour])} {pattern}", {
        "colour": frozenset((look.colour,)),
        "pattern": frozenset((look.pattern,)),
    }


def _by_group(rng: random.Random, look: Look) -> tuple[str, Claim]:
    """What something is for, or the department that it stands in."""
    kind = KINDS[look.kind]
    if kind.purposes and rng.random() < 0.7:
        word = rng.choice(kind.purposes)
        claim: Claim = {"kind": frozenset(_SERVES[word])}
    else:
        word, claim = rng.choice(GROUPS[kind.group]), {"group": frozenset((kind.group,))}
    if rng.random() < 0.4:
        claim["colour"] = frozenset((look.colour,))
        shade = rng.choice(COLOUR_WORDS[look.colour])
        if word.startswith(("something ", "for ", "to ")):
            word = f"something {shade} {word.removeprefix('something ')}"
        else:
            word = f"{word} in {shade}"
    return word, claim


def _written(rng: random.Random, text: str, shares: Shares) -> str:
    """As people type: sometimes with a capital, sometimes with a slip of the finger."""
    if shares is not TRAINING:
        return text
    if rng.random() < shares.typo and len(text) > 5:
        at = rng.randrange(1, len(text) - 2)
        slip = rng.randrange(3)
        if slip == 0:
            text = text[:at] + text[at + 1 :]
        elif slip == 1:
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        else:
            text = text[:at] + text[at] + text[at:]
    return text.capitalize() if rng.random() < 0.15 else text


_CALLED: dict[str, set[str]] = defaultdict(set)
_BROADER: dict[str, list[str]] = defaultdict(list)
_SERVES: dict[str, set[str]] = defaultdict(set)
_MADE_OF: dict[str, set[str]] = defaultdict(set)
for _kind in KINDS.values():
    for _word in kind_words(_kind):
        _CALLED[_word].add(_kind.name)
    for _word in _kind.purposes:
        _SERVES[_word].add(_kind.name)
    for _material in _kind.materials:
        for _word in _material.words:
            _MADE_OF[_word].add(_material.name)
for _words, _names in BROADER.items():
    for _word in _words:
        _CALLED[_word].update(_names)
        for _name in _names:
            _BROADER[_name].append(_word)
