"""The demo shop at a third of its cost: every product, its texts and variants as they are, and of
each colour the first picture alone, drawn small."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path

from demo.catalogue import FIELDS, rows
from demo.draw.studio import draw
from demo.products import Product, Shot, plan_products

SIZE = 224  # the bundled model sees less


def draw_fronts(folder: Path) -> Path:
    """Draw it into `folder`, with as many processes as there are cores; the CSV to import."""
    images = folder / "images"
    images.mkdir(parents=True)
    products = [_fronts(product) for product in plan_products(1)]
    shots = [(shot, images / shot.file) for product in products for shot in product.shots]
    with Pool(len(os.sched_getaffinity(0))) as pool:
        pool.starmap(_draw, shots, chunksize=8)
    table = folder / "products.csv"
    with table.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, FIELDS, lineterminator="\n")
        writer.writeheader()
        for product in products:
            writer.writerows(rows(product))
    return table


def _fronts(product: Product) -> Product:
    first = {shot.look.colour: shot for shot in reversed(product.shots)}
    return replace(product, shots=tuple(reversed(first.values())))


def _draw(shot: Shot, file: Path) -> None:
    draw(shot.look, shot.view, SIZE).save(file, "JPEG", quality=88)
