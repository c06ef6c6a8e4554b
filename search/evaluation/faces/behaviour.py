"""`evaluate behaviour`: the SKU first, the colour true, a typo forgiven, "without" understood."""

from __future__ import annotations

from argparse import ArgumentParser

from search.evaluation.behaviour import MEASURES, Behaviour
from search.evaluation.faces.shop import (
    CannotMeasure,
    Options,
    Outcome,
    add_limit,
    add_seed,
    bar,
    figure,
    open_shop,
)
from search.evaluation.rules import LIMIT
from search.management.terminal import table

NAME = "behaviour"
HELP = "SKUs, colours in words and by looks, a photo “in red”, typos, “without”"


def add_arguments(parser: ArgumentParser) -> None:
    add_limit(parser, LIMIT)
    add_seed(parser)


def run(options: Options) -> Outcome:
    shop = open_shop()
    report = (
        Behaviour(
            shop.catalogue,
            shop.stored,
            shop.model,
            seed=options["seed"],
            limit=options["limit"],
            progress=bar,
        )
        .evaluate()
        .as_json()
    )
    measured = [name for name in MEASURES if name in report]
    if not measured:
        raise CannotMeasure("This shop's data gives nothing to ask about.")
    rows = [["", "share", "95%", "queries"]]
    rows += [
        [MEASURES[name], *figure(report, name), f"{report['queries'][name]:,}"] for name in measured
    ]
    kept = f"of nDCG@10, a typo leaves {report['typo_kept']:.1%}" if "typo_kept" in report else ""
    return Outcome(
        [*table(rows), "", kept, f"model {report['model']}, seed {report['seed']}"], report
    )
