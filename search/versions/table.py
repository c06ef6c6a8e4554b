"""A comparison of two models for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.management.terminal import table
from search.versions.comparing import NEW, PRESENT
from shop.catalog.models import Product

MEASURES = {
    "r_at_1": "a changed picture finds its product first",
    "mrr": "... reciprocal rank",
    "right_in_10": "right among the first ten",
    "p_at_1": "right first",
    "ndcg_at_10": "nDCG@10",
    "r_at_10": "R@10",
}


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """As `manage.py model compare` prints it."""
    names = {side: figures["models"][side]["name"] for side in (PRESENT, NEW)}
    rows = [["", names[PRESENT], names[NEW], "difference"]]
    for kind, title in (("image", "pictures"), ("text", "texts")):
        covered = [figures["coverage"][side][kind] for side in (PRESENT, NEW)]
        rows.append([f"{title} embedded", *(f"{one['done']:,}" for one in covered), ""])
        if any(one["failed"] or one["waiting"] for one in covered):
            rows.append(
                [
                    "... failed, waiting",
                    *(f"{one['failed']:,}, {one['waiting']:,}" for one in covered),
                    "",
                ]
            )
    for part, of in (("self", "pictures"), ("lab", "queries")):
        for name, measured in figures[part].items():
            if not isinstance(measured, dict) or PRESENT not in measured:
                continue
            low, high = measured["interval"]
            rows.append(
                [
                    f"{MEASURES.get(name, name)} ({measured[NEW]['queries']} {of})",
                    f"{measured[PRESENT]['mean']:.3f}",
                    f"{measured[NEW]['mean']:.3f}",
                    f"{measured['difference']:+.3f} ({low:+.3f} to {high:+.3f}), "
                    f"{measured['verdict']}",
                ]
            )
    for what in ("words", "photo"):
        took = [f"{figures['milliseconds'][side][what]:.1f}" for side in (PRESENT, NEW)]
        rows.append([f"milliseconds to read {what}", *took, ""])
    yield from table(rows)
    if figures["lab"].get("unavailable"):
        yield f"No judged queries: {figures['lab']['unavailable']}"
    yield ""
    for what, found in figures["overlap_at_10"].items():
        if found["mean"] is not None:
            low, high = found["interval"]
            yield (
                f"overlap of the first ten, {what}: {found['mean']:.2f} ({low:.2f} to {high:.2f}; "
                f"{found['queries']})"
            )
    keys = {key for one in figures["samples"] for side in (PRESENT, NEW) for key in one[side]} | {
        one["product"] for one in figures["samples"] if "product" in one
    }
    titles = dict(Product.objects.filter(pk__in=keys).values_list("pk", "title"))
    for one in figures["samples"]:
        said = one.get("words") or f"[picture] {titles.get(one['product'], '?')}"
        yield ""
        yield said
        for side in (PRESENT, NEW):
            found = ", ".join(titles.get(key, "?") for key in one[side]) or "nothing close"
            yield f"  {names[side]}: {found}"
