"""`python -m benchmarks NAME [--products N] [--json FILE]`, or all of them without NAME."""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from shop import embedded

NAMES = {
    "encoder": "milliseconds for a text and for a picture: served against torch",
    "embedding": "pictures a second: the whole write flow against the bare model in batches",
    "web": "a web process after 100 searches: memory, milliseconds, and no torch",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--list", action="store_true", help="name the benchmarks")
    parser.add_argument("--products", type=int, default=600, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as well")
    options = parser.parse_args()
    if options.list:
        for name, text in NAMES.items():
            print(f"{name:12}{text}")
        return
    if options.products < 64:
        parser.error("--products must be 64 or more: a batch.")
    embedded.configure()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    import django

    django.setup()
    figures: dict[str, Any] = {}
    for name in [options.name] if options.name else NAMES:
        print(f"{name}: {NAMES[name]}", flush=True)
        module = importlib.import_module(f"benchmarks.{name}")
        figures[name] = module.run(products=options.products)
        for measure, value in figures[name].items():
            print(
                f"  {measure:44}{value:>12,.2f}"
                if isinstance(value, float)
                else f"  {measure:44}{value!s:>12}"
            )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    sys.exit(main())
