"""Near-duplicates: pictures of the demo shop, or of a folder, that were saved anew, resized or cut
at their edges, looked for among all pictures as they were.

For each changed picture everything that is reported counts: its source is right; anything else, the
same product in another colour or from another side among it, is wrong. So is each pair of two
different pictures of the catalogue that would be reported. One half of the pictures chooses how
much may be left of a pair, the other is reported.

Candidates are found by exact comparison of the bundled model's vectors, and judged as the shop does
(`search.duplicates`).
"""

from __future__ import annotations

import hashlib
import io
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from search.duplicates import finding, pixels
from search.duplicates.pixels import Difference
from search.encoders import get_encoder
from search.encoders.base import Encoder
from search.encoders.presets import resolve

# Pictures that are changed, in every way.
SAMPLE = 120
BATCH = 32
SEED = 8
# The thresholds times so much are tried on the first half.
FACTORS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
Change = Callable[[Image.Image], Image.Image]


def _saved(image: Image.Image, format: str = "JPEG", quality: int = 90) -> Image.Image:
    out = io.BytesIO()
    image.save(out, format, quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def _resized(image: Image.Image, by: float) -> Image.Image:
    size = [max(16, round(side * by)) for side in image.size]
    return image.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def _cut(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = image.size
    box = (width * left, height * top, width * (1 - right), height * (1 - bottom))
    return image.crop((round(box[0]), round(box[1]), round(box[2]), round(box[3])))


CHANGES: dict[str, Change] = {
    "JPEG, quality 40": lambda image: _saved(image, quality=40),
    "JPEG, quality 70": lambda image: _saved(image, quality=70),
    "JPEG, quality 95": lambda image: _saved(image, quality=95),
    "WebP, quality 50": lambda image: _saved(image, "WEBP", 50),
    "WebP, quality 80": lambda image: _saved(image, "WEBP", 80),
    "three quarters as large": lambda image: _saved(_resized(image, 0.75), quality=85),
    "half as large": lambda image: _saved(_resized(image, 0.5), quality=85),
    "a quarter as large": lambda image: _saved(_resized(image, 0.25), quality=85),
    "5% off the left": lambda image: _saved(_cut(image, 0.05, 0, 0, 0)),
    "5% off the top": lambda image: _saved(_cut(image, 0, 0.05, 0, 0)),
    "5% off the right": lambda image: _saved(_cut(image, 0, 0, 0.05, 0)),
    "5% off the bottom": lambda image: _saved(_cut(image, 0, 0, 0, 0.05)),
    "5% in all, off two sides": lambda image: _saved(_cut(image, 0.025, 0.025, 0.025, 0.025)),
    "5% off each side": lambda image: _saved(_cut(image, 0.05, 0.05, 0.05, 0.05)),
    "5% off each side, half as large, quality 50": lambda image: _saved(
        _resized(_cut(image, 0.05, 0.05, 0.05, 0.05), 0.5), quality=50
    ),
}


@dataclass(frozen=True)
class _Catalogue:
    """n pictures: files, contents (SHA-256), vectors (n, dimension) of norm 1, signatures."""

    files: list[Path]
    contents: list[str]
    vectors: np.ndarray
    signatures: list[bytes]


@dataclass(frozen=True)
class _Look:
    """A pair that was looked at twice. `query`: the row of the changed picture's source."""

    query: int
    change: str
    other: int
    left: Difference


def run(*, products: int, folder: Path | None = None, sample: int = SAMPLE) -> dict[str, Any]:
    """{measure: value}, and "rows": a dict for each change."""
    encoder = get_encoder(resolve("vitrine-mini"))
    catalogue, made_ms = _read(_files(folder), encoder)
    count = len(catalogue.files)
    chosen = np.sort(np.random.default_rng(SEED).permutation(count)[:sample])
    began = time.process_time()
    looks, missed = _look_for(catalogue, chosen.tolist(), encoder)
    looked_ms = 1000 * (time.process_time() - began) / (len(chosen) * len(CHANGES))
    began = time.process_time()
    among, compared = _among_themselves(catalogue)
    compared_ms = 1000 * (time.process_time() - began) / count
    first, second = set(chosen[0::2].tolist()), set(chosen[1::2].tolist())
    best = max(FACTORS, key=lambda factor: _worth(catalogue, looks, among, first, factor))
    rows = list(_rows(catalogue, looks, second, missed))
    recall, precision = _measured(catalogue, looks, second, 1.0)
    standing = [look for look in among if _is_same(look.left, 1.0)]
    for row in rows:
        print(f"  {row['change']:46}{row['recall']:>8.3f}{row['precision']:>11.3f}")
    for look in standing:
        names = catalogue.files[look.query].name, catalogue.files[look.other].name
        print(f"  reported in the catalogue itself: {names[0]} and {names[1]}")
    return {
        "pictures": count,
        "changed pictures, of each half": len(second) * len(CHANGES),
        "recall": recall,
        "precision": precision,
        "pairs of different pictures of the catalogue that are reported": len(standing),
        "pairs of the catalogue that were looked at twice": len(among),
        "pairs whose signatures were compared": compared,
        "factor of the thresholds that the first half chose": best,
        "ms to make a signature, with reading the file": made_ms,
        "ms to look for a changed picture, with changing and embedding it": looked_ms,
        "ms to compare a picture of the catalogue with all": compared_ms,
        "bytes of a signature": pixels.SIZE,
        "MB of the process at most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "rows": rows,
    }


def _files(folder: Path | None) -> list[Path]:
    if folder is not None:
        kinds = {".jpg", ".jpeg", ".png", ".webp"}
        return sorted(path for path in folder.rglob("*") if path.suffix.lower() in kinds)
    from shop.catalog.models import ProductImage

    storage = ProductImage._meta.get_field("image").storage
    names = ProductImage.objects.order_by("pk").values_list("image", flat=True)
    return [Path(storage.path(name)) for name in names]


def _opened(path: Path) -> Image.Image:
    """As `finding.read` opens a stored file."""
    with Image.open(path) as image:
        image.draft("RGB", (pixels.READ_SIDE, pixels.READ_SIDE))
        return image.convert("RGB")


def _read(files: list[Path], encoder: Encoder) -> tuple[_Catalogue, float]:
    """And the milliseconds of a signature. A file that is there twice is there once."""
    vectors: list[np.ndarray] = []
    signatures: list[bytes] = []
    once: dict[str, Path] = {}
    for path in files:
        once.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path)
    paths, spent = list(once.values()), 0.0
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        began = time.process_time()
        signatures += [pixels.signature_of(_opened(path)) for path in batch]
        spent += time.process_time() - began
        vectors.append(encoder.encode_images([Image.open(path).convert("RGB") for path in batch]))
    together = np.concatenate(vectors)
    together = together / np.linalg.norm(together, axis=1, keepdims=True)
    return _Catalogue(paths, list(once), together, signatures), 1000 * spent / len(paths)


def _look_for(
    catalogue: _Catalogue, chosen: Sequence[int], encoder: Encoder
) -> tuple[list[_Look], dict[str, int]]:
    """What was looked at twice for each changed picture; and, by change, how many sources were not
    among the candidates."""
    looks: list[_Look] = []
    missed = dict.fromkeys(CHANGES, 0)
    for row in chosen:
        source = Image.open(catalogue.files[row]).convert("RGB")
        changed = {name: change(source) for name, change in CHANGES.items()}
        vectors = encoder.encode_images(list(changed.values()))
        for vector, (name, image) in zip(vectors, changed.items(), strict=True):
            candidates = _candidates(catalogue, vector / np.linalg.norm(vector))
            missed[name] += row not in candidates
            signature = pixels.signature_of(image)
            looks += [
                _Look(int(row), name, other, left)
                for other, left in _looked(catalogue, signature, image, candidates)
            ]
    return looks, missed


def _candidates(catalogue: _Catalogue, vector: np.ndarray) -> list[int]:
    likeness = catalogue.vectors @ vector
    best = np.argsort(-likeness)[: finding.CANDIDATES]
    return [int(row) for row in best if likeness[row] >= finding.ALIKE]


def _looked(
    catalogue: _Catalogue, signature: bytes, image: Image.Image, others: list[int]
) -> Iterator[tuple[int, Difference]]:
    placed = pixels.screen(signature, [catalogue.signatures[other] for other in others])
    near = [(other, place) for other, place in zip(others, placed, strict=True) if place]
    for other, place in near[: finding.CONFIRMED]:
        yield other, pixels.difference(image, _opened(catalogue.files[other]), place)


def _among_themselves(catalogue: _Catalogue) -> tuple[list[_Look], int]:
    """Pairs of the catalogue that are looked at twice; and how many signatures were compared."""
    looks, compared = [], 0
    for row, path in enumerate(catalogue.files):
        found = _candidates(catalogue, catalogue.vectors[row])
        others = [other for other in found if other > row]
        compared += len(others)
        if not others:
            continue
        image = _opened(path)
        for other, left in _looked(catalogue, catalogue.signatures[row], image, others):
            looks.append(_Look(row, "", other, left))
    return looks, compared


def _is_same(left: Difference, factor: float) -> bool:
    return (
        left.brightness <= factor * finding.BRIGHTNESS
        and left.spot <= factor * finding.SPOT
        and left.color <= factor * finding.COLOR
    )


def _measured(
    catalogue: _Catalogue, looks: list[_Look], half: set[int], factor: float
) -> tuple[float, float]:
    """Recall and precision of the changed pictures of a half."""
    reported = [look for look in looks if look.query in half and _is_same(look.left, factor)]
    right = sum(look.query == look.other for look in reported)
    return right / (len(half) * len(CHANGES)), right / max(1, len(reported))


def _worth(
    catalogue: _Catalogue, looks: list[_Look], among: list[_Look], half: set[int], factor: float
) -> float:
    """The harmonic mean of recall and precision, pairs of the catalogue counting as wrong."""
    recall, precision = _measured(catalogue, looks, half, factor)
    right = recall * len(half) * len(CHANGES)
    wrong = right / max(precision, 1e-9) - right
    wrong += sum(_is_same(look.left, factor) for look in among if look.query in half)
    precision = right / max(1.0, right + wrong)
    return 2 * recall * precision / max(1e-9, recall + precision)


def _rows(
    catalogue: _Catalogue, looks: list[_Look], half: set[int], missed: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for change in CHANGES:
        own = [look for look in looks if look.change == change and look.query in half]
        reported = [look for look in own if _is_same(look.left, 1.0)]
        right = [look for look in reported if look.query == look.other]
        sources = [look.left for look in own if look.query == look.other]
        yield {
            "change": change,
            "recall": len(right) / len(half),
            "precision": len(right) / max(1, len(reported)),
            "no candidate (of both halves)": missed[change],
            "most left: brightness": max((left.brightness for left in sources), default=None),
            "most left: spot": max((left.spot for left in sources), default=None),
            "most left: color": max((left.color for left in sources), default=None),
        }
