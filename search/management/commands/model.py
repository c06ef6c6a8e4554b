"""Which model answers searches, and changing it."""

import json
import sys
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from tqdm import tqdm

from search import indexing, model_versions
from search.asked import SearchUnavailable
from search.encoders import EncoderUnavailable
from search.encoders.presets import PRESETS
from search.evaluation.asking import NotAsked
from search.models import EmbeddingModel, ModelComparison
from search.tasks import embed_pending
from search.versions import comparing, dropping, tasks
from search.versions.readiness import readiness
from search.versions.sizes import size_of
from search.versions.table import lines
from shop.celery import dispatch

State = EmbeddingModel.State
REFUSALS = (
    EncoderUnavailable,
    model_versions.NotReady,
    model_versions.NotPossible,
    NotAsked,
    SearchUnavailable,
)
POLL_SECONDS = 1.0


class Command(BaseCommand):
    help = (
        "Lists embedding models, builds one beside the live one, compares the two, activates it, "
        "goes back to the one before, and deletes what is old."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser(
            "list", help="the models: how much each has embedded, time left, what it takes on disk"
        )
        building = actions.add_parser("build", help="export a model and embed the catalogue")
        building.add_argument(
            "name", help=f"one of {', '.join(PRESETS)}, or a reference as open_clip writes it"
        )
        building.add_argument(
            "--wait", action="store_true", help="until a worker has it ready to be activated"
        )
        pausing = actions.add_parser("pause", help="have workers leave a model's build alone")
        resuming = actions.add_parser("resume", help="go on with it")
        cancelling = actions.add_parser("cancel", help="give a build up and delete its vectors")
        comparing_ = actions.add_parser(
            "compare", help="ask a model and the live one the same; kept for the admin"
        )
        comparing_.add_argument(
            "--against", metavar="NAME", help="another than the live one; kept nowhere"
        )
        activating = actions.add_parser("activate", help="let a built model answer searches")
        activating.add_argument("--force", action="store_true", help="although not all is embedded")
        rolling = actions.add_parser("rollback", help="let the model before answer again")
        rolling.add_argument(
            "--force", action="store_true", help="although what came since is not all embedded"
        )
        dropping_ = actions.add_parser("drop", help="delete the vectors of a model, in slices")
        for action in (pausing, resuming, cancelling, comparing_, activating, dropping_):
            action.add_argument("name", help="as `list` shows it")
        for action in (cancelling, dropping_):
            action.add_argument("--now", action="store_true", help="here, without a worker")
        for action in actions.choices.values():
            action.add_argument("--json", action="store_true")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            report, text = getattr(self, f"_{action}")(options)
        except REFUSALS as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(report) if options["json"] else text)

    def _list(self, options: dict[str, Any]) -> tuple[Any, str]:
        rows = [_row(model) for model in EmbeddingModel.objects.order_by("pk")]
        return rows, "\n".join(_line(row) for row in rows) or "There is no model yet."

    def _build(self, options: dict[str, Any]) -> tuple[Any, str]:
        model = model_versions.build(options["name"])
        indexing.add_missing()
        dispatch(embed_pending)
        if options["wait"]:
            self._follow(model)
        if model.state == State.LIVE:
            return _named(model), f"{model.name} is live."
        if options["wait"]:
            return _named(model), (
                f"{model.name} is ready: `manage.py model activate {model.name}`."
            )
        return _named(model), (
            f"{model.name} is being built. `manage.py model list` shows how far; then "
            f"`manage.py model activate {model.name}`."
        )

    def _follow(self, model: EmbeddingModel) -> None:
        """Until workers have made all that it needs."""
        with tqdm(unit=" embeddings", file=sys.stderr, leave=False) as bar:
            while True:
                found = readiness(model)
                bar.total = found.progress.total
                bar.update(found.progress.total - found.progress.left - bar.n)
                if found.ready:
                    return
                time.sleep(POLL_SECONDS)
                model.refresh_from_db()

    def _pause(self, options: dict[str, Any]) -> tuple[Any, str]:
        model = self._find(options["name"])
        model_versions.pause(model)
        return _named(model), f"{model.name} is paused: `manage.py model resume {model.name}`."

    def _resume(self, options: dict[str, Any]) -> tuple[Any, str]:
        model = self._find(options["name"])
        model_versions.resume(model)
        dispatch(embed_pending)
        return _named(model), f"{model.name} is being built."

    def _cancel(self, options: dict[str, Any]) -> tuple[Any, str]:
        model = self._find(options["name"])
        if model.state != State.BUILDING:
            raise CommandError(f"{model.name} is not being built.")
        return self._deleted(model, options)

    def _drop(self, options: dict[str, Any]) -> tuple[Any, str]:
        return self._deleted(self._find(options["name"]), options)

    def _deleted(self, model: EmbeddingModel, options: dict[str, Any]) -> tuple[Any, str]:
        size = size_of(model, indexing.progress([model]).counts["done"])
        model_versions.drop(model)
        told = f"{size.total / 2**20:,.0f} MB"
        report = {**_named(model), "bytes": size.total, "deleted": options["now"]}
        if options["now"]:
            dropping.drop_some(budget_seconds=float("inf"))
            return report, f"{model.name} is deleted: {told} are free for other vectors."
        dispatch(tasks.drop_models)
        return report, f"{model.name} is being deleted: {told} will be free for other vectors."

    def _compare(self, options: dict[str, Any]) -> tuple[Any, str]:
        model = self._find(options["name"])
        with tqdm(total=100, unit="%", file=sys.stderr, leave=False) as bar:

            def progress(share: float) -> None:
                bar.update(int(100 * share) - bar.n)

            if options["against"]:
                other = self._find(options["against"])
                figures = comparing.compare(comparing.Pair(model, other), progress=progress)
            else:
                figures = self._with_the_live_one(model, progress)
        return figures, "\n".join(lines(figures))

    def _with_the_live_one(
        self, model: EmbeddingModel, progress: comparing.Progress
    ) -> dict[str, Any]:
        live = EmbeddingModel.objects.live()
        if live is None or live.pk == model.pk:
            raise CommandError(f"{model.name} is the live one. Compare another, or use --against.")
        figures = comparing.compare(comparing.Pair(model, live), progress=progress)
        comparing.keep(model, live, figures)
        return figures

    def _activate(self, options: dict[str, Any]) -> tuple[Any, str]:
        model = self._find(options["name"])
        model_versions.activate(model, force=options["force"])
        return _named(model), f"{model.name} is live."

    def _rollback(self, options: dict[str, Any]) -> tuple[Any, str]:
        try:
            model = model_versions.roll_back(force=options["force"])
        except model_versions.NotReady:
            dispatch(embed_pending)
            raise
        dispatch(embed_pending)
        waiting = indexing.progress([model]).left
        more = f" {waiting:,} embeddings of what is newest follow in a moment." if waiting else ""
        return {**_named(model), "waiting": waiting}, f"{model.name} is live again.{more}"

    def _find(self, name: str) -> EmbeddingModel:
        model = (
            EmbeddingModel.objects.filter(Q(name=name) | Q(reference=name)).order_by("-pk").first()
        )
        if model is None:
            raise CommandError(f"{name} is not built. Run `manage.py model build {name}` first.")
        return model


