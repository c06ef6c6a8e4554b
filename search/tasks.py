"""The Celery tasks of the write flow. Messages carry nothing: PostgreSQL knows what is pending."""

import logging
import time

from celery import shared_task

from search import indexing
from search.encoders import EncoderUnavailable
from search.models import EmbeddingModel
from shop.celery import dispatch

logger = logging.getLogger(__name__)

# One task works for at most this long, well below the broker's visibility timeout, and rings for
# the next if there is more.
BUDGET_SECONDS = 120.0


@shared_task(ignore_result=True)
def embed_pending() -> None:
    """Embed what is pending, batch by batch, until nothing is due.

    Any number of these may run at once or twice: each batch is claimed by one.
    """
    started = time.monotonic()
    while time.monotonic() - started < BUDGET_SECONDS:
        # Before anything is claimed, so that a missing encoder costs no picture an attempt. In
        # this process, which is a child of the worker: the model is loaded after the fork.
        encoders = {}
        for model in EmbeddingModel.objects.embedding():
            try:
                encoders[model.pk] = model.encoder()
            except EncoderUnavailable as error:
                logger.error("Nothing is embedded for %s: %s", model, error)
        with indexing.claimed(models=encoders) as claim:
            if claim is None:
                return
            done = indexing.embed(claim, encoders[claim.model.pk])
        logger.info("Embedded %d of a batch of %d.", done, len(claim.embeddings))
    dispatch(embed_pending)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Find what no message told of: abandoned claims, changes by bulk or raw SQL, lost messages."""
    released = indexing.release_abandoned()
    marked = indexing.mark_pending()
    if released or marked:
        logger.info("The sweep released %d and marked %d embeddings.", released, marked)
    if indexing.anything_due():
        embed_pending()
