"""A model's parts as files: its two towers as ONNX graphs, its tokenizer as JSON.

Used by the exporter alone; needs torch.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from PIL import Image
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers

from search.encoders.base import EncoderUnavailable
from search.encoders.tokens import TextTokenizer
from search.encoders.torch_clip import TorchEncoder, import_open_clip, text_tower


class CausalTextTower(torch.nn.Module):
    """A causal text tower for any number of tokens up to the context length.

    No token sees the ones behind it, so the vector read at the end-of-text token is the same
    without what follows; open_clip always runs the whole context. Mask and positional embedding
    are cut to the input.
    """

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.tower: Any = text_tower(model)
        self.pool_type = getattr(self.tower, "pool_type", None) or self.tower.text_pool_type
        self.eos_id: Any = getattr(self.tower, "eos_id", getattr(self.tower, "text_eos_id", None))

    def forward(self, text: torch.Tensor) -> torch.Tensor:
        tower, length = self.tower, text.shape[1]
        x = tower.token_embedding(text) + tower.positional_embedding[:length]
        x = tower.ln_final(tower.transformer(x, attn_mask=tower.attn_mask[:length, :length]))
        marks = text if self.pool_type == "argmax" else torch.eq(text, self.eos_id).long()
        x = x[torch.arange(x.shape[0]), marks.argmax(dim=-1)]
        projection = tower.text_projection
        if isinstance(projection, torch.nn.Module):
            x = projection(x)
        elif projection is not None:
            x = x @ projection
        return x


class FusedAttention(torch.nn.Module):
    """An `nn.MultiheadAttention` of a tensor to itself, as ONNX's one operator.

    torch's own export spells the heads out: ten nodes around each attention that only move data.
    Without them a text of four tokens takes 0.46 ms instead of 0.62 in vitrine-mini, and ViT-B-32's
    int8 tower 5.5 instead of 6.3.
    """

    def __init__(self, original: torch.nn.MultiheadAttention) -> None:
        super().__init__()
        self.original = original
        self.batch_first = original.batch_first

    def forward(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        need_weights: bool = False,
        attn_mask: torch.Tensor | None = None,
    ) -> Any:
        if attn_mask is not None and attn_mask.ndim == 3:
            # One mask for each head, as CoCa's text tower has: torch's form, not ONNX's.
            return self.original(query, key, value, need_weights=False, attn_mask=attn_mask)
        layer, linear = self.original, torch.nn.functional.linear
        q, k, v = linear(query, layer.in_proj_weight, layer.in_proj_bias).chunk(3, dim=-1)
        heads = {"q_num_heads": layer.num_heads, "kv_num_heads": layer.num_heads}
        attended, *_ = torch.onnx.ops.attention(q, k, v, attn_mask, **heads)
        return linear(attended, layer.out_proj.weight, layer.out_proj.bias), None


@contextlib.contextmanager
def _fused_attention(module: torch.nn.Module) -> Iterator[None]:
    """The attention of open_clip's own blocks is fused inside, and as it was afterwards."""
    block = import_open_clip().transformer.ResidualAttentionBlock
    fused: list[Any] = [
        part
        for part in cast(Iterable[Any], module.modules())
        # Cross-attention has a norm for its keys.
        if type(part) is block and part.attn.batch_first and not hasattr(part, "ln_1_kv")
    ]
    for part in fused:
        part.attn = FusedAttention(part.attn)
    try:
        yield
    finally:
        for part in fused:
            part.attn = part.attn.original


class Method(torch.nn.Module):
    """One encoding method of an open_clip model as a module, which is what can be exported."""

    def __init__(self, model: torch.nn.Module, method: str) -> None:
        super().__init__()
        self.model = model
        self.method = method

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        features = getattr(self.model, self.method)(inputs)
        # Some towers also give their tokens.
        return features[0] if isinstance(features, tuple) else features


def export_text_tower(encoder: TorchEncoder, ids: torch.Tensor, file: Path, opset: int) -> None:
    """Writes `text` (n, tokens) int64 -> `vectors` (n, dimension) float32, not normalised.

    The number of tokens is free for a causal tower, and the context length for the others.
    """
    dynamic = torch.export.Dim.DYNAMIC
    if encoder.causal_text:
        _export(CausalTextTower(encoder.model), ids, "text", {0: dynamic, 1: dynamic}, file, opset)
    else:
        _export(Method(encoder.model, "encode_text"), ids, "text", {0: dynamic}, file, opset)


