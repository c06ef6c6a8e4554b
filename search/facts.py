"""How a search was done: what each response can say of itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Facts:
    """`ways`: how each leg was searched (`router.Way`, or "full-text"). `found`: how many
    products the search shows on all its pages, as far as it knows. `matching`: how many
    products pass the filters; `counted`: whether that is all, or as far as was counted.
    `milliseconds`: by stage; a stage that came twice is summed, and "total" is the whole search."""

    ways: dict[str, str] = field(default_factory=dict)
    matching: int = 0
    found: int = 0
    counted: bool = True
    milliseconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter, repr=False)

    def finish(self) -> None:
        """The search is answered: what it took in all is the stage "total"."""
        self.milliseconds["total"] = (time.perf_counter() - self.began) * 1000

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done inside as the stage `name`."""
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - started) * 1000
            self.milliseconds[str(name)] = self.milliseconds.get(str(name), 0.0) + spent

    def server_timing(self) -> str:
        """As a `Server-Timing` header's value (W3C), which browsers show beside the request.

        `matching` is a number of products and has no duration.
        """
        more = "" if self.counted else "more than "
        parts = [f'matching;desc="{more}{self.matching}"']
        for stage, spent in self.milliseconds.items():
            way = f';desc="{self.ways[stage]}"' if stage in self.ways else ""
            parts.append(f"{stage};dur={spent:.2f}{way}")
        return ", ".join(parts)

    def as_data(self) -> dict[str, Any]:
        """JSON's own types."""
        return {
            "ways": {str(leg): str(way) for leg, way in self.ways.items()},
            "matching": self.matching,
            "matching_counted": self.counted,
            "milliseconds": {stage: round(spent, 3) for stage, spent in self.milliseconds.items()},
        }
