"""Plots of the comparisons; they need matplotlib (requirements-benchmarks.txt)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

# Ours stands out; the others are told apart by their labels, and by three quiet colours.
OURS = "#c2410c"
KINDS = {"pgvector": "#2563eb", "faiss": "#64748b", "hnswlib": "#64748b"}
OTHERS = "#0f766e"


def filters(rows: list[dict[str, Any]], file: Path) -> None:
    """Median milliseconds and recall by how many products match: one panel for each origin.

    A filled dot is a full page at a recall of .95 or more; a hollow one is not.
    """
    pyplot = _pyplot()
    origins = [origin for origin in ("same", "other", "any") if _of(rows, origin)]
    figure, panels = pyplot.subplots(
        1, len(origins), figsize=(5.2 * len(origins), 5), sharey=True, squeeze=False
    )
    for panel, origin in zip(panels[0], origins, strict=True):
        for engine, several in _by_engine(_of(rows, origin)).items():
            x = [row["matching"] for row in several]
            y = [row["p50_ms"] for row in several]
            colour = _colour(engine)
            panel.plot(x, y, color=colour, lw=2.2 if engine == "vitrine" else 1, zorder=1)
            for row in several:
                good = row["recall"] >= 0.95
                panel.scatter(
                    row["matching"],
                    row["p50_ms"],
                    s=26,
                    zorder=2,
                    edgecolors=colour,
                    facecolors=colour if good else "white",
                )
        panel.set(xlabel="products that match", title=TITLES[origin])
    _finish_axes(panels[0], rows)
    for panel, origin in zip(panels[0], origins, strict=True):
        _label_ends(panel, _by_engine(_of(rows, origin)))
    panels[0][0].set_ylabel("median milliseconds")
    figure.text(0.01, 0.01, "Hollow: recall@24 below .95", fontsize=9, color="#444")
    figure.tight_layout(rect=(0, 0.03, 1, 1))
    figure.savefig(file, dpi=150)


def growth(rows: list[dict[str, Any]], file: Path) -> None:
    """Median milliseconds by the shop's size, as many products matching."""
    pyplot = _pyplot()
    figure, panel = pyplot.subplots(figsize=(6, 4.2))
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        lines[f"{row['engine']}, {row['filter']}"].append({**row, "matching": row["products"]})
    for name, several in lines.items():
        several.sort(key=lambda row: row["products"])
        colour = _colour(several[0]["engine"])
        style = "-" if several[0]["filter"] == "category" else "--"
        x, y = [row["products"] for row in several], [row["p50_ms"] for row in several]
        panel.plot(x, y, style, marker="o", ms=4, color=colour, label=name)
    panel.set(xlabel="products in the shop", ylabel="median milliseconds")
    panel.set_title("About 1,000 products match")
    _finish_axes([panel], rows)
    _label_ends(panel, lines)
    figure.tight_layout()
    figure.savefig(file, dpi=150)


TITLES = {
    "same": "a picture of the category, searched in it",
    "other": "a picture of another department",
    "any": "other filters, pictures of anything",
}


def _of(rows: list[dict[str, Any]], origin: str) -> list[dict[str, Any]]:
    """Those on one scale: combined filters and the brand would make lines jump."""
    plain = ("category", "price", "none")
    return [
        row
        for row in rows
        if row["origin"] == origin
        and row["filter"].startswith(plain)
        and "," not in row["filter"]
        and row["matching"] > 0
    ]


def _by_engine(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Each engine's line, from few matching products to many."""
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["matching"]):
        lines[row["engine"]].append(row)
    return lines


def _finish_axes(panels: Any, rows: list[dict[str, Any]]) -> None:
    """Logarithmic, with plain numbers; a factor of ten at least, so that noise looks small."""
    low, high = min(row["p50_ms"] for row in rows), max(row["p50_ms"] for row in rows)
    for panel in panels:
        panel.set(xscale="log", yscale="log", ylim=(low / 2, max(high * 2, low * 10)))
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:,.10g}")
            axis.set_minor_formatter(lambda value, _: "")
        panel.grid(alpha=0.25)
        panel.spines[["top", "right"]].set_visible(False)


def _label_ends(panel: Any, lines: dict[str, list[dict[str, Any]]]) -> None:
    """Names at the right ends of the lines, moved apart where they would meet."""
    ends = sorted((several[-1]["p50_ms"], name) for name, several in lines.items())
    right = max(several[-1]["matching"] for several in lines.values())
    left = min(several[0]["matching"] for several in lines.values())
    lowest, highest = panel.get_ylim()
    apart = (highest / lowest) ** (1 / 22)  # the height of a line of text
    below = 0.0
    for y, name in ends:
        below = max(y, below * apart)
        panel.text(
            right * (right / left) ** 0.03,
            below,
            name,
            color=_colour(name.partition(",")[0]),
            fontsize=9,
            va="center",
        )
    panel.set_xlim(left * (left / right) ** 0.05, right * (right / left) ** 0.42)


def _colour(engine: str) -> str:
    if engine == "vitrine":
        return OURS
    return KINDS.get(engine.partition("-")[0], OTHERS)


def _pyplot() -> Any:
    try:
        import matplotlib
    except ImportError as error:
        raise SystemExit("--plot: pip install -r requirements-benchmarks.txt") from error
    matplotlib.use("Agg")
    from matplotlib import pyplot

    return pyplot
