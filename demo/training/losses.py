"""What the model is rewarded for: finding the right neighbours in a batch.

All vectors are of unit length; `scale` multiplies their cosines (CLIP's inverse temperature).
"""

import torch
from torch import Tensor
from torch.nn import functional

NEVER = -1e4


def _spread(logits: Tensor, right: Tensor, ignored: Tensor) -> Tensor:
    """Cross-entropy against an even spread over the right columns, of the rows that have any."""
    logs = functional.log_softmax(logits.masked_fill(ignored, NEVER), dim=1)
    target = right.float() / right.sum(1, keepdim=True).clamp(min=1)
    rows = right.any(1)
    return -(target * logs).sum(1)[rows].mean() if rows.any() else logits.sum() * 0


def text_picture_loss(
    texts: Tensor, pictures: Tensor, right: Tensor, undecidable: Tensor, scale: Tensor
) -> Tensor:
    """CLIP's loss with every right picture of the batch as a target (as in Khosla et al. 2020).

    `texts` (T, D), `pictures` (P, D); `right` and `undecidable` are (T, P) bool, as
    `demo.facts.agreement` gives them.
    """
    logits = scale * texts @ pictures.T
    return (_spread(logits, right, undecidable) + _spread(logits.T, right.T, undecidable.T)) / 2


def same_product_loss(first: Tensor, second: Tensor, scale: float = 16.0) -> Tensor:
    """Two altered pictures of one product (rows of the same number) find each other (SimCLR)."""
    vectors = torch.cat([first, second])
    count = len(first)
    itself = torch.eye(2 * count, dtype=torch.bool, device=first.device)
    logits = (scale * vectors @ vectors.T).masked_fill(itself, NEVER)
    return functional.cross_entropy(
        logits, torch.arange(2 * count, device=first.device).roll(count)
    )


def attribute_loss(
    vectors: Tensor, shown: Tensor, prototypes: Tensor, field_of: Tensor, scale: float = 16.0
) -> Tensor:
    """Each fact about a picture, or claimed by a text, is told by its nearest prototype.

    One set of prototypes (C, D) serves pictures and texts alike, which pulls the two together.
    `shown` (N, C) bool has at most one column of each field, and `field_of` (C,) says which field
    a column belongs to. Rows in which a field is not known do not count for it.
    """
    logits = scale * vectors @ functional.normalize(prototypes, dim=-1).T
    fields = int(field_of.max()) + 1
    # Bounded by the scale, so that the sum of exponentials needs no shift.
    sums = torch.zeros(len(vectors), fields, device=vectors.device).index_add(
        1, field_of, logits.exp()
    )
    truth = torch.zeros_like(sums).index_add(1, field_of, logits * shown)
    known = torch.zeros_like(sums).index_add(1, field_of, shown.float())
    losses = (sums.log() - truth) * known
    # Each field counts alike, however many of the batch have it.
    present = known.sum(0)
    return (losses.sum(0) / present.clamp(min=1))[present > 0].mean()


def colour_change_loss(
    pictures: Tensor, texts: Tensor, kinds: Tensor, colours: Tensor, wanted: Tensor, scale: Tensor
) -> Tensor:
    """A picture plus "in red" comes near the red ones of its kind.

    `pictures` (P, D) and `texts` (P, D), one text for each; `kinds`, `colours` and `wanted` (P,)
    are numbers: what the picture shows, and the colour that its text asks for.
    """
    composed = functional.normalize(pictures + texts, dim=-1)
    right = (kinds[:, None] == kinds[None, :]) & (wanted[:, None] == colours[None, :])
    itself = torch.eye(len(pictures), dtype=torch.bool, device=pictures.device)
    return _spread(scale * composed @ pictures.T, right & ~itself, itself)
