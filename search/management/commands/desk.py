"""Judgements of the relevance desk, to and from files of the lab."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.desk import exchange
from search.evaluation.judgements import UnusableJudgements


class Command(BaseCommand):
    help = (
        "Writes what was judged at the relevance desk as a file for `manage.py evaluate "
        "catalogue`, or reads such a file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, told in (
            ("export", "write all judgements of searches by words and by photos"),
            ("import", "read a file; its grades take the place of those that are there"),
        ):
            action = actions.add_parser(name, help=told)
            action.add_argument("file", type=Path, help="a .csv or a .tsv file")
            action.add_argument("--json", action="store_true")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        path: Path = options["file"]
        try:
            done = exchange.export(path) if action == "export" else exchange.import_file(path)
        except UnusableJudgements as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        self.stdout.write(f"{done['judgements']} judgements of {done['queries']} searches.")
        if done.get("left_out"):
            self.stdout.write(
                f"{done['left_out']} searches for more like a product are left out: a file cannot "
                "say them."
            )
