"""What the model is rewarded for: three ways of finding the right neighbours in a batch."""

import torch
from torch import Tensor
from torch.nn import functional

NEVER = -1e4
# Of group, kind, style, colour and pattern: patterns are the hardest to learn.
WEIGHTS = (0.5, 1.0, 1.0, 1.0, 4.0)


def agreement(stated: Tensor, shown: Tensor) -> tuple[Tensor, Tensor]:
    """Which pictures a caption is right for, and for which nobody can tell.

    `stated` (T, 5) and `shown` (P, 5) are attribute numbers, -1 for unstated or unknown. Returns
    two (T, P) bool tensors: right, and undecidable (a stated attribute is unknown, the rest fits).
    """
    stated, shown = stated[:, None, :], shown[None, :, :]
    fits = (stated == -1) | (stated == shown)
    unknown = (stated != -1) & (shown == -1)
    return fits.all(-1), (fits | unknown).all(-1) & ~fits.all(-1)


def _spread(logits: Tensor, right: Tensor, ignored: Tensor) -> Tensor:
    """Cross-entropy against an even spread over the right columns; rows without any count not."""
    logs = functional.log_softmax(logits.masked_fill(ignored, NEVER), dim=1)
    target = right.float() / right.sum(1, keepdim=True).clamp(min=1)
    rows = right.any(1)
    return -(target * logs).sum(1)[rows].mean() if rows.any() else logits.sum() * 0


def text_picture_loss(
    texts: Tensor, pictures: Tensor, stated: Tensor, shown: Tensor, scale: Tensor
) -> Tensor:
    """CLIP's loss with every right picture of the batch as a target; vectors are unit length."""
    right, unknown = agreement(stated, shown)
    logits = scale * texts @ pictures.T
    return (_spread(logits, right, unknown) + _spread(logits.T, right.T, unknown.T)) / 2


def same_picture_loss(first: Tensor, second: Tensor, scale: float = 16.0) -> Tensor:
    """Two altered copies of one picture (rows of the same number, unit length) find each other."""
    vectors = torch.cat([first, second])
    count = len(first)
    itself = torch.eye(2 * count, dtype=torch.bool)
    logits = (scale * vectors @ vectors.T).masked_fill(itself, NEVER)
    return functional.cross_entropy(logits, torch.arange(2 * count).roll(count))


def attribute_loss(
    vectors: Tensor, rows: Tensor, prototypes: Tensor, fields: Tensor, scale: float = 16.0
) -> Tensor:
    """Each attribute of a picture, or stated by a text, is told by its nearest prototype.

    One set of prototypes (A, D) serves pictures and texts alike, which pulls the two together.
    `vectors` (N, D) are unit length, `rows` (N, 5) as in `agreement`, and `fields` (A,) says
    which field each attribute number belongs to.
    """
    logits = scale * vectors @ functional.normalize(prototypes, dim=-1).T
    losses = []
    for field in range(rows.shape[1]):
        known = rows[:, field] >= 0
        if known.any():
            among = logits[known].masked_fill(fields != field, NEVER)
            losses.append(WEIGHTS[field] * functional.cross_entropy(among, rows[known, field]))
    return torch.stack(losses).mean()


def colour_change_loss(
    pictures: Tensor, texts: Tensor, wanted: Tensor, shown: Tensor, scale: Tensor
) -> Tensor:
    """A picture plus "in red" comes near the red ones of its kind.

    `pictures` (P, D) and `texts` (P, D), one text for each picture, are unit length; `wanted` (P,)
    is the colour's number in that text; `shown` (P, 5) as in `agreement`.
    """
    composed = functional.normalize(pictures + texts, dim=-1)
    kind, colour = shown[:, 1], shown[:, 3]
    right = (kind[:, None] == kind[None, :]) & (wanted[:, None] == colour[None, :])
    itself = torch.eye(len(pictures), dtype=torch.bool)
    unknown = (colour == -1)[None, :] & (kind[:, None] == kind[None, :])
    return _spread(scale * composed @ pictures.T, right & ~itself, itself | unknown)
