"""What every action that measures a shop shares: the shop itself, its judgements, progress."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from search.evaluation.catalogue import Catalogue, read_catalogue
from search.evaluation.judgements import JudgedQuery, UnusableJudgements, read_judgements
from search.evaluation.stored import Stored, read_stored
from search.management.terminal import positive
from search.models import EmbeddingModel

Options = Mapping[str, Any]


class CannotMeasure(Exception):
    """There is nothing to measure, or a measure fails its floor; the message says what to do."""


@dataclass(frozen=True)
class Outcome:
    """What an action found: lines for a terminal, an object for `--json`, and, where something
    that was demanded does not hold, what."""

    lines: Sequence[str]
    report: Mapping[str, Any]
    failure: str = ""


class Face(Protocol):
    """A module of this package."""

    NAME: str
    HELP: str

    def add_arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, options: Options) -> Outcome: ...


@dataclass(frozen=True)
class Shop:
    """The products on sale, and their vectors under the live model."""

    catalogue: Catalogue
    stored: Stored
    model: EmbeddingModel


def open_shop() -> Shop:
    """Raises `CannotMeasure` where there is no model, no product or no vector."""
    model = EmbeddingModel.objects.live()
    if model is None:
        raise CannotMeasure("No model is live: run `manage.py model build`.")
    catalogue = read_catalogue()
    if not len(catalogue):
        raise CannotMeasure("No product is on sale: import a catalogue first.")
    stored = read_stored(model, catalogue)
    missing = int((~(stored.has_text | stored.has_picture)).sum())
    if missing == len(catalogue):
        raise CannotMeasure("Nothing is embedded yet: run `manage.py embeddings sweep --now`.")
    if missing:
        print(  # noqa: T201  (beside the progress bars)
            f"{missing:,} of {len(catalogue):,} products are not embedded yet.", file=sys.stderr
        )
    return Shop(catalogue, stored, model)


def read_queries(files: Iterable[Path], catalogue: Catalogue) -> list[JudgedQuery]:
    """Of all files. Raises `UnusableJudgements` with what is wrong in each of them."""
    queries, errors = [], []
    for file in files:
        try:
            queries += read_judgements(file, catalogue)
        except UnusableJudgements as error:
            errors.append(str(error))
    if errors:
        raise UnusableJudgements("\n".join(errors))
    return queries


def bar(steps: Sequence[Any], title: str) -> Iterable[Any]:
    """Progress on stderr, gone when done."""
    shown: Iterable[Any] = tqdm(steps, title, file=sys.stderr, leave=False)
    return shown


def add_seed(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="the same seed, the same figures (0)"
    )


def add_limit(parser: ArgumentParser, default: int) -> None:
    parser.add_argument(
        "--limit",
        type=positive,
        default=default,
        metavar="N",
        help=f"queries of each kind, at most ({default})",
    )


def figure(report: Mapping[str, Any], name: str) -> list[str]:
    """The cells of a measure in a report: its value, and its interval."""
    low, high = report["intervals"][name]
    return [f"{report[name]:.3f}", f"{low:.3f} to {high:.3f}"]
