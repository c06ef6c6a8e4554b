"""Embeddings made by hand, where a test needs known vectors and no encoder."""

from __future__ import annotations

from typing import Any

import numpy as np
from pgvector import HalfVector

from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Product, ProductImage

DIMENSION = 8


def make_model(**values: Any) -> EmbeddingModel:
    """A live model without an encoder behind it; `values` override."""
    return EmbeddingModel.objects.create(
        **{
            "name": "by-hand",
            "reference": "local-dir:nowhere",
            "checksum": "0" * 64,
            "dimension": DIMENSION,
            "state": EmbeddingModel.State.LIVE,
            **values,
        }
    )


def unit(*values: float, dimension: int = DIMENSION) -> np.ndarray:
    """`values`, filled up with zeros, as a float32 vector of norm 1."""
    vector = np.zeros(dimension, dtype=np.float32)
    vector[: len(values)] = values
    return vector / np.linalg.norm(vector)


def random_unit(chance: np.random.Generator, dimension: int = DIMENSION) -> np.ndarray:
    vector = chance.normal(size=dimension).astype(np.float32)
    return vector / np.linalg.norm(vector)


def embed_image(image: ProductImage, model: EmbeddingModel, vector: np.ndarray) -> Embedding:
    """Store `vector` for a picture, as a worker would."""
    row, _ = Embedding.objects.update_or_create(
        image=image,
        model=model,
        kind=Embedding.Kind.IMAGE,
        defaults={
            "product": image.product,
            "content_hash": image.content_hash,
            "vector": HalfVector(vector),
            "status": Embedding.Status.DONE,
        },
    )
    return row


def embed_text(product: Product, model: EmbeddingModel, vector: np.ndarray) -> Embedding:
    """Store `vector` for a product's text, as a worker would."""
    row, _ = Embedding.objects.update_or_create(
        product=product,
        model=model,
        kind=Embedding.Kind.TEXT,
        defaults={"vector": HalfVector(vector), "status": Embedding.Status.DONE},
    )
    return row
