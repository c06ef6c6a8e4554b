"""Measure the bundled model on the demo catalogue: `python -m demo.measure [--json]`.

Vision alone: texts against pictures by cosine, a product as good as its best picture. With
`--photos`, also how well real photographs of clothes find their like.
"""

import argparse
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from demo.catalogue import build_catalogue
from demo.photos import CLOTHING
from demo.products import Product, Shot, plan_products
from search.encoders.torch_clip import import_open_clip

MODEL = Path(__file__).parent.parent / "models" / "vitrine-mini"
FIRST = 4
# Query, kind, colour, pattern (empty: any).
QUERIES = (
    ("red boots", "boots", "red", ""),
    ("blue striped t-shirt", "t-shirt", "blue", "striped"),
    ("green mug", "mug", "green", ""),
    ("black jacket", "jacket", "black", ""),
    ("yellow dress", "dress", "yellow", ""),
    ("floral dress", "dress", "", "floral"),
    ("white sneakers", "sneakers", "white", ""),
    ("brown bag", "bag", "brown", ""),
    ("green backpack", "backpack", "green", ""),
    ("grey scarf", "scarf", "grey", ""),
    ("checked scarf", "scarf", "", "checked"),
    ("blue chair", "chair", "blue", ""),
    ("yellow lamp", "lamp", "yellow", ""),
    ("white plate", "plate", "white", ""),
    ("navy trousers", "trousers", "navy", ""),
    ("striped trousers", "trousers", "", "striped"),
    ("orange hat", "hat", "orange", ""),
    ("polka dot mug", "mug", "", "dotted"),
    ("a photo of a red dress", "dress", "red", ""),
    ("plaid jacket", "jacket", "", "checked"),
    ("trainers in blue", "sneakers", "blue", ""),
    ("purple scarf", "scarf", "purple", ""),
)
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)
Vectors = NDArray[np.float32]


class Encoder:
    """open_clip's own model, tokenizer and preprocessing; vectors are (N, D) of unit length."""

    def __init__(self, folder: Path) -> None:
        torch.set_num_threads(1)  # more only wait for each other where cores are shared
        open_clip = import_open_clip()
        name = f"local-dir:{folder}"
        self.model, _, self.preprocess = open_clip.create_model_and_transforms(name)
        self.model.eval()
        self.tokenizer = open_clip.get_tokenizer(name)

    @torch.inference_mode()
    def texts(self, texts: list[str]) -> Vectors:
        """Texts to vectors."""
        return self.model.encode_text(self.tokenizer(texts), normalize=True).numpy()

    @torch.inference_mode()
    def pictures(self, pictures: list[Image.Image]) -> Vectors:
        """RGB pictures of any size to vectors."""
        batch = torch.stack([self.preprocess(picture) for picture in pictures])
        return self.model.encode_image(batch, normalize=True).numpy()

    def files(self, files: list[Path], name: str) -> Vectors:
        """Picture files to vectors, with a progress bar called `name`."""
        vectors = []
        for start in tqdm(range(0, len(files), 32), name, unit="batch"):
            pictures = [Image.open(file).convert("RGB") for file in files[start : start + 32]]
            vectors.append(self.pictures(pictures))
        return np.concatenate(vectors)


class Shelf:
    """The catalogue as the measures need it: products, their pictures and vectors."""

    def __init__(self, plan: list[Product], images: Path, encoder: Encoder) -> None:
        self.encoder = encoder
        pairs = [(number, shot) for number, p in enumerate(plan) for shot in p.shots]
        self.owners = np.array([number for number, _ in pairs])
        self.shots: list[Shot] = [shot for _, shot in pairs]
        self.files = [images / shot.file for shot in self.shots]
        self.vectors = encoder.files(self.files, "catalogue")
        self.plan = plan

    def ranked(self, query: Vectors) -> list[int]:
        """Product numbers, best first, for one unit vector (D,)."""
        best = np.full(len(self.plan), -2.0, np.float32)
        np.maximum.at(best, self.owners, self.vectors @ query)
        return [int(i) for i in np.argsort(-best)]

    def has(self, number: int, kind: str, colour: str, pattern: str = "") -> bool:
        """Whether a product comes in this kind, colour and pattern ("" for any)."""
        return any(
            look.kind == kind and colour in ("", look.colour) and pattern in ("", look.pattern)
            for look in self.plan[number].looks()
        )


def measure_texts(shelf: Shelf) -> dict[str, str]:
    """For each query, how many of the first four are right, of how many that could be."""
    found = {}
    for (text, *wanted), vector in zip(
        QUERIES, shelf.encoder.texts([q[0] for q in QUERIES]), strict=True
    ):
        right = [shelf.has(number, *wanted) for number in shelf.ranked(vector)]
        found[text] = f"{sum(right[:FIRST])}/{min(FIRST, sum(right))}"
    return found


