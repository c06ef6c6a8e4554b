"""`evaluate compare`: two reports of one set of judgements, before and after a change."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from search.evaluation import graded
from search.evaluation.catalogue_evaluation import DIGITS, OURS
from search.evaluation.comparing import compare_reports
from search.evaluation.faces.shop import CannotMeasure, Options, Outcome
from search.management.terminal import table

NAME = "compare"
HELP = "two reports of `evaluate catalogue --json`: is the second ahead?"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("before", type=Path, metavar="BEFORE.json")
    parser.add_argument("after", type=Path, metavar="AFTER.json")
    parser.add_argument(
        "--way", default=OURS, metavar="NAME", help=f"of those in the reports ({OURS})"
    )


def run(options: Options) -> Outcome:
    found = compare_reports(_read(options["before"]), _read(options["after"]), options["way"])
    rows = [["second less first", "difference", "95% interval", ""]]
    for measure, apart in found.items():
        rows.append(
            [
                graded.TITLES.get(measure, measure),
                f"{apart.mean:+.3f}",
                f"{apart.low:+.3f} to {apart.high:+.3f}",
                str(apart.verdict),
            ]
        )
    return Outcome(
        table(rows),
        {measure: apart.as_json(DIGITS) for measure, apart in found.items()},
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise CannotMeasure(f"{path} cannot be read as JSON: {error}.") from error
