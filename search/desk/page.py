"""What the desk shows for one search: its results as they are and as a tried setting has them, side
by side, what moved, and why each stands where it does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from search import price_words
from search.asked import SearchUnavailable
from search.desk import curation, judging
from search.desk.asking import form_of, photo_of
from search.desk.live import live, normalised
from search.desk.models import KIND_LABELS, JudgedSearch
from search.desk.sliders import LABELS, Slider, compares, sliders, weights_of
from search.models import Synonyms
from search.query import Leg, QueryKind
from search.results import Result
from search.service import SearchPage, search
from shop.catalog.images import TakenImage
from shop.catalog.models import Product
from shop.keys import key_of

STEP = "step-"  # how the sliders' fields begin
SYNONYMS_SHOWN = 5
LEAST_SHOWN = 3  # per cent of a place; less explains nothing


@dataclass(frozen=True)
class Tried:
    """What is looked at: a search, and where the sliders are. `gone`: what was asked for and is no
    longer there."""

    words: str = ""
    like: Product | None = None
    pictured: JudgedSearch | None = None  # whose photo is searched with
    kind: QueryKind = QueryKind.WORDS
    sliders: Sequence[Slider] = ()
    gone: str = ""

    @property
    def asks(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.words or self.like or self.pictured)

    @property
    def photo(self) -> TakenImage | None:
        return photo_of(self.pictured) if self.pictured else None

    @property
    def is_moved(self) -> bool:
        """Whether it differs from the live setting."""
        return any(slider.is_moved for slider in self.sliders)

    @property
    def kind_label(self) -> Any:
        return KIND_LABELS[self.kind]

    @property
    def weights(self) -> dict[Leg, float]:
        return weights_of(self.kind, live().setting, list(self.sliders))

    @property
    def plain(self) -> str:
        """The words without the prices that they say: what results are arranged for."""
        return price_words.read(self.words)[0]

    @property
    def can_be_arranged(self) -> bool:
        return bool(normalised(self.plain)) and not self.like and not self.pictured

    def search(self) -> JudgedSearch | None:
        """What judgements of it belong to, if there is any."""
        photo_hash = self.pictured.photo_hash if self.pictured else ""
        return judging.search_of(self.words, self.like, photo_hash)

    def asked(self) -> dict[str, str]:
        """The search as addresses say it."""
        asked = {
            "q": self.words,
            "like": self.like.slug if self.like else "",
            "photo": str(self.pictured.pk) if self.pictured else "",
        }
        return {name: value for name, value in asked.items() if value}

    def address(self, *, with_sliders: bool = True) -> str:
        """Of the desk with this search, and with the sliders that are moved."""
        moved = {
            f"{STEP}{slider.leg}": str(slider.step)
            for slider in self.sliders
            if with_sliders and slider.is_moved
        }
        asked = urlencode(self.asked() | moved)
        return reverse("admin:search_rankingsetting_changelist") + (f"?{asked}" if asked else "")


def read(sent: QueryDict) -> Tried:
    """What a request asks for. What is not there any more is said in `gone`."""
    words = " ".join(sent.get("q", "").split())
    slug, photo = sent.get("like", ""), sent.get("photo", "")
    like = Product.objects.published().filter(slug=slug).first() if slug else None
    pictured = None
    if (key := key_of(photo)) is not None:
        pictured = JudgedSearch.objects.exclude(photo=None).filter(pk=key).first()
    gone = ""
    if slug and like is None:
        gone = gettext("This product is no longer on sale, so nothing can be like it.")
    elif photo and pictured is None:
        gone = gettext("This photo is no longer kept. Choose it again.")
    pictures = like is not None or pictured is not None
    if pictures:
        other = QueryKind.LIKE if like else QueryKind.PHOTO
        kind = QueryKind.BOTH if words else other
    else:
        said = sent.get("kind", "")
        kind = QueryKind(said) if said in list(QueryKind) and not words else QueryKind.WORDS
    steps = {str(leg): sent.get(f"{STEP}{leg}", "") for leg in Leg}
    return Tried(words, like, pictured, kind, sliders(kind, live().setting, steps), gone)


@dataclass(frozen=True)
class Part:
    """What one way of finding gave to a result's place; whole per cents, for a bar."""

    leg: Leg
    start: int
    width: int

    @property
    def label(self) -> Any:
        return LABELS[self.leg]


