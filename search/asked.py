"""All that a query compares with: words, colours, vectors by leg, and what is not wanted.

A text is understood (`search.intent`), its words are looked up (`search.words`), and what the model
is to see is encoded. Words beside a photo, or beside a product, change it: pictures are compared
with both together, norm((1 - a) * picture + a * words), and what the photo is of, the products say
that look most like it (`search.kinds`).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search import background, kinds, retrieval, router
from search.background import COMPOSITION, Background, split
from search.colors.words import mentions
from search.diversity import ALIKE
from search.encoders import EncoderUnavailable
from search.encoders.base import token_counter
from search.evidence import Evidence
from search.facts import Facts
from search.intent import Intent, understand
from search.kinds import Kind
from search.models import Embedding, EmbeddingModel
from search.query import Leg, SearchQuery
from search.query_vectors import of_photo, of_text
from search.retrieval import Target
from search.router import Matching
from search.words.analysis import Words, analyse

logger = logging.getLogger(__name__)

WORDS_ONLY = _(
    "Search by looks is not available right now, so these are the products that hold your words."
)
# What is not wanted takes so much away, where a product looks like it, for a deviation.
UNWANTED_LOOKS = 1.0
# What examples of more and of less give and take (Marqo's recipe for weighted examples).
MORE, LESS = 0.75, 1.1
# Words that no product has are shown to the model one by one, so many of them; from so much meaning
# it knows a word.
MOST_READ_ALONE = 3
KNOWN = 0.6
# A token of so many letters is a word, and no piece of one.
WHOLE = 5


class SearchUnavailable(Exception):
    """The search cannot be answered now, not even by words. The message is for shoppers."""


@dataclass(frozen=True)
class Shift:
    """What pictures are to be like (`weight` above 0), or not to be like. `query`: the kind of
    query that the target is, for its background."""

    target: Target
    query: str
    weight: float


@dataclass(frozen=True)
class Asked:
    """`intent`, `words`: what the text was taken for. `colors`: that it speaks of, by named colour.
    `targets`: what each leg of vectors looks for; `queries`: which kind of query each of them is.
    `kind`: what the photo shows. `sense`: how much the text is worth believing, but for what
    products hold of it. `pictured`: whether there is a photo, or a product whose like is asked for;
    `photographed`: whether it is a photo. `complete`: whether what matches and no leg finds may
    follow. `notice`: what a shopper should know of how this was read."""

    intent: Intent = field(default_factory=Intent)
    words: Words = field(default_factory=Words)
    colors: Mapping[str, float] = field(default_factory=dict)
    unwanted: Words = field(default_factory=Words)
    targets: Mapping[Leg, Target] = field(default_factory=dict)
    queries: Mapping[Leg, str] = field(default_factory=dict)
    kind: Kind = field(default_factory=Kind)
    shifts: Sequence[Shift] = ()
    background: Background = field(default_factory=Background)
    sense: Evidence = field(default_factory=Evidence)
    pictured: bool = False
    photographed: bool = False
    complete: bool = True
    notice: str = ""


def ask(query: SearchQuery, matching: Matching, facts: Facts) -> Asked:
    """All that `query` compares with. Without an encoder that is words alone, and `notice` says so;
    raises `SearchUnavailable` if there are none."""
    complete = query.legs != {Leg.WORDS} or not query.said
    if not query.ranks:
        return Asked(complete=complete)
    asked = read(query, facts)
    model = EmbeddingModel.objects.live()
    try:
        if model is None:
            raise EncoderUnavailable("no model is live: run `manage.py model build`")
        asked = look(asked, query, model, matching, facts)
    except EncoderUnavailable as error:
        logger.warning("Searching by words alone: %s", error)
        if not query.said:
            raise SearchUnavailable(
                gettext("Search by photo is not available right now. Try words, or come back soon.")
            ) from error
        return replace(asked, complete=False, notice=str(WORDS_ONLY))
    if not query.weights.get(Leg.WORDS):
        asked = replace(asked, words=Words())
    notice = _unknown_beside(query, asked.words) if asked.pictured else ""
    return replace(asked, complete=complete, notice=notice)


def _unknown_beside(query: SearchQuery, words: Words) -> str:
    """What to say where no product has any of the words beside a picture."""
    if not words.terms or words.held:
        return ""
    said = " ".join(term.said for term in words.terms)
    if query.like is None:
        told = gettext(
            "No product says “%(words)s”, so these are mostly what looks like your photo."
        )
        return told % {"words": said}
    told = gettext("No product says “%(words)s”, so these are mostly what looks like %(title)s.")
    return told % {"words": said, "title": query.like.title}


def read(query: SearchQuery, facts: Facts) -> Asked:
    """What the query's words say, without a model."""
    intent = understand(query.for_texts)
    with facts.stage("understand"):
        pictured = understand(query.for_pictures).wanted
        return Asked(
            intent,
            words=analyse(intent.wanted) if intent.wanted else Words(),
            colors={
                name: weight
                for mention in mentions(pictured)
                for name, weight in mention.weights.items()
            },
            unwanted=analyse(" ".join(intent.unwanted)) if intent.unwanted else Words(),
        )


