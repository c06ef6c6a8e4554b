"""A product was saved: what changed of it becomes pending at once, and a worker is rung for;
and its attributes are due to be read anew.

The marks join the transaction that saves, so they exist if and only if the content does. (Those of
colours are made by triggers; only the bell is rung here.) Receivers fetch nothing and encode
nothing.
"""

from typing import Any

from django.db.models.signals import post_save

from search import tasks
from search.attributes import upkeep as attributes
from search.colors import upkeep as colors
from search.indexing import mark_pending
from search.models import EmbeddingModel
from shop.catalog.signals import product_changed
from shop.celery import dispatch


def connect() -> None:
    product_changed.connect(mark_and_ring, dispatch_uid="search.mark_and_ring")
    post_save.connect(ring_for_model, sender=EmbeddingModel, dispatch_uid="search.ring_for_model")


def mark_and_ring(sender: Any, *, product_ids: list[int], **_: Any) -> None:
    if mark_pending(product_ids):
        dispatch(tasks.embed_pending)
    if colors.any_due_of(product_ids):
        dispatch(tasks.make_colors)
    attributes.mark_due(product_ids)


def ring_for_model(sender: Any, instance: EmbeddingModel, **_: Any) -> None:
    """A new model has everything to embed."""
    dispatch(tasks.sweep)