def measure_crops(shelf: Shelf) -> float:
    """The share of pictures whose altered copy finds its own product first."""
    hits = 0
    for number, file in zip(tqdm(shelf.owners, "crops", unit="picture"), shelf.files, strict=True):
        vector = shelf.encoder.pictures([altered(Image.open(file).convert("RGB"))])[0]
        hits += shelf.ranked(vector)[0] == number
    return hits / len(shelf.files)


def altered(picture: Image.Image, area: float = 0.85, angle: float = 10) -> Image.Image:
    """The picture turned by `angle` degrees, its middle `area` cut out, saved as a poor JPEG."""
    side = picture.width
    edge = picture.getpixel((2, 2))
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=edge)
    margin = round(side * (1 - area**0.5) / 2)
    cut = turned.crop((margin, margin, side - margin, side - margin))
    packed = io.BytesIO()
    cut.save(packed, "JPEG", quality=60)
    return Image.open(packed).convert("RGB")


def measure_changes(shelf: Shelf, text: str = "in red", colour: str = "red") -> dict[str, float]:
    """For each share of the text, the precision of the first four for a picture plus `text`.

    Sources are the first pictures of all products not in that colour whose kind has at least four
    that are; right is a product of the same kind in the colour. The source is left out.
    """
    vector = shelf.encoder.texts([text])[0]
    numbers = range(len(shelf.plan))
    scores: dict[str, list[float]] = {f"{share:.1f}": [] for share in SHARES}
    for source in numbers:
        kind = shelf.plan[source].looks()[0].kind
        if shelf.has(source, kind, colour) or sum(shelf.has(n, kind, colour) for n in numbers) < 4:
            continue
        picture = shelf.vectors[int(np.argmax(shelf.owners == source))]
        for share in SHARES:
            mixed = (1 - share) * picture + share * vector
            ranked = [n for n in shelf.ranked(mixed / np.linalg.norm(mixed)) if n != source]
            right = sum(shelf.has(n, kind, colour) for n in ranked[:FIRST])
            scores[f"{share:.1f}"].append(right / FIRST)
    return {share: round(float(np.mean(values)), 3) for share, values in scores.items()}


def measure_photos(encoder: Encoder, photos: Path) -> dict[str, float]:
    """Photos of clothes: is the nearest training photo, the nearest word of the right label?"""
    parts: dict[str, tuple[Vectors, NDArray[np.int64]]] = {}
    labels = sorted(CLOTHING)
    for part in ("train", "validation"):
        files = [
            (f, n)
            for n, label in enumerate(labels)
            for f in sorted((photos / "clothing" / part / label).glob("*.jpg"))
        ]
        parts[part] = (encoder.files([f for f, _ in files], part), np.array([n for _, n in files]))
    (known, known_labels), (asked, right) = parts["train"], parts["validation"]
    nearest = known_labels[(asked @ known.T).argmax(1)]
    words = encoder.texts([f"a photo of {CLOTHING[label][1][0]}" for label in labels])
    named = (asked @ words.T).argmax(1)
    return {
        "nearest_neighbour": round(float((nearest == right).mean()), 3),
        "zero_shot": round(float((named == right).mean()), 3),
    }


def measure(model: Path, catalogue: Path, photos: Path | None) -> dict[str, Any]:
    """All measures of one model directory."""
    build_catalogue(catalogue)
    shelf = Shelf(plan_products(1, 300), catalogue / "images", Encoder(model))
    texts = measure_texts(shelf)
    shares = [int(t[0]) / int(t[2]) for t in texts.values() if t[2] != "0"]
    result: dict[str, Any] = {
        "first_four": texts,
        "first_four_mean": round(float(np.mean(shares)), 3),
        "crop_finds_product": round(measure_crops(shelf), 4),
        "in_red_by_share_of_text": measure_changes(shelf),
    }
    if photos:
        result["clothing_validation"] = measure_photos(shelf.encoder, photos)
    return result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--catalogue", type=Path, help="where the catalogue is, or will be drawn")
    parser.add_argument("--photos", type=Path, help="folder with clothing/")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        result = measure(options.model, options.catalogue or Path(spare), options.photos)
    if options.json:
        print(json.dumps(result, indent=2))
        return
    for name, value in result.items():
        lines = value.items() if isinstance(value, dict) else [("", value)]
        for key, figure in lines:
            print(f"{name:26} {key:26} {figure}")


if __name__ == "__main__":
    main()
