"""What the page of the search model shows, as plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from search import indexing, stored_words
from search.evaluation.comparing import Verdict
from search.indexing import Progress
from search.models import EmbeddingModel, ModelBuild, ModelComparison
from search.versions import comparing
from search.versions.comparing import NEW, PRESENT
from search.versions.presets import DESCRIBED, about, label_of
from search.versions.readiness import Readiness, lessons, readiness
from search.versions.sizes import size_of
from shop.catalog.models import Product
from shop.formats import number, percent

State = EmbeddingModel.State


@dataclass(frozen=True)
class Step:
    """One of those until a model can answer."""

    label: str
    done: bool


@dataclass(frozen=True)
class ShownModel:
    """A model with all that a card says of it."""

    model: EmbeddingModel
    label: str
    about: str
    progress: Progress
    megabytes: str

    @property
    def failed(self) -> int:
        return self.progress.counts["failed"]

    @property
    def since(self) -> str:
        """When it began to answer, for the end of a sentence."""
        return _moment(self.model.activated_at)

    @property
    def replaced(self) -> str:
        """When it ended, for the end of a sentence."""
        return _moment(self.model.retired_at)


def _moment(at: datetime | None) -> str:
    """A time without the full stop that ends some ("11:17 p.m."): the sentence's is enough."""
    return date_format(localtime(at), "DATETIME_FORMAT").removesuffix(".") if at else ""


@dataclass(frozen=True)
class Building:
    """A model that is being prepared."""

    shown: ShownModel
    found: Readiness
    comparison: ModelComparison | None

    @property
    def pk(self) -> int:
        return self.shown.model.pk

    @property
    def ready(self) -> bool:
        return self.found.ready

    @property
    def not_compared(self) -> str:
        """Why it could not be compared, in technical words."""
        return reason(self.comparison.error) if self.comparison else ""

    @property
    def paused(self) -> bool:
        return self.shown.model.paused_at is not None

    @property
    def steps(self) -> list[Step]:
        all_seen = not self.found.progress.left
        return [
            Step(gettext("The model is on this server"), self.found.exported),
            Step(gettext("It has seen all pictures and texts"), all_seen),
            Step(gettext("Sorted for fast searching"), all_seen and not self.found.indexes),
            Step(
                gettext("It has learnt from your products what counts as close"),
                all_seen and not self.found.lacking,
            ),
        ]

    @property
    def told(self) -> str:
        """How far it is, in a sentence."""
        found = self.found.progress
        done = gettext("%(done)s of %(total)s pictures and texts seen.") % {
            "done": number(found.total - found.left),
            "total": number(found.total),
        }
        if not found.left:
            return done
        if self.paused:
            return " ".join((done, gettext("Paused.")))
        if found.seconds_left is None:
            return " ".join((done, gettext("Beginning …")))
        return " ".join((done, _time_left(found.seconds_left)))


def _time_left(seconds: float) -> str:
    if seconds < 60:
        return gettext("Less than a minute left.")
    minutes = round(seconds / 60)
    if minutes < 120:
        told = ngettext("About %(count)s minute left.", "About %(count)s minutes left.", minutes)
        return told % {"count": minutes}
    hours = round(seconds / 3600)
    told = ngettext("About %(count)s hour left.", "About %(count)s hours left.", hours)
    return told % {"count": hours}


@dataclass(frozen=True)
class Row:
    """A measure of both models. `verdict`: of the new one, in words; `better`: True, False, or None
    where there is no difference to speak of."""

    label: Promise | str
    present: str
    new: str
    verdict: str
    better: bool | None


@dataclass(frozen=True)
class Asked:
    """A question that both models were asked, and what they found. `picture`: the product whose
    like was asked for, where it was none of words."""

    words: str
    picture: Product | None
    present: list[Product]
    new: list[Product]


MEASURES: Mapping[tuple[str, str], Promise] = {
    ("self", "r_at_1"): _("A photo of a product, cropped, tilted or blurred, finds it first"),
    ("lab", "p_at_1"): _("What is found first is what was asked for"),
    ("lab", "right_in_10"): _("The first ten are what was asked for"),
    ("lab", "ndcg_at_10"): _("The first ten are in the right order (nDCG)"),
}
VERDICTS = {
    Verdict.AHEAD: (_("better"), True),
    Verdict.BEHIND: (_("worse"), False),
    Verdict.EVEN: (_("no clear difference"), None),
    Verdict.TOO_FEW: (_("too few to tell"), None),
}


@dataclass(frozen=True)
class BeingCompared:
    """A comparison that is being made. `share`: how far it is, in [0, 1]."""

    model: int
    label: str
    against: str
    share: float


@dataclass(frozen=True)
class Compared:
    """A comparison for the page."""

    comparison: ModelComparison
    label: str
    against: str
    rows: list[Row]
    asked: list[Asked]
    summary: str
    better: bool | None
    unfinished: int
    overlap: str


def shown(model: EmbeddingModel) -> ShownModel:
    found = indexing.progress([model])
    size = size_of(model, found.counts["done"])
    return ShownModel(
        model,
        label_of(model.name),
        about(model.name),
        found,
        gettext("%(number)s MB") % {"number": number(max(1, round(size.total / 2**20)))},
    )


