"""Draw the demo catalogue: `python -m demo.catalogue OUT_DIR [--seed N] [--products N]`.

Writes `OUT_DIR/products.csv` in the form of Shopify's product CSV, with `OUT_DIR/images/*.jpg`.
A catalogue that is already complete is left as it is.
"""

import argparse
import csv
import hashlib
import json
import os
import signal
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from tqdm import tqdm

from demo.draw.studio import draw
from demo.products import PRODUCTS, Product, Shot, plan_products

SIZE = 640
QUALITY = 88
STAMP = ".complete.json"
FIELDS = (
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Product Category",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Variant Image",
    "Status",
)


def build_catalogue(
    out: Path, seed: int = 1, products: int = PRODUCTS, size: int = SIZE, quiet: bool = False
) -> bool:
    """Write the catalogue into `out`; False if it was already there, complete.

    The stamp says that a catalogue is begun, and at the end that it is complete, so an interrupted
    run is simply run again. Raises `NotOurs` for a folder with other things in it, and OSError
    where nothing can be written.
    """
    wanted = {"seed": seed, "products": products, "size": size, "source": source_hash()}
    stamp, images = out / STAMP, out / "images"
    found = _read_stamp(out)
    if found == wanted:
        return False
    images.mkdir(parents=True, exist_ok=True)
    _replace_text(stamp, json.dumps({"begun": True}))
    plan = plan_products(seed, products)
    if found:
        _remove_old(out, {shot.file for product in plan for shot in product.shots})
    jobs = [(shot, images / shot.file, size) for product in plan for shot in product.shots]
    # Ctrl-C is for this process, which ends the others.
    with Pool(_processes(), signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        for _ in tqdm(
            pool.imap_unordered(_write_shot, jobs, chunksize=4),
            "drawing products",
            len(jobs),
            unit="picture",
            disable=quiet,
        ):
            pass
    _write_csv(out / "products.csv", plan)
    _replace_text(stamp, json.dumps(wanted))
    return True


class NotOurs(ValueError):
    """The folder holds something that is no demo catalogue."""


def _read_stamp(out: Path) -> dict[str, Any]:
    """What an earlier run left; empty for a folder that is new."""
    stamp = out / STAMP
    if not stamp.exists():
        if out.is_dir() and any(out.iterdir()):
            raise NotOurs(
                f"{out} holds something else than a demo catalogue, which would be overwritten: "
                "name a new or an empty folder."
            )
        return {}
    try:
        return dict(json.loads(stamp.read_text()))
    except ValueError:
        return {"begun": True}  # cut short: begun, and not complete


def _remove_old(out: Path, wanted: set[str]) -> None:
    """Remove the pictures of an older catalogue: those that its table names, and no others."""
    table = out / "products.csv"
    if not table.exists():
        return
    with table.open(newline="", encoding="utf-8") as stream:
        named = {Path(row["Image Src"]).name for row in csv.DictReader(stream)}
    for name in named - wanted - {""}:
        (out / "images" / name).unlink(missing_ok=True)


def rows(product: Product) -> Iterator[dict[str, str]]:
    """A product's rows: one a variant, and further ones for pictures left over."""
    front = {shot.look.colour.title(): f"images/{shot.file}" for shot in reversed(product.shots)}
    lines = max(len(product.variants), len(product.shots))
    for index in range(lines):
        row = dict.fromkeys(FIELDS, "") | {"Handle": product.handle}
        if index == 0:
            row |= {
                "Title": product.title,
                "Body (HTML)": product.body,
                "Vendor": product.vendor,
                "Product Category": product.category,
                "Type": product.category.rsplit(" > ", 1)[-1],
                "Tags": product.tags,
                "Published": "TRUE",
                "Status": "active",
            }
        if index < len(product.variants):
            variant = product.variants[index]
            options = [("Size", variant.size), ("Colour", variant.colour)]
            for place, (name, value) in enumerate((o for o in options if o[1]), start=1):
                row |= {f"Option{place} Name": name, f"Option{place} Value": value}
            row |= {
                "Variant SKU": variant.sku,
                "Variant Grams": str(product.grams),
                "Variant Inventory Tracker": "shopify",
                "Variant Inventory Qty": str(variant.stock),
                "Variant Inventory Policy": "deny",
                "Variant Price": _money(product.price),
                "Variant Compare At Price": _money(product.compare_at),
                "Variant Requires Shipping": "TRUE",
                "Variant Taxable": "TRUE",
                "Variant Image": front[variant.colour],
            }
        if index < len(product.shots):
            shot = product.shots[index]
            row |= {
                "Image Src": f"images/{shot.file}",
                "Image Position": str(index + 1),
                "Image Alt Text": shot.alt,
            }
        yield row


def _write_csv(file: Path, plan: list[Product]) -> None:
    part = file.with_suffix(".part")
    with part.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, FIELDS, lineterminator="\n")
        writer.writeheader()
        for product in plan:
            writer.writerows(rows(product))
    part.replace(file)


def _write_shot(job: tuple[Shot, Path, int]) -> None:
    shot, file, size = job
    part = file.with_suffix(".part")
    draw(shot.look, shot.view, size).save(part, "JPEG", quality=QUALITY, optimize=True)
    part.replace(file)


def _replace_text(file: Path, text: str) -> None:
    part = file.with_suffix(".part")
    part.write_text(text)
    part.replace(file)


def _money(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}"


def _processes() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def source_hash() -> str:
    """A name for this version of the drawing code, so that a new one redraws by itself."""
    here = Path(__file__).parent
    names = ("catalogue.py", "products.py", "kinds.py", "looks.py", "words.py")
    parts = [*(here / "assortment").glob("*.py"), *(here / "draw").glob("*.py")]
    files = [here / name for name in names] + sorted(parts)
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--products", type=int, default=PRODUCTS)
    options = parser.parse_args()
    if options.products < 1:
        parser.error("--products must be 1 or more.")
    try:
        drawn = build_catalogue(options.out, options.seed, options.products)
    except (NotOurs, OSError) as error:
        parser.error(str(error))
    print(f"{options.out / 'products.csv'}: {'written' if drawn else 'already complete'}")


if __name__ == "__main__":
    main()