def look(
    asked: Asked, query: SearchQuery, model: EmbeddingModel, matching: Matching, facts: Facts
) -> Asked:
    """With what the model sees in the query: one target for each leg of vectors that has a weight.
    Raises `EncoderUnavailable`."""
    known = background.of(model)
    wanted = [leg for leg in (Leg.IMAGE, Leg.TEXT) if query.weights.get(leg)]
    if not wanted:
        return replace(asked, background=known)
    said = asked.intent.wanted
    with facts.stage("encode"):
        about = of_text(said, model) if said else None
        looks = of_text(query.looks, model) if query.looks else about
        picture, seen = _picture(query, model)
        denied = [of_text(one, model) for one in asked.intent.unwanted]
        words = _believed(asked.words, known, model)
        sense = _sense(about, words, known, model)
    if about is None and query.like is not None:
        about = retrieval.vectors_of(query.like.pk, model).get(Embedding.Kind.TEXT)
    query_kind = "text" if not seen else "image" if looks is None else "mixed"
    vectors = {Leg.IMAGE: compose(picture, looks), Leg.TEXT: about}
    targets = {
        leg: Target(vector, leg, model, across=leg is Leg.IMAGE and query_kind != "image")
        for leg in wanted
        if (vector := vectors[leg]) is not None
    }
    shifts = [
        Shift(Target(vector, Leg.IMAGE, model, across=True), "text", -UNWANTED_LOOKS)
        for vector in denied
    ]
    examples = _examples(query, model)
    first = next((example.target for example in examples if example.weight > 0), None)
    if Leg.IMAGE in wanted and Leg.IMAGE not in targets and first is not None:
        # Examples alone: what looks like the first is where the others are looked for, too.
        targets[Leg.IMAGE], query_kind = first, "image"
    kind = Kind()
    if picture is not None and query.weights.get(Leg.KIND) and not words.name_a_kind:
        with facts.stage(Leg.KIND):
            shown = Target(picture, Leg.IMAGE, model, across=not seen)
            kind = _kind(query, shown, matching, known)
    return replace(
        asked,
        words=words,
        targets=targets,
        queries={Leg.IMAGE: query_kind, Leg.TEXT: "text"},
        kind=kind,
        shifts=[*shifts, *examples],
        background=known,
        sense=sense,
        pictured=query.pictured,
        photographed=query.photo is not None,
    )


