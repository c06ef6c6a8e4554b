"""`evaluate enrichment`: whether suggested categories and colours are right, as sure as said."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence

from search.enrichment.calibration import DEFAULT_CONFIDENCE
from search.evaluation import enrichment
from search.evaluation.enrichment import TITLES, NothingToEvaluate, Report, evaluate_enrichment
from search.evaluation.faces.shop import CannotMeasure, Options, Outcome, bar
from search.management.terminal import share, table
from search.models import EmbeddingModel

NAME = "enrichment"
HELP = "whether suggested categories and colours are right, as often as they are said to be"

NAMES = {
    "suggested": "something is suggested for",
    "right": "... and it is right for",
    "exact": "... just so, and not a category above for",
    "accepted": "sure enough to be accepted at once",
    "accepted_right": "... and right",
    "accepted_exact": "... just so",
    "calibration_error": "expected calibration error",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--above",
        type=share,
        default=DEFAULT_CONFIDENCE,
        metavar="X",
        help="accept from this confidence on, from 0 to 1 (default: as the admin's page, "
        f"{DEFAULT_CONFIDENCE})",
    )
    parser.add_argument(
        "--folds",
        type=int,
        default=enrichment.FOLDS,
        metavar="N",
        help="learn from the others of so many parts of the products, and suggest for each "
        f"(default: {enrichment.FOLDS})",
    )


def run(options: Options) -> Outcome:
    if options["folds"] < 2:
        raise CannotMeasure("--folds: at least 2.")
    model = EmbeddingModel.objects.live()
    if model is None:
        raise CannotMeasure("No model is live: run `manage.py model build`.")
    try:
        reports = evaluate_enrichment(
            model, above=options["above"], folds=options["folds"], progress=_bar
        )
    except NothingToEvaluate as error:
        raise CannotMeasure(str(error)) from error
    report = enrichment.as_json(model, options["above"], options["folds"], reports)
    lines = [line for kind, one in reports.items() for line in _lines(kind, one)]
    return Outcome([*lines, f"accepted from {options['above']:.2f} on; model {model.name}"], report)


def _bar(folds: Sequence[int]) -> Iterable[int]:
    return bar(folds, "folds")


def _lines(kind: str, report: Report) -> list[str]:
    rows = [[f"{TITLES[kind]}: {report.asked:,}", "share", "95%"]]
    for name, title in NAMES.items():
        if name in report.figures:
            low, high = report.intervals.get(name, (0.0, 0.0))
            rows.append(
                [
                    title,
                    f"{report.figures[name]:.3f}",
                    f"{low:.3f} to {high:.3f}" if name in report.intervals else "",
                ]
            )
    reliability = [["  said to be sure by", "right", "suggestions"]]
    reliability += [
        [f"  {mean:.2f}", f"{right:.2f}", f"{count:,}"] for mean, right, count in report.bins
    ]
    return [*table(rows), *table(reliability), ""]
