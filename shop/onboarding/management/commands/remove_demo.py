"""`manage.py remove_demo`: take the demo's products out of the shop."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.locks import try_lock
from shop.onboarding import demo_data
from shop.onboarding.models import DemoRemoval
from shop.onboarding.tasks import LOCK


class Command(BaseCommand):
    help = (
        "Remove the products that the demo brought, with their pictures, and categories that are "
        "empty then. Without --yes it only says what would go. Products that were edited since "
        "stay; orders keep what they say of a product."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="remove them")
        parser.add_argument("--edited", action="store_true", help="those that were edited, too")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["yes"]:
            plan = demo_data.plan_removal()
            self._say(options["json"], plan.as_json(), _words(plan, options["edited"]))
            return
        with try_lock(LOCK) as held:
            if not held:
                raise CommandError("A removal runs already. The admin shows how far it is.")
            begun = demo_data.start_removal(with_edited=options["edited"])
            while removal := demo_data.continue_removal(seconds=2):
                self.stderr.write(f"{removal.looked_at} of {removal.total} ...")
        done = DemoRemoval.objects.get(pk=begun.pk)
        self._say(
            options["json"],
            {"removed": done.removed, "kept": done.kept},
            f"{done.removed} products removed, {done.kept} kept, which were edited.",
        )

    def _say(self, as_json: bool, values: dict[str, Any], words: str) -> None:
        self.stdout.write(json.dumps(values, indent=2) if as_json else words)


def _words(plan: demo_data.RemovalPlan, edited_too: bool) -> str:
    going = plan.products + (len(plan.edited) if edited_too else 0)
    words = [f"{going} products would be removed. Run it with --yes to do so."]
    if plan.edited:
        stay = "would be removed" if edited_too else "would stay (--edited removes them, too)"
        words.append(f"{len(plan.edited)} were edited and {stay}:")
        words += [f"  {product.slug}" for product in plan.edited]
    return "\n".join(words)
