"""Which pictures have their colours; and having them made anew."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count
from tqdm import tqdm

from search.colors import upkeep
from search.models import PictureColors
from search.tasks import make_colors
from shop.celery import dispatch


class Command(BaseCommand):
    help = (
        "Shows which pictures have their colours (status), has all made anew (rebuild), tries "
        "failures again (retry)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, text in (
            ("status", "how many pictures have their colours, wait for them, or failed, and why"),
            ("rebuild", "have the colours of all pictures made anew; the former ones stay so long"),
            ("retry", "give failed pictures three new attempts"),
        ):
            action = actions.add_parser(name, help=text)
            action.add_argument("--json", action="store_true")
            if name != "status":
                action.add_argument(
                    "--now", action="store_true", help="make them here, without a worker"
                )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "status":
            self._status(as_json=options["json"])
            return
        if action == "rebuild":
            report = {"due": upkeep.mark_all_due()}
        else:
            report = {"retried": upkeep.retry_failed()}
        if options["now"]:
            report["made"] = self._make()
        else:
            dispatch(make_colors)
        self.stdout.write(json.dumps(report) if options["json"] else _counted(report))

    def _make(self) -> int:
        made = 0
        waiting = upkeep.progress().waiting
        with tqdm(total=waiting, unit=" pictures", file=sys.stderr, leave=False) as bar:
            for batch in upkeep.make_due():
                made += batch.made
                bar.update(batch.taken)
        return made

    def _status(self, *, as_json: bool) -> None:
        progress = upkeep.progress()
        counts = {
            "done": progress.done, "waiting": progress.waiting, "failed": progress.failed,
        }  # fmt: skip
        if as_json:
            self.stdout.write(json.dumps(counts))
            return
        self.stdout.write(_counted(counts))
        reasons = (
            PictureColors.objects.filter(due_at__isnull=True)
            .exclude(error="")
            .values_list("error")
            .annotate(n=Count("pk"))
            .order_by("-n")[:10]
        )
        for reason, count in reasons:
            self.stdout.write(f"  {count} failed: {reason}")


def _counted(report: dict[str, int]) -> str:
    return "  ".join(f"{name}: {count:,}" for name, count in report.items())
