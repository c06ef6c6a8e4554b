"""The Celery tasks of the write flow. Messages carry nothing: PostgreSQL knows what is pending."""

import logging
import time

from celery import shared_task

from search import background, claims, indexing, pipeline, recall, vector_indexes
from search.attributes import upkeep as attributes
from search.colors import upkeep as colors
from search.encoders import EncoderUnavailable
from search.models import EmbeddingModel
from search.versions import tasks as versions
from search.words import lexicon
from shop.celery import dispatch

logger = logging.getLogger(__name__)

# One task claims for at most this long, well below the broker's visibility timeout, and rings for
# the next if there is more.
BUDGET_SECONDS = 120.0
# While a model is being built there is more for hours. A worker that takes from other queues as
# well comes to them in between.
BUILD_SECONDS = 15.0
# Colours share a queue with renditions, which are made one at a time: they take turns.
COLORS_SECONDS = 10.0
# An index over millions of vectors takes hours. PostgreSQL finishes one whose task was cut off.
INDEX_SECONDS = 12 * 3600


@shared_task(ignore_result=True)
def embed_pending() -> None:
    """Embed what is pending, batch by batch, until nothing is due.

    Any number of these may run at once or twice: each batch is claimed by one. The model is loaded
    in this process, which is a child of the worker: after the fork.
    """
    started = time.monotonic()
    embedded = 0
    models = EmbeddingModel.objects.worked_on()
    builds = models.filter(state=EmbeddingModel.State.BUILDING).exists()
    budget = BUILD_SECONDS if builds else BUDGET_SECONDS
    for batch in pipeline.run(budget_seconds=budget):
        embedded += batch.embedded
        logger.info("Embedded %d of a batch of %d.", batch.embedded, batch.claimed)
    if time.monotonic() - started >= budget:
        dispatch(embed_pending)
    elif embedded:
        dispatch(update_statistics)
        versions.ring()


@shared_task(ignore_result=True)
def sweep() -> None:
    """Find what no message told of: abandoned claims, changes by bulk or raw SQL, lost messages;
    indexes that a model has vectors enough for by now; and what a change of models waits for."""
    released = claims.release_abandoned()
    marked = indexing.mark_some_pending()
    if released or marked:
        logger.info("The sweep released %d and marked %d embeddings.", released, marked)
    if vector_indexes.update_due():
        dispatch(update_indexes)
    dispatch(update_statistics)
    versions.ring()
    if indexing.anything_due():
        embed_pending()


@shared_task(ignore_result=True, expires=BUDGET_SECONDS)
def update_statistics() -> None:
    """Count words anew, and measure the backgrounds of models, where the shop has changed enough:
    what searches hold their scores against."""
    if lexicon.due():
        logger.info("The shop's texts have %d words.", lexicon.update())
    for name in background.measure_due():
        logger.info("Measured the background of %s.", name)


@shared_task(
    ignore_result=True,
    # Longer than the broker waits for an acknowledgement, so it is given at once: the message is
    # not delivered again. If the task is lost with its worker, a sweep rings anew.
    acks_late=False,
    soft_time_limit=INDEX_SECONDS,
    time_limit=INDEX_SECONDS + 60,
    # Every sweep rings until one has begun.
    expires=4 * BUDGET_SECONDS,
)
def update_indexes() -> None:
    """Make the indexes that models should have by now, and drop those that none needs any more.

    Any number of these may run: all but one find nothing to do.
    """
    for done in vector_indexes.update():
        logger.info("Indexes: %s.", done)


@shared_task(ignore_result=True)
def check_recall() -> None:
    """See whether the search finds what an exact one would, by samples (`search.recall`)."""
    model = EmbeddingModel.objects.live()
    if model is not None:
        recall.check(model)


@shared_task(ignore_result=True)
def make_colors() -> None:
    """Make the colours of pictures that are due, batch by batch, until none is
    (`search.colors.upkeep`). Any number of these may run at once or twice."""
    for batch in colors.make_due(budget_seconds=COLORS_SECONDS):
        logger.info("Made the colours of %d of %d pictures.", batch.made, batch.taken)
    if colors.anything_due():
        dispatch(make_colors)


@shared_task(ignore_result=True)
def sweep_colors() -> None:
    """Find the pictures whose colours are missing or not up to date, and make them."""
    marked = colors.mark_some_due()
    if marked:
        logger.info("The sweep made the colours of %d pictures due.", marked)
    if colors.anything_due():
        make_colors()


@shared_task(ignore_result=True)
def read_attributes() -> None:
    """Learn to read attributes from pictures where that is due, and suggest them for products that
    lack them (`search.attributes.upkeep`)."""
    started = time.monotonic()
    try:
        suggested = sum(attributes.run(budget_seconds=BUDGET_SECONDS))
    except EncoderUnavailable as error:
        logger.error("No attributes are read from pictures: %s", error)
        return
    if suggested:
        logger.info("%d attributes of products were suggested.", suggested)
    if time.monotonic() - started >= BUDGET_SECONDS:
        dispatch(read_attributes)