def _picture(query: SearchQuery, model: EmbeddingModel) -> tuple[np.ndarray | None, bool]:
    """(dimension,): of the photo, or of the product whose like is asked for, if there is any; and
    whether it is of a picture: a product without one is compared by its text."""
    if query.like is None:
        photo = of_photo(query.photo, model) if query.photo else None
        return photo, photo is not None
    own = retrieval.vectors_of(query.like.pk, model)
    if Embedding.Kind.IMAGE in own:
        return own[Embedding.Kind.IMAGE], True
    return own.get(Embedding.Kind.TEXT), False


def compose(picture: np.ndarray | None, words: np.ndarray | None) -> np.ndarray | None:
    """One unit vector for a picture, for words, or for the picture as the words change it."""
    if picture is None or words is None:
        return words if picture is None else picture
    mixed = (1 - COMPOSITION) * picture + COMPOSITION * words
    return mixed / np.linalg.norm(mixed)


def _examples(query: SearchQuery, model: EmbeddingModel) -> list[Shift]:
    """Of what is to be more, and less, like; without those that have no picture yet."""
    shifts = []
    for examples, weight in ((query.more, MORE), (query.less, -LESS)):
        for example in examples:
            own = retrieval.vectors_of(example.pk, model).get(Embedding.Kind.IMAGE)
            if own is not None:
                shifts.append(Shift(Target(own, Leg.IMAGE, model), "image", weight))
    return shifts


def _kind(query: SearchQuery, shown: Target, matching: Matching, known: Background) -> Kind:
    """What a photo is of, by the products that look most like it, or that it shows. A product is
    what it is called itself."""
    if query.like is not None:
        return kinds.of_products([query.like.pk], [0.0])
    hits = router.nearest(shown, matching, depth=kinds.NEAREST).hits[: kinds.NEAREST]
    near = {hit.product_id: hit.score for hit in hits}
    if not shown.across:  # one of the shop's own pictures, saved anew, shows its product
        near = {one: score for one, score in near.items() if score >= ALIKE} or near
    query_kind = "text" if shown.across else "image"
    deviations = known.standard(query_kind, Leg.IMAGE, np.array(list(near.values())))
    return kinds.of_products(list(near), deviations.tolist())


def _believed(words: Words, known: Background, model: EmbeddingModel) -> Words:
    """Without corrections of what is a word itself: a couch is no mistyped pouch."""
    if known.nonsense is None:
        return words
    for said, meant in tuple(words.corrected.items()):
        if _is_word(said, meant, known, model):
            words = words.uncorrected(said)
    return words


def _is_word(said: str, meant: str, known: Background, model: EmbeddingModel) -> bool:
    """Whether `said` is no mistyped `meant`. A word is one token; a slip falls to pieces, which may
    mean something by chance. A few letters make a token anyhow: those are words where the first
    letter differs, at which people look, or where the model knows them."""
    counter = token_counter(model.encoder())
    if counter is not None:
        if split(said, counter) > 0:
            return False
        # Two letters that change places make other words least: "boost", of boots.
        if said[0] != meant[0] or (len(said) >= WHOLE and sorted(said) != sorted(meant)):
            return True
    return known.meaning(of_text(said, model)) >= KNOWN


def _sense(
    said: np.ndarray | None, words: Words, known: Background, model: EmbeddingModel
) -> Evidence:
    """How much the text means, and its least known words; all of it where nothing is said. Where
    it has no words ("!!!", a picture of a boot), the model alone can vouch for it."""
    if said is None or known.nonsense is None:
        return Evidence()
    if not words.terms:
        meaning = known.meaning(said)
        return Evidence(0.0, meaning, meaning, 0.0, 0.0)
    unknown = [term for term in words.terms if not term.alternatives]
    alone = unknown[:MOST_READ_ALONE]
    counter = token_counter(model.encoder())
    return Evidence(
        meaning=known.meaning(said),
        supported=min((known.meaning(of_text(one.said, model)) for one in alone), default=1.0),
        readable=min((known.readable(one.said, counter) for one in alone), default=1.0),
        known=1 - sum(term.weight for term in unknown) / (words.weight or 1.0),
    )
