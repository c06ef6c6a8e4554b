"""`python -m benchmarks NAME [--products N] [--json FILE]`, or, without NAME, all those that need
no large catalogue."""

import argparse
import importlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shop import embedded

SMALL, LARGE = 600, 200_000
DEMO = 840  # what the demo shop has, whatever --products says


@dataclass(frozen=True)
class Benchmark:
    """What it says, for how many products by default, and which options it takes besides."""

    text: str
    products: int = SMALL
    options: tuple[str, ...] = ()
    module: str = ""


COMPARES = ("engines", "queries", "plot")
BENCHMARKS = {
    "encoder": Benchmark("milliseconds for a text and for a picture: served against torch"),
    "embedding": Benchmark(
        "pictures a second: the whole write flow against the bare model in batches"
    ),
    "importing": Benchmark(
        "products a second: a CSV with pictures, until all is embedded, against the bare model"
    ),
    "bulk_upload": Benchmark(
        "500 photos dropped in a browser, 10 broken, the network cut: what arrives, how fast", 500
    ),
    "web": Benchmark("a web process after 100 searches: memory, milliseconds, and no torch"),
    "events": Benchmark("events of searches: what recording, storing and reading them costs"),
    "checkouts": Benchmark(
        "200 orders at once of the last 50 units, and 20 clicks: what the database holds after"
    ),
    "requests": Benchmark(
        "whole requests, page and API: milliseconds beside the encoder and bare SQL", LARGE
    ),
    "clients": Benchmark("searches a second by 1, 8 and 32 clients, over HTTP", LARGE),
    "model_change": Benchmark(
        "another model while 20 searches a second go on: failed, missing, milliseconds", 3_000
    ),
    "updates": Benchmark("a new price, a new stock: milliseconds, and vectors touched", LARGE),
    "scale": Benchmark(
        "a large catalogue, loaded and kept: seconds, disk, memory", LARGE, module="scale.report"
    ),
    "filters": Benchmark(
        "filtered search beside other engines: milliseconds, recall, rows", LARGE, COMPARES
    ),
    "thresholds": Benchmark(
        "what each way of searching costs and finds: what the router's thresholds rest on", LARGE
    ),
    "face": Benchmark(
        "the storefront in a browser: weight, layout shift, a photo's way to results, Lighthouse",
        DEMO,
        ("url", "only", "runs", "lighthouse"),
    ),
    "duplicates": Benchmark(
        "changed pictures of the demo, or of a folder, found again among all: recall, precision",
        DEMO,
        ("folder", "sample"),
    ),
    "admin_pages": Benchmark(
        "the merchant's pages, at two sizes: milliseconds, and the queries of each", 100_000
    ),
    "growth": Benchmark("filtered search as the catalogue grows: milliseconds", LARGE, COMPARES),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "name", nargs="?", choices=BENCHMARKS, metavar="NAME", help=", ".join(BENCHMARKS)
    )
    parser.add_argument("--list", action="store_true", help="name the benchmarks")
    parser.add_argument(
        "--products",
        type=int,
        metavar="N",
        help=f"by default {SMALL}, or {LARGE:,} for those that need a large catalogue",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as well")
    compares = parser.add_argument_group("filters, growth")
    compares.add_argument(
        "--engines", type=lambda names: names.split(","), metavar="NAME,...", help="only these"
    )
    compares.add_argument("--queries", type=int, default=50, metavar="N", help="of each kind")
    compares.add_argument("--plot", type=Path, metavar="FILE.png", help="draw the figures as well")
    face = parser.add_argument_group("face")
    face.add_argument("--url", help="a shop that runs, instead of the demo")
    face.add_argument(
        "--only",
        type=lambda names: names.split(","),
        metavar="PART,...",
        help="weight, layout, photo, lighthouse",
    )
    face.add_argument("--runs", type=int, default=3, metavar="N", help="medians are of so many")
    face.add_argument("--lighthouse", metavar="PATH", help="its program, instead of npm's")
    duplicates = parser.add_argument_group("duplicates")
    duplicates.add_argument("--folder", type=Path, metavar="DIR", help="pictures, not the demo's")
    duplicates.add_argument("--sample", type=int, default=120, metavar="N", help="pictures changed")
    options = parser.parse_args()
    if options.list:
        for name, benchmark in BENCHMARKS.items():
            print(f"{name:12}{benchmark.text}")
        return
    if options.products is not None and options.products < 64:
        parser.error("--products must be 64 or more: a batch.")
    embedded.configure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    import django

    django.setup()
    figures: dict[str, Any] = {}
    small = [name for name, benchmark in BENCHMARKS.items() if benchmark.products == SMALL]
    for name in [options.name] if options.name else small:
        benchmark = BENCHMARKS[name]
        print(f"{name}: {benchmark.text}", flush=True)
        module = importlib.import_module(f"benchmarks.{benchmark.module or name}")
        figures[name] = module.run(
            products=options.products or benchmark.products,
            **{option: getattr(options, option) for option in benchmark.options},
        )
        for measure, value in figures[name].items():
            if measure == "rows":  # printed by the benchmark, as a table
                continue
            print(
                f"  {measure:44}{value:>12,.2f}"
                if isinstance(value, float)
                else f"  {measure:44}{value!s:>12}"
            )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    sys.exit(main())
