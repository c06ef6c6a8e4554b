"""Lighthouse's scores, as a phone has the pages (its default), by the local browser."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.face.running import FLAGS, Shop, chromium

VERSION = "12.8.2"  # for Node 18.20 and newer
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
# What is for search engines; results and the checkout tell them to look elsewhere.
INDEXED = {"home", "category", "product"}
METRICS = {
    "first-contentful-paint": "FCP, s",
    "largest-contentful-paint": "LCP, s",
    "total-blocking-time": "TBT, ms",
    "cumulative-layout-shift": "CLS",
}
SECONDS = 180
# Lighthouse loses the trace of a page now and then ("NO_NAVSTART"), and says to run it again.
ATTEMPTS = 3


def measure(shop: Shop, *, runs: int, lighthouse: str | None, **_options: Any) -> dict[str, Any]:
    command = [lighthouse] if lighthouse else _from_npm()
    if not command:
        print("  There is no Node (npx): install Node 18.20 or newer, or name --lighthouse PATH.")
        return {}
    labels = [*CATEGORIES, *METRICS.values()]
    print(f"  {'median of ' + str(runs):<14}" + "".join(f"{label:>15}" for label in labels))
    rows: dict[str, Any] = {}
    for name, path in shop.pages.items():
        reports = [_scores(command, shop, path) for _ in range(runs)]
        row: dict[str, Any] = {
            category: round(statistics.median(one[category] for one in reports))
            for category in CATEGORIES
            if category != "seo" or name in INDEXED
        }
        row |= {metric: statistics.median(one[metric] for one in reports) for metric in METRICS}
        row["flaws"] = sorted({flaw for one in reports for flaw in one["flaws"]})
        rows[name] = row
        scores = "".join(f"{row.get(category, '-')!s:>15}" for category in CATEGORIES)
        seconds = "".join(f"{row[metric] / 1000:>15.1f}" for metric in list(METRICS)[:2])
        rest = f"{row['total-blocking-time']:>15.0f}{row['cumulative-layout-shift']:>15.3f}"
        print(f"  {name:<14}{scores}{seconds}{rest}", flush=True)
        for flaw in row["flaws"]:
            print(f"      {flaw}")
    print(f"  (at least {LEAST} of 100 each)", flush=True)
    return rows


def _from_npm() -> list[str]:
    npx = shutil.which("npx")
    return [npx, "--yes", f"lighthouse@{VERSION}"] if npx else []


def _scores(command: list[str], shop: Shop, path: str) -> dict[str, Any]:
    """The scores of one run in percent, its metrics, and which of its audits failed."""
    for _attempt in range(ATTEMPTS):
        report = _report(command, shop, path)
        if "runtimeError" not in report:
            break
    else:
        raise SystemExit(f"Lighthouse failed on {path}: {report['runtimeError']['message']}")
    audits = report["audits"]
    scores = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    metrics = {name: audits[name]["numericValue"] for name in METRICS}
    failed = [
        f"{reference['id']}: {audits[reference['id']]['title']}"
        for category in CATEGORIES[1:]
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"] and audits[reference["id"]]["score"] == 0
    ]
    return {**scores, **metrics, "flaws": failed}


def _report(command: list[str], shop: Shop, path: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        done = subprocess.run(
            [
                *command,
                shop.url + path,
                "--quiet",
                "--output=json",
                f"--output-path={out}",
                f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
                f"--extra-headers={json.dumps({'Cookie': f'sessionid={shop.session}'})}",
                f"--only-categories={','.join(CATEGORIES)}",
            ],
            env={**os.environ, "CHROME_PATH": chromium()},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        if not out.exists():
            raise SystemExit(f"Lighthouse failed on {path}:\n{done.stderr[-2000:]}")
        report: dict[str, Any] = json.loads(out.read_text())
    return report
