"""The relevance lab: whether a model finds what is right, by numbers."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.asked import SearchUnavailable
from search.attributes.learning import Evidence
from search.encoders import EncoderUnavailable
from search.encoders.presets import PRESETS
from search.evaluation import attributes
from search.evaluation.asking import NotAsked
from search.evaluation.attributes import AttributeReport
from search.evaluation.colors import ColorReport, Judged, NothingJudged, evaluate_colors
from search.evaluation.comparing import NotComparable
from search.evaluation.encoder import chosen_encoder
from search.evaluation.faces import (
    behaviour,
    catalogue,
    compare,
    cutoff,
    enrichment,
    judgements,
    selves,
)
from search.evaluation.faces.shop import CannotMeasure, Face
from search.evaluation.folder_evaluation import DIGITS, FolderReport, evaluate_folders
from search.evaluation.folders import LabelledFile, UnusableFolder, read_folder
from search.evaluation.graded import LibraryMissing
from search.evaluation.judgements import UnusableJudgements
from search.evaluation.measures import interval
from search.evaluation.nonsense import UnusableList
from search.evaluation.pictures import UnusablePicture
from search.evaluation.recall import as_json, evaluate_recall
from search.models import EmbeddingModel

# The actions that measure a shop.
FACES: tuple[Face, ...] = (catalogue, judgements, compare, selves, cutoff, behaviour, enrichment)
# What is wrong with the question or the place, and no fault of the code.
UNUSABLE = (
    CannotMeasure,
    EncoderUnavailable,
    LibraryMissing,
    NotAsked,
    NotComparable,
    SearchUnavailable,
    UnusableFolder,
    UnusableJudgements,
    UnusableList,
    UnusablePicture,
    NothingJudged,
)

NAMES = {
    "nearest_neighbour": "nearest neighbour",
    "top_5": "one of the five nearest",
    "p_at_10": "precision at 10",
    "map": "mean average precision",
    "zero_shot": "zero-shot",
}
COLOR_NAMES = {
    "dominant": "the colour has the largest share",
    "first_two": "... or the second",
    "own_word": "of the shop's words, it is answered best",
    "own_two": "... or second best",
}
LABELS_NAMED = 5
RECALL_SAMPLES = 100
DEMO_NAMES = {
    "r_at_1": "description finds such a drawing first",
    "r_at_5": "... among the first five of 800",
    "colour": "colour right in the first ten",
    "pattern": "pattern right in the first ten",
    "collar": "collar right in the first ten",
    "sleeve": "sleeve right in the first ten",
    "kind": "kind right in the first ten",
    "changed_colour": 'a drawing and "in red": such ones in the first ten',
    "augmented_r_at_1": "phone photo finds its product first",
}


class Command(BaseCommand):
    help = "Measures how well a model, and the shop's search, find what is right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        folder = actions.add_parser(
            "folder",
            help="look for labelled pictures among others; the folder of a picture is its label",
        )
        folder.add_argument(
            "--index", type=Path, required=True, metavar="DIR", help="the pictures to find"
        )
        folder.add_argument(
            "--queries",
            type=Path,
            required=True,
            metavar="DIR",
            help="the pictures to look for; the index once more to look for each in the others",
        )
        demo = actions.add_parser(
            "demo", help="the demo's own world: drawings that the bundled model never saw"
        )
        demo.add_argument(
            "--catalogue",
            type=Path,
            metavar="DIR",
            help="where the demo catalogue is, or will be drawn (default: drawn and thrown away)",
        )
        recall = actions.add_parser(
            "recall",
            help="whether the shop's search finds what an exact one would; kept for the admin",
        )
        recall.add_argument(
            "--samples",
            type=int,
            default=RECALL_SAMPLES,
            metavar="N",
            help=f"of searches, or else of the shop's pictures (default: {RECALL_SAMPLES})",
        )
        recall.add_argument("--json", action="store_true")
        for face in FACES:
            parser = actions.add_parser(face.NAME, help=face.HELP)
            face.add_arguments(parser)
            parser.add_argument("--json", action="store_true")
        colors = actions.add_parser(
            "colors",
            help="whether pixels tell the colour that variants with a picture are sold as",
        )
        colors.add_argument("--misses", action="store_true", help="list what is told wrongly")
        colors.add_argument("--json", action="store_true")
        reading = actions.add_parser(
            "attributes",
            help="whether what is read from the pictures of products is what they have",
        )
        reading.add_argument(
            "--attribute",
            action="append",
            default=[],
            metavar="SLUG",
            help="this one, although the shop may not read it (default: all that it reads)",
        )
        reading.add_argument(
            "--folds",
            type=int,
            default=attributes.FOLDS,
            metavar="N",
            help="learn from the others of so many parts of the products, and read each "
            f"(default: {attributes.FOLDS})",
        )
        reading.add_argument(
            "--without",
            action="append",
            default=[],
            choices=[str(kind) for kind in Evidence],
            help="leave a kind of evidence out",
        )
        reading.add_argument("--json", action="store_true")
        for action in (folder, demo):
            action.add_argument(
                "--model",
                metavar="NAME",
                help=f"one of {', '.join(PRESETS)}, or a reference as open_clip writes it "
                "(default: the live model)",
            )
            action.add_argument("--json", action="store_true")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        own = {
            "folder": self._folder,
            "demo": self._demo,
            "recall": self._recall,
            "colors": self._colors,
            "attributes": self._attributes,
        }
        faces = {face.NAME: face for face in FACES}
        try:
            if action in own:
                own[action](options)
            else:
                self._measure(faces[action], options)
        except UNUSABLE as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as stop:
            raise CommandError("Interrupted.", returncode=130) from stop

    def _measure(self, face: Face, options: dict[str, Any]) -> None:
        outcome = face.run(options)
        if options["json"]:
            self.stdout.write(json.dumps(outcome.report, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(outcome.lines))
        if outcome.failure:
            raise CommandError(outcome.failure)

    def _folder(self, options: dict[str, Any]) -> None:
        # Before the model, which may have to be downloaded.
        index, queries = read_folder(options["index"]), read_folder(options["queries"])
        model, encoder = chosen_encoder(options["model"])
        report = evaluate_folders(encoder, index=index, queries=queries, progress=_bar)
        for skipped in report.skipped:
            self.stderr.write(f"{skipped.path}: {skipped.reason}")
        if options["json"]:
            self.stdout.write(json.dumps({**report.as_json(), "model": model}, indent=2))
        else:
            self.stdout.write("\n".join(_table(report, model)))

    def _demo(self, options: dict[str, Any]) -> None:
        # Drawing is the demo's: nothing that serves a shop imports it.
        try:
            from demo.catalogue import NotOurs
            from demo.evaluation import evaluate_demo
        except ModuleNotFoundError as error:
            raise CommandError(
                f"{error}: the demo's drawings are in the folder demo/ of the source."
            ) from error
        model, encoder = chosen_encoder(options["model"])
        with TemporaryDirectory() as spare:
            catalogue = options["catalogue"] or Path(spare)
            try:
                by_query = evaluate_demo(encoder, catalogue, progress=_titled_bar)
            except (NotOurs, OSError) as error:
                raise CommandError(f"--catalogue: {error}") from error
        figures = {name: float(values.mean()) for name, values in by_query.items()}
        intervals = {name: interval(values) for name, values in by_query.items()}
        if options["json"]:
            report = {
                **{name: round(value, DIGITS) for name, value in figures.items()},
                "intervals": {
                    name: [round(low, DIGITS), round(high, DIGITS)]
                    for name, (low, high) in intervals.items()
                },
                "queries": {name: len(values) for name, values in by_query.items()},
                "model": model,
            }
            self.stdout.write(json.dumps(report, indent=2))
        else:
            lines = _measures(DEMO_NAMES, figures, intervals)
            self.stdout.write("\n".join([*lines, "", f"model: {model}"]))

    def _recall(self, options: dict[str, Any]) -> None:
        if options["samples"] < 1:
            raise CommandError("--samples: at least 1.")
        model = EmbeddingModel.objects.live()
        if model is None:
            raise CommandError("No model is live: run `manage.py model build`.")
        origin, reports = evaluate_recall(model, samples=options["samples"])
        if not reports:
            raise CommandError("There is nothing to look for: no picture on sale is embedded.")
        if options["json"]:
            self.stdout.write(json.dumps(as_json(origin, reports), indent=2))
            return
        self.stdout.write(f"{'':12}  recall  95% interval     worst  {origin}")
        for way, report in reports.items():
            low, high = report.interval
            self.stdout.write(
                f"{way:12}  {report.mean:.4f}  {low:.4f} to {high:.4f}  {report.worst:.3f}"
                f"  {report.samples}"
            )

    def _colors(self, options: dict[str, Any]) -> None:
        report = evaluate_colors(_pictures_bar)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2))
            return
        self.stdout.write("\n".join(_color_table(report)))
        if options["misses"]:
            for miss in report.misses:
                found = ", ".join(f"{name} {share:.2f}" for name, share in miss.found)
                self.stdout.write(f"{miss.name}: {miss.value}; found {found}")

    def _attributes(self, options: dict[str, Any]) -> None:
        if options["folds"] < 2:
            raise CommandError("--folds: at least 2.")
        model = EmbeddingModel.objects.live()
        if model is None:
            raise CommandError("No model is live: run `manage.py model build`.")
        try:
            reports = attributes.evaluate_attributes(
                model,
                attributes.chosen_terms(options["attribute"]),
                folds=options["folds"],
                without=[Evidence(kind) for kind in options["without"]],
                progress=lambda folds: _titled_bar(folds, "folds"),
            )
        except attributes.NothingToEvaluate as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            report = attributes.as_json(model, options["folds"], reports)
            self.stdout.write(json.dumps(report, indent=2))
        else:
            self.stdout.write("\n".join([*_attribute_table(reports), "", f"model: {model.name}"]))


def _pictures_bar(pictures: Sequence[Judged]) -> Iterable[Judged]:
    bar: Iterable[Judged] = tqdm(
        pictures, "looking", unit=" pictures", file=sys.stderr, leave=False
    )
    return bar


def _color_table(report: ColorReport) -> list[str]:
    figures = {name: float(found.mean()) for name, found in report.measures.items()}
    intervals = {name: interval(found) for name, found in report.measures.items()}
    lines = [*_measures(COLOR_NAMES, figures, intervals), ""]
    width = max(map(len, report.by_value))
    lines.append(f"{'sold as':{width}}  pictures  right  most of them is")
    for value, found in report.by_value.items():
        counts = ", ".join(f"{name} {count}" for name, count in found.most_common(5))
        share = report.dominant_by_value[value]
        lines.append(f"{value:{width}}  {sum(found.values()):8}  {share:5.2f}  {counts}")
    lines += ["", f"pictures: {report.pictures:,}"]
    if report.unnamed:
        named = ", ".join(list(report.unnamed)[:LABELS_NAMED])
        lines.append(f"left out, for no single colour: {sum(report.unnamed.values())} ({named})")
    if report.unreadable:
        lines.append(f"unreadable: {len(report.unreadable)}, the first {report.unreadable[0]}")
    return lines


def _titled_bar(steps: Sequence[int], title: str) -> Iterable[int]:
    bar: Iterable[int] = tqdm(steps, title, file=sys.stderr, leave=False)
    return bar


def _bar(files: Sequence[LabelledFile]) -> Iterable[LabelledFile]:
    bar: Iterable[LabelledFile] = tqdm(
        files, "encoding", unit=" pictures", file=sys.stderr, leave=False
    )
    return bar


def _table(report: FolderReport, model: str) -> list[str]:
    lines = _measures(NAMES, report.figures, report.intervals)
    width = max(map(len, NAMES.values()))
    unseen = f"{report.unseen:,}"
    if report.unseen:
        named = ", ".join(report.unseen_labels[:LABELS_NAMED])
        more = ", ..." if len(report.unseen_labels) > LABELS_NAMED else ""
        unseen += f" (counted as wrong: the index has no other picture of {named}{more})"
    facts = {
        "queries": f"{report.queries:,}",
        "index": f"{report.index:,}",
        "labels": f"{report.labels:,}",
        "unseen": unseen,
        "skipped": f"{len(report.skipped):,}",
        "model": model,
    }
    return [*lines, "", *(f"{name:{width}}  {fact}" for name, fact in facts.items())]


def _attribute_table(reports: Sequence[AttributeReport]) -> list[str]:
    lines = []
    for report in reports:
        lines += [
            "",
            f"{report.slug}: {report.products:,} products, {report.values} values, the commonest "
            f"{report.commonest:.0%}",
        ]
        width = max(map(len, attributes.NAMES.values()))
        lines.append(f"  {'':{width}}  " + "  ".join(f"{way:24}" for way in report.ways))
        for name, title in attributes.NAMES.items():
            cells = []
            for found in report.ways.values():
                cell = f"{found.figures[name]:.3f}" if name in found.figures else "-"
                if name in found.intervals:
                    cell += " ({:.3f} to {:.3f})".format(*found.intervals[name])
                cells.append(f"{cell:24}")
            lines.append(f"  {title:{width}}  " + "  ".join(cells).rstrip())
    return lines[1:]


def _measures(
    names: dict[str, str], figures: dict[str, float], intervals: dict[str, tuple[float, float]]
) -> list[str]:
    width = max(map(len, names.values()))
    lines = [f"{'':{width}}  value  95% interval"]
    for measure, figure in figures.items():
        low, high = intervals[measure]
        lines.append(f"{names[measure]:{width}}  {figure:.3f}  {low:.3f} to {high:.3f}")
    return lines
