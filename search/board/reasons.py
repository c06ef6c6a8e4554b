"""Why pictures and texts failed, in a few groups: by what a merchant can do about it.

Sentences that rows keep (`Embedding.error`) name files and decoders, and there may be as many as
there are rows. The groups are few, so that a page and Prometheus can tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.claims import DIED, INTERRUPTED
from search.models import Embedding, EmbeddingModel


@dataclass(frozen=True)
class Reason:
    """`name`: in addresses and for Prometheus. `begins`: how the sentences of its rows begin.
    `told`: whether those say more than the title does."""

    name: str
    title: Promise
    advice: Promise
    begins: tuple[str, ...] = ()
    told: bool = False


OTHER = Reason(
    "other",
    _("Something else went wrong"),
    _("Try them again. If they fail again, show the sentence below to whoever runs your server."),
    told=True,
)
# The first that fits counts.
REASONS = (
    Reason(
        "missing",
        _("The picture’s file is not there any more"),
        _("It was deleted on the server, or not copied along. Upload the picture again."),
        ("The picture file cannot be read: No such file",),
    ),
    Reason(
        "forbidden",
        _("The server may not read the picture’s file"),
        _("Whoever runs your server can put that right. Try them again afterwards."),
        ("The picture file cannot be read: Permission denied",),
    ),
    Reason(
        "broken",
        _("The picture’s file is damaged"),
        _("Shoppers may not see it either. Upload the picture again, from the original."),
        ("The picture file cannot be read",),
    ),
    Reason(
        "twice",
        _("The product has the same picture twice"),
        _("Delete one of the two on the product’s page."),
        ("The product has this picture twice",),
    ),
    Reason(
        "stopped",
        _("The work on it was cut off, several times"),
        _("The server was restarted, or short of memory. Try them again."),
        (INTERRUPTED, DIED.rstrip(".")),
    ),
    Reason(
        "encoder",
        _("The search could make nothing of it"),
        OTHER.advice,
        ("The encoder ",),
        told=True,
    ),
    OTHER,
)
BY_NAME = {reason.name: reason for reason in REASONS}

# The name of a row's reason, in SQL.
REASON = Case(
    *(
        When(error__startswith=beginning, then=Value(reason.name))
        for reason in REASONS
        for beginning in reason.begins
    ),
    default=Value(OTHER.name),
    output_field=CharField(),
)


def failed(reason: str = "") -> QuerySet[Any, Any]:
    """What failed, of models whose embeddings are kept up to date; for one reason or any. Each row
    says which, as `reason`."""
    rows = Embedding.objects.filter(
        # All kinds, so that the index `embedding_unfinished` finds the status.
        model__in=EmbeddingModel.objects.embedding(),
        kind__in=Embedding.Kind.values,
        status=Embedding.Status.FAILED,
    ).annotate(reason=REASON)
    return rows.filter(reason=reason) if reason else rows
