"""`evaluate cutoff`: does the shop say "nothing close" where it has nothing, and only there?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from search.evaluation.cutoff import (
    ANSWERED,
    ELSEWHERE,
    GIBBERISH,
    REAL,
    SHARING,
    evaluate_cutoff,
)
from search.evaluation.faces.shop import (
    CannotMeasure,
    Options,
    Outcome,
    add_limit,
    add_seed,
    bar,
    figure,
    open_shop,
    read_queries,
)
from search.evaluation.nonsense import ELSEWHERE as BUNDLED
from search.evaluation.nonsense import elsewhere, gibberish
from search.evaluation.rules import LIMIT, judge_by_rule
from search.management.terminal import positive, table

NAME = "cutoff"
HELP = "whether gibberish, and what others sell, ends in “nothing close”, and real queries do not"
GIBBERISH_QUERIES = 150
NAMES = {
    "real_answered": "real queries that are answered",
    "gibberish_refused": "gibberish that ends in “nothing close”",
    "elsewhere_refused": "what others sell that ends in “nothing close”",
    "hopeless_refused": "both of these",
    "sharing_refused": "beside: what others sell, in words that this shop has, too",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--judgements",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="whose queries of words are the real ones (default: those that rules make)",
    )
    parser.add_argument(
        "--elsewhere",
        type=Path,
        default=BUNDLED,
        metavar="FILE",
        help="what the shop does not sell, a query a line (default: a list for shops of clothes, "
        "the home, toys and the garden)",
    )
    parser.add_argument(
        "--gibberish",
        type=positive,
        default=GIBBERISH_QUERIES,
        metavar="N",
        help=f"so many queries that mean nothing ({GIBBERISH_QUERIES})",
    )
    add_limit(parser, LIMIT)
    add_seed(parser)


def run(options: Options) -> Outcome:
    shop = open_shop()
    if options["judgements"]:
        judged = read_queries(options["judgements"], shop.catalogue)
    else:
        judged = judge_by_rule(
            shop.catalogue, seed=options["seed"], limit=options["limit"], photos=False
        )
    real = list(dict.fromkeys(query.words for query in judged if query.form == "words"))
    if not real:
        raise CannotMeasure("There are no real queries of words: give some with --judgements.")
    others, sharing = elsewhere(options["elsewhere"], shop.catalogue)
    sets = {
        REAL: real,
        GIBBERISH: gibberish(options["gibberish"], shop.catalogue, seed=options["seed"]),
        ELSEWHERE: others,
    }
    report = evaluate_cutoff(
        sets | ({SHARING: sharing} if sharing else {}),
        catalogue=shop.catalogue,
        stored=shop.stored,
        model=shop.model,
        progress=bar,
    ).as_json()
    rows = [["what the search says", "share", "95%"]]
    rows += [[title, *figure(report, name)] for name, title in NAMES.items() if name in report]
    signals = [
        [
            f"what it could say, at {ANSWERED:.0%} of real queries answered",
            "area under ROC",
            "threshold",
            "gibberish refused",
            "elsewhere refused",
            "sharing a word",
        ]
    ]
    for name, signal in sorted(report["signals"].items(), key=lambda pair: -pair[1]["area"]):
        signals.append(
            [
                name,
                f"{signal['area']:.3f}",
                f"{signal['threshold']:.3f}",
                f"{signal['gibberish_refused']:.3f}",
                f"{signal['elsewhere_refused']:.3f}",
                f"{signal['sharing_refused']:.3f}" if sharing else "",
            ]
        )
    counts = ", ".join(f"{n:,} {name}" for name, n in report["queries"].items())
    return Outcome([*table(rows), "", *table(signals), "", f"queries: {counts}"], report)
