"""What is embedded, pending and failed, and how fast it goes."""

import json
import sys
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count
from tqdm import tqdm

from search import claims, indexing, pipeline
from search.indexing import Progress
from search.models import Embedding
from search.tasks import embed_pending
from shop.celery import dispatch

POLL_SECONDS = 1.0


class Command(BaseCommand):
    help = (
        "Shows what is embedded (status), finds what is not (sweep), tries failures again (retry)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        for name, text in (
            ("status", "how many embeddings are pending, running, done and failed, and why"),
            ("sweep", "find what is stored but not embedded, and have it embedded"),
            ("retry", "give failed pictures and texts three new attempts"),
        ):
            action = actions.add_parser(name, help=text)
            action.add_argument("--json", action="store_true")
            if name == "status":
                action.add_argument(
                    "--watch", action="store_true", help="follow until none is pending"
                )
            if name == "sweep":
                action.add_argument(
                    "--now", action="store_true", help="embed here, without a worker"
                )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "status":
            self._status(as_json=options["json"], watch=options["watch"])
            return
        if action == "sweep":
            report = {"released": claims.release_abandoned(), "marked": indexing.mark_pending()}
            if options["now"]:
                self._embed()
            else:
                dispatch(embed_pending)
        else:
            report = {"retried": indexing.retry_failed()}
            dispatch(embed_pending)
        self.stdout.write(json.dumps(report) if options["json"] else _counted(report))

    def _embed(self) -> None:
        total = indexing.progress().left
        with tqdm(total=total, unit=" embeddings", file=sys.stderr, leave=False) as bar:
            for batch in pipeline.run():
                bar.update(batch.claimed)

    def _status(self, *, as_json: bool, watch: bool) -> None:
        progress = indexing.progress()
        if watch:
            progress = self._follow(progress, as_json=as_json)
        if as_json:
            self.stdout.write(_as_json(progress))
            return
        self.stdout.write(_as_line(progress))
        reasons = (
            Embedding.objects.filter(status=Embedding.Status.FAILED)
            .values_list("error")
            .annotate(n=Count("pk"))
            .order_by("-n")[:10]
        )
        for reason, count in reasons:
            self.stdout.write(f"  {count} failed: {reason}")

    def _follow(self, progress: Progress, *, as_json: bool) -> Progress:
        """Show each state that has something left: on a terminal in one line that changes, else
        in a line whenever it has changed. Gives the first that has nothing left."""
        one_line = self.stdout.isatty() and not as_json
        before = ""
        while progress.left:
            line = _as_json(progress) if as_json else _as_line(progress)
            if one_line:
                # The rest of a longer line before is wiped out.
                self.stdout.write(f"\r{line:{len(before)}}", ending="")
                self.stdout.flush()
            elif line != before:
                self.stdout.write(line)
                self.stdout.flush()
            before = line
            time.sleep(POLL_SECONDS)
            progress = indexing.progress()
        if one_line and before:
            self.stdout.write("\r" + " " * len(before) + "\r", ending="")
        return progress


def _counted(report: dict[str, int]) -> str:
    return "  ".join(f"{name}: {count:,}" for name, count in report.items())


def _as_line(progress: Progress) -> str:
    line = _counted(progress.counts)
    if not progress.left:
        return line
    if progress.seconds_left is None:
        return f"{line}  none done in the last {indexing.RATE_SECONDS} seconds"
    left = timedelta(seconds=round(progress.seconds_left))
    return f"{line}  {progress.rate:,.1f} a second, {left} left"


def _as_json(progress: Progress) -> str:
    return json.dumps(
        {**progress.counts, "rate": progress.rate, "seconds_left": progress.seconds_left}
    )
