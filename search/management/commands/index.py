"""The indexes of searches: what there is, whether it is in step, and making it anew."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from search import listings, vector_indexes
from search.models import EmbeddingModel


class Command(BaseCommand):
    help = (
        "Shows the indexes of searches and their sizes (status), whether listings and signatures "
        "are in step with the catalogue (check), and brings them in step (rebuild)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, text in (
            ("status", "the indexes of each model in use, and their sizes"),
            (
                "check",
                "compare all listings and signatures with the catalogue; exit 1 if one is off",
            ),
            ("rebuild", "bring them in step, and make what indexes are missing"),
        ):
            action = actions.add_parser(name, help=text)
            action.add_argument("--json", action="store_true")
            if name == "rebuild":
                action.add_argument(
                    "--drop", action="store_true", help="drop the indexes first, to make them anew"
                )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        report = getattr(self, f"_{action}")(options)
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            for name, value in report.items():
                self.stdout.write(f"{name:40}{value if isinstance(value, str) else f'{value:,}'}")
        if action == "check" and any(report.values()):
            raise CommandError("Out of step. Run `manage.py index rebuild`.")

    def _status(self, options: dict[str, Any]) -> dict[str, Any]:
        tables = ["search_listing", "search_embedding"]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, pg_relation_size(name::regclass) FROM unnest(%s::text[]) name",
                [tables],
            )
            report: dict[str, int | None] = dict(cursor.fetchall())
        for model in EmbeddingModel.objects.embedding():
            expected = [vector_indexes.name(model.pk, one) for one in vector_indexes.PURPOSES]
            report |= dict.fromkeys(expected) | vector_indexes.sizes(model)
        if options["json"]:
            return report
        return {
            name: "not made yet" if size is None else f"{size / 2**20:,.1f} MB"
            for name, size in report.items()
        }

    def _check(self, options: dict[str, Any]) -> dict[str, int]:
        return {f"{name} out of step": n for name, n in listings.differences().items()}

    def _rebuild(self, options: dict[str, Any]) -> dict[str, Any]:
        models = list(EmbeddingModel.objects.embedding())
        if options["drop"]:
            try:
                for model in models:
                    vector_indexes.drop(model)
            except vector_indexes.BeingMade as error:
                raise CommandError(str(error)) from error
        looked_at = 0
        bar = tqdm(total=listings.rows(), unit=" rows", file=self.stderr, leave=False)
        with bar:
            for looked_at in listings.rebuild():
                bar.update(looked_at - bar.n)
        made = []
        for model in models:
            for name in vector_indexes.ensure(model):
                self.stderr.write(f"made {name}")
                made.append(name)
        return {
            "rows looked at": looked_at,
            "made": ", ".join(made) or "nothing",
        }
