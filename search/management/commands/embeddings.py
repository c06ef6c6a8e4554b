"""What is embedded, pending and failed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count

from search import indexing
from search.models import Embedding
from search.tasks import embed_pending
from shop.celery import dispatch


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
            if name == "sweep":
                action.add_argument(
                    "--now", action="store_true", help="embed here, without a worker"
                )

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        report: dict[str, Any]
        if action == "status":
            report = indexing.count_by_status()
        elif action == "sweep":
            report = {"released": indexing.release_abandoned(), "marked": indexing.mark_pending()}
            if options["now"]:
                embed_pending()
            else:
                dispatch(embed_pending)
        else:
            report = {"retried": indexing.retry_failed()}
            dispatch(embed_pending)
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        self.stdout.write("  ".join(f"{name}: {count:,}" for name, count in report.items()))
        if action == "status":
            reasons = (
                Embedding.objects.filter(status=Embedding.Status.FAILED)
                .values_list("error")
                .annotate(n=Count("pk"))
                .order_by("-n")[:10]
            )
            for reason, count in reasons:
                self.stdout.write(f"  {count} failed: {reason}")
