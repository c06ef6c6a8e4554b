"""Which pictures were compared with the others, and what was found; and having it done anew."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.duplicates import upkeep
from search.duplicates.tasks import compare_pictures
from shop.celery import dispatch


class Command(BaseCommand):
    help = (
        "Shows how many pictures were compared, and how many pairs wait (status); gives pictures "
        "that failed new attempts (retry)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, text in (
            ("status", "how many pictures are compared, wait, or failed, and why; pairs by answer"),
            ("retry", "give failed pictures three new attempts"),
        ):
            action = actions.add_parser(name, help=text)
            action.add_argument("--json", action="store_true")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "retry":
            report = {"retried": upkeep.retry_failed()}
            dispatch(compare_pictures)
        else:
            report = upkeep.progress().as_data()
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        self.stdout.write("  ".join(f"{name}: {count:,}" for name, count in report.items()))
        if action == "status":
            for reason, count in upkeep.reasons():
                self.stdout.write(f"  {count} failed: {reason}")
