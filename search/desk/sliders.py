"""Weights as a merchant sets them: each way of finding on a slider, from "not at all" over "as
usual", as Vitrine comes, to "four times as much".

A slider stands for a multiple of the weight that Vitrine comes with: what that number is, and that
it is another one for each way, nobody has to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from search.desk.models import KIND_LABELS
from search.query import USUAL_WEIGHTS, Leg, QueryKind, Setting

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LABELS: Mapping[Leg, StrPromise] = {
    Leg.IMAGE: _("Looks"),
    Leg.TEXT: _("Description"),
    Leg.WORDS: _("Exact words"),
    Leg.COLOR: _("Colour"),
    Leg.KIND: _("Kind of product"),
}
HELP: Mapping[Leg, StrPromise] = {
    Leg.IMAGE: _("How much the picture looks like it."),
    Leg.TEXT: _("What title and description mean, in whatever words."),
    Leg.WORDS: _("Whether the very words stand in title, brand, category or description."),
    Leg.COLOR: _("How much of the picture has the colour that is asked for."),
    Leg.KIND: _("Whether it is the same kind of thing: a boot for a boot."),
}
# What has a part in which kind of query; without words there is no colour to ask for.
LEGS: Mapping[QueryKind, tuple[Leg, ...]] = {
    QueryKind.WORDS: (Leg.IMAGE, Leg.TEXT, Leg.WORDS, Leg.COLOR),
    QueryKind.PHOTO: (Leg.IMAGE, Leg.KIND),
    QueryKind.LIKE: (Leg.IMAGE, Leg.TEXT, Leg.KIND),
    QueryKind.BOTH: (Leg.IMAGE, Leg.WORDS, Leg.COLOR, Leg.KIND),
}
# Without one of these above zero nothing is compared.
COMPARING: Mapping[QueryKind, tuple[Leg, ...]] = {
    QueryKind.WORDS: (Leg.IMAGE, Leg.TEXT, Leg.WORDS),
    QueryKind.PHOTO: (Leg.IMAGE,),
    QueryKind.LIKE: (Leg.IMAGE, Leg.TEXT),
    QueryKind.BOTH: (Leg.IMAGE, Leg.WORDS),
}
# The places of a slider, as multiples of what Vitrine comes with; and what they are called.
FACTORS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
STEP_LABELS: tuple[StrPromise, ...] = (
    _("not at all"),
    _("a quarter as much"),
    _("half as much"),
    _("a little less"),
    _("as usual"),
    _("a little more"),
    _("twice as much"),
    _("three times as much"),
    _("four times as much"),
)
HIGHEST_STEP = len(FACTORS) - 1


@dataclass(frozen=True)
class Slider:
    """One way of finding. `step`: where the tried setting has it; `present`: where the live one."""

    leg: Leg
    step: int
    present: int

    @property
    def label(self) -> StrPromise:
        return LABELS[self.leg]

    @property
    def help(self) -> StrPromise:
        return HELP[self.leg]

    @property
    def told(self) -> StrPromise:
        return STEP_LABELS[self.step]

    @property
    def present_told(self) -> StrPromise:
        return STEP_LABELS[self.present]

    @property
    def is_moved(self) -> bool:
        return self.step != self.present


def step_of(kind: QueryKind, leg: Leg, weight: float) -> int:
    """The place that is nearest to a weight."""
    factor = weight / (USUAL_WEIGHTS[kind][leg] or 1.0)
    return min(range(len(FACTORS)), key=lambda step: abs(FACTORS[step] - factor))


def sliders(kind: QueryKind, setting: Setting, tried: Mapping[str, str]) -> list[Slider]:
    """All of a kind of query. `tried`: places as a request says them, by leg; what is none of them
    is where the live setting has it."""
    found = []
    for leg in LEGS[kind]:
        present = step_of(kind, leg, setting.of(kind)[leg])
        said = tried.get(leg, "")
        step = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else present
        found.append(Slider(leg, min(step, HIGHEST_STEP), present))
    return found


def weights_of(kind: QueryKind, setting: Setting, moved: list[Slider]) -> dict[Leg, float]:
    """The weight of each leg as sliders say it; those that are not moved stay as they are."""
    weights = dict(setting.of(kind))
    for slider in moved:
        if slider.is_moved:
            weights[slider.leg] = FACTORS[slider.step] * USUAL_WEIGHTS[kind][slider.leg]
    return weights


def compares(kind: QueryKind, weights: Mapping[Leg, float]) -> bool:
    """Whether such a search can tell products apart."""
    return any(weights.get(leg, 0) > 0 for leg in COMPARING[kind])


@dataclass(frozen=True)
class Change:
    """What another setting makes of one way of finding."""

    kind: QueryKind
    leg: Leg
    before: StrPromise
    after: StrPromise

    @property
    def kind_label(self) -> StrPromise:
        return KIND_LABELS[self.kind]

    @property
    def label(self) -> StrPromise:
        return LABELS[self.leg]


def changes(before: Setting, after: Setting) -> Iterator[Change]:
    """What differs, as a merchant sees it."""
    for kind, legs in LEGS.items():
        for leg in legs:
            one, other = before.of(kind)[leg], after.of(kind)[leg]
            if one != other:
                told = (STEP_LABELS[step_of(kind, leg, weight)] for weight in (one, other))
                yield Change(kind, leg, *told)