def page() -> dict[str, Any]:
    """All that the page shows."""
    stored = facts()
    models: dict[str, list[EmbeddingModel]] = {one: [] for one in State.values}
    for model in EmbeddingModel.objects.order_by("pk"):
        models[model.state].append(model)
    asked = ModelBuild.objects.select_related("asked_by").order_by("-pk").first()
    live = next(map(shown, models[State.LIVE]), None)
    building = [_building(model) for model in models[State.BUILDING]]
    previous = [shown(model) for model in EmbeddingModel.objects.retired()]
    comparison = _latest_comparison()
    compared_now = being_compared()
    return {
        "live": live,
        "asked": asked,
        "asked_label": label_of(asked.name) if asked else "",
        "asked_failed": reason(asked.error) if asked else "",
        "building": building,
        "previous": previous,
        "dropping": _labels(models[State.DROPPING]),
        "compared": _compared(comparison) if comparison else None,
        "presets": [
            preset for preset in DESCRIBED if live is None or preset.name != live.model.name.lower()
        ],
        "free": not building and not (asked and not asked.failed_at),
        "state": state(stored, building),
        "moving": bool(building and not all(one.ready for one in building))
        or bool(asked and not asked.failed_at)
        or bool(models[State.DROPPING])
        or bool(compared_now),
        "comparing": compared_now,
        "lessons": [lesson.name for lesson in lessons],
    }


def _building(model: EmbeddingModel) -> Building:
    comparison = ModelComparison.objects.filter(model=model).defer("figures").first()
    return Building(shown(model), readiness(model), comparison)


def buildings() -> list[Building]:
    """The models that are being prepared."""
    models = EmbeddingModel.objects.filter(state=State.BUILDING).order_by("pk")
    return [_building(model) for model in models]


def being_compared() -> list[BeingCompared]:
    """Comparisons that are being made."""
    rows = comparing.unfinished().values_list("model", "model__name", "against__name", "share")
    return [
        BeingCompared(model, label_of(name), label_of(against), share)
        for model, name, against, share in rows
    ]


def being_dropped() -> list[str]:
    """The names of models that are being deleted."""
    return _labels(EmbeddingModel.objects.filter(state=State.DROPPING).order_by("pk"))


def _labels(models: Iterable[EmbeddingModel]) -> list[str]:
    return [label_of(model.name) for model in models]


def facts() -> list[Any]:
    """What decides on what the page offers. It is read before all that the page shows: what changes
    meanwhile makes the next one another, and never the page the last that asks."""
    return [
        *EmbeddingModel.objects.order_by("pk").values_list("pk", "state", "paused_at"),
        *ModelBuild.objects.order_by("pk").values_list("pk", "failed_at"),
        *ModelComparison.objects.order_by("pk").values_list("pk", "finished_at"),
    ]


def state(stored: list[Any], building: list[Building]) -> str:
    """Another once the page has other things to offer than it shows."""
    steps = [(one.pk, one.ready, [step.done for step in one.steps]) for one in building]
    return hashlib.sha256(repr((stored, steps)).encode()).hexdigest()[:16]


def _latest_comparison() -> ModelComparison | None:
    made = ModelComparison.objects.exclude(figures=None).select_related("model", "against")
    return made.exclude(model__state=State.DROPPING).order_by("-finished_at").first()


def _compared(comparison: ModelComparison) -> Compared:
    figures = comparison.figures or {}
    rows = []
    for (part, name), label in MEASURES.items():
        measured = figures[part].get(name)
        if not isinstance(measured, dict) or measured[PRESENT]["mean"] is None:
            continue
        verdict, better = VERDICTS[Verdict(measured["verdict"])]
        rows.append(
            Row(
                label,
                percent(measured[PRESENT]["mean"]),
                percent(measured[NEW]["mean"]),
                str(verdict),
                better,
            )
        )
    for what, label in (
        ("words", _("To read a shopper’s words takes")),
        ("photo", _("To look at a shopper’s photo takes")),
    ):
        present, new = (
            gettext("%(number)s ms") % {"number": number(figures["milliseconds"][side][what])}
            for side in (PRESENT, NEW)
        )
        rows.append(Row(label, present, new, "", None))
    waiting = sum(of["waiting"] for of in figures["coverage"][NEW].values())
    summary, better = _summary(rows)
    overlap = figures["overlap_at_10"]["words"]["mean"]
    return Compared(
        comparison,
        label_of(comparison.model.name),
        label_of(comparison.against.name),
        rows,
        _asked(figures["samples"]),
        summary,
        better,
        waiting,
        percent(overlap) if overlap is not None else "",
    )


def _summary(rows: list[Row]) -> tuple[str, bool | None]:
    """What the rows say together, in a sentence."""
    better = [row for row in rows if row.better is True]
    worse = [row for row in rows if row.better is False]
    if better and not worse:
        return gettext("On your own products the new model finds more of what is meant."), True
    if worse and not better:
        return gettext("On your own products the new model finds less of what is meant."), False
    if better:
        return gettext("The new model is better at some things and worse at others."), None
    return gettext("On your own products neither model is clearly better."), None


def _asked(samples: list[dict[str, Any]]) -> list[Asked]:
    keys = {key for one in samples for side in (PRESENT, NEW) for key in one[side]}
    keys |= {one["product"] for one in samples if "product" in one}
    products = Product.objects.for_cards().in_bulk(keys)

    def found(keys: list[int]) -> list[Product]:
        return [products[key] for key in keys if key in products]

    return [
        Asked(
            one.get("words", ""),
            products.get(one.get("product", 0)),
            found(one[PRESENT]),
            found(one[NEW]),
        )
        for one in samples
        if "words" in one or one["product"] in products
    ]


def reason(text: str) -> str:
    """Why something failed, as it was kept, in the reader's language where it can be."""
    return stored_words.translated(text)
