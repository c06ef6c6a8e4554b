"""What search adds to the shop's admin: the state of embeddings, where products are edited."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.decorators import display

from search import indexing, tasks
from search.models import Embedding, EmbeddingModel
from shop.catalog.admin import ProductAdmin, ProductImageInline
from shop.catalog.models import Product, ProductImage
from shop.celery import dispatch

COLOURS = {
    Embedding.Status.DONE: "success",
    Embedding.Status.PENDING: "info",
    Embedding.Status.RUNNING: "info",
    Embedding.Status.FAILED: "danger",
}


def connect() -> None:
    """Add to the shop's admin. The shop's classes keep plain lists for it."""
    ProductImageInline.readonly_fields = [*ProductImageInline.readonly_fields, image_status]
    ProductAdmin.list_display = [*ProductAdmin.list_display, product_status]
    ProductAdmin.actions = [*(ProductAdmin.actions or []), embed_again]


@display(description="search", label=COLOURS)
def image_status(image: ProductImage) -> tuple[str, str] | str:
    """pending, running, done or failed (with the reason), under the live model."""
    if image.pk is None:
        return ""
    row = _live(image.embeddings.all()).first()
    if row is None:
        return Embedding.Status.PENDING, "pending"
    return row.status, f"failed: {row.error}" if row.status == "failed" else row.status


@display(description="search", label=COLOURS)
def product_status(product: Product) -> tuple[str, str]:
    """The worst state of the product's pictures and text."""
    found = set(_live(product.embeddings.all()).values_list("status", flat=True))
    for status in (Embedding.Status.FAILED, Embedding.Status.RUNNING, Embedding.Status.PENDING):
        if status in found:
            return status, str(status.label)
    done = Embedding.Status.DONE if found else Embedding.Status.PENDING
    return done, str(done.label)


def _live(embeddings: QuerySet[Embedding]) -> QuerySet[Embedding]:
    return embeddings.filter(model__state=EmbeddingModel.State.LIVE).defer("vector")


@admin.action(description="Try failed pictures again")
def embed_again(model_admin: ModelAdmin, request: HttpRequest, products: QuerySet[Product]) -> None:
    count = indexing.retry_failed(list(products.values_list("pk", flat=True)))
    dispatch(tasks.embed_pending)
    messages.info(request, f"{count} pictures or texts are tried again.")
