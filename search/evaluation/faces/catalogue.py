"""`evaluate catalogue`: judged queries, in every way to combine what the shop knows."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from search.evaluation import graded
from search.evaluation.catalogue_evaluation import (
    MAIN,
    OURS,
    CatalogueReport,
    evaluate_catalogue,
)
from search.evaluation.faces.shop import (
    CannotMeasure,
    Options,
    Outcome,
    Shop,
    add_limit,
    add_seed,
    bar,
    open_shop,
    read_queries,
)
from search.evaluation.judgements import JudgedQuery
from search.evaluation.report import write_report
from search.evaluation.rules import LIMIT, judge_by_rule
from search.management.terminal import share, table, writable

NAME = "catalogue"
HELP = "judged queries asked of the shop: nDCG, MRR, recall; its search beside every other way"


def add_arguments(parser: ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--judgements",
        type=Path,
        nargs="+",
        metavar="FILE",
        help=".csv or .tsv: query, picture, product, grade, kind (docs/relevance.md)",
    )
    source.add_argument(
        "--by-rule", action="store_true", help="judged by the shop's own data instead"
    )
    parser.add_argument(
        "--report", type=writable, metavar="FILE", help="write a page (HTML) with it"
    )
    parser.add_argument(
        "--floor",
        type=share,
        metavar="X",
        help="fail where the search's own nDCG@10 is lower, from 0 to 1; for a gate",
    )
    add_limit(parser, LIMIT)
    add_seed(parser)


def run(options: Options) -> Outcome:
    graded.require_library()
    shop = open_shop()
    if options["judgements"]:
        queries = read_queries(options["judgements"], shop.catalogue)
    else:
        queries = judge_by_rule(shop.catalogue, seed=options["seed"], limit=options["limit"])
    if not queries:
        raise CannotMeasure(
            "The shop's data judges no query: its titles share no nouns, and it has no categories "
            "or attributes to ask for. Give judgements with --judgements."
        )
    report = evaluate(shop, queries, options["seed"])
    failures = []
    if options["report"] is not None:
        try:
            write_report(options["report"], report, command_of(options))
        except OSError as error:  # a full disk: the figures are told all the same
            failures.append(f"{options['report']} cannot be written: {error.strerror}.")
    if options["floor"] is not None and report.mean(OURS) < options["floor"]:
        failures.append(
            f"nDCG@10 is {report.mean(OURS):.4f}, below the floor of {options['floor']}."
        )
    return Outcome(lines(report), report.as_json(), "\n".join(failures))


def evaluate(shop: Shop, queries: list[JudgedQuery], seed: int) -> CatalogueReport:
    return evaluate_catalogue(
        queries,
        catalogue=shop.catalogue,
        stored=shop.stored,
        model=shop.model,
        seed=seed,
        progress=bar,
    )


def command_of(options: Options) -> str:
    """What to type for the same figures."""
    if options["judgements"]:
        source = "--judgements " + " ".join(map(str, options["judgements"]))
    else:
        source = f"--by-rule --limit {options['limit']}"
    return f"manage.py evaluate catalogue {source} --seed {options['seed']}"


def lines(report: CatalogueReport) -> list[str]:
    """For a terminal: every way, best first, and how ours compares."""
    heading = ["", *graded.TITLES.values(), f"{graded.TITLES[MAIN]}, 95%", "ours less it"]
    rows = [heading]
    for way in report.ways:
        low, high = report.interval(way)
        rows.append(
            [
                way,
                *(f"{report.mean(way, measure):.3f}" for measure in graded.MEASURES),
                f"{low:.3f} to {high:.3f}",
                "" if way == OURS else str(report.against(way)),
            ]
        )
    kinds = [["nDCG@10 of each kind of query", "queries", OURS, "best leg", "best way", ""]]
    for kind in report.kinds:
        of = report.of_kind(kind)
        means = {way: float(report.values[way][MAIN][of].mean()) for way in report.ways}
        best = max((way for way in means if way != OURS), key=lambda way: means[way])
        kinds.append(
            [
                kind,
                f"{int(of.sum())}",
                f"{means[OURS]:.3f}",
                f"{means[report.best_leg]:.3f}",
                f"{means[best]:.3f}",
                best,
            ]
        )
    return [
        *table(rows),
        "",
        f"ours less the best leg ({report.best_leg}): {report.against(report.best_leg)}",
        "",
        *table(kinds),
        "",
        f"{len(report.queries):,} queries, {len(report.catalogue):,} products, model "
        f"{report.model}, seed {report.seed}",
    ]
