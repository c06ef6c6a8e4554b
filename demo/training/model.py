"""The network: its form, its averaged copy, and how it is written as an open_clip directory."""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from demo.training.augment import MEAN, STD
from search.encoders.torch_clip import import_open_clip

DIMENSION = 256
CONTEXT = 48
TRUNK_WIDTH = 384
WEIGHTS = "open_clip_model.safetensors"


def configuration(side: int) -> dict[str, Any]:
    """open_clip's configuration of the model for pictures of `side` pixels."""
    return {
        "model_cfg": {
            "embed_dim": DIMENSION,
            "vision_cfg": {
                "timm_model_name": "regnetx_004",
                "timm_model_pretrained": False,
                "timm_pool": "avg",
                "timm_proj": "linear",
                "image_size": side,
            },
            # CLIP's own vocabulary, two thirds of which no caption ever contains.
            "text_cfg": {
                "context_length": CONTEXT,
                "vocab_size": 49408,
                "width": 160,
                "heads": 5,
                "layers": 4,
            },
        },
        "preprocess_cfg": {
            "size": side,
            "mode": "RGB",
            "mean": [MEAN] * 3,
            "std": [STD] * 3,
            "interpolation": "bicubic",
            # Squashed, so that nothing of a tall or wide photo is cut away.
            "resize_mode": "squash",
            "fill_color": 0,
        },
    }


def new_model(side: int) -> Any:
    """An open_clip CLIP with random weights, in training mode."""
    open_clip = import_open_clip()
    model = open_clip.CLIP(**configuration(side)["model_cfg"]).train()
    return model.to(memory_format=torch.channels_last)


def new_tokenizer() -> Any:
    """CLIP's tokenizer, cut to the model's context."""
    return import_open_clip().SimpleTokenizer(context_length=CONTEXT)


def encode_pictures(model: Any, pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Unit vectors (N, 256) of `pixels` (N, 3, S, S), and the trunk's features (N, 384)."""
    features = model.visual.trunk(pixels.contiguous(memory_format=torch.channels_last))
    return functional.normalize(model.visual.head(features).float(), dim=-1), features


def encode_texts(model: Any, tokens: Tensor, short: int = 12) -> Tensor:
    """Unit vectors (N, 256) of `tokens` (N, 48), without the work for the padding.

    The tower is causal, so what stands behind the end of the text has no influence. Most texts
    fit into `short` tokens; the few long ones are done apart.
    """
    ends = tokens.argmax(-1)
    vectors = torch.zeros((len(tokens), DIMENSION), device=tokens.device)
    for rows in (ends < short, ends >= short):
        if rows.any():
            vectors[rows] = _encode_trimmed(model, tokens[rows], ends[rows])
    return vectors


def _encode_trimmed(model: Any, tokens: Tensor, ends: Tensor) -> Tensor:
    length = int(ends.max()) + 1
    x = model.token_embedding(tokens[:, :length]) + model.positional_embedding[:length]
    x = model.transformer(x, attn_mask=model.attn_mask[:length, :length])
    x = model.ln_final(x)[torch.arange(len(tokens), device=tokens.device), ends]
    return functional.normalize((x @ model.text_projection).float(), dim=-1)


class Average:
    """The weights' moving average, which generalises better than the last step's weights.

    `decay` grows with the steps taken up to its limit, so that the random start is forgotten.
    """

    def __init__(self, model: Any, decay: float = 0.995) -> None:
        self.decay, self.steps = decay, 0
        self.values: dict[str, Tensor] = {
            name: value.detach().clone() for name, value in model.state_dict().items()
        }

    @torch.no_grad()
    def update(self, model: Any) -> None:
        """Take in the weights of one more step."""
        self.steps += 1
        share = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in model.state_dict().items():
            kept = self.values[name]
            if kept.is_floating_point():
                kept.lerp_(value, share)
            else:
                kept.copy_(value)


def write_model(weights: dict[str, Tensor], seen: Tensor, side: int, out: Path) -> None:
    """Write an open_clip directory in half precision.

    `seen` (49408,) bool says which token numbers the training texts ever had: a word never met
    carries no meaning, so nothing is better for it than its random start.
    """
    from safetensors.torch import save_file

    halved = {
        name: (value.half() if value.is_floating_point() else value).cpu().contiguous()
        for name, value in weights.items()
    }
    halved["token_embedding.weight"][~seen.cpu()] = 0
    out.mkdir(parents=True, exist_ok=True)
    (out / "open_clip_config.json").write_text(json.dumps(configuration(side), indent=2) + "\n")
    part = out / "weights.part"
    save_file(halved, part)
    part.chmod(0o644)
    part.rename(out / WEIGHTS)
