"""What is rewarded is what is meant."""

import torch
from torch import Tensor
from torch.nn import functional

from demo.training.losses import (
    attribute_loss,
    colour_change_loss,
    same_product_loss,
    text_picture_loss,
)
from demo.training.photo_batches import label_loss, teacher_loss

SCALE = torch.tensor(20.0)


def _units(count: int, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return functional.normalize(torch.randn(count, 64, generator=generator), dim=-1)


def test_texts_that_lie_on_their_pictures_cost_little() -> None:
    pictures, right = _units(8), torch.eye(8, dtype=torch.bool)
    nothing = torch.zeros_like(right)

    good = text_picture_loss(pictures, pictures, right, nothing, SCALE)
    bad = text_picture_loss(pictures.roll(1, 0), pictures, right, nothing, SCALE)

    assert good < 0.01 < 5 < bad


def test_a_pair_that_nobody_can_decide_costs_nothing() -> None:
    pictures, right = _units(4), torch.eye(4, dtype=torch.bool)
    twin = torch.cat([pictures, pictures[:1]])  # looks like the first, and is not known
    extra = torch.cat([right, torch.zeros(4, 1, dtype=torch.bool)], dim=1)
    undecidable = torch.zeros_like(extra)

    counted = text_picture_loss(pictures, twin, extra, undecidable, SCALE)
    undecidable[0, 4] = True
    ignored = text_picture_loss(pictures, twin, extra, undecidable, SCALE)

    assert ignored < 0.02 < 0.05 < counted


def test_two_pictures_of_one_product_belong_together() -> None:
    first = _units(6)

    assert same_product_loss(first, first) < 0.1
    assert same_product_loss(first, first.roll(1, 0)) > 5


def test_facts_are_told_by_the_nearest_prototype_of_their_field() -> None:
    prototypes = _units(5)
    field_of = torch.tensor([0, 0, 0, 1, 1])
    shown = torch.tensor([[True, False, False, False, True]])
    seen = functional.normalize(prototypes[0] + prototypes[4], dim=-1)[None]

    right = attribute_loss(seen, shown, prototypes, field_of)
    wrong = attribute_loss(seen, shown[:, [1, 0, 2, 4, 3]], prototypes, field_of)

    assert right < 0.01 < 5 < wrong


def test_a_field_that_is_not_known_costs_nothing() -> None:
    prototypes, field_of = _units(5), torch.tensor([0, 0, 0, 1, 1])
    known = torch.tensor([[True, False, False, False, False]])
    vectors = _units(1, seed=3)

    alone = attribute_loss(vectors, known, prototypes, field_of)
    with_empty = attribute_loss(
        torch.cat([vectors, _units(1, seed=4)]),
        torch.cat([known, torch.zeros_like(known)]),
        prototypes,
        field_of,
    )

    assert torch.allclose(alone, with_empty)


def test_a_picture_and_in_red_comes_near_the_red_one_of_its_kind() -> None:
    kind, colours = _units(1), _units(2, seed=5)
    pictures = functional.normalize(kind + colours, dim=-1)
    numbers, same_kind = torch.tensor([0, 1]), torch.tensor([7, 7])

    towards = colour_change_loss(
        pictures, colours[[1, 0]], same_kind, numbers, torch.tensor([1, 0]), SCALE
    )
    away = colour_change_loss(pictures, colours, same_kind, numbers, torch.tensor([1, 0]), SCALE)

    assert towards <= away


def test_labels_compete_within_their_level_only() -> None:
    levels = torch.tensor([0, 0, 1, 1])
    logits = torch.tensor([[9.0, 0, 9.0, 0]])

    right = label_loss(logits, torch.tensor([[1.0, 0, 1, 0]]), levels)
    wrong = label_loss(logits, torch.tensor([[0, 1.0, 0, 1]]), levels)
    coarse_unknown = label_loss(logits, torch.tensor([[1.0, 0, 0, 0]]), levels)

    assert right < 1 < 5 < wrong
    assert torch.allclose(2 * coarse_unknown, right)


def test_the_teacher_is_met_by_direction() -> None:
    features = torch.randn(3, 1024, generator=torch.Generator().manual_seed(1))

    assert teacher_loss(3 * features, features) < 1e-5
    assert teacher_loss(-features, features) > 1.9
