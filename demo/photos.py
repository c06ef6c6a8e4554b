"""Real photographs with labels, mixed into training where a folder of them is at hand.

The folder holds `clothing/train/LABEL/*.jpg` (a CC0 set of ten kinds of clothes) and
`grocery/train.txt` with `grocery/train/...` (an MIT-licensed set of groceries, whose folders name
the kinds). Validation and test parts are never read here.
"""

import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from tqdm import tqdm

from demo.captions import Attributes

CLOTHING: dict[str, tuple[Attributes, tuple[str, ...]]] = {
    "dress": (Attributes("clothing", "dress"), ("dress", "dresses", "a dress")),
    "hat": (Attributes("accessories", "hat"), ("hat", "hats", "a hat", "a cap")),
    "longsleeve": (
        Attributes("clothing", "longsleeve"),
        ("longsleeve", "long sleeved top", "sweatshirt", "sweater"),
    ),
    "outwear": (Attributes("clothing", "jacket"), ("jacket", "coat", "outerwear", "jackets")),
    "pants": (Attributes("clothing", "trousers"), ("trousers", "pants", "jeans")),
    "shirt": (Attributes("clothing", "shirt"), ("shirt", "shirts", "a button-up shirt", "blouse")),
    "shoes": (Attributes("shoes"), ("shoes", "a pair of shoes", "footwear", "shoe")),
    "shorts": (Attributes("clothing", "shorts"), ("shorts", "a pair of shorts")),
    "skirt": (Attributes("clothing", "skirt"), ("skirt", "skirts", "a skirt")),
    "t-shirt": (Attributes("clothing", "t-shirt"), ("t-shirt", "tee", "t-shirts", "tshirt")),
}
FRAMES = ("{}", "{}", "a photo of {}", "a picture of {}", "someone's photo of {}")
Pixels = NDArray[np.uint8]


class Photos:
    """Labelled photographs in memory: `pixels` (N, side, side, 3) uint8 and `shown`, one each."""

    def __init__(self, folder: Path, side: int) -> None:
        files: list[Path] = []
        self.shown: list[Attributes] = []
        self._words: list[tuple[str, ...]] = []
        for label, (attributes, words) in CLOTHING.items():
            for file in sorted((folder / "clothing" / "train" / label).glob("*.jpg")):
                self._add(files, file, attributes, words)
        listing = folder / "grocery" / "train.txt"
        for line in listing.read_text().splitlines() if listing.exists() else []:
            path = Path(line.split(",")[0].strip())
            names = [part.replace("-", " ").lower() for part in path.parts[1:-1]]
            attributes = Attributes("groceries", names[min(1, len(names) - 1)], names[-1])
            self._add(
                files, folder / "grocery" / path, attributes, (names[-1], names[-1], names[1])
            )
        self.pixels = np.stack(
            [_square(file, side) for file in tqdm(files, "photos", unit="photo")]
        )

    def _add(
        self, files: list[Path], file: Path, attributes: Attributes, words: tuple[str, ...]
    ) -> None:
        files.append(file)
        self.shown.append(attributes)
        self._words.append(words)

    def caption(self, rng: random.Random, index: int) -> tuple[str, Attributes]:
        """A caption for a photo, and what it states."""
        shown, word = self.shown[index], rng.choice(self._words[index])
        if shown.group == "groceries" and word != shown.style:
            shown = Attributes(shown.group, shown.kind)
        return rng.choice(FRAMES).format(word), shown


def _square(file: Path, side: int) -> Pixels:
    with Image.open(file) as photo:
        return np.asarray(ImageOps.fit(photo.convert("RGB"), (side, side)), dtype=np.uint8)