def _named(model: EmbeddingModel) -> dict[str, Any]:
    return {"name": model.name, "state": model.state}


def _row(model: EmbeddingModel) -> dict[str, Any]:
    found = indexing.progress([model])
    size = size_of(model, found.counts["done"])
    compared = ModelComparison.objects.filter(model=model).exclude(figures=None).first()
    return {
        "name": model.name,
        "reference": model.reference,
        "dimension": model.dimension,
        "state": model.state,
        "paused": model.paused_at is not None,
        "done": found.counts["done"],
        "failed": found.counts["failed"],
        "waiting": found.left,
        "embeddings": found.total,
        "rate": round(found.rate, 2),
        "seconds_left": found.seconds_left,
        "bytes": size.total,
        "kept_until": model.kept_until.isoformat() if model.kept_until else None,
        "compared": compared.finished_at.isoformat() if compared and compared.finished_at else None,
    }


def _line(row: dict[str, Any]) -> str:
    line = (
        "{state:9} {name}  {dimension} dimensions, {done:,} of {embeddings:,} embedded"
        "  ({reference})".format(**row)
    )
    more = [f"{row['bytes'] / 2**20:,.1f} MB"]
    if row["failed"]:
        more.append(f"{row['failed']:,} failed")
    if row["paused"]:
        more.append("paused")
    elif row["waiting"] and row["seconds_left"] is not None:
        left = timedelta(seconds=round(row["seconds_left"]))
        more.append(f"{row['rate']:,.1f} a second, {left} left")
    if row["kept_until"]:
        more.append(f"kept up to date until {row['kept_until'][:10]}")
    return f"{line}  {'; '.join(more)}"
