"""The storefront as a browser has it: weight, layout shift, a photo's way to results, Lighthouse.

By itself it starts the demo shop as `make demo` does (DEBUG off, gunicorn, compressed files); with
`--url` it looks at a shop that runs already. It needs `requirements-dev.txt` and Chromium
(`VITRINE_CHROMIUM`, else what `.ci/browser` finds), Lighthouse also Node 18.20 or newer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.face import layout, lighthouse, photo, weight
from benchmarks.face.running import Shop, running_shop

PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "weight": weight.measure,
    "layout": layout.measure,
    "photo": photo.measure,
    "lighthouse": lighthouse.measure,
}


def run(
    *, products: int, url: str | None, only: list[str] | None, runs: int, lighthouse: str | None
) -> dict[str, Any]:
    """All parts, or those in `only`, each repeated `runs` times where that makes a difference."""
    del products  # the demo's
    unknown = set(only or ()) - set(PARTS)
    if unknown:
        raise SystemExit(f"--only knows {', '.join(PARTS)}; not {', '.join(sorted(unknown))}.")
    figures: dict[str, Any] = {}
    with running_shop(url) as address:
        shop = Shop.look_at(address)
        for name in only or PARTS:
            print(f"\n  {name}", flush=True)
            figures[name] = PARTS[name](shop, runs=runs, lighthouse=lighthouse)
    # Printed already, as tables.
    return {"rows": figures}
