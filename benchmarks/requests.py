"""Whole requests beside the encoder and bare SQL: what does the shop add to a search?

A request is asked of the page and of the API, in this process (Django's handler, all middleware)
and over HTTP (one gunicorn process, a connection that is kept open). Its *yardstick* is what no
search can do without: encoding the query, where its vector is not cached, and the statements of
the legs (pictures, texts, full-text) with the same parameters, prepared, on an open connection.
Counting what matches, the page's products, facets and HTML are not in it. **The ratio is the
request's median to the yardstick's.**

Each round asks everything once: in this process, then the yardstick of that very request, whose
data is then in memory (so the yardstick is if anything too fast), then the like over HTTP.
The encoder is as large as CLIP's ViT-B/32, so a query that is not cached costs what a real one
does. Words are of two kinds, for full-text costs what matches: *rare* ones (one product has one of
them) and *common* ones (an eighth of the products or more).

*rest* is the request less what `search.service` took: the form, throttles, middleware, HTML or
JSON; for a photo, its intake. The other stages are those of the header Server-Timing.
"""

from __future__ import annotations

import io
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from PIL import Image
from tqdm import tqdm

from benchmarks.asking import Answer, InProcess, OverHTTP, Question, Request, ask, request_for
from benchmarks.bare_sql import recording, replay
from benchmarks.scale.filtering import Shop, category_holding
from benchmarks.scratch import drawing
from benchmarks.serving import gunicorn, serving_shop
from search.encoders import QueryEncoder, for_queries
from search.models import EmbeddingModel
from shop.catalog.models import Category

ROUNDS = 15
CACHED = 5  # different questions that come again and again
STAGES = ("filter", "products", "facets")


@dataclass
class Cell:
    """A question by a face, cached or not, and what was measured: milliseconds, by round."""

    face: str
    query: str
    cached: bool
    make: Callable[[int], Question]
    encode: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)
    whole: dict[str, list[float]] = field(default_factory=dict)
    stages: dict[str, list[dict[str, float]]] = field(default_factory=dict)

    def note(self, way: str, took: float, answer: Answer) -> None:
        self.whole.setdefault(way, []).append(took)
        self.stages.setdefault(way, []).append(answer.stages())


def run(*, products: int) -> dict[str, Any]:
    """{"rows": one dict for each cell and way}, and the largest ratio of each way."""
    with serving_shop(products) as catalogue, gunicorn(1) as port:
        shop = Shop(catalogue)
        category = Category.objects.get(path=category_holding(shop, 0.01)).slug
        cells = _cells(category)
        model = EmbeddingModel.objects.get(state=EmbeddingModel.State.LIVE)
        encoder = for_queries(model.encoder())
        senders = InProcess(), OverHTTP(port)
        numbers = itertools.count(1)
        for number in tqdm(range(-CACHED, ROUNDS), leave=False):
            for cell in cells:
                _measure(cell, senders, encoder, number, numbers, counts=number >= 0)
    rows = [_row(cell, way) for cell in cells for way in cell.whole]
    _print(rows)
    worst = {
        f"{way}: largest ratio": max(row["ratio"] for row in rows if row["by"] == way)
        for way in ("handler", "HTTP")
    }
    return {"products": products, **worst, "rows": rows}


def _cells(category: str) -> list[Cell]:
    kinds: dict[str, Callable[[int], Question]] = {
        "rare words": lambda n: Question(f"driftwood kayak {n}"),
        "common words": lambda n: Question(f"striped bags {n}"),
        "rare words in 1%": lambda n: Question(f"driftwood kayak {n}", category=category),
        "common words in 1%": lambda n: Question(f"striped bags {n}", category=category),
        "photo": lambda n: Question(photo=drawing(n)),
        "photo in 1%": lambda n: Question(photo=drawing(n), category=category),
    }
    return [
        Cell(face, kind, cached, make)
        for kind, make in kinds.items()
        for cached in (True, False)
        for face in ("page", "API")
    ]


def _measure(
    cell: Cell,
    senders: tuple[InProcess, OverHTTP],
    encoder: QueryEncoder,
    number: int,
    numbers: itertools.count[int],
    *,
    counts: bool,
) -> None:
    """One round of one cell. What is cached was asked in the rounds that do not count."""
    questions = [
        cell.make(10_000 + number % CACHED if cell.cached else next(numbers)) for _ in senders
    ]
    requests = [request_for(cell.face, question) for question in questions]
    with recording() as statements:
        took, answer = _timed(senders[0], requests[0])
    began = time.perf_counter()
    if not cell.cached:
        _encode(encoder, questions[0])
    encoded = time.perf_counter()
    replay(statements)
    replayed = time.perf_counter()
    took_over_http, answer_over_http = _timed(senders[1], requests[1])
    if counts:
        cell.note("handler", took, answer)
        cell.note("HTTP", took_over_http, answer_over_http)
        cell.encode.append((encoded - began) * 1000)
        cell.sql.append((replayed - encoded) * 1000)


def _timed(sender: InProcess | OverHTTP, request: Request) -> tuple[float, Answer]:
    """Milliseconds of the whole request, and its answer."""
    began = time.perf_counter()
    answer = ask(sender, request)
    return (time.perf_counter() - began) * 1000, answer


def _encode(encoder: QueryEncoder, question: Question) -> None:
    if question.photo:
        encoder.encode_query_image(Image.open(io.BytesIO(question.photo)))
    else:
        encoder.encode_query_text(question.text)


def _row(cell: Cell, way: str) -> dict[str, Any]:
    whole = median(cell.whole[way])
    yardstick = median(map(sum, zip(cell.encode, cell.sql, strict=True)))
    stages = cell.stages[way]
    spent = {stage: median(one.get(stage, 0.0) for one in stages) for stage in STAGES}
    rest = median(took - one["total"] for took, one in zip(cell.whole[way], stages, strict=True))
    return {
        "face": cell.face,
        "query": cell.query,
        "cached": cell.cached,
        "by": way,
        "whole_ms": whole,
        "yardstick_ms": yardstick,
        "ratio": whole / yardstick,
        "encode_ms": median(cell.encode),
        "sql_ms": median(cell.sql),
        **{f"{stage}_ms": value for stage, value in spent.items()},
        "rest_ms": rest,
    }


def _print(rows: list[dict[str, Any]]) -> None:
    measures = ["whole", "yardstick", "encode", "sql", *STAGES, "rest"]
    titles = "".join(f"{measure:>10}" for measure in measures)
    print(f"  {'p50, milliseconds':41}{'ratio':>7}{titles}")
    for row in rows:
        name = f"{row['face']}, {row['query']}{', cached' if row['cached'] else ''}"
        values = "".join(f"{row[f'{measure}_ms']:10.2f}" for measure in measures)
        print(f"  {name:33}{row['by']:8}{row['ratio']:7.2f}{values}")
