"""Which model answers searches, and changing it."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q

from search import model_versions
from search.encoders import EncoderUnavailable
from search.encoders.presets import PRESETS
from search.models import Embedding, EmbeddingModel


class Command(BaseCommand):
    help = "Lists embedding models, builds one beside the live one, and activates it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="the models, and how much each has embedded")
        building = actions.add_parser("build", help="export a model and embed the catalogue")
        building.add_argument(
            "name", help=f"one of {', '.join(PRESETS)}, or a reference as open_clip writes it"
        )
        activating = actions.add_parser("activate", help="let a built model answer searches")
        activating.add_argument("name", help="as `list` shows it")
        activating.add_argument("--force", action="store_true", help="although not all is embedded")
        for action in (listing, building, activating):
            action.add_argument("--json", action="store_true")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "list":
            models = list(
                EmbeddingModel.objects.annotate(
                    done=Count("embeddings", filter=Q(embeddings__status=Embedding.Status.DONE)),
                    all=Count("embeddings"),
                ).order_by("pk")
            )
            rows = [
                {
                    "name": model.name,
                    "reference": model.reference,
                    "dimension": model.dimension,
                    "state": model.state,
                    "done": model.done,
                    "embeddings": model.all,
                }
                for model in models
            ]
            if options["json"]:
                self.stdout.write(json.dumps(rows))
                return
            for row in rows:
                self.stdout.write(
                    "{state:9} {name}  {dimension} dimensions, {done:,} of {embeddings:,} embedded"
                    "  ({reference})".format(**row)
                )
            return
        try:
            if action == "build":
                model = model_versions.build(options["name"])
            else:
                model = self._find(options["name"])
                model_versions.activate(model, force=options["force"])
        except (EncoderUnavailable, model_versions.NotReady) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"name": model.name, "state": model.state}))
        elif model.state == EmbeddingModel.State.BUILDING:
            self.stdout.write(
                f"{model.name} is being built. `manage.py embeddings status` shows how far; then "
                f"`manage.py model activate {model.name}`."
            )
        else:
            self.stdout.write(f"{model.name} is live.")

    def _find(self, name: str) -> EmbeddingModel:
        model = (
            EmbeddingModel.objects.filter(Q(name=name) | Q(reference=name)).order_by("-pk").first()
        )
        if model is None:
            raise CommandError(f"{name} is not built. Run `manage.py model build {name}` first.")
        return model
