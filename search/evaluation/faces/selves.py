"""`evaluate self`: pictures of the catalogue, changed, look for their own products."""

from __future__ import annotations

from argparse import ArgumentParser

from search.evaluation.faces.shop import (
    CannotMeasure,
    Options,
    Outcome,
    add_seed,
    bar,
    figure,
    open_shop,
)
from search.evaluation.pictures import CHANGES
from search.evaluation.selfretrieval import EXACT, SEARCH, evaluate_self
from search.management.terminal import positive, table

NAME = "self"
HELP = "whether cropped, turned, poorly saved pictures of the shop find their own products"
PICTURES = 100


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--pictures", type=positive, default=PICTURES, metavar="N", help=f"at most ({PICTURES})"
    )
    add_seed(parser)


def run(options: Options) -> Outcome:
    shop = open_shop()
    if not len(shop.stored.images):
        raise CannotMeasure("No picture of a product on sale is embedded.")
    report = evaluate_self(
        shop.catalogue,
        shop.stored,
        shop.model,
        pictures=options["pictures"],
        seed=options["seed"],
        progress=bar,
    ).as_json()
    rows = [["", "R@1", "95%", "MRR", "95%", "exact R@1", "exact MRR"]]
    for change in (*CHANGES, ""):
        ours = report["changes"][SEARCH][change] if change else report
        exact = report["changes"][EXACT][change] if change else report[EXACT]
        rows.append(
            [
                change or "all",
                *figure(ours, "r_at_1"),
                *figure(ours, "mrr"),
                f"{exact['r_at_1']:.3f}",
                f"{exact['mrr']:.3f}",
            ]
        )
    last = f"{report['pictures']:,} pictures, model {report['model']}, seed {report['seed']}"
    return Outcome([*table(rows), "", last], report)
