"""The training log as a picture."""

import csv
from pathlib import Path

from demo.training.loop import LOSSES


def plot_log(log: Path, out: Path) -> None:
    """Draw the losses of `log` (`training.csv`) over the pictures seen, into `out` (PNG)."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    with log.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    figure, panes = pyplot.subplots(2, 4, figsize=(14, 6), sharex=True)
    for pane, name in zip(panes.flat, (*LOSSES, "scale"), strict=True):
        known = [row for row in rows if row[name]]
        pane.plot(
            [int(row["pictures"]) / 1000 for row in known], [float(row[name]) for row in known]
        )
        pane.set_title(name)
        pane.set_ylim(bottom=0)
        pane.grid(alpha=0.3)
    for pane in panes[-1]:
        pane.set_xlabel("thousand pictures")
    figure.tight_layout()
    figure.savefig(out, dpi=80)
    pyplot.close(figure)
