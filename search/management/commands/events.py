"""Events of searches: how many there are, judgements from them, forgetting them."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from redis.exceptions import RedisError

from search.events import buffer, judgements, query_ids, retention
from search.events.insights import MOST, Period
from search.events.models import Click, LoggedQuery


class Command(BaseCommand):
    help = (
        "What was searched, shown, clicked, put in the cart and bought (docs/events.md): what is "
        "kept (status), judgements for the lab (judgements), and forgetting (forget)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        status = actions.add_parser("status", help="how many events are kept, and how many wait")
        status.add_argument("--json", action="store_true")
        judge = actions.add_parser(
            "judgements", help="write judgements from clicks: JSON lines of query, product, grade"
        )
        judge.add_argument("file", type=Path)
        judge.add_argument(
            "--days", type=int, default=settings.EVENTS_DAYS, help="look back so far (default: all)"
        )
        judge.add_argument(
            "--searches",
            type=int,
            default=MOST,
            help=f"the newest so many searches (default: {MOST:,})",
        )
        forget = actions.add_parser("forget", help="delete what is older than EVENTS_DAYS, now")
        forget.add_argument("--all", action="store_true", help="delete every event")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(options)

    def _status(self, options: dict[str, Any]) -> None:
        oldest = LoggedQuery.objects.order_by("pk").first()
        report = {
            "kept": settings.EVENTS,
            "days": settings.EVENTS_DAYS,
            "words_days": settings.EVENTS_WORDS_DAYS,
            "waiting": buffer.waiting(),
            "queries": LoggedQuery.objects.count(),
            "clicks": Click.objects.count(),
            "oldest": query_ids.hour_of(oldest.pk).isoformat() if oldest else None,
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            for name, value in report.items():
                self.stdout.write(f"{name:12}{'-' if value is None else value}")

    def _judgements(self, options: dict[str, Any]) -> None:
        for name in ("days", "searches"):
            if options[name] < 1:
                raise CommandError(f"--{name}: at least 1.")
        period = Period(Period.of_days(options["days"]).since, options["searches"])
        found = list(judgements.judgements(period))
        if not found:
            raise CommandError(
                f"Nothing to judge by: no words were searched {judgements.MIN_SEARCHES} times, or "
                "what they found was not opened."
            )
        with options["file"].open("w") as file:
            for one in found:
                file.write(json.dumps(one.as_data(), ensure_ascii=False) + "\n")
        bias = judgements.propensities(period)
        words = len({one.query for one in found})
        self.stdout.write(
            f"{len(found):,} judgements of {words:,} queries. The position k is looked at k^-"
            f"{bias.eta:.2f} as often as the first ({bias.clicks:,} clicks tell)."
        )
        if not period.is_whole():
            self.stdout.write(f"From the newest {period.most:,} searches; there are more.")

    def _forget(self, options: dict[str, Any]) -> None:
        if not options["all"]:
            deleted = retention.forget_old(budget_seconds=float("inf"))
            self.stdout.write(f"Deleted {deleted:,} queries, with what came of them.")
            return
        try:
            retention.forget_all()
        except (RedisError, OSError) as error:
            raise CommandError(f"Redis does not answer, and events wait there: {error}") from error
        self.stdout.write("Forgotten: every event, and what was counted of them.")
