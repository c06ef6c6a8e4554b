"""Pictures of one labelled folder looked for in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.encoders import Encoder
from search.encoders.base import IMAGE_BATCH, Vectors, in_batches
from search.evaluation import measures
from search.evaluation.folders import LabelledFile, LabelledFolder, Skipped, UnusableFolder
from search.evaluation.measures import Labelled
from search.evaluation.zero_shot import label_text, text_vectors
from shop.catalog.images import ImageRejected, take_in

# Shows how far the files are: gives back what it gets, one by one.
Progress = Callable[[Sequence[LabelledFile]], Iterable[LabelledFile]]
# Of figures in JSON. More queries than anybody labels would be needed for a fifth.
DIGITS = 4


@dataclass(frozen=True)
class FolderReport:
    """What came of it. `figures` and `intervals`: by measure, as `measures.py` defines them, and
    `zero_shot`. `queries`, `index`: how many pictures were used. `unseen`: how many queries have
    a label that no (other) picture of the index has, and `unseen_labels` which; they are wrong by
    every measure but `zero_shot`."""

    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    queries: int
    index: int
    labels: int
    unseen: int
    unseen_labels: list[str]
    skipped: list[Skipped]

    def as_json(self) -> dict[str, Any]:
        """As `manage.py evaluate folder --json` prints it, but for the model."""
        return {
            **{name: round(figure, DIGITS) for name, figure in self.figures.items()},
            "intervals": {
                name: [round(low, DIGITS), round(high, DIGITS)]
                for name, (low, high) in self.intervals.items()
            },
            "queries": self.queries,
            "index": self.index,
            "labels": self.labels,
            "unseen": self.unseen,
            "unseen_labels": self.unseen_labels,
            "skipped": [
                {"file": str(skipped.path), "reason": skipped.reason} for skipped in self.skipped
            ],
        }


def evaluate_folders(
    encoder: Encoder, *, index: LabelledFolder, queries: LabelledFolder, progress: Progress = iter
) -> FolderReport:
    """How well the pictures of `queries` find those of their label in `index`.

    A query that is also a picture of the index, by whatever path, does not find itself. Raises
    `UnusableFolder` where no picture of a folder can be decoded, and `EncoderUnavailable`.
    """
    folders = (index, queries)
    # A file that is in both, or twice in one, is encoded once.
    distinct = list({file.identity: file for folder in folders for file in folder.files}.values())
    vectors, broken = _encode(encoder, distinct, progress)
    rows = {
        file.identity: row
        for row, file in enumerate(file for file in distinct if file.identity not in broken)
    }
    usable = [[file for file in folder.files if file.identity in rows] for folder in folders]
    for folder, files in zip(folders, usable, strict=True):
        if not files:
            first = broken[folder.files[0].identity]
            raise UnusableFolder(
                f"None of the {len(folder.files)} pictures in {folder.root} can be used. "
                f"{first.path}: {first.reason}"
            )
    labels = sorted({file.label for files in usable for file in files})
    found, asked = (_labelled(files, labels, vectors, rows) for files in usable)

    by_query = measures.retrieval(asked, found)
    # The whole index is ranked, so this is zero only where there was nothing to find.
    unseen = by_query["map"] == 0
    by_query["zero_shot"] = _zero_shot(encoder, asked, labels)
    return FolderReport(
        figures={name: float(values.mean()) for name, values in by_query.items()},
        intervals={name: measures.interval(values) for name, values in by_query.items()},
        queries=len(asked),
        index=len(found),
        labels=len(labels),
        unseen=int(unseen.sum()),
        unseen_labels=[labels[number] for number in np.unique(asked.labels[unseen])],
        # What is in both folders is named once.
        skipped=list(dict.fromkeys([*index.skipped, *queries.skipped, *broken.values()])),
    )


def _encode(
    encoder: Encoder, files: Sequence[LabelledFile], progress: Progress
) -> tuple[Vectors, dict[tuple[int, int], Skipped]]:
    """The vectors of those that are pictures, in order, and the others by identity.

    One after the other: intake decodes large pictures one at a time, and refuses those that had
    to wait too long, so threads would lose some.
    """
    broken: dict[tuple[int, int], Skipped] = {}
    batches: list[Vectors] = []
    pixels: list[Vectors] = []  # of the batch; pictures themselves would take up to 17 MB each
    for file in progress(files):
        try:
            with file.path.open("rb") as source:
                picture = take_in(source, name=file.path.name).open()
        except ImageRejected as error:
            broken[file.identity] = Skipped(file.path, " ".join(error.messages))
            continue
        except OSError as error:
            broken[file.identity] = Skipped(file.path, f"It cannot be read: {error.strerror}.")
            continue
        pixels.append(encoder.preprocess(picture))
        if len(pixels) == IMAGE_BATCH:
            batches.append(encoder.encode_pixels(np.stack(pixels)))
            pixels = []
    if pixels:
        batches.append(encoder.encode_pixels(np.stack(pixels)))
    return in_batches(batches, encoder.dimension), broken


def _labelled(
    files: Sequence[LabelledFile],
    labels: Sequence[str],
    vectors: Vectors,
    rows: dict[tuple[int, int], int],
) -> Labelled:
    numbers = {label: number for number, label in enumerate(labels)}
    own = np.array([rows[file.identity] for file in files], dtype=np.int64)
    return Labelled(
        vectors=vectors[own],
        labels=np.array([numbers[file.label] for file in files], dtype=np.int64),
        files=own,
    )


def _zero_shot(encoder: Encoder, asked: Labelled, labels: Sequence[str]) -> measures.PerQuery:
    # Labels that read alike, such as "T-Shirt" and "t_shirt", are one text, and right is that.
    texts = sorted({label_text(label) for label in labels})
    text_of = np.array([texts.index(label_text(label)) for label in labels], dtype=np.int64)
    return measures.zero_shot(
        Labelled(asked.vectors, text_of[asked.labels]),
        Labelled(text_vectors(encoder, texts), np.arange(len(texts), dtype=np.int64)),
    )