@dataclass(frozen=True)
class Row:
    """A result in its place. `was`: its place in the present order, 0 where it was on no first
    page; None where nothing is compared."""

    result: Result
    place: int
    grade: int | None = None
    is_pinned: bool = False
    is_buried: bool = False
    was: int | None = None

    @property
    def product(self) -> Product:
        return self.result.product

    @property
    def up(self) -> int:
        """How many places it has gained."""
        return self.was - self.place if self.was else 0

    @property
    def down(self) -> int:
        return -self.up

    @property
    def is_new(self) -> bool:
        return self.was == 0

    @property
    def parts(self) -> list[Part]:
        """Most first."""
        parts, start = [], 0
        for leg, share in sorted(self.result.parts.items(), key=lambda part: -part[1]):
            width = round(100 * share)
            if width >= LEAST_SHOWN:
                parts.append(Part(Leg(leg), start, min(width, 100 - start)))
                start += width
        return parts


@dataclass(frozen=True)
class Found:
    """One order of results, or why there is none."""

    rows: Sequence[Row] = ()
    page: SearchPage | None = None
    error: str = ""


@dataclass(frozen=True)
class Compared:
    """The present order, and the tried one where a slider is moved."""

    present: Found
    tried: Found | None = None
    left: Sequence[Row] = field(default_factory=list)  # no longer on the first page


def compare(tried: Tried, places: curation.Places) -> Compared:
    """Ask for the first page, with the live setting and with the tried one."""
    if not tried.asks:
        return Compared(Found())
    grades = judging.grades(tried.search())
    photo = tried.photo
    present = _found(tried, photo, None, grades, places, {})
    if not tried.is_moved:
        return Compared(present)
    weights = tried.weights
    if not compares(tried.kind, weights):
        told = gettext("With these sliders at “not at all” nothing can be found. Move one up.")
        return Compared(present, Found(error=told))
    was = {row.product.pk: row.place for row in present.rows}
    other = _found(tried, photo, weights, grades, places, was)
    shown = {row.product.pk for row in other.rows}
    return Compared(present, other, [r for r in present.rows if r.product.pk not in shown])


def _found(
    tried: Tried,
    photo: TakenImage | None,
    weights: Mapping[Leg, float] | None,
    grades: Mapping[int, int],
    places: curation.Places,
    was: Mapping[int, int],
) -> Found:
    form = form_of(tried.words, tried.like, photo, weights=weights)
    if not form.is_valid():
        return Found(
            error=" ".join(str(one) for several in form.errors.values() for one in several)
        )
    try:
        page = search(form.query, facets=False)
    except SearchUnavailable as error:
        return Found(error=str(error))
    rows = [
        Row(
            result,
            place,
            grades.get(result.product.pk),
            result.product.pk in places.pinned,
            result.product.pk in places.buried,
            None if weights is None else was.get(result.product.pk, 0),
        )
        for place, result in enumerate(page.results, start=1)
    ]
    return Found(rows, page)


def context(tried: Tried) -> dict[str, Any]:
    """What the results show of it."""
    places = curation.places(tried.plain) if tried.can_be_arranged else curation.Places()
    compared = compare(tried, places)
    moves = compared.tried.rows if compared.tried else ()
    judged = sum(row.grade is not None for row in compared.present.rows)
    return {
        "tried": tried,
        "compared": compared,
        "gained": sum(row.up > 0 for row in moves),
        "lost": sum(row.up < 0 for row in moves),
        "new": sum(row.is_new for row in moves),
        "places": places,
        "judged": _judged(judged),
        # For each number that judging may make of it.
        "judged_told": json.dumps([_judged(n) for n in range(len(compared.present.rows) + 1)]),
        "synonyms": synonyms_of(tried.words),
    }


def _judged(count: int) -> str:
    told = ngettext("%(counter)s of these is judged.", "%(counter)s of these are judged.", count)
    return told % {"counter": count}


def synonyms_of(words: str) -> list[Synonyms]:
    """What means the same as these words, or one of them."""
    said = normalised(words)
    if not said:
        return []
    phrases = {said, *said.split()}
    rows = Synonyms.objects.all()[:1_000]
    return [row for row in rows if phrases.intersection(row.phrases())][:SYNONYMS_SHOWN]
