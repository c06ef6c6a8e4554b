"""A page of what was measured: one HTML file that needs nothing else, to read, send and keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.evaluation import graded
from search.evaluation.catalogue_evaluation import LEARNED, MAIN, OURS, CatalogueReport
from search.evaluation.combining import LEGS
from search.evaluation.comparing import Difference, difference
from search.evaluation.judgements import JudgedQuery
from search.evaluation.measures import interval

SHOWN = 6  # products of a query: found, and wanted
# Asked wherever pictures and texts have vectors of their own; each against each.
QUESTION = ("averaged", "concatenated", "summed", "concatenated, PCA")
ABOUT = {
    OURS: "the shop's own search",
    LEARNED: "logistic regression on the legs' scores, judged on queries it did not learn from",
    "words": "full-text alone",
    "text": "vectors of texts alone",
    "image": "vectors of pictures alone, the best picture of a product",
    "image mean": "vectors of pictures alone, their mean for each product",
    "composed": "vectors of pictures, against the sum of photo and words",
    "concatenated": "picture and text end to end, the query twice",
    "averaged": "one vector: the mean of picture and text",
    "summed": "cosine with the picture plus cosine with the text",
    "concatenated, PCA": "concatenated, reduced to one vector's length",
    "z-scores summed": "each leg's scores standardised, then summed; words among them",
    "RRF": "reciprocal ranks of the legs",
    "DBSF": "the legs' scores by their distributions",
}


@dataclass(frozen=True)
class WayRow:
    name: str
    about: str
    is_ours: bool
    is_leg: bool
    measures: list[str]
    interval: str
    apart: Difference | None
    plot: SafeString


@dataclass(frozen=True)
class KindRow:
    name: str
    queries: int
    ours: float
    leg: float
    best: float
    best_way: str
    plot: SafeString
    all: list[str]


@dataclass(frozen=True)
class Shown:
    title: str
    grade: int


@dataclass(frozen=True)
class WorstRow:
    query: str
    picture: str
    kind: str
    ours: float
    best: float
    best_way: str
    found: list[Shown]
    wanted: list[Shown]


def write_report(path: Path, report: CatalogueReport, command: str) -> None:
    """Write the page. Raises OSError."""
    path.write_text(render(report, command), encoding="utf-8")


def render(report: CatalogueReport, command: str) -> str:
    """The page, as HTML. `command`: what to type for the same figures."""
    ways = report.ways
    return render_to_string(
        "evaluation/report.html",
        {
            "command": command,
            "made": timezone.now(),
            "report": report,
            "queries": len(report.queries),
            "products": len(report.catalogue),
            "ours": report.mean(OURS),
            "interval": "{:.3f} to {:.3f}".format(*report.interval(OURS)),
            "leg": report.best_leg,
            "apart": report.against(report.best_leg),
            "scale": scale(),
            "measures": list(graded.TITLES.values()),
            "ways": [_way(report, way) for way in ways],
            "way_names": ways,
            "kinds": [_kind(report, kind) for kind in report.kinds],
            "question": _question(report),
            "legs": LEGS,
            "weights": [
                (form, [f"{weights[leg]:+.2f}" for leg in LEGS])
                for form, weights in report.weights.items()
            ],
            "worst": [_worst(report, number) for number in report.worst()],
        },
    )


def span(low: float, mean: float, high: float, mark: float | None = None) -> SafeString:
    """A value in [0, 1] with its interval, and perhaps a second one to compare it with: a line of
    a plot, as wide as its cell."""
    second: SafeString | str = ""
    if mark is not None:
        second = format_html('<rect class="mark" x="{}%" y="3" width="2" height="14"/>', _at(mark))
    return format_html(
        '<svg class="span" role="img" aria-label="{}" height="20" width="100%">'
        '<line class="axis" x1="0" x2="100%" y1="10" y2="10"/>'
        '<line class="interval" x1="{}%" x2="{}%" y1="10" y2="10"/>{}'
        '<circle class="value" cx="{}%" cy="10" r="5"/></svg>',
        f"{mean:.3f}, {low:.3f} to {high:.3f}",
        _at(low),
        _at(high),
        second,
        _at(mean),
    )


def scale() -> SafeString:
    """The numbers below a plot."""
    numbers = format_html_join(
        "", '<text x="{}%" y="12">{}</text>', ((_at(n / 5), f"{n / 5:g}") for n in range(6))
    )
    return format_html(
        '<svg class="ticks" aria-hidden="true" height="16" width="100%">{}</svg>', numbers
    )


def _at(value: float) -> str:
    """Where it is, in percent; the ends leave room for the dot."""
    return f"{1.5 + 97 * min(1.0, max(0.0, value)):.2f}"


def _way(report: CatalogueReport, way: str) -> WayRow:
    low, high = report.interval(way)
    return WayRow(
        way,
        ABOUT.get(way, ""),
        way == OURS,
        way in LEGS,
        [f"{report.mean(way, measure):.3f}" for measure in graded.MEASURES],
        f"{low:.3f} to {high:.3f}",
        None if way == OURS else report.against(way),
        span(low, report.mean(way), high),
    )


def _kind(report: CatalogueReport, kind: str) -> KindRow:
    of = report.of_kind(kind)
    means = {way: float(report.values[way][MAIN][of].mean()) for way in report.ways}
    best = max((way for way in means if way != OURS), key=lambda way: means[way])
    low, high = interval(report.values[OURS][MAIN][of], seed=report.seed)
    return KindRow(
        kind,
        int(of.sum()),
        means[OURS],
        means[report.best_leg],
        means[best],
        best,
        span(low, means[OURS], high, means[best]),
        [f"{means[way]:.2f}" for way in report.ways],
    )


def _question(report: CatalogueReport) -> list[tuple[str, str, Difference]]:
    """Each of the ways to join two vectors against the next ones, by nDCG."""
    return [
        (
            one,
            other,
            difference(report.values[one][MAIN], report.values[other][MAIN], seed=report.seed),
        )
        for place, one in enumerate(QUESTION)
        for other in QUESTION[place + 1 :]
    ]


def _worst(report: CatalogueReport, number: int) -> WorstRow:
    query = report.queries[number]
    values = {way: float(report.values[way][MAIN][number]) for way in report.ways}
    best = max((way for way in values if way != OURS), key=lambda way: values[way])
    wanted = sorted(query.grades, key=lambda handle: (-query.grades[handle], handle))
    return WorstRow(
        query.words,
        query.picture,
        query.kind,
        values[OURS],
        values[best],
        best,
        _shown(report, query, report.rankings[OURS][number]),
        _shown(report, query, wanted),
    )


def _shown(report: CatalogueReport, query: JudgedQuery, handles: Sequence[str]) -> list[Shown]:
    titles = report.catalogue
    return [
        Shown(titles.items[titles.rows[handle]].title, query.grades.get(handle, 0))
        for handle in handles[:SHOWN]
        if handle in titles.rows
    ]
