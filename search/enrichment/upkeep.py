"""In the background: learn, suggest for what is new or changed, fit calibrations to decisions, and
go on with what somebody decided for many at once.

Which products are new or changed is known to `search.attributes.upkeep`, which reads their pictures
in lots; each lot comes here in the same transaction, so that it may be cut off anywhere.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from search.attributes import upkeep as attributes
from search.enrichment import cards, decided, decisions, stored, suggesting
from search.enrichment.catalogue import uncategorised
from search.enrichment.models import (
    Kind,
    ProductSuggestion,
    State,
    StoredEnricher,
    SuggestionAction,
)
from search.models import EmbeddingModel
from search.versions.readiness import Lesson, lessons
from shop.catalog.models import Product
from shop.locks import try_lock

# Products that are looked at anew when something was learnt: those without a category, and those
# that something is suggested for. The others wait until they, or their pictures, change.
ANEW = 20_000

_LOCK = "search.enrichment.decide"


def prepare(model: EmbeddingModel) -> bool:
    """Learn for a model where that is due, live or being built, and fit its calibrations; whether
    something was learnt. Raises `EncoderUnavailable`."""
    learnt = stored.learn_if_due(model)
    decided.fit_due(model, anew=learnt)
    return learnt


def begin(model: EmbeddingModel) -> None:
    """Before products are read: learn, fit, and have looked at anew what that concerns."""
    if prepare(model):
        attributes.mark_due(_concerned())


def read(products: Collection[int], model: EmbeddingModel) -> int:
    """A lot of products that are new or changed; how many suggestions are new or changed."""
    loaded = stored.load(model)
    if loaded is None:
        return 0
    made = suggesting.suggest(products, model, loaded)
    decided.calibrate_attributes(sorted(products), loaded)
    return made


def end(model: EmbeddingModel, *, deadline: float) -> None:
    """After all were read: give open suggestions the confidence of newer calibrations."""
    while time.monotonic() < deadline and decided.apply_some(model):
        pass


def _concerned() -> set[int]:
    without = Product.objects.filter(category__in=uncategorised())
    found = set(without.order_by("-pk").values_list("pk", flat=True)[:ANEW])
    kinds = [Kind.CATEGORY, Kind.MOVE, Kind.COLOUR]
    open_ones = ProductSuggestion.objects.filter(state=State.SUGGESTED, kind__in=kinds)
    found |= set(open_ones.order_by("-pk").values_list("product_id", flat=True)[:ANEW])
    return found


def connect() -> None:
    """Follow the reading of pictures."""
    attributes.followers.append(attributes.Follower(begin=begin, read=read, end=end))
    # What is learnt belongs to a model: the next one knows it before it answers.
    lessons.append(Lesson(_("suggestions learnt from your products"), _is_due, prepare))


def _is_due(model: EmbeddingModel) -> bool:
    """Whether the live model makes suggestions and `model` has not learnt to yet."""
    live = EmbeddingModel.objects.live()
    made = StoredEnricher.objects.filter(model__in=[model, live])
    known = set(made.values_list("model", flat=True))
    return live is not None and live.pk in known and model.pk not in known


# --- Decisions on many --------------------------------------------------------------------------


def unfinished() -> bool:
    """Whether somebody decided on many, or undid that, and it is not all done."""
    return _unfinished().exists()


def go_on(*, budget_seconds: float) -> bool:
    """Go on with what was decided for many at once, some at a time; whether there is more.

    One process at a time: another finds nothing to do.
    """
    deadline = time.monotonic() + budget_seconds
    with try_lock(_LOCK) as alone:
        if not alone:
            return False
        while time.monotonic() < deadline:
            action = _unfinished().order_by("pk").first()
            if action is None:
                return False
            if action.undo_asked_at is not None:
                decisions.go_on_undoing(action)
            else:
                decisions.go_on(action, cards.next_of)
    return True


def _unfinished() -> QuerySet[SuggestionAction]:
    begun = Q(finished_at=None) | Q(undo_asked_at__isnull=False, undone_at=None)
    return SuggestionAction.objects.filter(begun)
