"""Events of searches: how many there are, what they say, judgements from them, forgetting them."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from redis.exceptions import RedisError

from search.events import buffer, insights, judgements, query_ids, retention
from search.events.insights import MOST, Period
from search.events.models import Click, LoggedQuery
from search.management.terminal import positive, table, writable
from shop.catalog.models import Product

# Rows of each table; --json has all.
SHOWN = 20
DIGITS = 4
# Words that fewer searches had may say something of whoever typed them.
AT_LEAST = 2


class Command(BaseCommand):
    help = (
        "What was searched, shown, clicked, put in the cart and bought (docs/events.md): what is "
        "kept (status), what it says (insights), judgements for the lab (judgements), and "
        "forgetting (forget)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        status = actions.add_parser("status", help="how many events are kept, and how many wait")
        status.add_argument("--json", action="store_true")
        told = actions.add_parser(
            "insights",
            help="clicks by kind of search and by position, words looked for in vain, products "
            "that no search found",
        )
        told.add_argument("--json", action="store_true")
        told.add_argument(
            "--at-least",
            type=positive,
            default=AT_LEAST,
            metavar="N",
            help=f"words in vain of so many searches ({AT_LEAST})",
        )
        judge = actions.add_parser(
            "judgements", help="write judgements from clicks: JSON lines of query, product, grade"
        )
        judge.add_argument("file", type=writable)
        for action in (told, judge):
            action.add_argument(
                "--days",
                type=positive,
                default=None,
                metavar="N",
                help="look back so far (default: all)",
            )
        judge.add_argument(
            "--searches",
            type=positive,
            default=MOST,
            help=f"the newest so many searches (default: {MOST:,})",
        )
        forget = actions.add_parser("forget", help="delete what is kept too long, now")
        forget.add_argument("--all", action="store_true", help="delete every event")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(options)

    def _status(self, options: dict[str, Any]) -> None:
        oldest = LoggedQuery.objects.order_by("pk").first()
        kept = retention.kept()
        report = {
            "kept": settings.EVENTS,
            "days": kept.days,
            "words_days": kept.words_days,
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

    def _insights(self, options: dict[str, Any]) -> None:
        days = options["days"] or retention.kept().days
        report = _insights_of(Period.of_days(days), at_least=options["at_least"])
        report = {"days": days, **report}
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(report)))

    def _judgements(self, options: dict[str, Any]) -> None:
        days = options["days"] or retention.kept().days
        period = Period(Period.of_days(days).since, options["searches"])
        found = list(judgements.judgements(period))
        if not found:
            raise CommandError(
                f"Nothing to judge by: no words were searched {judgements.MIN_SEARCHES} times, or "
                "what they found was not opened."
            )
        lines = [json.dumps(one.as_data(), ensure_ascii=False) + "\n" for one in found]
        try:
            options["file"].write_text("".join(lines), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be written: {error.strerror}.") from error
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


def _insights_of(period: Period, *, at_least: int) -> dict[str, Any]:
    """All that `search.events.insights` reads of a period, in JSON's own types."""
    kinds = insights.by_kind(period)
    unseen = insights.never_found(period)
    products = Product.objects.in_bulk(unseen)
    return {
        "all": period.is_whole(),
        "searches": sum(kind.searches for kind in kinds),
        "found_nothing": sum(kind.found_nothing for kind in kinds),
        "kinds": [
            {
                **asdict(kind),
                "click_rate": round(kind.click_rate, DIGITS),
                "purchase_rate": round(kind.purchase_rate, DIGITS),
            }
            for kind in kinds
        ],
        "positions": [
            {**asdict(rate), "click_through": round(rate.click_through, DIGITS)}
            for rate in insights.by_position(period)
        ],
        "in_vain": [asdict(words) for words in insights.in_vain(period, at_least=at_least)],
        "never_found": [
            {"product": products[key].slug, "title": products[key].title}
            for key in unseen
            if key in products
        ],
    }


def _lines(report: dict[str, Any]) -> list[str]:
    """For a terminal: a table of each, as far as there is something to say."""
    lines = [
        f"{report['searches']:,} searches in {report['days']} days, {report['found_nothing']:,} of "
        "them found nothing"
    ]
    if not report["all"]:
        lines.append(f"From the newest {MOST:,} pages; there are more.")
    lines += _table(
        ["kind of search", "searches", "clicked", "rate", "in cart", "bought", "found nothing"],
        [
            [
                kind["kind"],
                f"{kind['searches']:,}",
                f"{kind['clicked']:,}",
                f"{kind['click_rate']:.1%}",
                f"{kind['put_in_cart']:,}",
                f"{kind['bought']:,}",
                f"{kind['found_nothing']:,}",
            ]
            for kind in report["kinds"]
        ],
    )
    lines += _table(
        ["position", "shown", "clicks", "rate", "in cart", "bought"],
        [
            [
                f"{rate['position']}",
                f"{rate['shown']:,}",
                f"{rate['clicks']:,}",
                f"{rate['click_through']:.1%}",
                f"{rate['carts']:,}",
                f"{rate['purchases']:,}",
            ]
            for rate in report["positions"]
        ],
    )
    lines += _table(
        ["looked for in vain", "searches", "found nothing", "clicked all the same"],
        [
            [
                words["words"],
                f"{words['times']:,}",
                f"{words['found_nothing']:,}",
                f"{words['clicked']:,}",
            ]
            for words in report["in_vain"]
        ],
    )
    lines += _table(
        ["no search has found", ""],
        [[product["title"], product["product"]] for product in report["never_found"]],
    )
    return lines


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The first rows below a heading; nothing where there are none."""
    if not rows:
        return []
    more = len(rows) - SHOWN
    return ["", *table([heading, *rows[:SHOWN]]), *([f"... and {more:,} more"] if more > 0 else [])]