def export_image_tower(encoder: TorchEncoder, file: Path, opset: int) -> None:
    """Writes `pixels` (n, 3, H, W) float32 -> `vectors` (n, dimension) float32."""
    pixels = torch.from_numpy(
        np.stack([encoder.preprocess(Image.new("RGB", (64, 64), c)) for c in ("red", "blue")])
    )
    module = Method(encoder.model, "encode_image")
    _export(module, pixels, "pixels", {0: torch.export.Dim.DYNAMIC}, file, opset)


def _export(
    module: torch.nn.Module,
    example: torch.Tensor,
    name: str,
    dynamic: dict[int, Any],
    file: Path,
    opset: int,
) -> None:
    # torch's fused inference path for attention has no ONNX form.
    fused = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        with torch.no_grad(), _fused_attention(module):
            torch.onnx.export(
                module.eval(),
                (example,),
                str(file),
                dynamo=True,
                dynamic_shapes=(dynamic,),
                input_names=[name],
                output_names=["vectors"],
                opset_version=opset,
                external_data=True,
                verbose=False,
            )
    except torch.onnx.errors.OnnxExporterError as error:
        raise EncoderUnavailable(
            f"The {name} tower of this model cannot be exported to ONNX "
            f"({str(error).splitlines()[0][:200]}). Choose a model of another architecture."
        ) from error
    finally:
        torch.backends.mha.set_fastpath_enabled(fused)


def export_tokenizer(encoder: TorchEncoder, probes: Sequence[str], file: Path) -> dict[str, Any]:
    """Writes the vocabulary and returns what `TextTokenizer` needs beside it.

    Raises `EncoderUnavailable` when the file would not give open_clip's own ids for the probes.
    """
    known = encoder.open_clip.tokenizer
    original = encoder.tokenizer
    config: dict[str, Any] = {"context_length": int(original.context_length)}
    if isinstance(original, known.SimpleTokenizer):
        _simple(original).save(str(file))
        config |= {
            "kind": "simple",
            "pattern": original.pat.pattern,
            "start": original.sot_token_id,
            "end": original.eot_token_id,
        }
    else:
        _hugging_face(original).save(str(file))
        strips = getattr(original, "strip_sep_token", False)
        config |= {"kind": "hf", "blank": original.tokenizer.sep_token_id if strips else None}
    config["clean"] = _cleaning(encoder)
    ours = TextTokenizer(file, config)(probes)
    if not np.array_equal(ours, original(list(probes)).numpy()):
        raise EncoderUnavailable(
            f"The tokenizer of {encoder.reference} cannot be exported: the exported one gives "
            "other tokens than open_clip's. Choose a model with a tokenizer of another kind."
        )
    return config


def _simple(original: Any) -> Tokenizer:
    """CLIP's byte-level BPE, for words that are already split."""
    ranks = sorted(original.bpe_ranks.items(), key=lambda item: item[1])
    tokenizer = Tokenizer(
        models.BPE(
            vocab=original.encoder,
            merges=[pair for pair, _ in ranks],
            end_of_word_suffix="</w>",
        )
    )
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    # A text that spells a special token gets that token, as in open_clip.
    special = [original.decoder[number] for number in original.all_special_ids]
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in special])
    return tokenizer


def _hugging_face(original: Any) -> Tokenizer:
    wrapped = original.tokenizer
    if not getattr(wrapped, "is_fast", False):
        raise EncoderUnavailable(
            "The tokenizer of this model has no tokenizer.json and cannot be served without "
            "transformers. Choose a model that has one."
        )
    tokenizer = Tokenizer.from_str(wrapped.backend_tokenizer.to_str())
    tokenizer.enable_truncation(original.context_length, direction=wrapped.truncation_side)
    tokenizer.enable_padding(
        direction=wrapped.padding_side,
        length=original.context_length,
        pad_id=wrapped.pad_token_id,
        pad_token=wrapped.pad_token,
        pad_type_id=wrapped.pad_token_type_id,
    )
    return tokenizer


def _cleaning(encoder: TorchEncoder) -> str:
    known = encoder.open_clip.tokenizer
    if isinstance(encoder.tokenizer, known.SigLipTokenizer):
        return "canonicalize"
    for kind in ("lower", "whitespace", "canonicalize"):
        if encoder.tokenizer.clean_fn is known.get_clean_fn(kind):
            return kind
    raise EncoderUnavailable(
        f"The tokenizer of {encoder.reference} cleans its texts in a way that cannot be exported. "
        "Choose another model."
    )
