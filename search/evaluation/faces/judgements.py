"""`evaluate judgements`: judgements made by rule, written to a file to read, mend and keep."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter

from search.evaluation.catalogue import read_catalogue
from search.evaluation.faces.shop import (
    CannotMeasure,
    Options,
    Outcome,
    add_limit,
    add_seed,
)
from search.evaluation.judgements import write_judgements
from search.evaluation.rules import LIMIT, judge_by_rule
from search.management.terminal import table, writable

NAME = "judgements"
HELP = "make judgements from the shop's own data, by rule, and write them to a file"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--output",
        type=writable,
        required=True,
        metavar="FILE",
        help="a .csv or .tsv to write",
    )
    parser.add_argument("--words-only", action="store_true", help="without queries by photo")
    add_limit(parser, LIMIT)
    add_seed(parser)


def run(options: Options) -> Outcome:
    catalogue = read_catalogue()
    queries = judge_by_rule(
        catalogue,
        seed=options["seed"],
        limit=options["limit"],
        photos=not options["words_only"],
    )
    if not queries:
        raise CannotMeasure("The shop's data judges no query.")
    try:
        rows = write_judgements(options["output"], queries)
    except OSError as error:
        raise CannotMeasure(f"{options['output']} cannot be written: {error.strerror}.") from error
    counts = Counter(query.kind for query in queries)
    return Outcome(
        [
            *table([["kind of query", "queries"], *([kind, f"{n}"] for kind, n in counts.items())]),
            "",
            f"{options['output']}: {len(queries):,} queries, {rows:,} rows",
        ],
        {"queries": len(queries), "rows": rows, "kinds": dict(counts), "seed": options["seed"]},
    )
