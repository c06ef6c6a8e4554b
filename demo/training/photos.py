"""Real photographs with labels, for training where a folder of them is at hand.

The folder holds `clothing/train/LABEL/*.jpg` (a CC0 set of ten kinds of clothes) and `grocery/`
(an MIT-licensed set of phone photos taken in shops: `train.txt` lists them, `classes.csv` names a
catalogue picture for each class). Validation and test parts are never read here.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CLOTHING: dict[str, tuple[str, ...]] = {
    "dress": ("dress", "a dress", "dresses", "frock"),
    "hat": ("hat", "a hat", "hats", "cap", "headwear"),
    "longsleeve": (
        "longsleeve",
        "a longsleeve",
        "long sleeved top",
        "sweatshirt",
        "sweater",
        "long sleeve t-shirt",
        "long sleeve",
    ),
    "outwear": ("outwear", "jacket", "coat", "outerwear", "an outwear", "jackets and coats"),
    "pants": ("pants", "trousers", "a pair of pants", "jeans"),
    "shirt": ("shirt", "a shirt", "button-up shirt", "shirts", "blouse"),
    "shoes": ("shoes", "a pair of shoes", "footwear", "shoe"),
    "shorts": ("shorts", "a pair of shorts"),
    "skirt": ("skirt", "a skirt", "skirts"),
    "t-shirt": ("t-shirt", "a t-shirt", "tee", "t-shirts", "tshirt"),
}
# A catalogue picture is alone in its class, and it is what a phone photo must find.
CATALOGUE_COPIES = 4


@dataclass(frozen=True)
class Photo:
    """A file and its labels, from the finest to the coarsest; each is a key of `words_of`."""

    file: Path
    labels: tuple[str, ...]


def find_photos(folder: Path) -> list[Photo]:
    """All photographs to train on, in a fixed order; FileNotFoundError if there are none."""
    photos = [*_clothing(folder / "clothing" / "train"), *_groceries(folder / "grocery")]
    if not photos:
        raise FileNotFoundError(
            f"{folder} has neither clothing/train/LABEL/*.jpg nor grocery/train.txt."
        )
    return photos


def words_of(label: str) -> tuple[str, ...]:
    """What a label is called; the first is its plain name."""
    source, _, name = label.partition("/")
    if source == "clothing":
        return CLOTHING[name]
    plain = name.replace("-", " ").lower()
    return (plain, plain, f"a {plain}", f"{plain} in a shop")


def _clothing(folder: Path) -> Iterator[Photo]:
    for label in CLOTHING:
        for file in sorted((folder / label).glob("*.jpg")):
            yield Photo(file, (f"clothing/{label}",))


def _groceries(folder: Path) -> Iterator[Photo]:
    if not (folder / "classes.csv").exists():
        return
    with (folder / "classes.csv").open(newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    labels = {
        int(number): (f"grocery/{fine}", f"groceries/{coarse}") for fine, number, coarse, *_ in rows
    }
    for line in (folder / "train.txt").read_text().splitlines():
        path, fine, _ = (part.strip() for part in line.split(","))
        yield Photo(folder / path, labels[int(fine)])
    for _, number, _, _, picture, _ in rows:
        for _ in range(CATALOGUE_COPIES):
            yield Photo(folder / picture.lstrip("/"), labels[int(number)])
