"""Draw the demo catalogue: `python -m demo.catalogue OUT_DIR [--seed N] [--products N]`.

Writes `OUT_DIR/products.csv` in the form of Shopify's product CSV, with `OUT_DIR/images/*.jpg`.
A catalogue that is already complete is left as it is.
"""

import argparse
import csv
import hashlib
import json
import os
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

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

    The stamp is written last, so an interrupted run is simply run again.
    """
    wanted = {"seed": seed, "products": products, "size": size, "source": _source_hash()}
    stamp = out / STAMP
    if stamp.exists() and json.loads(stamp.read_text()) == wanted:
        return False
    images = out / "images"
    images.mkdir(parents=True, exist_ok=True)
    if stamp.exists():
        # A stamp means that the pictures here are ours, and of another catalogue.
        stamp.unlink()
        for old in images.glob("*.jpg"):
            old.unlink()
    plan = plan_products(seed, products)
    jobs = [(shot, images / shot.file, size) for product in plan for shot in product.shots]
    with Pool(_processes()) as pool:
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
            options = [("Size", variant.size), ("Color", variant.colour)]
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


def _source_hash() -> str:
    """Changes with the drawing code, so that a new version redraws by itself."""
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
    drawn = build_catalogue(options.out, options.seed, options.products)
    print(f"{options.out / 'products.csv'}: {'written' if drawn else 'already complete'}")


if __name__ == "__main__":
    main()
