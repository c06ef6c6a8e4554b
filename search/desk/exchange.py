"""Judgements of the desk as files that the lab reads (`search.evaluation.judgements`), and back.

A file asks with words, with a picture, or with both. "More like this product" it cannot say: those
judgements stay here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from search.desk import judging
from search.desk.models import JudgedSearch, Judgement
from search.evaluation.catalogue import Catalogue, read_catalogue
from search.evaluation.judgements import (
    JudgedQuery,
    read_judgements,
    write_judgements,
)
from search.photos import shrunk
from shop.catalog.models import Product


def judged_queries(*, with_photos: bool) -> Iterator[tuple[JudgedQuery, JudgedSearch]]:
    """Searches by words, and by photos if wanted, as files have them: with the grades of what is on
    sale, and at least one product that is right."""
    rows = JudgedSearch.objects.filter(like=None).prefetch_related("judgements").order_by("pk")
    if not with_photos:
        rows = rows.filter(photo_hash="").defer("photo")
    on_sale = dict(
        Product.objects.published()
        .filter(pk__in=Judgement.objects.values("product"))
        .values_list("pk", "slug")
    )
    for row in rows:
        grades = {
            on_sale[one.product_id]: one.grade
            for one in row.judgements.all()
            if one.product_id in on_sale
        }
        if max(grades.values(), default=0) >= Judgement.Grade.RIGHT:
            name = f"photo-{row.photo_hash[:16]}.jpg" if row.photo_hash else ""
            yield JudgedQuery(row.words, grades, name), row


def export(path: Path) -> dict[str, int]:
    """Write all into a file, photos beside it. Raises OSError, and `UnusableJudgements` for a name
    that says no format."""
    found = list(judged_queries(with_photos=True))
    written = write_judgements(path, [query for query, _ in found])
    for query, row in found:
        if query.picture:
            (path.parent / query.picture).write_bytes(bytes(row.photo or b""))
    left_out = JudgedSearch.objects.exclude(like=None).exclude(judgements=None).distinct().count()
    return {"queries": len(found), "judgements": written, "left_out": left_out}


@transaction.atomic
def import_file(path: Path, *, by: Any = None) -> dict[str, int]:
    """Read a file; a product that is judged for a query already gets the file's grade. Raises
    `UnusableJudgements`, and then nothing is changed."""
    catalogue = read_catalogue()
    queries = read_judgements(path, catalogue)
    count = sum(_kept(query, catalogue, by) for query in queries)
    return {"queries": len(queries), "judgements": count}


def _kept(query: JudgedQuery, catalogue: Catalogue, by: Any) -> int:
    photo = query.photo(catalogue)
    if photo is None:
        row = judging.known_search(words=query.words)
    else:
        row = judging.keep_photo(photo=shrunk(photo), words=query.words)
    keys = {handle: catalogue.items[catalogue.rows[handle]].pk for handle in query.grades}
    Judgement.objects.bulk_create(
        [
            Judgement(query=row, product_id=keys[handle], grade=grade, judged_by=by)
            for handle, grade in query.grades.items()
        ],
        update_conflicts=True,
        unique_fields=["query", "product"],
        update_fields=["grade"],
    )
    return len(keys)


def rows() -> Iterator[Sequence[str | int]]:
    """Of a download, in the columns of the lab's files: searches by words."""
    for query, _ in judged_queries(with_photos=False):
        for handle, grade in sorted(query.grades.items(), key=lambda one: (-one[1], one[0])):
            yield query.words, "", handle, grade, ""
